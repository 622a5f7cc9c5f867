"""Campaigns of promotion in a population: each list ranked as the tables say, within its ratio."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from iprof_kit.base.calendar import rentree
from iprof_kit.base.errors import LawError
from iprof_kit.careers.agents import Flags
from iprof_kit.careers.criteria import Candidates, Numbers
from iprof_kit.careers.deciders import Decider, Nobody
from iprof_kit.careers.lists import Campaign, list_names
from iprof_kit.careers.ranked_list import taken_by_authority
from iprof_kit.careers.ranking import Share
from iprof_kit.law.promotion.contingent import promotion_contingent
from iprof_kit.law.promotion.rankings import ranking_procedure
from iprof_kit.law.promotion.ratios import promotion_ratio

Beyond = Literal["refuser", "dernier_connu", "projet"]
"""What to do in a year without ratio: refuse, suppose the last known one, or suppose the project
never adopted where there is one (else the last known): a hypothesis that the caller states."""


def table_share(beyond: Beyond = "refuser") -> Share:
    """Return the shares of ratios_promotion.csv, for `Campaigns` and `Ranking`.

    Parameters
    ----------
    beyond : {"refuser", "dernier_connu", "projet"}

    Returns
    -------
    callable
        (corps, grade, year) → ten-thousandths; it raises LawError in a year without ratio where
        `beyond` is « refuser ».
    """
    known: dict[tuple[str, str, int], int] = {}

    def share(corps: str, what: str, year: int) -> int:
        key = (corps, what, year)
        if key not in known:
            known[key] = _share(corps, what, year, beyond)
        return known[key]

    return share


def _share(corps: str, what: str, year: int, beyond: Beyond) -> int:
    ratio = promotion_ratio(corps, what, year, suppose_project=beyond == "projet")
    share_known = ratio.share
    if share_known is None and beyond != "refuser":
        share_known = ratio.last_share
    if share_known is None:
        raise LawError(
            f"{ratio.text}.",
            where="ratios_promotion",
            remedy="Choisissez une hypothèse (dernier_connu ou projet), ou donnez un taux.",
        )
    return share_known


@dataclass
class Campaigns:
    """Take the first of each list of promotion, ranked by a procedure.

    Parameters
    ----------
    columns : mapping of name to array of int
        `criteria.COLUMNS`, one value for each row of the population. `entree_grade` follows the
        promotions that this decider gives.
    share : callable
        (corps, grade, year) → ten-thousandths, e.g. `table_share("dernier_connu")`.
    procedures : mapping of grade to str
        Ids of files of data/procedures; by default the national order of each campaign.
    bonifications : Decider
        Who decides of the bonifications; by default nobody is given one.
    first_year : int
        Campaigns before this one take nobody: they belong to the past of the agents.
    carried : mapping of list code to int
        What the years before left, in ten-thousandths of a promotion.
    ranked_from : int
        Campaigns before this one are ranked as this one is: a hypothesis on orders not published.
    authority : array of int, optional
        Authority of each row of the population: each has its own lists, contingents and remainders.
        By default one for all, 0.

    Attributes
    ----------
    contingents : dict of (year, list code, authority) to int
        Places of each list met.
    """

    columns: Mapping[str, Numbers]
    share: Share = field(default_factory=table_share)
    procedures: Mapping[str, str] = field(default_factory=dict)
    bonifications: Decider = field(default_factory=Nobody)
    first_year: int = 0
    carried: Mapping[int, int] = field(default_factory=dict)
    ranked_from: int = 0
    authority: Numbers | None = None

    def __post_init__(self) -> None:
        self._carried: dict[tuple[int, int], int] = {}
        self.contingents: dict[tuple[int, int, int], int] = {}
        self._columns = dict(self.columns)
        if "entree_grade" in self._columns:
            self._columns["entree_grade"] = np.array(self._columns["entree_grade"], np.int64)

    def decide(self, campaign: Campaign) -> Flags:
        """Take, of each list, the first ones up to the contingent."""
        taken = np.zeros(len(campaign), dtype=bool)
        if campaign.year < self.first_year or not len(campaign):
            return taken
        if not campaign.is_promotion:
            return self.bonifications.decide(campaign)
        order = np.argsort(campaign.list_code, kind="stable")
        codes = np.flatnonzero(np.bincount(campaign.list_code))
        begins = np.searchsorted(campaign.list_code[order], codes)
        for code, places in zip(codes.tolist(), np.split(order, begins[1:]), strict=True):
            taken[places] = self._lists(code, campaign, places)
        if "entree_grade" in self._columns:
            self._columns["entree_grade"][campaign.rows[taken]] = rentree(campaign.year)
        return taken

    def _lists(self, code: int, campaign: Campaign, places: Numbers) -> Flags:
        """Take the first of the list of each authority, for one corps and grade."""
        corps, grade = list_names()[code]
        as_in = max(campaign.year, self.ranked_from)
        procedure = ranking_procedure(corps, grade, as_in, self.procedures.get(grade, ""))
        rows = campaign.rows[places]
        authority = (
            np.zeros(len(rows), np.int64) if self.authority is None else self.authority[rows]
        )
        share = self.share(corps, grade, campaign.year)
        contingents = {
            each: self._contingent((campaign.year, code, each), listed, share)
            for each, listed in enumerate(np.bincount(authority).tolist())
            if listed
        }
        people = Candidates(
            as_in,
            campaign.ids[places],
            campaign.cell[places],
            campaign.days[places],
            self._columns,
            rows,
        )
        return taken_by_authority(people, procedure, authority, contingents)

    def _contingent(self, key: tuple[int, int, int], listed: int, share: int) -> int:
        """Return the places of a list, and keep what is carried to its next year."""
        _, code, authority = key
        before = self._carried.get((code, authority), self.carried.get(code, 0))
        contingent, left = promotion_contingent(listed, share, before)
        self._carried[code, authority], self.contingents[key] = left, contingent
        return contingent
