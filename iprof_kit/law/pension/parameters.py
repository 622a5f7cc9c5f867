"""Dated numbers of pensions: the value in force on a day, its papers, and what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

import numpy as np
import numpy.typing as npt

from iprof_kit.base.errors import LawError
from iprof_kit.base.explanation import Parameter, Words, explaining, note
from iprof_kit.base.sources import Confidence, Source
from iprof_kit.base.words import NBSP, counted, euros_text, number_text
from iprof_kit.law.tables.loading import carried_forward, refuse_before, table
from iprof_kit.law.tables.lookups import confidence_letter, day_or_none
from iprof_kit.law.tables.sentences import years_text
from iprof_kit.law.tables.verified import verified_until

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Dates = npt.NDArray[np.datetime64]

_TABLES = {"retraite_parametres": "code", "parametres_pension": "cle"}
_DENOMINATOR = 100
"""The tables write a third as 0.333333: the fraction meant has a small denominator."""


@dataclass(frozen=True)
class Amount:
    """One value in force, as the table writes it; `late` where it is the last one known."""

    table: str
    code: str
    text: str
    unit: str
    since: date | None
    until: date | None
    source: str
    confidence: Confidence

    def late(self, day: date) -> bool:
        """Tell whether a later value may exist that the table does not know."""
        after = self.until is not None and day > self.until
        return after or carried_forward(self.table, day)

    def papers(self) -> Source:
        """Return the text of the value, its dates and its confidence."""
        return Source(self.source, self.since, self.until, self.confidence)


@cache
def _series(code: str) -> tuple[Amount, ...]:
    """Return the values of a code, oldest first."""
    for name, column in _TABLES.items():
        frame = table(name)
        rows = frame[frame[column] == code].sort_values("valide_du", na_position="first")
        if len(rows):
            return tuple(
                Amount(
                    name,
                    code,
                    str(row["valeur"]),
                    str(row["unite"]),
                    day_or_none(row["valide_du"]),
                    day_or_none(row["valide_au"]),
                    str(row["source"]),
                    confidence_letter(row["confiance"]),
                )
                for row in rows.to_dict("records")
            )
    raise LawError(f"« {code} » n’est pas un paramètre connu.", where=" ou ".join(_TABLES))


@cache
def known(code: str) -> bool:
    """Tell whether a code names a parameter (whatever the day)."""
    return any((table(name)[column] == code).any() for name, column in _TABLES.items())


def find(code: str, day: date) -> Amount | None:
    """Return the value in force on a day, None where there is none.

    After the last value, the last one known is returned: `Amount.late` says so.
    """
    values = _series(code)
    for value in values:
        ends = value is values[-1] or value.until is None or day <= value.until
        if (value.since or date.min) <= day and ends:
            return value
    return None


def amount(code: str, day: date, label: str = "") -> Amount:
    """Return the value in force on a day, noted when somebody asked why.

    Raises
    ------
    PeriodNotCovered
        The day comes before the first value.
    LawError
        Unknown code, or the day lies in a gap.
    """
    value = find(code, day)
    if value is None:
        first = _series(code)[0]
        refuse_before(first.table, first.since or date.min, day)
        raise LawError(f"aucune valeur de {code} à cette date.", where=first.table)
    _note(value, day, label)
    return value


def number(code: str, day: date, label: str = "") -> float:
    """Return a number in force on a day; same errors as `amount`."""
    return float(amount(code, day, label).text)


def whole(code: str, day: date, label: str = "") -> int:
    """Return a whole number in force on a day; same errors as `amount`."""
    return int(amount(code, day, label).text)


def share(code: str, day: date, label: str = "") -> Fraction:
    """Return an exact fraction in force on a day (a third, where the table writes 0.333333)."""
    return Fraction(amount(code, day, label).text).limit_denominator(_DENOMINATOR)


def day_of(code: str, day: date, label: str = "") -> date:
    """Return a date written in the table, in force on a day."""
    return date.fromisoformat(amount(code, day, label).text)


def numbers(code: str, days: Dates, label: str = "") -> Numbers:
    """Return the number in force on each day.

    Returns
    -------
    array of float64, same shape
        NaN on a day that the table does not cover; after the last value, the last one known.
    """
    values = _series(code)
    starts = np.array([value.since or "0001-01-01" for value in values], dtype="datetime64[D]")
    ends = np.array([value.until or "9999-12-31" for value in values], dtype="datetime64[D]")
    ends[-1] = np.datetime64("9999-12-31")
    asked = np.asarray(days, dtype="datetime64[D]")
    place = np.searchsorted(starts, asked, side="right") - 1
    in_force = np.array([float(value.text) for value in values])[place]
    in_force[(place < 0) | (asked > ends[place]) | np.isnat(asked)] = np.nan
    if explaining():
        for row in np.unique(place[place >= 0]):
            _note(values[row], asked[place == row].max().astype(object), label)
    return in_force


def late(code: str, days: Dates) -> Flags:
    """Tell, for each day, whether the value read is only the last one known."""
    asked = np.asarray(days, dtype="datetime64[D]")
    last = _series(code)[-1]
    until = last.until or date.max
    flags: Flags = asked > np.datetime64(min(until, verified_until(last.table)))
    return flags


def _note(value: Amount, day: date, label: str) -> None:
    if explaining():
        note(
            Parameter(
                label or value.code.replace("_", " "),
                value.text,
                value.source,
                value.since,
                value.until,
                value.confidence,
                value.late(day),
                _words(value, label),
            )
        )


def _words(value: Amount, label: str) -> Words:
    """Write a value for a reason; without a label, the sentence of its rule already says it."""
    if not label:
        return "", ""
    return f"{label[:1].upper()}{label[1:]}", _written(value.text, value.unit)


def _written(text: str, unit: str) -> str:
    number = float(text)
    if unit.startswith("EUR"):
        in_cents = round(number, 2) == number
        return euros_text(number) if in_cents else f"{number_text(number)}{NBSP}€"
    if unit.startswith("fraction"):
        return percent_text(number)
    if unit == "mois":
        return years_text(int(number))
    return counted(int(number), unit) if unit == "trimestre" else number_text(number)


def percent_text(rate: float) -> str:
    """Write a share as a rate: « 13,75 % »."""
    return f"{number_text(round(rate * 100, 2 + 2))}{NBSP}%"


def quarters_text(count: float) -> str:
    """Write a number of quarters: « 11 trimestres », « aucun »."""
    return counted(int(count), "trimestre") if count > 0 else "aucun"


def one(values: npt.ArrayLike) -> float:
    """Return the value of the person that a reason is about: the first of a column."""
    return float(np.ravel(values)[0])
