"""Public holidays, national and of a department, and the first working day from a day on."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

import pandas as pd
from pandas.tseries.offsets import Easter

from iprof_kit.base.calendar import date_text
from iprof_kit.base.explanation import Words
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.rules import rule

HOLIDAYS = Facts("jours_feries", ("cle",))
_FROM_EASTER = "paques+"
_EVERYWHERE = ""
_WEEKEND = {calendar.SATURDAY: "samedi", calendar.SUNDAY: "dimanche"}


def _put_off(given: Mapping[str, Any], worked: date) -> tuple[Words, ...]:
    """Say each Saturday and Sunday that was passed over, then the day that is worked."""
    day: date = given["day"]
    if day == worked:
        return ()
    passed = (day + timedelta(days=count) for count in range((worked - day).days))
    closed = [
        (date_text(one), _WEEKEND[one.weekday()]) for one in passed if one.weekday() in _WEEKEND
    ]
    return *closed, ("Premier jour ouvrable", date_text(worked))


@rule(
    sentence="Un délai franc dont le dernier jour tombe un samedi, un dimanche ou un jour férié "
    "est repoussé au premier jour ouvrable.",
    source="CE 5 octobre 2018 n° 409579 ; CE 15 décembre 2023 n° 472836 ; "
    "rendez_vous_carriere_regles.csv, delai_franc",
    since="2017-09-01",
    tables=("jours_feries",),
    reads=_put_off,
    silent=True,
)
def first_open_day(day: date, departement: str = _EVERYWHERE) -> date:
    """Return a day, or the first one after it that is no Saturday, Sunday nor public holiday.

    Parameters
    ----------
    departement : str
        Code of the department, « 974 »: it has holidays of its own; "" for those of all France.

    Examples
    --------
    >>> first_open_day(date(2027, 12, 18), "974")
    datetime.date(2027, 12, 21)
    """
    while day.weekday() >= calendar.SATURDAY or day in _holidays(day.year, departement):
        _tell_closed(day, departement)
        day += timedelta(days=1)
    return day


def _tell_closed(day: date, departement: str) -> None:
    """Have a reason say why a day is not worked."""
    holiday = _holidays(day.year, departement).get(day)
    if holiday is not None:
        holiday.tell(date_text(day), f"{holiday.values['libelle']}, jour férié")


@cache
def _holidays(year: int, departement: str) -> Mapping[date, Fact]:
    """Return the public holidays of a civil year; a row holds from its first day on."""
    days = {}
    for fact in HOLIDAYS.in_force(date(year, 12, 1)):
        places = str(fact.values["departements"])
        if not places or departement in places.split(";"):
            days[_day(str(fact.values["jour"]), year)] = fact
    return days


def _day(written: str, year: int) -> date:
    """Read « 05-01 », or « paques+1 »: so many days after Easter."""
    if written.startswith(_FROM_EASTER):
        easter = Easter().rollforward(pd.Timestamp(year, 1, 1)).date()
        return easter + timedelta(days=int(written.removeprefix(_FROM_EASTER)))
    month, day = written.split("-")
    return date(year, int(month), int(day))
