"""The dates of the guide « Mutation »: those of the campaigns, as « Les services » says them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time

from iprof_kit.base.clock import PARIS
from iprof_kit.base.errors import KitError
from iprof_kit.base.reference import moving
from iprof_kit.calculate.campaigns.calculation import SUBJECT
from iprof_kit.calculate.campaigns.question import CampagnesAnswer, CampagnesQuestion, CampagneVue
from iprof_kit.calculate.interface.local_time import LocalClock, place_of
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.campaigns import words
from iprof_kit.ui.screens.campaigns.reading import read_campaigns
from iprof_kit.ui.shared import text

MOBILITY = "mutation"
"""The guide that has them."""


@dataclass(frozen=True)
class Dated:
    """The campaigns of the movements by service, and where the hour is not that of Paris."""

    campaigns: dict[str, CampagneVue]
    here: LocalClock | None = None

    def caption(self, service: str) -> str:
        """Return whose dates they are; those of past years are told as such, line by line."""
        campaign = self.campaigns.get(service)
        return text.french(f"{campaign.titre} {campaign.annee}") if campaign else ""

    def rows(self, service: str) -> tuple[tuple[str, str, bool], ...]:
        """Return each step that has days, or had some: its name, its days, whether to verify."""
        campaign = self.campaigns.get(service)
        steps = campaign.etapes if campaign else ()
        return tuple(
            (one.titre, words.whole(one, self.here), one.a_verifier)
            for one in steps
            if one.du or one.au or one.habitude
        )

    def source(self, service: str) -> str:
        """Return what the days rest on."""
        return self.campaigns[service].source


def dated(name: str, visit: Visit) -> Dated:
    """Return the campaigns that a guide dates: the person's, or those that everybody reads."""
    if name != MOBILITY:
        return Dated({})
    with suppress(KitError):
        dossier = visit.dossier()
        if dossier.corps:
            answer = read_campaigns(visit).answer
            return Dated(_by_service(answer), place_of(dossier.departement))
    noon = datetime.combine(visit.who().aujourdhui, time(12), PARIS)
    first_corps = (moving("1d")[0], moving("2d")[0])
    asked = (CampagnesQuestion(corps=one, instant=noon) for one in first_corps)
    by_service: dict[str, CampagneVue] = {}
    for one in asked:
        by_service |= _by_service(SUBJECT.one(one))
    return Dated(by_service)


def _by_service(answer: CampagnesAnswer) -> dict[str, CampagneVue]:
    return {one.service: one for one in answer.campagnes}
