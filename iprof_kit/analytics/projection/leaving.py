"""The pensions of those who retire: how many, at what age, between which amounts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from iprof_kit.analytics.population.entrants import Whole
from iprof_kit.analytics.population.laws import corps_codes
from iprof_kit.analytics.projection.departures import simulation_day
from iprof_kit.analytics.projection.everybody import Everybody
from iprof_kit.base.calendar import YEAR, rentree, to_dates
from iprof_kit.careers.pensioners import pensioners
from iprof_kit.careers.pensions import bracket
from iprof_kit.careers.projection import Projection
from iprof_kit.law.career.advancement import following
from iprof_kit.law.career.traitement import indice_majore
from iprof_kit.law.pension.amounts import retained_index
from iprof_kit.law.pension.dates import effect_date


def retirements(all_: Everybody, walk: Projection, asked: range) -> pd.DataFrame:
    """Return sums of the retirements by year, corps, academy and sex.

    Returns
    -------
    DataFrame
        `nombre`, `age` (sum of ages), `pensions` (how many are calculated), `pension_basse` and
        `pension_haute` (sums, euros a month): without any quarter of another scheme, and with all
        those that may help; the table does not know them.
    """
    who = all_.who
    rows = np.flatnonzero(who.retired & (who.left <= rentree(asked[-1])))
    left = who.left[rows]
    leaves = to_dates(left)
    index = _retained(rows, left, all_, walk)
    low, high = np.full(rows.size, np.nan), np.full(rows.size, np.nan)
    if rows.size:
        low, high = bracket(
            pensioners(
                naissance=to_dates(who.born[rows]),
                effet=effect_date(leaves),
                cessation=leaves,
                simulation=simulation_day(rentree(asked[0])),
                categorie=all_.category[rows],
                liquidation=left - all_.services[rows],
                indice=index,
            )
        )
    people = pd.DataFrame(
        {
            "annee": -((rentree(0) - left) // YEAR),
            "corps": np.array(corps_codes())[who.corps[rows]],
            "authority": all_.academy[rows],
            "femme": who.woman[rows].astype(int),
            "nombre": 1,
            "age": (left - who.born[rows]) / YEAR,
            "pensions": (~np.isnan(low)).astype(int),
            "pension_basse": low,
            "pension_haute": high,
        }
    )
    return people.groupby(["annee", "corps", "authority", "femme"], as_index=False).sum()


def _retained(rows: Whole, left: Whole, all_: Everybody, walk: Projection) -> Whole:
    """Return the index from which each pension is computed: that of six months, or the one before.

    `walk` ends for each one on her departure: her last two events tell both. Whoever had none came
    to her cell before the table was made: by seniority, or it is not known from where.
    """
    events = walk.events
    if not rows.size:
        return rows
    wanted = np.zeros(len(all_.who), bool)
    wanted[rows] = True
    of_leavers = np.flatnonzero(wanted[events.row])
    order = of_leavers[np.argsort(events.row[of_leavers], kind="stable")]
    owner = events.row[order]
    begin, end = np.searchsorted(owner, rows), np.searchsorted(owner, rows, side="right")
    last = order[np.maximum(end - 1, 0)] if order.size else np.zeros(rows.size, np.int64)
    before = order[np.maximum(end - 1 - 1, 0)] if order.size else last
    moved, twice = end > begin, end > begin + 1
    since = all_.effect[rows]
    current = previous = all_.start.cell[rows].astype(np.int64)
    came = _left_by_seniority(previous, int(left.min()) - 1)
    came[all_.start.entered_grade[rows] >= since] = -1
    previous = np.where(moved, previous, came)
    if order.size:
        since = np.where(moved, events.day[last], since)
        current = np.where(moved, events.cell[last], current)
        previous = np.where(twice, events.cell[before], previous)
    day = left - 1
    eve = np.where(moved, since - 1, day)  # a grid may no longer hold the cell left
    known = previous >= 0
    before = np.zeros(rows.size, np.int64)
    before[known] = indice_majore(previous[known], eve[known])
    return retained_index(indice_majore(current, day), to_dates(since), before, to_dates(left))


def _left_by_seniority(cell: Whole, day: int) -> Whole:
    """Return the cell from which each one is reached by seniority, −1 where none is."""
    after = following(day)
    left = np.flatnonzero(after >= 0)
    before = np.full(len(after), -1, np.int64)
    before[after[left]] = left
    return before[cell]
