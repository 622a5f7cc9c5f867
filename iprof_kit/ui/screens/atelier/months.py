"""Months of the board: what its axis and its flags count."""

from __future__ import annotations

from datetime import date

_A_YEAR = 12


def months_between(begin: date, end: date) -> int:
    """Return the months from the month of a day to that of another.

    Examples
    --------
    >>> months_between(date(2026, 8, 31), date(2027, 9, 1))
    13
    """
    return (end.year - begin.year) * _A_YEAR + end.month - begin.month
