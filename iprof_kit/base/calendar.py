"""The 30/360 calendar of services and seniority, and the civil calendar of ages.

Every seniority is counted in months of 30 days and years of 360: one integer axis. A civil date is
put on the axis by one stated rule: the 31st counts as the 30th. Back from the axis, a day that
February does not have becomes its last day.
"""

from __future__ import annotations

import calendar as civil
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import numpy.typing as npt

MONTH = 30
YEAR = 360
_SEPTEMBER = 9
"""The month whose first day is the rentrée: the one home of that day."""
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)

Axis = npt.NDArray[np.int64]
Dates = npt.NDArray[np.datetime64]


def to_axis(dates: Dates) -> Axis:
    """Put civil dates on the axis.

    Parameters
    ----------
    dates : array of datetime64[D]

    Returns
    -------
    array of int64, same shape
        year × 360 + (month − 1) × 30 + (min(day, 30) − 1).
    """
    days = np.asarray(dates, dtype="datetime64[D]")
    months = days.astype("datetime64[M]")
    in_month = (days - months).astype(np.int64)
    since_1970 = months.astype(np.int64)
    axis: Axis = (since_1970 + 1970 * 12) * MONTH + np.minimum(in_month, MONTH - 1)
    return axis


def to_dates(axis: Axis) -> Dates:
    """Take days of the axis back to civil dates.

    Parameters
    ----------
    axis : array of int64

    Returns
    -------
    array of datetime64[D], same shape
        A day that the month does not have (29 or 30 February) becomes its last day.
    """
    days = np.asarray(axis, dtype=np.int64)
    months = (days // MONTH - 1970 * 12).astype("datetime64[M]")
    first = months.astype("datetime64[D]")
    last = (months + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    dates: Dates = np.minimum(first + (days % MONTH).astype("timedelta64[D]"), last)
    return dates


def axis_of(day: date) -> int:
    """Put one civil date on the axis."""
    return day.year * YEAR + (day.month - 1) * MONTH + min(day.day, MONTH) - 1


def date_of(axis: int) -> date:
    """Take one day of the axis back to a civil date."""
    year, rest = divmod(int(axis), YEAR)
    month, day = divmod(rest, MONTH)
    return date(year, month + 1, min(day + 1, _length(year, month + 1)))


def rentree(year: int) -> int:
    """Return the axis day of 1 September of a year; durations "au 31 août" run up to it."""
    return year * YEAR + (_SEPTEMBER - 1) * MONTH


def rentree_day(year: int) -> date:
    """Return the civil 1 September of a year, on which campaigns take effect."""
    return date(year, _SEPTEMBER, 1)


def eve_of_rentree(year: int) -> date:
    """Return 31 August of a year, the last day that its campaigns count."""
    return rentree_day(year) - timedelta(days=1)


def school_year_of(axis: Axis | int) -> Axis:
    """Return the civil year in which the school year of each day began."""
    return (np.asarray(axis, dtype=np.int64) - rentree(0)) // YEAR


def school_year(day: date) -> int:
    """Return the civil year in which the school year of a day began.

    Examples
    --------
    >>> school_year(date(2027, 8, 31)), school_year(date(2027, 9, 1))
    (2026, 2027)
    """
    return day.year - (day.month < _SEPTEMBER)


def add_months_civil(day: date, months: int) -> date:
    """Add months in the civil calendar, as ages are counted: 31 January + 1 month is 28 February.

    Parameters
    ----------
    day : date
    months : int

    Returns
    -------
    date
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, _length(year, month + 1)))


@lru_cache(maxsize=2400)  # the months of two centuries: the years are also those that people type
def _length(year: int, month: int) -> int:
    return civil.monthrange(year, month)[1]


def duration_text(days: int) -> str:
    """Write a duration of the axis in French, without zero parts: « 2 ans 6 mois 12 jours »."""
    years, rest = divmod(int(days), YEAR)
    months, left = divmod(rest, MONTH)
    parts = []
    if years:
        parts.append(f"{years} an{'s' if years > 1 else ''}")
    if months:
        parts.append(f"{months} mois")
    if left:
        parts.append(f"{left} jour{'s' if left > 1 else ''}")
    return " ".join(parts) or "0 jour"


def date_text(day: date) -> str:
    """Write a date in French: « 1er septembre 2027 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def school_year_text(year: int) -> str:
    """Write the school year that begins in `year`: « 2028-2029 »."""
    return f"{year}-{year + 1}"
