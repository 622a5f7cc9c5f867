"""A dated table read by cell: one small array per period of the law, and its papers when asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.base.calendar import Axis, date_of, date_text, to_axis
from iprof_kit.base.errors import LawError
from iprof_kit.base.explanation import Parameter, Words, explaining, note
from iprof_kit.base.sources import Confidence, Source
from iprof_kit.law.tables.cells import CELLS, Cell
from iprof_kit.law.tables.loading import breaks, carried_forward, ends_of, refuse_before

Day = int | Axis
"""One day of the axis for a whole column of cells, or one day for each cell."""

_SHOWN = 12
"""An explanation is about one person: of a larger column, only the first cells are shown."""


class CellTable:
    """A dated reference table whose rows are about cells.

    Parameters
    ----------
    name : str
        Name of the table, for messages and explanations.
    frame : DataFrame
        Its rows, with corps, grade, echelon, chevron, valide_du, valide_au, source, confiance.
    """

    def __init__(self, name: str, frame: pd.DataFrame) -> None:
        self.name = name
        self.frame = frame.reset_index(drop=True)
        self._numbers = frame.index.to_numpy()
        self.starts = breaks(frame, name)
        self.first = date_of(int(self.starts[0]))
        self.rows = self._rows()
        self._columns: dict[tuple[str, int], npt.NDArray[np.int64]] = {}
        self._papers = self._columns_of_papers()
        self._kept_letters: dict[str, npt.NDArray[np.str_]] = {}

    def _rows(self) -> npt.NDArray[np.int64]:
        """Return the row in force for each [period, cell], −1 where there is none."""
        rows = np.full((len(self.starts), CELLS.count), -1)
        begins = np.searchsorted(self.starts, to_axis(self.frame["valide_du"].to_numpy()))
        ends = np.searchsorted(self.starts, ends_of(self.frame["valide_au"]))
        keys = self.frame[["corps", "grade", "echelon", "chevron"]].itertuples(
            index=False, name=None
        )
        for number, key in enumerate(keys):
            cell = CELLS.codes.get(key)
            if cell is not None:
                rows[begins[number] : ends[number], cell] = number
        return rows

    def _columns_of_papers(self) -> list[Source]:
        """Return the papers of each row, read by columns: a row of a frame is a thing to make."""
        names = ["source", "valide_du", "valide_au", "confiance"]
        return [
            Source(str(text), day_or_none(since), day_or_none(until), confidence_letter(letter))
            for text, since, until, letter in zip(*(self.frame[n] for n in names), strict=True)
        ]

    def row(self, cell: int, day: int) -> int:
        """Return the row in force for one cell on one day, −1 where there is none."""
        return int(self.rows[int(self.period(day)), cell])

    def names(self, cell: int) -> bool:
        """Tell whether the table has a row for a cell, whatever the day."""
        return bool((self.rows[:, cell] >= 0).any())

    def papers(self, row: int) -> Source:
        """Return the papers of a row."""
        return self._papers[row]

    def column(self, name: str, absent: int = 0) -> npt.NDArray[np.int64]:
        """Return the [period, cell] values of a column; `absent` where the row is empty."""
        if (name, absent) not in self._columns:
            values = self.frame[name].fillna(absent).to_numpy(dtype=np.int64)
            self._columns[name, absent] = values[self.rows]
        return self._columns[name, absent]

    def period(self, day: Day) -> npt.NDArray[np.int64]:
        """Return the period of each day; a day before the table is refused."""
        period = self.starts.searchsorted(day, side="right") - 1
        if (period < 0).any():
            refuse_before(self.name, self.first, date_of(int(np.min(day))))
        return period

    def read(
        self,
        values: npt.NDArray[np.int64],
        cell: Cell,
        day: Day,
        label: str,
        show: Callable[[int], object] = int,
        words: Callable[[int, int], Words] | None = None,
        letters: str = "confiance",
    ) -> Cell:
        """Read [period, cell] values for a column of cells.

        `show` and `words` (of a cell and its value) write them in an explanation, `letters` is the
        column that says how sure they are.

        Raises
        ------
        PeriodNotCovered
            The day is before the table.
        LawError
            The table has no row for a cell on its day: a gap, named with its key and date.
        """
        cell = np.asarray(cell, dtype=np.int64)
        period = self.period(day)
        if period.ndim == 0:
            rows, values_read = self.rows[period].take(cell), values[period].take(cell)
        else:
            rows, values_read = self.rows[period, cell], values[period, cell]
        if rows.size and rows.min() < 0:
            self._refuse_gap(rows, cell, day)
        if explaining():
            self._note(rows, cell, values_read, day, label, show, words, letters)
        return values_read

    def _refuse_gap(self, rows: Cell, cell: Cell, day: Day) -> None:
        where = np.flatnonzero(rows.ravel() < 0)[0]
        asked = date_of(int(np.broadcast_to(day, cell.shape).ravel()[where]))
        key = CELLS.in_full(int(cell.ravel()[where]))
        raise LawError(
            f"aucune valeur pour ({key}) au {date_text(asked)} : cette position n’existe pas "
            "à cette date, ou la table ne la connaît pas.",
            where=self.name,
            remedy="Vérifiez l’échelon et la date.",
        )

    def _note(
        self,
        rows: Cell,
        cell: Cell,
        values_read: Cell,
        day: Day,
        label: str,
        show: Callable[[int], object],
        words: Callable[[int, int], Words] | None,
        letters: str,
    ) -> None:
        days = np.broadcast_to(day, rows.shape)
        for row, code, value, when in zip(
            rows.ravel()[:_SHOWN], cell.ravel(), values_read.ravel(), days.ravel(), strict=False
        ):
            name = f"{label} ({CELLS.name(int(code))})"
            read = self.parameter(int(row), name, show(int(value)), int(when))
            sure = confidence_letter(str(self._letters(letters)[row]))
            written = words(int(code), int(value)) if words else None
            note(replace(read, confidence=sure, words=written))

    def confidence(self, cell: Cell, day: Day, column: str = "confiance") -> npt.NDArray[np.str_]:
        """Return the confidence of the row read for each cell, « D » where there is none."""
        rows = self.rows[self.period(day), np.asarray(cell)]
        letters_read: npt.NDArray[np.str_] = self._letters(column)[rows]
        return letters_read

    def letter(self, cell: int, day: int, column: str = "confiance") -> str:
        """Return the confidence of the row read for one cell, « D » where there is none."""
        return str(self._letters(column)[self.row(cell, day)])

    def _letters(self, column: str) -> npt.NDArray[np.str_]:
        """Return the confidence of each row, then « D » for none."""
        letters = self._kept_letters.get(column)
        if letters is None:
            letters = np.append(self.frame[column].to_numpy(dtype=str), "D")
            letters[letters == ""] = "D"
            self._kept_letters[column] = letters
        return letters

    def parameter(self, row: int, label: str, value: object, day: int) -> Parameter:
        """Return one value of the table with its papers."""
        papers = self.papers(row)
        return Parameter(
            label,
            value,
            papers.text,
            papers.since,
            papers.until,
            papers.confidence,
            carried_forward(self.name, date_of(day)),
            row=(self.name, int(self._numbers[row])),
        )


def day_or_none(moment: pd.Timestamp) -> date | None:
    """Return a date of a table, None where it is empty."""
    return None if pd.isna(moment) else date(moment.year, moment.month, moment.day)


def confidence_letter(letter: str) -> Confidence:
    """Return a confidence of a table, checked when the table was loaded."""
    return cast(Confidence, letter)


def cited(row: Mapping[Any, Any]) -> str:
    """Return what a row rests on: its text of the law, where it names one, then where it was read.

    Examples
    --------
    >>> cited({"texte_reference": "décret 2008-775, art. 2", "source": "Légifrance"})
    'décret 2008-775, art. 2 ; Légifrance'
    """
    law, source = str(row.get("texte_reference", "")), str(row["source"])
    return f"{law} ; {source}" if law else source
