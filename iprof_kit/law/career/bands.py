"""Reclassement compiled: for each origin cell, bands of seniority that have one answer each."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.base.calendar import MONTH, YEAR, date_of
from iprof_kit.base.errors import BadTable
from iprof_kit.base.sources import worst
from iprof_kit.law.career.advancement import DURATIONS, following, months
from iprof_kit.law.career.traitement import majore
from iprof_kit.law.tables.cells import CELLS, Cell, grades_of
from iprof_kit.law.tables.loading import at
from iprof_kit.law.tables.schema import EVERYBODY

FOREVER = YEAR * YEAR
"""Longer than any seniority, in days."""

KEPT = ("anciennete_origine", "min(anciennete_origine, duree_echelon_cible)")
NOTHING = ("0", "sans objet")
BY_GAIN = "appliquer R2/R3"
BY_EXCEPTION = "appliquer R6/R3"
CHEVRON_KEPT = "ancienneté de chevron conservée"


class Answer(NamedTuple):
    """Where a cell leads from a seniority on: days kept = days × keeps + offset.

    `through` is the cell of the first of two steps, −1 where the placing has one.
    """

    since: int
    target: int
    keeps: int
    offset: int
    rules: str
    confidence: str
    through: int = -1


@dataclass(frozen=True)
class Bands:
    """The bands of one target grade in one period, sorted by origin cell and seniority."""

    keys: Cell
    target: Cell
    through: Cell
    keeps: Cell
    offset: Cell
    rules: tuple[str, ...]
    rule: npt.NDArray[np.int16]
    confidence: npt.NDArray[np.str_]
    covered: npt.NDArray[np.bool_]

    def find(self, cell: Cell, days: Cell) -> Cell:
        """Return the band of each cell and seniority."""
        key = cell * FOREVER + np.clip(days, 0, FOREVER - 1)
        return np.searchsorted(self.keys, key, side="right") - 1

    def kept(self, band: Cell, days: Cell) -> Cell:
        """Return the days kept."""
        return self.keeps[band] * days + self.offset[band]


def compile_bands(target_grade: str, day: int) -> Bands:
    """Compile the rows of reclassement.csv in force on a day, towards one grade.

    A position that no row covers has an uncovered band: asking for it is an error, later.
    """
    compiler = _Compiler(target_grade, day)
    answers = [(cell, answer) for cell in range(CELLS.count) for answer in compiler.answers(cell)]
    rules = tuple(sorted({answer.rules for _, answer in answers}))
    return Bands(
        keys=np.array([cell * FOREVER + answer.since for cell, answer in answers]),
        target=np.array([answer.target for _, answer in answers]),
        through=np.array([answer.through for _, answer in answers]),
        keeps=np.array([answer.keeps for _, answer in answers]),
        offset=np.array([answer.offset for _, answer in answers]),
        rules=rules,
        rule=np.array([rules.index(answer.rules) for _, answer in answers], dtype=np.int16),
        confidence=np.array([answer.confidence for _, answer in answers]),
        covered=np.array([answer.target >= 0 for _, answer in answers]),
    )


Row = dict[Hashable, Any]
"""One row of reclassement.csv."""


class _Compiler:
    """The law of one day towards one grade."""

    def __init__(self, target_grade: str, day: int) -> None:
        frame = at("reclassement", date_of(day)).sort_values(
            "anciennete_min_mois", na_position="first"
        )
        rows: list[Row] = frame.to_dict("records")
        self.target_grade = target_grade
        self.here = [row for row in rows if row["grade_cible"] == target_grade]
        self.rules = {row["id"]: row for row in rows if row["corps"] == EVERYBODY}
        self.index = majore(day)
        self.months = months(day)
        self.next = following(day)
        self.exists = DURATIONS.rows[int(DURATIONS.period(day))] >= 0

    def answers(self, cell: int) -> Iterator[Answer]:
        """Return the bands of one cell: its own rows, then the generic rules in between."""
        place = self._target_place(cell)
        if place is None:
            yield _uncovered()
            return
        own_rows = self._rows_of(cell)
        generic = self._generic(cell, place, own_rows)
        reached = 0
        for row in (row for row in own_rows if row["echelon_cible"]):
            since = _days(row["anciennete_min_mois"], 0)
            until = _days(row["anciennete_max_mois_exclu"], FOREVER)
            if since > reached:
                yield from self._bounded(generic, reached, since)
            written = self._written(cell, place, own_rows, row)
            yield from self._bounded(self._in_two_steps(written, generic), since, until)
            reached = until
        if reached < FOREVER:
            yield from self._bounded(generic, reached, FOREVER)

    def _target_place(self, cell: int) -> tuple[str, str] | None:
        """Return the corps and grade aimed at, None where the cell cannot lead there."""
        corps, grade = CELLS.corps[cell], CELLS.grade[cell]
        if not self.exists[cell]:
            return None
        if "." in self.target_grade:
            target_corps, target = self.target_grade.split(".")
            return None if target_corps == corps else (target_corps, target)
        grades = grades_of(corps)
        follows = grades[grades.index(grade) + 1 :][:1] == (self.target_grade,)
        return (corps, self.target_grade) if follows else None

    def _rows_of(self, cell: int) -> list[Row]:
        """Return the rows written for one échelon of one grade, by increasing seniority."""
        position = (CELLS.grade[cell], CELLS.echelon[cell], CELLS.chevron[cell])
        return [
            row
            for row in self.here
            if (row["grade_origine"], row["echelon_origine"], row["chevron_origine"]) == position
            and CELLS.corps[cell] in row["corps"].split(";")
        ]

    def _written(self, cell: int, place: tuple[str, str], own_rows: list[Row], row: Row) -> Answer:
        """Read one row that names its target échelon."""
        target = CELLS.codes.get((*place, row["echelon_cible"], row["chevron_cible"]), -1)
        if target < 0 or self.index[target] < self.index[cell]:
            return _uncovered()
        text, answer = row["anciennete_conservee"], Answer(0, target, 0, 0, *_papers(row))
        if text in (BY_GAIN, BY_EXCEPTION):
            return self._with_seniority(answer, cell, own_rows)
        keeps, offset = kept_by(text)
        return answer._replace(keeps=keeps, offset=offset)

    def _in_two_steps(self, written: Answer, generic: Answer) -> Answer:
        """Name the first step of a row that writes the result of two: R1, then R3."""
        steps = written.target >= 0 and generic.target >= 0 and not written.keeps
        if steps and self.next[generic.target] == written.target and generic.keeps:
            return written._replace(through=generic.target)
        return written

    def _generic(self, cell: int, place: tuple[str, str], own_rows: list[Row]) -> Answer:
        """Apply R1 (or R7): the échelon whose index is equal, or just above."""
        position = (CELLS.grade[cell], "")
        rules = [
            row
            for row in self.here
            if (row["grade_origine"], row["echelon_origine"]) == position
            and {EVERYBODY, CELLS.corps[cell]} & set(row["corps"].split(";"))
        ]
        corps, grade = place
        there = np.flatnonzero((CELLS.corps == corps) & (CELLS.grade == grade) & self.exists)
        enough = there[self.index[there] >= self.index[cell]]
        if not rules or self.index[cell] < 0 or not enough.size:
            return _uncovered()
        target = int(enough[np.argmin(self.index[enough])])
        return self._with_seniority(Answer(0, target, 0, 0, *_papers(rules[0])), cell, own_rows)

    def _with_seniority(self, answer: Answer, cell: int, own_rows: list[Row]) -> Answer:
        """Decide what seniority is kept: the exception of the last échelon, else the gain (R2)."""
        exceptions = [row for row in own_rows if not row["echelon_cible"]]
        after = self.next[cell]
        if exceptions:
            keeps, row = 1, exceptions[0]
        elif after < 0 or self.index[after] < 0:
            return _uncovered()
        else:
            keeps, row = int(self.index[answer.target] < self.index[after]), self.rules["R2"]
        name, letter = _papers(row)
        return answer._replace(
            keeps=keeps,
            rules=f"{answer.rules}+{name}",
            confidence=worst([answer.confidence, letter]),
        )

    def _bounded(self, answer: Answer, since: int, until: int) -> Iterator[Answer]:
        """Yield the answer from a seniority on, then what R3 makes of it past the duration."""
        yield answer._replace(since=since)
        duration = self.months[answer.target] * MONTH if answer.target >= 0 else 0
        full = int(duration) - answer.offset
        if answer.keeps and duration and full < until:
            name, letter = _papers(self.rules["R3"])
            rules, confidence = f"{answer.rules}+{name}", worst([answer.confidence, letter])
            target = int(self.next[answer.target])
            yield Answer(max(full, since), target, 0, 0, rules, confidence, answer.target)


def _papers(row: Row) -> tuple[str, str]:
    """Return the id and the confidence of a row."""
    return str(row["id"]), str(row["confiance"])


def _uncovered() -> Answer:
    return Answer(0, -1, 0, 0, "", "D")


def _days(value: Any, otherwise: int) -> int:
    return otherwise if pd.isna(value) else int(value) * MONTH


def kept_by(text: str) -> tuple[int, int]:
    """Read « anciennete_conservee »: kept days = keeps × days + offset."""
    if text in NOTHING:
        return 0, 0
    if text in KEPT or text.startswith(CHEVRON_KEPT):
        return 1, 0
    shifted = re.fullmatch(r"anciennete_origine ([+-]) (\d+)", text)
    if shifted is None:
        raise BadTable(f"ancienneté conservée « {text} » illisible.", where="reclassement")
    sign, number = shifted.groups()
    return 1, int(f"{sign}{number}") * MONTH
