"""Seniorities as extracts write them, read as days of the 360-day year."""

from __future__ import annotations

import re

from iprof_kit.analytics.imports.values.cells import Cell, Outcome, Reader, number_of
from iprof_kit.base.calendar import MONTH, YEAR

_LETTERS = re.compile(
    r"(?:(\d{1,3})\s*a(?:n|ns)?)?[ ,]*(?:(\d{1,3})\s*m(?:ois)?)?[ ,]*"
    r"(?:(\d{1,3})\s*j(?:our|ours)?)?",
    re.IGNORECASE,
)
_PACKED = re.compile(r"(\d{2})[ ./-]?(\d{2})[ ./-]?(\d{2})")


def unit_of(heading: str, examples: list[str]) -> str:
    """Return the unit of a column of seniorities, by its heading, then by its values."""
    words = heading.lower()
    for unit, hints in (
        ("aammjj", ("aammjj", "aa mm jj")),
        ("jours", ("jour", "(j)")),
        ("mois", ("mois",)),
        ("ans", ("ans", "année", "(a)")),
    ):
        if any(hint in words for hint in hints):
            return unit
    given = [text.strip() for text in examples if text.strip()]
    if given and all(re.fullmatch(r"\d{6}", text) for text in given):
        return "aammjj"
    decimal = [text for text in given if re.fullmatch(r"\d{1,2}[.,]\d+", text)]
    return "ans" if given and len(decimal) * 2 > len(given) else "jours"


def duration_reader(unit: str) -> Reader:
    """Return a reader of seniorities: « 02a06m12j » whatever the unit, else a number of units."""

    def read(text: str) -> Cell:
        if re.search(r"[ajm]", text, re.IGNORECASE) and (letters := _LETTERS.fullmatch(text)):
            return _whole(*(int(part or 0) for part in letters.groups()))
        if unit == "aammjj" and (packed := _PACKED.fullmatch(text.zfill(6))):
            cell = _whole(*map(int, packed.groups()))
            if len(text) < 6 and text.isdigit() and cell.outcome == Outcome.ACCEPTEE:
                return Cell(cell.value, Outcome.REPAREE, "zéros de tête rétablis")
            return cell
        number = number_of(text)
        if number is None:
            return Cell(None, Outcome.VIDEE, f"n’est pas une ancienneté (en {unit}, ou 02a06m12j)")
        days = number * {"ans": YEAR, "mois": MONTH}.get(unit, 1)
        if days < 0:
            return Cell(None, Outcome.VIDEE, "ancienneté négative")
        return Cell(round(days))

    return read


def _whole(years: int, months: int, days: int) -> Cell:
    if months > 12 or days > 30:
        return Cell(None, Outcome.VIDEE, "ancienneté impossible (12 mois et 30 jours au plus)")
    return Cell(years * YEAR + months * MONTH + days)
