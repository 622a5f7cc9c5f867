"""What the texts say of a leave of health, in their own words: rows of conges_sante."""

from __future__ import annotations

from datetime import date

from iprof_kit.law.payroll.health_leave import LEAVES


def row_words(leave: str, key: str, on: date) -> str:
    """Return the words of a row in force on a day.

    Raises
    ------
    LawError
        No row, or none on that day.

    Examples
    --------
    >>> row_words("CMO", "conseil_medical", date(2026, 9, 1))
    'après douze mois consécutifs, avis du conseil médical avant toute reprise'
    """
    return str(LEAVES.read(on, leave, key).values["libelle"])
