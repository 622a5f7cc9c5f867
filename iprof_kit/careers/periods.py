"""Legal periods: between two cuts the law is constant, so a rule is one lookup by cell.

Time is cut at each 1 September and at each change of a table that a projection reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np

from iprof_kit.base.calendar import rentree, school_year_of
from iprof_kit.base.explanation import unexplained
from iprof_kit.careers.agents import CellColumn, Days, Flags
from iprof_kit.careers.events import BONIFICATION, CHEVRON, ECHELON, Kinds
from iprof_kit.law.career.advancement import (
    cells_at,
    echelon_duration,
    exists_since,
    next_cell,
    shortened_duration,
)
from iprof_kit.law.tables.cells import CELLS
from iprof_kit.law.tables.loading import change_days


@dataclass(frozen=True)
class PeriodLaw:
    """The law of échelons during one period, for every cell.

    Attributes
    ----------
    duration, shortened : arrays of int32
        Days of the 360-day year; 0 where terminal, where there is no bonification.
    following : array of int16
        Cell that follows by right; −1 where none does.
    kind, kind_shortened : arrays of int8
        Kind of the event that leads there.
    opened : array of int32
        Axis day since which the following cell exists: no effect is earlier.
    """

    exists: Flags
    duration: Days
    shortened: Days
    following: CellColumn
    kind: Kinds
    kind_shortened: Kinds
    opened: Days


@dataclass(frozen=True)
class Supposed:
    """Lengths of échelons that no text gives, supposed from a day on.

    Attributes
    ----------
    day : int
        Axis day from which they are supposed.
    duration : array of int32
        Days of the 360-day year by cell; −1 where the law in force stays.
    """

    day: int
    duration: Days

    def applied(self, law: PeriodLaw) -> PeriodLaw:
        """Return the law with these lengths in the place of its own."""
        return replace(law, duration=np.where(self.duration < 0, law.duration, self.duration))


@dataclass(frozen=True)
class Period:
    """From one cut to the next, with what happens on its first day."""

    begin: int
    end: int
    law: PeriodLaw
    new_law: bool
    year: int | None
    """Civil year where the period begins on a 1 September, else None."""


def periods(begin: int, end: int, supposed: Supposed | None = None) -> Iterator[Period]:
    """Cut the days from `begin` to `end` (exclusive) into legal periods.

    Parameters
    ----------
    begin, end : int
        Axis days.
    supposed : Supposed, optional
        A hypothesis that takes the place of the law from its day on.

    Raises
    ------
    PeriodNotCovered
        `begin` comes before the tables.
    """
    changes = change_days()
    if supposed is not None:
        changes = np.union1d(changes, [supposed.day])
    years = np.arange(int(school_year_of(begin)), int(school_year_of(end)) + 1)
    september = {rentree(int(year)): int(year) for year in years}
    inside = (day for day in {*changes.tolist(), *september} if begin < day < end)
    cuts = [begin, *sorted(inside), end]
    law_of_cut = np.searchsorted(changes, cuts, side="right")
    for index, (first, last) in enumerate(pairwise(cuts)):
        new_law = index == 0 or law_of_cut[index] != law_of_cut[index - 1]
        law = law_in_force(first if law_of_cut[index] == 0 else int(changes[law_of_cut[index] - 1]))
        if supposed is not None and first >= supposed.day:
            law = supposed.applied(law)
        yield Period(first, last, law, new_law, september.get(first))


def law_begins(day: int, supposed: Supposed | None = None) -> int:
    """Return the first axis day of the law of échelons in force on a day, supposed or not."""
    changes = change_days()
    if supposed is not None:
        changes = np.union1d(changes, [supposed.day])
    return int(changes[max(int(np.searchsorted(changes, day, side="right")) - 1, 0)])


@lru_cache(maxsize=64)
def law_in_force(day: int) -> PeriodLaw:
    """Read the law of échelons on a day, for every cell, through the rules.

    It is kept: no reason tells it, or the first one asked for would alone say what all read.
    """
    with unexplained():
        cells = cells_at(day)
        exists = np.zeros(CELLS.count, dtype=bool)
        exists[cells] = True
        duration = np.zeros(CELLS.count, np.int32)
        duration[cells] = echelon_duration(cells, day)
        shortened = np.zeros(CELLS.count, np.int32)
        shortened[cells] = shortened_duration(cells, day)
        following = np.full(CELLS.count, -1, np.int16)
        following[cells] = next_cell(cells, day)
        same_echelon = CELLS.echelon == CELLS.echelon[following]
        kind = np.where(same_echelon, CHEVRON, ECHELON).astype(np.int8)
        kind_shortened = np.full(CELLS.count, BONIFICATION, np.int8)
        opened = exists_since(day)[following].astype(np.int32)
    return PeriodLaw(exists, duration, shortened, following, kind, kind_shortened, opened)
