"""The runs behind an answer: every scenario is a row of one batch."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from iprof_kit.base.calendar import YEAR, rentree
from iprof_kit.calculate.career.start import Start
from iprof_kit.careers.acts import Acts, direction_acts
from iprof_kit.careers.agents import Agents
from iprof_kit.careers.deciders import NO_YEAR, Chosen
from iprof_kit.careers.events import Events
from iprof_kit.careers.leaves import together
from iprof_kit.careers.lists import list_code
from iprof_kit.careers.projection import project
from iprof_kit.law.career.advancement import BONIFIED

HORS_CLASSE, CLASSE_EXCEPTIONNELLE = "hors_classe", "classe_exceptionnelle"


@dataclass(frozen=True)
class Controls:
    """The choices of one row: échelons shortened, year of each promotion (None: never)."""

    bonifications: tuple[str, ...] = ()
    hors_classe: int | None = None
    classe_exceptionnelle: int | None = None


@dataclass(frozen=True)
class PlaceHeld:
    """Where a row stands on a day: cell, its effect, seniority in it in days."""

    cell: int
    entry: int
    days: int


@dataclass(frozen=True)
class Run:
    """One row lived: its events and the campaigns in which she was on a list."""

    start: Start
    events: Events
    open_years: dict[str, tuple[int, ...]]

    def before(self, day: int) -> PlaceHeld:
        """Return the situation on the eve of a day (« au 31 août » for a 1 September)."""
        events = self.events
        past = np.flatnonzero(events.day + events.early < day)
        if not past.size:
            start = self.start
            return self._standing(start.cell, start.entry, start.kept, start.entry, day)
        last = past[-1]
        entry = int(events.day[last])
        pronounced = entry + int(events.early[last])
        return self._standing(
            int(events.cell[last]), entry, int(events.kept[last]), pronounced, day
        )

    def _standing(self, cell: int, entry: int, kept: int, pronounced: int, day: int) -> PlaceHeld:
        lost = self.start.positions.lost(pronounced, day)
        return PlaceHeld(cell, entry, day - entry + kept - lost)

    def years_open(self, what: str, *, past: bool = False) -> tuple[int, ...]:
        """Return the campaigns still to come in which she may be on a list; past ones on demand."""
        known = self.open_years.get(what, ())
        return known if past else tuple(year for year in known if self.pending(what, year))

    def years_past(self, what: str) -> tuple[int, ...]:
        """Return the campaigns already decided in which she was on a list."""
        return tuple(year for year in self.open_years.get(what, ()) if not self.pending(what, year))

    def pending(self, what: str, year: int) -> bool:
        """Tell whether the decision of a campaign is still to come."""
        delay = YEAR if what in BONIFIED else 0
        return rentree(year) + delay > self.start.today


def run(start: Start, rows: list[Controls]) -> list[Run]:
    """Project the same person under several choices, in one walk.

    A choice that the law does not allow has no effect.
    """
    size = len(rows)
    agents = Agents(
        np.arange(size),
        np.full(size, start.cell),
        np.full(size, start.entry),
        np.full(size, start.kept),
        np.full(size, start.exit),
        np.full(size, start.asa),
    )
    years = {
        HORS_CLASSE: [r.hors_classe or NO_YEAR for r in rows],
        CLASSE_EXCEPTIONNELLE: [r.classe_exceptionnelle or NO_YEAR for r in rows],
    }
    chosen = Chosen(
        {grade: np.array(column) for grade, column in years.items()},
        {step: np.array([step in r.bonifications for r in rows]) for step in BONIFIED},
    )
    projection = project(agents, chosen, _acts(start, size), supposed=start.supposed)
    watched, opened = (*years, *BONIFIED), chosen.years_open()
    return [
        Run(
            start,
            projection.events.of(row),
            {what: opened.get((row, what), ()) for what in watched},
        )
        for row in range(size)
    ]


def _acts(start: Start, rows: int) -> Acts | None:
    """Return the leaves of the person, and the months of her years of direction d'école."""
    leaves = start.positions.acts(rows)
    if not start.direction:
        return leaves
    size = len(start.direction)
    years = np.tile(np.array(start.direction), rows)
    return together(leaves, direction_acts(np.repeat(np.arange(rows), size), years))


def run_paces(start: Start) -> dict[tuple[str, ...], Run]:
    """Project the person without promotion, with each lawful set of bonifications.

    Returns
    -------
    dict
        Run by set of bonifications, past ones too; () is the pace of right.
    """
    sets = [
        tuple(step for step, taken in zip(BONIFIED, flags, strict=True) if taken)
        for flags in product((False, True), repeat=len(BONIFIED))
    ]
    lived = dict(zip(sets, run(start, [Controls(bonifications=s) for s in sets]), strict=True))
    possible = {step for step in BONIFIED if lived[()].years_open(step, past=True)}
    return {taken: one for taken, one in lived.items() if possible.issuperset(taken)}


def has_list(corps: str, what: str) -> bool:
    """Tell whether the law knows such a list in a corps."""
    return list_code(corps, what) >= 0
