"""When the conditions of a promotion will first be met, at the pace of right."""

from __future__ import annotations

import numpy as np

from iprof_kit.base.calendar import rentree
from iprof_kit.base.errors import LawError
from iprof_kit.careers.criteria import Numbers
from iprof_kit.careers.periods import law_in_force
from iprof_kit.law.promotion.conditions import NEVER, required_days

NO_CAMPAIGN = 0


def first_campaign(cell: Numbers, days: Numbers, target_grade: str, year: int) -> Numbers:
    """Return the first campaign, from `year` on, for which the conditions are met.

    Échelons are reached at the seniority of right; no promotion and no bonification in between.

    Parameters
    ----------
    cell, days : arrays of int
        Position on 31 August of `year`, seniority in it up to 1 September exclusive.
    target_grade : str
        « hors_classe » or « classe_exceptionnelle »; campaigns whose condition is not one of
        échelon and seniority (viviers, until 2023) are passed over.

    Returns
    -------
    array of int
        Years; 0 (`NO_CAMPAIGN`) for whoever never meets them in her grade.
    """
    cell, days = np.array(cell, np.int64), np.array(days, np.int64)
    opened_in = np.full(cell.shape, NO_CAMPAIGN, np.int64)
    waiting = np.ones(cell.shape, bool)
    campaign = year
    while waiting.any():
        needed = _needed(target_grade, campaign)
        if needed is not None:
            open_now = waiting & (needed[cell] != NEVER) & (days >= needed[cell])
            opened_in[open_now] = campaign
            law = law_in_force(rentree(campaign))
            stuck = (law.following[cell] < 0) & (needed[cell] == NEVER)
            waiting &= ~(open_now | stuck)
        cell, days = _next_eve(cell, days, campaign)
        campaign += 1
    return opened_in


def _needed(target_grade: str, campaign: int) -> Numbers | None:
    try:
        return required_days(target_grade, campaign)
    except LawError:  # viviers, or before the tables
        return None


def _next_eve(cell: Numbers, days: Numbers, campaign: int) -> tuple[Numbers, Numbers]:
    """Return the positions on 31 August of the next year."""
    law, end = law_in_force(rentree(campaign)), rentree(campaign + 1)
    since = rentree(campaign) - days
    while True:
        due = since + law.duration[cell]
        moves = (law.duration[cell] > 0) & (law.following[cell] >= 0) & (due < end)
        if not moves.any():
            return cell, end - since
        since = np.where(moves, due, since)
        cell = np.where(moves, law.following[cell], cell).astype(np.int64)
