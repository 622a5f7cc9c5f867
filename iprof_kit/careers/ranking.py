"""A population: people are compared, and a quota says how many are taken.

Quotas are whole numbers all along: the share is in ten-thousandths, and what the division leaves
is carried to the next year of the same list (décret 2005-1090, art. 2; décret 90-680, art. 24 II).
Two people with equal scores are told apart by their numbers, so that the order of the rows changes
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from iprof_kit.base.errors import InputError
from iprof_kit.careers.agents import Flags, Rows
from iprof_kit.careers.lists import Campaign, list_names
from iprof_kit.law.promotion.contingent import TEN_THOUSAND
from iprof_kit.law.tables.cells import CELLS

_SCORE_BITS = 32
_ID_BITS = 24

Score = Callable[[Campaign], npt.NDArray[np.int64]]
Share = Callable[[str, str, int], int]
"""(corps, object of the list, year) → ten-thousandths of the list that may be taken."""


def seniority_score(campaign: Campaign) -> npt.NDArray[np.int64]:
    """Rank by échelon, then by seniority in the échelon.

    It is the common tie-break of the published rules, not a barème: see `campaigns.Campaigns` for
    the rankings that follow one.
    """
    return _echelon_rank()[campaign.cell] * (1 << 16) + campaign.days


def _echelon_rank() -> npt.NDArray[np.int64]:
    """Return each cell's rank inside its grade: cells are in the order of the grid."""
    first = np.searchsorted(CELLS.grade_code, CELLS.grade_code)
    rank: npt.NDArray[np.int64] = np.arange(CELLS.count) - first
    return rank


@dataclass
class Ranking:
    """Take the first of each list, within the quota.

    Parameters
    ----------
    share : callable
        (corps, object, year) → ten-thousandths; object is a grade, or an échelon for the
        bonifications.
    score : callable
        Campaign → array of int64 between 0 and 2³² − 1, the greatest first.
    first_year : int
        Campaigns before this one take nobody: they belong to the past of the agents.
    carried : mapping of list code to int
        What the years before left, in ten-thousandths of a person.
    """

    share: Share
    score: Score = seniority_score
    first_year: int = 0
    carried: Mapping[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._carried = dict(self.carried)

    def decide(self, campaign: Campaign) -> Flags:
        """Take, of each list, the first ones up to the quota."""
        taken = np.zeros(len(campaign), dtype=bool)
        if campaign.year < self.first_year or not len(campaign):
            return taken
        order = self._order(campaign)
        codes = campaign.list_code[order]
        present = np.unique(codes)
        begins = np.searchsorted(codes, present)
        ends = np.searchsorted(codes, present, side="right")
        for code, begin, end in zip(present.tolist(), begins, ends, strict=True):
            taken[order[begin : begin + self._quota(code, int(end - begin), campaign.year)]] = True
        return taken

    def _quota(self, code: int, listed: int, year: int) -> int:
        corps, what = list_names()[code]
        share = self.share(corps, what, year)
        quota, left = divmod(listed * share + self._carried.get(code, 0), TEN_THOUSAND)
        self._carried[code] = left
        return min(quota, listed)

    def _order(self, campaign: Campaign) -> Rows:
        """Sort by list, then score from the greatest, then number: one sort of one integer."""
        score = self.score(campaign)
        if score.min() < 0 or score.max() >> _SCORE_BITS or len(campaign) >> _ID_BITS:
            raise InputError(
                "une note est négative ou trop grande, ou les personnes sont trop nombreuses.",
                where="liste",
                remedy="Vérifiez les notes, ou classez par département.",
            )
        by_id = np.argsort(campaign.ids)
        first = campaign.list_code[by_id].astype(np.int64) << (_SCORE_BITS + _ID_BITS)
        second = ((1 << _SCORE_BITS) - 1 - score[by_id]) << _ID_BITS
        key = np.sort(first | second | np.arange(len(by_id)))
        return np.asarray(by_id[key & ((1 << _ID_BITS) - 1)])
