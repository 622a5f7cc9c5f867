"""Moments are kept in UTC; people read them, and count their days, in Paris."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
CLOCKS_DIFFER = timedelta(minutes=5)
"""Less than two machines ever do: what is further ahead was written while a clock was wrong."""


def paris(moment: datetime) -> datetime:
    """Return the same moment on a Paris clock."""
    return moment.astimezone(PARIS)


def utc_now() -> datetime:
    """Return the current moment; called at the edges only."""
    return datetime.now(UTC)


def paris_today() -> date:
    """Return today's date in Paris; called at the edges only."""
    return datetime.now(PARIS).date()
