"""A reference table read by key: the row in force on a day, and its papers when asked.

`CellTable` reads what depends on a position in the grid; `Facts` reads everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from iprof_kit.base.calendar import date_text
from iprof_kit.base.errors import LawError
from iprof_kit.base.explanation import Parameter, Words, explaining, note
from iprof_kit.base.sources import Confidence, Source
from iprof_kit.base.words import NBSP, number_text
from iprof_kit.law.tables.loading import carried_forward, refuse_before, table
from iprof_kit.law.tables.lookups import cited, confidence_letter, day_or_none
from iprof_kit.law.tables.shapes import SCHEMAS

Key = tuple[object, ...]
Reads = Callable[[float], Words] | None
_PLACE = "#"
"""Under what a row keeps its place in the table, which is no column of it."""
UNTOLD: Words = ("", "")
_PERCENT = "pour cent"
_BARE = ("coefficient", "numérateur", "dénominateur", "oui")
"""Units that say what a number is, and are not written after it."""


@dataclass(frozen=True)
class Fact:
    """One row of a table; each value read is noted when somebody asked why."""

    table: str
    label: str
    day: date | None
    values: Mapping[str, Any]

    def number(
        self, column: str, label: str = "", unit: str = "", *, shown: str = "", reads: Reads = None
    ) -> float:
        """Return a number of the row; a reason calls it `shown`, else `label`.

        `unit` is that of a row which gives none; `reads` says what the number means, where « 0
        année » says nothing to a person.

        Raises
        ------
        LawError
            The row says nothing there, or no number.
        """
        written = self.values[column]
        if pd.isna(written) or written == "":
            raise LawError(f"aucune valeur dans « {column} » pour {self.label}.", where=self.table)
        try:
            value = float(written)
        except ValueError as error:
            raise LawError(
                f"« {written} » n’est pas un nombre ({self.label}).", where=self.table
            ) from error
        if reads is not None:
            words = reads(value) if explaining() else None
        else:
            words = self._number_words(column, value, shown or label or self.label, unit)
        self._note(value, label, words)
        return value

    def whole(self, column: str, label: str = "", unit: str = "", *, shown: str = "") -> int:
        """Return a whole number of the row; as `number`."""
        return int(self.number(column, label, unit, shown=shown))

    def text(self, column: str, label: str = "", *, shown: str = "", untold: bool = False) -> str:
        """Return a text of the row, "" where it says nothing; `shown` as in `number`.

        `untold`: a code that no person reads; a reason cites its source alone.
        """
        value = self.values[column]
        text = "" if pd.isna(value) else str(value)
        self._note(text, label, _text_words(text, shown, untold=untold))
        return text

    def worded(self, column: str = "valeur") -> Parameter:
        """Return the row as a sentence of the law: a reason says it after those of its rules."""
        since, until = self._validity
        words = str(self.values[column])
        sentence = f"{words[:1].upper()}{words[1:].removesuffix('.')}."
        return Parameter(
            self.label,
            words,
            str(self.values["source"]),
            since,
            until,
            self.confidence,
            words=("", sentence),
        )

    def tell(self, label: str, value: str) -> None:
        """Have a reason say what the row means on the day asked, where no column says it so."""
        self._note(value, label, (label, value))

    def has(self, column: str) -> bool:
        """Tell whether the row says something there."""
        value = self.values[column]
        return not (pd.isna(value) or value == "")

    @property
    def confidence(self) -> Confidence:
        """How sure our reading of the row is."""
        return confidence_letter(self.values["confiance"])

    @property
    def papers(self) -> Source:
        """The text of the row, the days between which it is in force, the confidence."""
        since, until = self._validity
        return Source(cited(self.values), since, until, self.confidence)

    @property
    def _validity(self) -> tuple[date | None, date | None]:
        names = SCHEMAS[self.table].validity or ("valide_du", "valide_au")
        if any(name not in self.values for name in names):
            return None, None
        since, until = (self.values[name] for name in names)
        return day_or_none(since), day_or_none(until)

    def _note(self, value: object, label: str, words: Words | None) -> None:
        if explaining():
            since, until = self._validity
            late = self.day is not None and carried_forward(self.table, self.day)
            note(
                Parameter(
                    label or self.label,
                    value,
                    cited(self.values),
                    since,
                    until,
                    self.confidence,
                    late,
                    words,
                    (self.table, self.values[_PLACE]) if _PLACE in self.values else None,
                )
            )

    def _number_words(self, column: str, value: float, label: str, unit: str) -> Words | None:
        """Write a number with its unit, or that of its row; None where there is none."""
        if not explaining():
            return None
        unit = unit or str(self.values.get("unite") or "") or _PERCENT * column.endswith("_pct")
        if not unit or unit in _BARE:
            return None
        shown = unit.replace(_PERCENT, "%").replace("euros", "€")
        return f"{label[:1].upper()}{label[1:]}", f"{number_text(value)}{NBSP}{shown}"


def _text_words(text: str, shown: str, *, untold: bool) -> Words | None:
    """Write a text under the name that a reason gives it; None where it gives none."""
    if untold or (shown and not text):
        return UNTOLD
    return (shown, text) if shown else None


class Facts:
    """A reference table whose rows are read by key, and by day where it is dated.

    Parameters
    ----------
    name : str
        Name of the table.
    key : tuple of str
        Columns that name a row (of one day).
    where : mapping of column to text, optional
        Keep only these rows of the table.
    """

    def __init__(
        self, name: str, key: tuple[str, ...], where: Mapping[str, str] | None = None
    ) -> None:
        self.name, self.key, self.where = name, key, where or {}

    @cached_property
    def _found(self) -> dict[tuple[Key, date | None], Fact | None]:
        return {}

    @cached_property
    def _rows(self) -> dict[Key, list[dict[str, Any]]]:
        frame = table(self.name)
        for column, text in self.where.items():
            frame = frame[frame[column] == text]
        rows: dict[Key, list[dict[str, Any]]] = {}
        for place, row in zip(frame.index, frame.to_dict("records"), strict=True):
            rows.setdefault(tuple(row[column] for column in self.key), []).append(
                {str(column): value for column, value in row.items()} | {_PLACE: int(place)}
            )
        return rows

    def keys(self) -> Iterable[Key]:
        """Return the keys of the table, in its order."""
        return self._rows.keys()

    def find(self, day: date | None, *key: object, label: str = "") -> Fact | None:
        """Return the row of a key in force on a day, None where there is none.

        `day` is None for a table without validity.
        """
        asked = (key, day)
        if asked not in self._found:
            rows = [row for row in self._rows.get(key, ()) if day is None or _in_force(row, day)]
            if len(rows) > 1:
                raise LawError(f"plusieurs lignes pour {key}.", where=self.name)
            name = label or " ".join(str(part) for part in key)
            self._found[asked] = Fact(self.name, name, day, rows[0]) if rows else None
        return self._found[asked]

    def first_day(self, *key: object) -> date:
        """Return the first day on which a known key has a value, `date.min` for one of always."""
        return min(_span(row)[0] for row in self._rows[key])

    def every(self, day: date, *key: object) -> list[dict[str, Any]]:
        """Return all the rows of a key in force on a day, where one key has several."""
        return [row for row in self._rows.get(key, ()) if _in_force(row, day)]

    def read(self, day: date | None, *key: object, label: str = "") -> Fact:
        """Return the row of a key in force on a day.

        Raises
        ------
        LawError
            Unknown key; the message lists the known ones.
        PeriodNotCovered
            The key is known, and the day is before its first row or in a gap.
        """
        fact = self.find(day, *key, label=label)
        if fact is not None:
            return fact
        rows = self._rows.get(key)
        if rows is None or day is None:
            known = ", ".join(" ".join(str(part) for part in known) for known in self.keys())
            raise LawError(
                f"{key[0]} : clé inconnue.",
                where=self.name,
                remedy=f"Clés connues : {known}.",
            )
        name = label or " ".join(str(part) for part in key if part)
        refuse_before(self.name, self.first_day(*key), day, name)
        raise LawError(f"aucune valeur pour {name} au {date_text(day)}.", where=self.name)

    def in_force(self, day: date | None) -> tuple[Fact, ...]:
        """Return every row in force on a day (all rows without a day), in the table's order."""
        if day is None:
            return self._every
        return self._named(day)

    @cached_property
    def _every(self) -> tuple[Fact, ...]:
        return self._named(None)

    @cached_property
    def _spans(self) -> tuple[tuple[str, dict[str, Any], date, date], ...]:
        """Every row with its name, its first day and its last: read once, they are asked often."""
        return tuple(
            (" ".join(str(part) for part in key), row, *_span(row))
            for key, rows in self._rows.items()
            for row in rows
        )

    def _named(self, day: date | None) -> tuple[Fact, ...]:
        return tuple(
            Fact(self.name, name, day, row)
            for name, row, since, until in self._spans
            if day is None or since <= day <= until
        )


def _span(row: Mapping[str, Any]) -> tuple[date, date]:
    since, until = (
        day_or_none(row[column]) if column in row else None for column in ("valide_du", "valide_au")
    )
    return since or date.min, until or date.max


def _in_force(row: Mapping[str, Any], day: date) -> bool:
    since, until = _span(row)
    return since <= day <= until
