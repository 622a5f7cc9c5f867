"""The campaign of training and the hours of the year, as this person's file and carnet say them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from iprof_kit.calculate.campaigns.question import CampagneVue, EtapeVue
from iprof_kit.calculate.training.calculation import SUBJECT
from iprof_kit.calculate.training.question import FormationAnswer, FormationQuestion
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.standing import current_position
from iprof_kit.ui.screens.autres_parcours.question import question_for
from iprof_kit.ui.screens.campaigns.reading import Campaigns
from iprof_kit.ui.screens.formation.kept import Kept

_SERVICE, _APPLICATIONS = "formation_", "inscription_"


@dataclass(frozen=True)
class Campaign:
    """The campaign, and the step in which one may apply now, or will."""

    campaign: CampagneVue | None = None
    step: EtapeVue | None = None
    at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether one may apply now."""
        return self.step is not None and self.step.etat == "ouverte"

    @property
    def opens(self) -> date | None:
        """The first day of the applications that are to come."""
        return self.step.du if self.step and self.step.etat == "a_venir" else None

    @property
    def closes(self) -> date | None:
        """The last day of the applications that are open."""
        return self.step.au if self.step and self.is_open else None


def campaign_of(read: Campaigns) -> Campaign:
    """Return the campaign of training among those of a person."""
    own = next((one for one in read.answer.campagnes if one.service.startswith(_SERVICE)), None)
    if own is None:
        return Campaign(at=read.at)
    steps = [one for one in own.etapes if one.etape.startswith(_APPLICATIONS)]
    for state in ("ouverte", "a_venir"):
        ahead = next((one for one in steps if one.etat == state), None)
        if ahead:
            return Campaign(own, ahead, read.at)
    past = [one for one in steps if one.etat == "close"]
    return Campaign(own, past[-1] if past else None, read.at)


def hours_of(
    dossier: Dossier, kept: Kept, wishes: Mapping[str, Any], today: date, *, explained: bool
) -> FormationAnswer:
    """Return the hours of the school year; the account is the one told in « Autres parcours »."""
    position = current_position(dossier, today)
    question = FormationQuestion(
        aujourdhui=today,
        corps=dossier.corps or "",
        quotite=position.quotite if position else 0,
        suivies=tuple(one.asked() for one in kept.followed),
        expliquer=explained,
        heures_cpf=question_for(dossier, wishes, today).get("heures_cpf"),
    )
    return SUBJECT.one(question)
