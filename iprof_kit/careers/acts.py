"""Recorded acts: what happens to one person by an act of the administration, not by the law alone.

Part-time needs no act: it counts as full time for advancement (CGFP L612-4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import MONTH, Axis
from iprof_kit.careers.agents import NEVER, CellColumn, Days, Rows
from iprof_kit.law.career.bonifications import direction_day, direction_months


def direction_acts(row: Axis, year: Axis) -> Acts:
    """Return the acts that give the months of complete school years of direction d'école.

    Parameters
    ----------
    row, year : array of int
        Row of the engine, and civil year in which each school year begins.

    Raises
    ------
    InputError
        A school year before those that the law counts.
    """
    year = np.asarray(year, np.int64)
    known = {each: direction_day(each) for each in np.unique(year).tolist()}
    day = np.array([known[each] for each in year.tolist()], np.int64)
    days = direction_months(np.ones_like(year)) * MONTH
    nothing = np.zeros_like(year)
    return Acts(row, day, np.full(len(year), CREDIT, np.int8), nothing, days)


LEAVE: Final = 1
"""An interruption of `days` that does not count: start *and* due date move by as much.

Whoever is away on a 31 August is on no list of that campaign (bareme_hors_classe.csv, positions).
"""
PLACE: Final = 2
"""The person is placed in `cell` with `days` of seniority kept: nomination, change of corps."""
LEFT: Final = 3
"""The career ends on that day."""
SLOWED: Final = 4
"""`days` of a time that counts only in part: they move start and due date, and close no list."""

CREDIT: Final = 5
"""`days` of bonification are given (school head, ASA): the next échelon uses them all up."""


@dataclass(frozen=True)
class Acts:
    """Columns of equal length, sorted by row and day when they are made.

    Attributes
    ----------
    row : array of int32
    day : array of int32
        Axis day of the effect.
    kind : array of int8
        `LEAVE`, `PLACE`, `LEFT`, `SLOWED` or `CREDIT`.
    cell : array of int16
        Cell of a `PLACE`, else anything.
    days : array of int32
        Days of a `LEAVE`, `SLOWED` or `CREDIT`, seniority kept of a `PLACE`.
    """

    row: Days
    day: Days
    kind: npt.NDArray[np.int8]
    cell: CellColumn
    days: Days

    def __post_init__(self) -> None:
        order = np.lexsort((self.day, self.row))
        for name, dtype in (
            ("row", np.int32),
            ("day", np.int32),
            ("kind", np.int8),
            ("cell", np.int16),
            ("days", np.int32),
        ):
            object.__setattr__(self, name, np.asarray(getattr(self, name), dtype)[order])

    def __len__(self) -> int:
        return len(self.row)


class ActQueue:
    """The next act of each row, as a column that the walk compares with the due dates."""

    def __init__(self, acts: Acts, rows: int) -> None:
        self.acts = acts
        self._next = np.searchsorted(acts.row, np.arange(rows)).astype(np.int64)
        self._end = np.searchsorted(acts.row, np.arange(rows), side="right").astype(np.int64)
        self.due = np.full(rows, NEVER, np.int32)
        self._show(np.arange(rows))

    def pop(self, rows: Rows) -> Rows:
        """Return the position of each row's next act, and move on to the one after."""
        taken = self._next[rows]
        self._next[rows] += 1
        self._show(rows)
        return taken

    def comes_first(self, rows: Rows, due: Days) -> npt.NDArray[np.bool_]:
        """Tell whose act comes before the échelon due.

        On the same day an échelon comes before an interruption (the time was served to the end)
        and after every other act (a recorded position or departure is what happened; a bonification
        given on that day counts: décret 2023-777, art. 21).
        """
        day = self.due[rows]
        before, tie = day < due, day == due
        if not tie.any():
            return np.asarray(before)
        at = np.minimum(self._next[rows], max(len(self.acts) - 1, 0))
        moves = np.isin(self.acts.kind[at], (LEAVE, SLOWED))
        return np.asarray(before | (tie & (day != NEVER) & ~moves))

    def _show(self, rows: Rows) -> None:
        some = self._next[rows] < self._end[rows]
        at = np.minimum(self._next[rows], max(len(self.acts) - 1, 0))
        self.due[rows] = np.where(some, self.acts.day[at], NEVER) if len(self.acts) else NEVER
