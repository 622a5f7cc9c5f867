"""The months beside the one shown: the one before, the one after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from iprof_kit.base.calendar import MONTHS
from iprof_kit.ui.own_situation.pay_entry import years
from iprof_kit.ui.shared import text


@dataclass(frozen=True)
class OtherMonth:
    """A month one step away: « 2026-10 », « octobre »; its words for those who do not see it."""

    value: str
    name: str
    words: str


@dataclass(frozen=True)
class MonthSwitch:
    """The month shown, and its two neighbours where they may be calculated."""

    now: str
    before: OtherMonth | None
    after: OtherMonth | None


def month_switch(shown: date, today: date) -> MonthSwitch:
    """Return the switch of a month."""
    return MonthSwitch(
        text.month(shown), _other(_moved(shown, -1), today), _other(_moved(shown, 1), today)
    )


def month_fields_of(value: str, today: date) -> dict[str, str]:
    """Return the fields of a month that a switch names; {} where it names none."""
    year, _, month = value.partition("-")
    known = month.isdecimal() and year in map(str, years(today)) and 1 <= int(month) <= 12
    return {"mois": str(int(month)), "annee": year} if known else {}


def _moved(month: date, by: int) -> date:
    count = month.year * 12 + month.month - 1 + by
    return date(count // 12, count % 12 + 1, 1)


def _other(month: date, today: date) -> OtherMonth | None:
    if month.year not in years(today):
        return None
    return OtherMonth(f"{month:%Y-%m}", MONTHS[month.month - 1], text.month(month))
