"""Days: in two lengths, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, kept_of, worded


@dataclass(frozen=True)
class Day:
    """A date in its two lengths, wide and phone, with its mark."""

    long: str
    short_head: str
    short_year: str
    verify: bool = False
    prefix: str = ""


def day_of(value: date, *, verify: bool = False, prefix: str = "", of: str = "") -> Day:
    """Return a date in its two lengths; `of` is the quantity that it is, where others say it."""
    head, year = text.short_day(value)
    long = figure(text.day(value), of or "day", value, "" if of else value)
    return Day(long, kept_of(long, head), year, verify, prefix)


def since(start: date | None, end: date | None = None, *, of: str) -> tuple[str, ...]:
    """Return « depuis le … » and, where it ends, « jusqu’au … »; `of` is what lasts."""
    parts: list[str] = []
    if start:
        parts.append(worded("depuis le {}", text.dated(start, f"{of}.since")))
    if end:
        parts.append(worded("jusqu’au {}", text.dated(end, f"{of}.until")))
    return tuple(parts)
