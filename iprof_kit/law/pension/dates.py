"""Civil dates in columns: birthdays, effect dates, quarters left and whole civil quarters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import Dates, date_text
from iprof_kit.base.explanation import Words
from iprof_kit.law.tables.rules import rule

MONTHS_OF_A_QUARTER = 12 // (2 * 2)
Whole = npt.NDArray[np.int64]


def days(dates: npt.ArrayLike | date | Sequence[date | None]) -> Dates:
    """Return civil dates as a column of datetime64[D]; None is NaT."""
    return np.atleast_1d(np.asarray(dates, dtype="datetime64[D]"))


_FIRSTS = np.arange("1900-01", "2200-01", dtype="datetime64[M]").astype("datetime64[D]")
_BEGIN = _FIRSTS.astype(np.int64)
_LENGTH = np.diff(_BEGIN)
_MONTH_OF_DAY = np.repeat(np.arange(len(_LENGTH)), _LENGTH)
"""Month of each day of three centuries: a gather is much faster than NumPy's own conversion."""


def _split(dates: Dates) -> tuple[Whole, Whole]:
    """Return the month of each date (of `_FIRSTS`) and its day in the month, from zero."""
    since = dates.astype("datetime64[D]").view(np.int64) - _BEGIN[0]
    if since.size and (since.min() < 0 or since.max() >= len(_MONTH_OF_DAY)):
        month = dates.astype("datetime64[M]")
        origin = _FIRSTS[0].astype("datetime64[M]")
        day = (dates - month.astype("datetime64[D]")).astype(np.int64)
        return (month - origin).astype(np.int64), day
    month = _MONTH_OF_DAY[since]
    return month, since + _BEGIN[0] - _BEGIN[month]


def add_months(dates: Dates, months: npt.ArrayLike) -> Dates:
    """Add civil months to each date; a day that the month does not have becomes its last."""
    start, day = _split(dates)
    month = start + np.asarray(months).astype(np.int64)
    if month.size and (month.min() < 0 or month.max() >= len(_LENGTH)):
        return _add_far(dates, np.asarray(months).astype(np.int64))
    moved: Dates = (_BEGIN[month] + np.minimum(day, _LENGTH[month] - 1)).view("datetime64[D]")
    return moved


def _add_far(dates: Dates, months: Whole) -> Dates:
    """Add months outside the three centuries, or to dates that are not one."""
    start = dates.astype("datetime64[M]")
    month = start + months.astype("timedelta64[M]")
    last = (month + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    moved: Dates = np.minimum(
        month.astype("datetime64[D]") + (dates - start.astype("datetime64[D]")), last
    )
    return moved


def months_between(first: Dates, last: Dates) -> Whole:
    """Return the civil months from one date to another, a begun month counting as one."""
    gap = _split(last)[0] - _split(first)[0]
    months: Whole = gap + (add_months(first, gap) < last)
    return months


def complete_months(first: Dates, last: Dates) -> Whole:
    """Return the complete civil months from one date to another (an age, in months)."""
    gap = _split(last)[0] - _split(first)[0]
    months: Whole = gap - (add_months(first, gap) > last)
    return months


def year_of(dates: Dates) -> Whole:
    """Return the civil year of each date."""
    years: Whole = np.datetime_as_string(dates, unit="Y").astype(np.int64)
    return years


def _effect_read(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    del given
    return (("Pension due à partir du", date_text(result[0].item())),)


@rule(
    sentence="La pension prend effet le premier jour du mois qui suit la cessation de l’activité ; "
    "une radiation le premier du mois prend effet ce jour-là.",
    source="CPCMR R36 et L90",
    since="2011-07-01",
    reads=_effect_read,
    silent=True,
)
def effect_date(cessation: Dates) -> Dates:
    """Return the day from which a pension is paid.

    Parameters
    ----------
    cessation : array of datetime64[D]
        Day on which the person is struck off.

    Returns
    -------
    array of datetime64[D]
        Always a first of the month.
    """
    month = cessation.astype("datetime64[M]")
    begins = month.astype("datetime64[D]") == cessation
    first: Dates = np.where(begins, month, month + np.timedelta64(1, "M")).astype("datetime64[D]")
    return first


@rule(
    sentence="Pour la surcote, seuls comptent les trimestres civils entiers.",
    source="CPCMR L14 III ; service-public.gouv.fr F16494",
    since="2004-01-01",
    silent=True,
)
def whole_civil_quarters(first: Dates, end: Dates) -> Whole:
    """Count the civil quarters (January–March, …) that lie wholly between two days.

    Parameters
    ----------
    first : array of datetime64[D]
        First day of the time.
    end : array of datetime64[D]
        Day after its last day.

    Returns
    -------
    array of int64
        0 where the time is empty.
    """
    month, day = _split(first)
    opens = -((month + (day > 0)) // -MONTHS_OF_A_QUARTER)
    closes = _split(end)[0] // MONTHS_OF_A_QUARTER
    quarters: Whole = np.maximum(closes - opens, 0)
    return quarters
