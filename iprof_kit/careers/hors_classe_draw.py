"""A person among a drawn population: the campaign in which the hors classe would reach her.

Every school year the same number of people enters the 9e échelon, on days drawn inside it, with
appréciations drawn from their shares. They live the law with the engine of projections; each
1 September the list is ranked as the national order says, and the contingent is the ratio of the
list. Once the list no longer grows, copies of the person are put in it, one for each appréciation
and each campaign read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from iprof_kit.base.calendar import YEAR, rentree
from iprof_kit.careers.agents import Agents, Flags
from iprof_kit.careers.campaigns import Campaigns, table_share
from iprof_kit.careers.criteria import Candidates, Numbers
from iprof_kit.careers.lists import Campaign, list_names
from iprof_kit.careers.projection import project
from iprof_kit.careers.ranked_list import ranked
from iprof_kit.law.career.advancement import months
from iprof_kit.law.promotion.bareme import APPRECIATIONS
from iprof_kit.law.promotion.conditions import required_days
from iprof_kit.law.promotion.rankings import ranking_procedure
from iprof_kit.law.tables.cells import CELLS, cell_code, grades_of

HORS_CLASSE = "hors_classe"
ENTRANTS, WARMING, READ, AFTER, CAREER = 100, 12, 12, 12, 20
"""People a year; campaigns before, read, and after; years that nobody stays beyond in the list."""
_MONTH = 30
_SPREAD = 2 * YEAR


@dataclass(frozen=True)
class Drawn:
    """What was drawn for one appréciation, one value for each campaign read.

    Attributes
    ----------
    waits : array of int
        Campaigns between the person's first one in the list and her promotion; −1 where none of
        those read reaches her.
    ranks, sizes : arrays of int
        Her rank in that first list, and its length.
    places : array of int
        Promotions of that list.
    """

    waits: Numbers
    ranks: Numbers
    sizes: Numbers
    places: Numbers


@dataclass
class _Watched(Campaigns):
    """Campaigns of the hors classe alone, with the rank of each person watched."""

    watched: Flags = field(default_factory=lambda: np.zeros(0, bool))
    seen: dict[tuple[int, int], tuple[int, int, int]] = field(default_factory=dict)

    def _lists(self, code: int, campaign: Campaign, places: Numbers) -> Flags:
        corps, grade = list_names()[code]
        if grade != HORS_CLASSE:
            return np.zeros(len(places), bool)
        rows = campaign.rows[places]
        share = self.share(corps, grade, campaign.year)
        counted = int((~self.watched[rows]).sum())
        contingent = self._contingent((campaign.year, code, 0), counted, share)
        people = Candidates(
            campaign.year,
            campaign.ids[places],
            campaign.cell[places],
            campaign.days[places],
            self._columns,
            rows,
        )
        procedure = ranking_procedure(corps, grade, campaign.year)
        order = ranked(people, procedure, contingent).order
        # Copies of the person take nobody's place: each is ranked among the population alone.
        others = ~self.watched[rows]
        ahead = np.empty(len(places), np.int64)
        ahead[order] = np.cumsum(others[order]) - others[order]
        for place in np.flatnonzero(~others).tolist():
            key = (int(rows[place]), campaign.year)
            self.seen[key] = (int(ahead[place]) + 1, counted + 1, contingent)
        return np.asarray(ahead < contingent)


@lru_cache(maxsize=32)
def draw(
    corps: str,
    cell: int,
    days: int,
    corps_days: int | None,
    first: int,
    shares: tuple[tuple[str, int], ...],
    seed: int,
) -> Mapping[str, Drawn]:
    """Draw a population and read where a person stands in it.

    Parameters
    ----------
    cell, days : int
        Where she is on the eve of her first campaign in the list, and her seniority there.
    corps_days : int or None
        Her seniority in the corps on that day; None: that of the usual pace.
    first : int
        That campaign: its law (and the last known ratio) is the one of the whole draw.
    shares : tuple of (appreciation, per cent)
    seed : int
        Of the drawing: the same gives the same.

    Returns
    -------
    mapping of appreciation to Drawn

    Raises
    ------
    LawError
        No ratio, no bareme or no ranking is known for this corps.
    """
    chance = np.random.default_rng(seed)
    opening = cell_code(corps, grades_of(corps)[0], _opening(corps, first), None)
    cohorts = np.arange(first, first + WARMING + READ + AFTER)
    years = np.repeat(cohorts, ENTRANTS)
    entry = np.array([rentree(int(y)) for y in years]) + chance.integers(0, YEAR, years.size)
    names = [name for name, _ in shares]
    weights = np.array([share for _, share in shares], float)
    given = chance.choice(len(names), years.size, p=weights / weights.sum())
    pace = _usual_pace(opening, first)
    begun = entry - pace + chance.integers(0, _SPREAD, years.size)
    read = np.repeat(np.arange(first + WARMING, first + WARMING + READ), len(names))
    own = np.tile(np.arange(len(names)), READ)
    eve = np.array([rentree(int(y)) for y in read]) - 1
    agents = Agents(
        np.arange(years.size + read.size),
        np.concatenate([np.full(years.size, opening), np.full(read.size, cell)]),
        np.concatenate([entry, eve]),
        np.concatenate([np.zeros(years.size, np.int64), np.full(read.size, max(days - 1, 0))]),
        np.concatenate([entry, eve]) + CAREER * YEAR,
    )
    own_seniority = pace if corps_days is None else corps_days
    decider = _Watched(
        {
            "appreciation": np.array([APPRECIATIONS.index(names[n]) for n in (*given, *own)]),
            "entree_corps": np.concatenate([begun, eve + 1 - own_seniority]),
        },
        share=table_share("dernier_connu"),
        watched=np.concatenate([np.zeros(years.size, bool), np.ones(read.size, bool)]),
    )
    taken = project(agents, decider).outcomes
    promoted = dict(zip(taken.row.tolist(), taken.year.tolist(), strict=True))
    by_appreciation = {}
    for place, name in enumerate(names):
        rows = years.size + np.flatnonzero(own == place)
        by_appreciation[name] = _drawn(rows, read[own == place], promoted, decider.seen)
    return by_appreciation


def _drawn(
    rows: Numbers,
    years: Numbers,
    promoted: Mapping[int, int],
    seen: Mapping[tuple[int, int], tuple[int, int, int]],
) -> Drawn:
    waits = [promoted.get(row, -1) for row in rows.tolist()]
    places = [seen[row, year] for row, year in zip(rows.tolist(), years.tolist(), strict=True)]
    ranks, sizes, contingents = (np.array(column) for column in zip(*places, strict=True))
    apart = np.array(waits) - years
    return Drawn(np.where(np.array(waits) < 0, -1, apart), ranks, sizes, contingents)


def _opening(corps: str, year: int) -> str:
    """Return the first échelon from which somebody of the first grade may be on the list."""
    needed = required_days(HORS_CLASSE, year)
    return str(CELLS.echelon[np.flatnonzero((needed >= 0) & (CELLS.corps == corps))[0]])


def _usual_pace(cell: int, year: int) -> int:
    """Return the days that the échelons before a cell last, one after the other."""
    lengths = months(rentree(year))
    before = (CELLS.corps == CELLS.corps[cell]) & (CELLS.grade == CELLS.grade[cell])
    return int(lengths[np.flatnonzero(before & (np.arange(CELLS.count) < cell))].sum()) * _MONTH
