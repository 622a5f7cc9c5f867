"""The walk: people move forward by legal periods, all together.

Inside a period the law is constant; pass *k* treats the k-th event of each person. On a
1 September the order is fixed once, here:

1. the lists read the situation on 31 August, inclusive (reclassement.csv R8; décret 90-680,
   art. 25): an échelon due on 1 September is not yet held;
2. the deciders answer, all from that same situation;
3. the échelons due that day, which are of right, take effect (décret 90-680, art. 24);
4. the promoted are placed from the échelon then held. The tables say so: they stop at the full
   duration of the échelon, excluded (« moins de 4 ans » at the 9e, R4; « 30 à 48 » at the 10e, T2),
   so whoever has reached it is read in the next one.

A person is on one list of promotion a year, hence never promoted twice in one year (R9).

The months of school heads and of ASA wait for the next échelon, never for a chevron or a grade. It
is pronounced on its normal day (so that no list opens sooner), and takes effect earlier by all of
them, though neither before the échelon held nor before the next one existed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import YEAR, rentree
from iprof_kit.base.errors import LawError
from iprof_kit.base.explanation import explaining
from iprof_kit.careers.acts import CREDIT, LEAVE, LEFT, PLACE, SLOWED, ActQueue, Acts
from iprof_kit.careers.agents import NEVER, Agents, CellColumn, Days, Rows
from iprof_kit.careers.deciders import Decider, Nobody, Outcomes
from iprof_kit.careers.events import (
    CHEVRON,
    DEPARTURE,
    GRADE,
    RECORDED,
    TEXT,
    EventLog,
    Events,
    Kinds,
)
from iprof_kit.careers.lists import Campaign, Codes, bonification_list, promotion_list
from iprof_kit.careers.periods import Period, PeriodLaw, Supposed, law_in_force, periods
from iprof_kit.law.career.advancement import due_day, echelon_duration
from iprof_kit.law.career.bonifications import days_forward
from iprof_kit.law.career.reclassement import reclassify
from iprof_kit.law.career.transitions import linearise_2023
from iprof_kit.law.promotion.conditions import (
    classe_exceptionnelle_open,
    competing,
    hors_classe_open,
    next_grade,
)
from iprof_kit.law.tables.loading import change_days

_OPEN = {"hors_classe": hors_classe_open, "classe_exceptionnelle": classe_exceptionnelle_open}


@dataclass(frozen=True)
class Projection:
    """What came of a walk.

    Attributes
    ----------
    agents : Agents
        As given.
    events : Events
        Everything that happened.
    outcomes : Outcomes
        The decisions taken, to be replayed.
    last_cell : array of int16
        Cell held at the end, by row.
    last_since : array of int32
        Axis day from which the seniority in it counts.
    """

    agents: Agents
    events: Events
    outcomes: Outcomes
    last_cell: CellColumn
    last_since: Days


def project(
    agents: Agents,
    decider: Decider | None = None,
    acts: Acts | None = None,
    *,
    supposed: Supposed | None = None,
) -> Projection:
    """Move people through the law, each from her entry to her exit.

    Parameters
    ----------
    agents : Agents
        One row a person or a scenario.
    decider : Decider, optional
        Who is promoted or given a bonification; nobody by default.
    acts : Acts, optional
        Recorded acts.
    supposed : Supposed, optional
        A hypothesis on the lengths of échelons, never the law.

    Raises
    ------
    PeriodNotCovered
        An entry before the tables.
    """
    walk = _Walk(agents, decider or Nobody(), acts)
    if len(agents):
        for period in periods(int(agents.entry.min()), int(agents.exit.max()), supposed):
            walk.through(period)
    return walk.result()


class _Walk:
    """The state of everybody on one day, and the log of what happened before."""

    def __init__(self, agents: Agents, decider: Decider, acts: Acts | None) -> None:
        self.agents = agents
        self.decider = decider
        self.decides = not isinstance(decider, Nobody) or explaining()
        self.queue = ActQueue(acts, len(agents)) if acts is not None and len(acts) else None
        self.cell = agents.cell.copy()
        self.entry = agents.entry.copy()
        self.since = agents.entry - agents.kept
        self.exit = agents.exit.copy()
        self.away = np.full(len(agents), np.iinfo(np.int32).min, np.int32)
        self.due = np.full(len(agents), NEVER, np.int32)
        self.shortened = np.zeros(len(agents), dtype=bool)
        self.credit = agents.credit.copy()
        given = acts is not None and bool((acts.kind == CREDIT).any())
        self.credited = given or bool(agents.credit.any())
        self.log = EventLog()
        self.decisions: list[tuple[Rows, int, npt.NDArray[np.int16]]] = []
        refuse_unknown_cells(agents)

    def through(self, period: Period) -> None:
        """Live one legal period."""
        if period.new_law:
            self._enter(period)
        if period.year is not None:
            self._campaigns(period.year, period.law)
        self._advance(period.law, period.end)

    def result(self) -> Projection:
        """Close the log."""
        rows = [rows for rows, _, _ in self.decisions]
        outcomes = Outcomes(
            np.concatenate([*rows, np.zeros(0)]).astype(np.int32),
            np.repeat([year for _, year, _ in self.decisions], [r.size for r in rows]).astype(
                np.int16
            ),
            np.concatenate([*(codes for _, _, codes in self.decisions), np.zeros(0)]).astype(
                np.int16
            ),
        )
        return Projection(self.agents, self.log.close(), outcomes, self.cell, self.since)

    def _enter(self, period: Period) -> None:
        """Apply a new law to everybody: a new table of échelons, then new durations."""
        here = (self.entry < period.begin) & (self.exit > period.begin)
        gone = ~period.law.exists[self.cell] & here
        if gone.any():
            self._move_by_text(gone.nonzero()[0], period)
        self._set_due(np.arange(len(self.agents)), period.law)
        np.maximum(self.due, period.begin, out=self.due)
        self.due[self.due >= self.exit] = NEVER

    def _move_by_text(self, rows: Rows, period: Period) -> None:
        """Move those whose cell the new law no longer has (linearisation of 2023)."""
        cell, kept = linearise_2023(self.cell[rows], period.begin - self.since[rows])
        self._place(rows, cell, period.begin, kept)
        self.log.add(rows, period.begin, cell, TEXT, kept)

    def _campaigns(self, year: int, law: PeriodLaw) -> None:
        """Live a 1 September, in the order that this module's docstring fixes."""
        day = rentree(year)
        if not self.decides:  # lists of which nobody would be taken
            self._advance(law, day + 1)
            return
        listed, bonifiable = self._promouvables(year, day), self._bonifiables(day, law)
        promoted = self._decide(listed, year, day, promotion_list())
        bonified = self._decide(bonifiable, year, day, bonification_list())
        if bonified.size:
            self.shortened[bonified] = True
            self._set_due(bonified, law)
        self._advance(law, day + 1)
        if promoted.size:
            self._promote(promoted, day, law)

    def _promouvables(self, year: int, day: int) -> Rows:
        """List those whom the law lets compete for the next grade."""
        listed = [np.zeros(0, np.int64)]
        for grade, is_open in _OPEN.items():
            try:
                rows = competing(grade, year)[self.cell].nonzero()[0]
                if not rows.size and not explaining():
                    continue
                here = (self.entry[rows] < day) & (self.exit[rows] > day) & self._present(rows, day)
                rows = rows[here]
                listed.append(rows[is_open(self.cell[rows], day - self.since[rows], year)])
            except LawError:  # campaigns that the tables do not cover: not decided here
                continue
        return np.concatenate(listed)

    def _bonifiables(self, day: int, law: PeriodLaw) -> Rows:
        """List those whose shortened duration ends in the school year that begins.

        It is the school year after the rendez-vous: the decision is taken in it, and the effect
        goes back to the day on which the shortened duration was reached.
        """
        rows = (law.shortened > 0)[self.cell].nonzero()[0]
        if not rows.size:
            return rows
        reached = self.since[rows] + law.shortened[self.cell[rows]]
        present = (self.entry[rows] <= day) & (self.exit[rows] > reached) & ~self.shortened[rows]
        present &= self._present(rows, day)
        return rows[(reached >= day) & (reached < day + YEAR) & present]

    def _present(self, rows: Rows, day: int) -> npt.NDArray[np.bool_]:
        """Tell who is not away on the eve of a day (« au 31 août »)."""
        return np.asarray(self.away[rows] < day)

    def _decide(self, rows: Rows, year: int, day: int, lists: Codes) -> Rows:
        """Ask the decider about those listed, and keep its answer as an outcome."""
        if not rows.size:
            return rows
        cell = self.cell[rows]
        days = (day - self.since[rows]).astype(np.int32)
        campaign = Campaign(year, rows, self.agents.ids[rows], cell, days, lists[cell])
        taken = self.decider.decide(campaign)
        rows = campaign.rows[taken]
        if rows.size:
            self.decisions.append((rows, campaign.year, campaign.list_code[taken]))
        return rows

    def _promote(self, rows: Rows, day: int, law: PeriodLaw) -> None:
        """Place the promoted in their new grade, from the échelon held that day."""
        targets = next_grade(self.cell[rows])
        for grade in _OPEN:
            promoted = rows[targets == grade]
            if not promoted.size:
                continue
            placed = reclassify(self.cell[promoted], day - self.since[promoted], grade, day)
            self._place(promoted, placed.cell, day, placed.days_kept)
            self._set_due(promoted, law)
            self.log.add(promoted, day, placed.cell, GRADE, placed.days_kept)

    def _advance(self, law: PeriodLaw, end: int) -> None:
        """Live every event before `end`: pass k treats the k-th event of each person."""
        if self.queue is not None:
            self._advance_with_acts(law, end, self.queue)
            return
        rows = (self.due < end).nonzero()[0]
        while rows.size:
            self._by_right(rows, law)
            rows = rows[self.due[rows] < end]

    def _advance_with_acts(self, law: PeriodLaw, end: int, queue: ActQueue) -> None:
        rows = (np.minimum(self.due, queue.due) < end).nonzero()[0]
        while rows.size:
            acted = queue.comes_first(rows, self.due[rows])
            self._by_right(rows[~acted], law)
            self._by_act(rows[acted], law, queue)
            rows = rows[np.minimum(self.due[rows], queue.due[rows]) < end]

    def _by_right(self, rows: Rows, law: PeriodLaw) -> None:
        """Give each person the échelon or the chevron that is due."""
        day, cell = self.due[rows], self.cell[rows]
        kind = np.where(self.shortened[rows], law.kind_shortened[cell], law.kind[cell])
        following = law.following[cell]
        early = self._use_credit(rows, kind, law) if self.credited else 0
        effect = np.subtract(day, early)
        self._place(rows, following, effect, 0)
        self._set_due(rows, law)
        self.log.add(rows, effect, following, kind, 0, early)

    def _use_credit(self, rows: Rows, kind: Kinds, law: PeriodLaw) -> Days:
        """Use up the days of bonification of those who reach an échelon, and return them."""
        earliest = np.maximum(self.entry[rows], law.opened[self.cell[rows]])
        moved = kind != CHEVRON
        forward = days_forward(self.credit[rows], self.due[rows], earliest)
        self.credit[rows[moved]] = 0
        return np.where(moved, forward, 0)

    def _by_act(self, rows: Rows, law: PeriodLaw, queue: ActQueue) -> None:
        """Apply each person's next recorded act."""
        acts, at = queue.acts, queue.pop(rows)
        kind, day, days = acts.kind[at], acts.day[at], acts.days[at]
        kind = np.where(day < self.exit[rows], kind, 0)
        self.since[rows] += np.where((kind == LEAVE) | (kind == SLOWED), days, 0)
        self.away[rows] = np.where(kind == LEAVE, day + days, self.away[rows])
        self.credit[rows] += np.where(kind == CREDIT, days, 0).astype(np.int16)
        left, placed = kind == LEFT, kind == PLACE
        self.exit[rows[left]] = day[left]
        self.log.add(rows[left], day[left], self.cell[rows[left]], DEPARTURE)
        self._place(rows[placed], acts.cell[at][placed], day[placed], days[placed])
        self.log.add(rows[placed], day[placed], acts.cell[at][placed], RECORDED, days[placed])
        self._set_due(rows, law)

    def _place(
        self, rows: Rows, cell: npt.ArrayLike, day: npt.ArrayLike, kept: npt.ArrayLike
    ) -> None:
        """Put persons in a cell on a day, with the seniority that they keep."""
        self.cell[rows] = cell
        self.entry[rows] = day
        self.since[rows] = np.subtract(day, kept)
        self.shortened[rows] = False

    def _set_due(self, rows: Rows, law: PeriodLaw) -> None:
        """Compute the day of the next échelon or chevron; never once the career has ended."""
        cell = self.cell[rows]
        duration = np.where(self.shortened[rows], law.shortened[cell], law.duration[cell])
        due = due_day(self.since[rows], duration, self.entry[rows])
        comes = (law.following[cell] >= 0) & (due < self.exit[rows])
        self.due[rows] = np.where(comes, due, NEVER)


def refuse_unknown_cells(agents: Agents) -> None:
    """Refuse a cell that does not exist on the day of its entry.

    Raises
    ------
    LawError
        Names the cell and the day.
    """
    period = np.searchsorted(change_days(), agents.entry, side="right")
    for code in np.unique(period):
        rows = (period == code).nonzero()[0]
        day = int(agents.entry[rows].min())
        wrong = rows[~law_in_force(day).exists[agents.cell[rows]]]
        if wrong.size:
            echelon_duration(agents.cell[wrong[:1]], int(agents.entry[wrong[0]]))
