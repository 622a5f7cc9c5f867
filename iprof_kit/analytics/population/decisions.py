"""The decisions of the replay: campaigns ranked academy by academy, all kept to be counted."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from iprof_kit.analytics.columns import AVIS
from iprof_kit.analytics.population.entrants import Entrants, Whole
from iprof_kit.analytics.population.laws import PER_CENT, value
from iprof_kit.analytics.population.merit import Merit
from iprof_kit.careers.agents import Flags
from iprof_kit.careers.campaigns import Campaigns, table_share
from iprof_kit.careers.deciders import Decider, Outcomes, Replayed
from iprof_kit.careers.lists import Campaign
from iprof_kit.careers.ranking import Ranking, Share, seniority_score
from iprof_kit.law.promotion.bareme import APPRECIATIONS

_ABOVE = 1 << 24
"""More than any seniority score: the appréciation comes first."""


@dataclass(frozen=True)
class Decided:
    """One campaign as it was held: everybody listed, and who was taken."""

    campaign: Campaign
    taken: Flags


class Territories:
    """Campaigns academy by academy: each has its own lists, contingents and remainders.

    Parameters
    ----------
    academy : array of int
        Authority of each person.
    columns : mapping of name to array of int
        See `columns_of`.
    first : array of int
        Appréciation of the first rendez-vous, a place in APPRECIATIONS: it ranks bonifications.
    share : callable
        (corps, grade, year) → ten-thousandths; by default the ratios of the tables, after the last
        known year that one.
    """

    def __init__(
        self, academy: Whole, columns: dict[str, Whole], first: Whole, share: Share | None = None
    ) -> None:
        self._academy = academy
        self._bonifications = {code: _bonifications(first) for code in np.unique(academy).tolist()}
        self._promotions = Campaigns(
            columns,
            share=share or table_share("dernier_connu"),
            authority=academy,
            ranked_from=int(value("ordre_hors_classe")),
        )

    def decide(self, campaign: Campaign) -> Flags:
        """Take, in each academy, the first of each list."""
        if campaign.is_promotion:
            return self._promotions.decide(campaign)
        taken = np.zeros(len(campaign), bool)
        academy = self._academy[campaign.rows]
        order = np.argsort(academy, kind="stable")
        codes, begins = np.unique(academy[order], return_index=True)
        for code, places in zip(codes.tolist(), np.split(order, begins[1:]), strict=True):
            part = replace(
                campaign,
                rows=campaign.rows[places],
                ids=campaign.ids[places],
                cell=campaign.cell[places],
                days=campaign.days[places],
                list_code=campaign.list_code[places],
            )
            taken[places] = self._bonifications[code].decide(part)
        return taken

    def contingents(self, year: int, code: int) -> dict[int, int]:
        """Return the places of a list in a campaign that was held, by authority."""
        return {
            authority: self._promotions.contingents.get((year, code, authority), 0)
            for authority in self._bonifications
        }


class Recorder:
    """A decider whose campaigns are all kept, to be counted."""

    def __init__(self, decider: Decider) -> None:
        self._decider = decider
        self.decided: list[Decided] = []

    def decide(self, campaign: Campaign) -> Flags:
        """Let the other decide, and keep what it answered."""
        taken = self._decider.decide(campaign)
        self.decided.append(Decided(campaign, taken))
        return taken


class Continued:
    """Recorded decisions up to a year, then those of a decider."""

    def __init__(self, outcomes: Outcomes, since: int, then: Decider) -> None:
        self._past, self._since, self._then = Replayed(outcomes), since, then

    def decide(self, campaign: Campaign) -> Flags:
        """Repeat, or decide."""
        who = self._past if campaign.year < self._since else self._then
        return who.decide(campaign)


def columns_of(people: Entrants, entered_grade: Whole, merit: Merit) -> dict[str, Whole]:
    """Return what the national rankings compare."""
    return {
        "appreciation": merit.last,
        "avis_tres_favorables": (merit.avis == AVIS.index("tres_favorable")).sum(axis=0),
        "avis_defavorables": (merit.avis == AVIS.index("defavorable")).sum(axis=0),
        "entree_corps": people.entered,
        "entree_grade": entered_grade,
        "debut_services": people.entered - people.credit,
        "naissance": people.born,
        "femme": people.woman.astype(np.int64),
        "opposition": merit.opposed.astype(np.int64),
    }


def _bonifications(first: Whole) -> Ranking:
    """Return who ranks the bonifications of an academy: the appréciation, then seniority."""
    part = int(value("acceleration_part")) * PER_CENT
    worst = len(APPRECIATIONS)

    def score(campaign: Campaign) -> npt.NDArray[np.int64]:
        return (worst - first[campaign.rows]) * _ABOVE + seniority_score(campaign)

    return Ranking(lambda *_: part, score)
