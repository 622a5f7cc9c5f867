"""Where each person stands on 1 September 2017, the first day that the tables of échelons cover.

The échelons lived before then had other durations. They are replayed with those of 2017, plus the
time that the old rhythms (grand choix, choix) gained on average: a hypothesis, said in the report.
The hors classe of before is replayed campaign by campaign with the ratios of that time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from iprof_kit.analytics.population.entrants import Draw, Entrants, Whole
from iprof_kit.analytics.population.laws import corps_codes, series, value
from iprof_kit.base.calendar import MONTH, YEAR, rentree, school_year_of
from iprof_kit.careers.criteria import echelon_rank
from iprof_kit.law.career.advancement import first_day, following, months
from iprof_kit.law.career.reclassement import reclassify
from iprof_kit.law.tables.cells import CELLS, grades_of

HORS_CLASSE = "hors_classe"


@dataclass(frozen=True)
class ReplayStart:
    """Where the replay begins: cell, first day of it in the tables, days kept, entry in the grade.

    Attributes
    ----------
    cell, day, kept, entered_grade : arrays of int
    """

    cell: Whole
    day: Whole
    kept: Whole
    entered_grade: Whole


def advance(cell: Whole, days: Whole, day: int) -> tuple[Whole, Whole]:
    """Move people along the échelons of one day's law; return their cells and days kept.

    Parameters
    ----------
    cell, days : arrays of int
        Cell, and seniority to spend from its beginning.
    day : int
        Axis day whose durations are used.
    """
    lengths, after = months(day) * MONTH, following(day)
    cell, days = cell.copy(), days.copy()
    rows = np.flatnonzero(_over(cell, days, lengths, after))
    while rows.size:
        days[rows] -= lengths[cell[rows]]
        cell[rows] = after[cell[rows]]
        rows = rows[_over(cell[rows], days[rows], lengths, after)]
    return cell, days


def _over(cell: Whole, days: Whole, lengths: Whole, after: Whole) -> npt.NDArray[np.bool_]:
    return np.asarray((after[cell] >= 0) & (days >= lengths[cell]))


def start(people: Entrants, draw: Draw) -> ReplayStart:
    """Place everybody on the first day of the tables, or on the day of entry if it is later."""
    opening = first_day()
    before = people.entered < opening
    gained = draw.exponential(value("acceleration_passee"), len(people))
    lived = np.where(before, opening - people.entered, 0)
    credit = people.credit + lived + np.asarray(gained * lived / YEAR, np.int64)
    first = np.array([_first_cell(code) for code in corps_codes()])[people.corps]
    cell, kept = advance(first, credit, opening)
    grade = people.entered.copy()
    for place, code in enumerate(corps_codes()):
        if HORS_CLASSE in grades_of(code):
            rows = np.flatnonzero(before & (people.corps == place) & (people.left > opening))
            _hors_classe(code, rows, people, credit, (cell, kept, grade), draw)
    day = np.where(before, opening, people.entered)
    return ReplayStart(cell, day, kept, grade)


def _first_cell(code: str) -> int:
    of_first_grade = (CELLS.corps == code) & (CELLS.grade == grades_of(code)[0])
    return int(np.flatnonzero(of_first_grade)[0])


def _hors_classe(
    code: str,
    rows: Whole,
    people: Entrants,
    credit: Whole,
    state: tuple[Whole, Whole, Whole],
    draw: Draw,
) -> None:
    """Promote people of one corps in the campaigns before 2017: the most senior, not exactly."""
    cell, kept, grade = state
    opening, first = first_day(), _first_cell(code)
    ratios = series("hc_avant_ppcr", code)
    known = np.array([int(year) for year in ratios])
    needed = int(value("hc_avant_ppcr_echelon"))
    noise = draw.normal(0, value("hc_avant_ppcr_ecart") * YEAR, rows.size)
    waiting = np.ones(rows.size, bool)
    last = int(school_year_of(opening))
    for year in range(int(value("hc_avant_ppcr_debut")), last + 1):
        seniority = credit[rows] - (opening - rentree(year))
        there = waiting & (people.entered[rows] < rentree(year)) & (seniority > 0)
        places = np.flatnonzero(there)
        now, days = advance(np.full(places.size, first), seniority[places], opening)
        listed = echelon_rank()[now] + 1 >= needed
        places, now, days = places[listed], now[listed], days[listed]
        ratio = np.interp(year, known, list(ratios.values())) / 100
        count = round(float(ratio) * places.size)
        if not count:
            continue
        taken = np.argsort(-(seniority[places] + noise[places]), kind="stable")[:count]
        waiting[places[taken]] = False
        placed = reclassify(now[taken], days[taken], HORS_CLASSE, opening)
        who = rows[places[taken]]
        cell[who], kept[who] = advance(
            placed.cell, placed.days_kept + opening - rentree(year), opening
        )
        grade[who] = rentree(year)
