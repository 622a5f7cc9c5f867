"""The careers, replayed by the engine of projections from 2017 to the day of observation.

Until 2023 the classe exceptionnelle was not a ratio but a growing share of each corps, through two
viviers. A first walk gives the situation of the hors classe on each 31 August; promotions are
drawn from it, and a second walk lives them as recorded acts. Nothing else changes between the two:
whoever is in the hors classe is on no other list of those years, and its decisions are replayed.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from iprof_kit.analytics.population.decisions import Continued, Decided
from iprof_kit.analytics.population.entrants import Draw, Entrants, Whole
from iprof_kit.analytics.population.laws import corps_codes, series, share, value
from iprof_kit.analytics.population.merit import Merit
from iprof_kit.analytics.population.past import HORS_CLASSE, ReplayStart
from iprof_kit.base.calendar import rentree
from iprof_kit.base.errors import LawError
from iprof_kit.careers.acts import PLACE, Acts
from iprof_kit.careers.agents import Agents
from iprof_kit.careers.deciders import Decider
from iprof_kit.careers.events import GRADE, RECORDED, Events
from iprof_kit.careers.leaves import together
from iprof_kit.careers.projection import Projection, project
from iprof_kit.law.career.advancement import first_day
from iprof_kit.law.career.reclassement import reclassify
from iprof_kit.law.promotion.viviers import viviers
from iprof_kit.law.tables.cells import CELLS, grades_of

EXCEPTIONNELLE = "classe_exceptionnelle"


@dataclass(frozen=True)
class Careers:
    """Everything that happened: the walk, the campaigns held, the recorded promotions.

    Attributes
    ----------
    recorded : Acts
        Promotions to the classe exceptionnelle until 2023.
    """

    walk: Projection
    decided: list[Decided]
    recorded: Acts


@dataclass(frozen=True)
class Situation:
    """Where people stand on a day: cell, its effect, seniority kept then, entry in the grade."""

    cell: Whole
    day: Whole
    kept: Whole
    entered_grade: Whole

    def take(self, rows: Whole) -> Situation:
        """Return the situation of some people, in the order asked."""
        return Situation(self.cell[rows], self.day[rows], self.kept[rows], self.entered_grade[rows])


def replay(
    people: Entrants,
    start: ReplayStart,
    merit: Merit,
    decider: Decider,
    years: range,
    draw: Draw,
    *,
    end: int | None = None,
) -> tuple[Projection, Acts]:
    """Live the careers of people through the campaigns of some years; return what happened.

    Parameters
    ----------
    people, start, merit
        Who, where each one stands on the first day, and what is thought of her.
    decider : Decider
        Who is promoted, where the tables give a ratio.
    years : range
        Campaigns; those of viviers among them are drawn.
    draw : numpy Generator
    end : int, optional
        First axis day not lived; by default the rentrée after the last campaign.

    Returns
    -------
    Acts
        The promotions drawn from the viviers.
    """
    last = rentree(years.stop) if end is None else end
    agents = Agents(
        np.arange(len(people)), start.cell, start.day, start.kept, np.minimum(people.left, last)
    )
    change = min(_last_of_viviers() + 1, years.stop)
    if years.start >= change:
        return project(agents, decider), together()
    first = Agents(
        agents.ids, agents.cell, agents.entry, agents.kept, np.minimum(agents.exit, rentree(change))
    )
    walk = project(first, decider)
    recorded = _viviers(people, start, merit, walk, range(years.start, change), draw)
    after = Continued(walk.outcomes, change, decider)
    return project(agents, after, recorded), recorded


def situation(start: ReplayStart, events: Events, day: int) -> Situation:
    """Return where everybody stands on a day, from what happened before it."""
    known = np.flatnonzero(events.day <= day)
    cell, effect, kept, entered = (
        column.astype(np.int64)
        for column in (start.cell, start.day, start.kept, start.entered_grade)
    )
    rows = events.row[known]
    cell[rows], effect[rows], kept[rows] = (
        events.cell[known],
        events.day[known],
        events.kept[known],
    )
    grades = known[np.isin(events.kind[known], (GRADE, RECORDED))]
    entered[events.row[grades]] = events.day[grades]
    return Situation(cell, effect, kept, entered)


@cache
def _placed_from(day: int) -> npt.NDArray[np.bool_]:
    """Tell from which cells the tables say where a promotion to the last grade places."""
    readable = np.zeros(CELLS.count, bool)
    for cell in np.flatnonzero(CELLS.grade == HORS_CLASSE):
        with suppress(LawError):
            reclassify(np.array([cell]), np.array([0]), EXCEPTIONNELLE, day)
            readable[cell] = True
    return readable


def _last_of_viviers() -> int:
    return max(int(year) for year in series("ce_part"))


def _viviers(
    people: Entrants, start: ReplayStart, merit: Merit, walk: Projection, years: range, draw: Draw
) -> Acts:
    """Draw the promotions to the classe exceptionnelle of the campaigns of viviers."""
    promoted = np.asarray(CELLS.grade[start.cell] == EXCEPTIONNELLE)
    rows, days, cells, kept = [], [], [], []
    luck = draw.random(len(people))
    readable = rentree(int(value("ce_reclassement")))
    for year, per_cent in series("ce_part").items():
        day = rentree(int(year))
        if int(year) not in years:
            continue
        now = situation(start, walk.events, day - 1)
        there = people.present(day) & (start.day <= day)
        open_to = np.flatnonzero(there & ~promoted & _placed_from(max(day, readable))[now.cell])
        seniority = day - now.day[open_to] + now.kept[open_to]
        law = int(year) + (day <= first_day())  # durations are not read before the tables
        open_viviers = viviers(now.cell[open_to], seniority, law, merit.functions[open_to])
        for place, code in enumerate(corps_codes()):
            if EXCEPTIONNELLE not in grades_of(code):
                continue
            of_corps = people.corps[open_to] == place
            corps = people.corps == place
            wanted = int(per_cent / 100 * (there & corps).sum()) - int(
                (promoted & there & corps).sum()
            )
            taken = _chosen(
                open_to,
                of_corps & open_viviers.first,
                of_corps & open_viviers.second,
                wanted,
                (luck, people.entered),
            )
            where = np.searchsorted(open_to, taken)
            placed = reclassify(
                now.cell[taken], seniority[where], EXCEPTIONNELLE, max(day, readable)
            )
            promoted[taken] = True
            rows.append(taken)
            days.append(np.full(taken.size, day))
            cells.append(placed.cell)
            kept.append(placed.days_kept)
    row = np.concatenate([np.zeros(0, np.int64), *rows])
    return Acts(
        row,
        np.concatenate([row[:0], *days]),
        np.full(row.size, PLACE),
        np.concatenate([row[:0], *cells]),
        np.concatenate([row[:0], *kept]),
    )


def _chosen(
    rows: Whole, first: np.ndarray, second: np.ndarray, wanted: int, order: tuple[np.ndarray, Whole]
) -> Whole:
    """Take the first vivier as luck has it, the second by seniority in the corps."""
    luck, entered = order
    if wanted <= 0:
        return rows[:0]
    one, two = rows[first], rows[second & ~first]
    one = one[np.argsort(luck[one], kind="stable")][: int(wanted * share("ce_vivier_1_part"))]
    two = two[np.argsort(entered[two], kind="stable")][: wanted - one.size]
    return np.sort(np.concatenate([one, two]))
