"""The lists on which a decision is taken: who is compared with whom.

A list is a corps and what is decided: access to a grade, or the bonification of an échelon. The
perimeter (department, academy) is the population that the caller projects.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from iprof_kit.careers.agents import CellColumn, Days, Flags, Rows
from iprof_kit.law.career.advancement import cells_at, first_day, shortened_duration
from iprof_kit.law.tables.cells import CELLS, grades_of
from iprof_kit.law.tables.loading import change_days

Codes = npt.NDArray[np.int16]


class ListName(NamedTuple):
    """A corps and what the list decides: a grade (« hors_classe ») or an échelon (« 6 »)."""

    corps: str
    object: str


@dataclass(frozen=True)
class Campaign:
    """One kind of list, everywhere, at one 1 September: all read the same situation.

    Attributes
    ----------
    year : int
        Civil year of the 1 September.
    rows : array of int64
        Rows of the persons that the law lets on a list.
    ids, cell : arrays
        Their numbers, and the cells they hold on 31 August.
    days : array of int32
        Their seniority in the cell up to 1 September exclusive.
    list_code : array of int16
        Position in `LISTS` of each person's list.
    """

    year: int
    rows: Rows
    ids: Rows
    cell: CellColumn
    days: Days
    list_code: Codes

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def is_promotion(self) -> bool:
        """Whether the lists open a grade; else they give a bonification."""
        return len(self) > 0 and int(promotion_list()[self.cell[0]]) == int(self.list_code[0])


def target_grade(corps: str, grade: str) -> str | None:
    """Return the grade that follows in a corps; None after the last."""
    grades = grades_of(corps)
    after = grades.index(grade) + 1
    return grades[after] if after < len(grades) else None


@cache
def _all() -> tuple[tuple[ListName, ...], Codes, Codes]:
    """Return every list, and each cell's list of promotion and of bonification (−1: none)."""
    names: dict[ListName, int] = {}
    promotion = np.full(CELLS.count, -1, np.int16)
    bonification = np.full(CELLS.count, -1, np.int16)
    shortened = _ever_shortened()
    for cell in range(CELLS.count):
        corps = CELLS.corps[cell]
        grade = target_grade(corps, CELLS.grade[cell])
        if grade is not None:
            promotion[cell] = names.setdefault(ListName(corps, grade), len(names))
        if shortened[cell]:
            bonification[cell] = names.setdefault(ListName(corps, CELLS.echelon[cell]), len(names))
    return tuple(names), promotion, bonification


def _ever_shortened() -> Flags:
    """Tell for each cell whether a bonification existed in it at some time."""
    shortened = np.zeros(CELLS.count, dtype=bool)
    for day in change_days():
        if day >= first_day():
            cells = cells_at(int(day))
            shortened[cells] |= shortened_duration(cells, int(day)) > 0
    return shortened


def list_names() -> tuple[ListName, ...]:
    """Return every list that the law knows; a list's code is its position."""
    return _all()[0]


def list_code(corps: str, what: str) -> int:
    """Return the code of a list, −1 where the law has none."""
    names = list_names()
    name = ListName(corps, what)
    return names.index(name) if name in names else -1


def promotion_list() -> Codes:
    """Return the code of each cell's list of access to the next grade, −1 where there is none."""
    return _all()[1]


def bonification_list() -> Codes:
    """Return the code of each cell's list of bonification, −1 where there is none."""
    return _all()[2]
