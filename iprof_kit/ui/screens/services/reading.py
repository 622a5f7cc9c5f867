"""What a screen of the services reads: the campaigns at the server's moment, and her notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from iprof_kit.base.clock import PARIS
from iprof_kit.calculate import ask
from iprof_kit.calculate.campaigns.question import (
    CampagnesAnswer,
    CampagnesQuestion,
    CampagneVue,
    Incident,
)
from iprof_kit.services.contract.campagnes import EnvoiLu, NoteLue, ServicesLus
from iprof_kit.services.contract.courrier import Correspondant
from iprof_kit.services.contract.own_file import Piece
from iprof_kit.ui.visit.visiting import Visit


@dataclass(frozen=True)
class Campaigns:
    """The campaigns of one rentrée, the moment that they are told at, and what she noted."""

    answer: CampagnesAnswer
    at: datetime
    notes: tuple[NoteLue, ...]
    sent: tuple[EnvoiLu, ...] = ()
    waiting: tuple[Piece, ...] = ()
    """Papers received for a campaign, not sent yet."""
    correspondent: Correspondant | None = None

    def sent_for(self, campaign: str) -> EnvoiLu | None:
        """Return what she last sent for a campaign."""
        return next((one for one in reversed(self.sent) if one.campagne == campaign), None)

    def named(self, name: str) -> CampagneVue | None:
        """Return a campaign by its name."""
        return next((one for one in self.answer.campagnes if one.id == name), None)

    def notes_of(self, campaign: str, step: str = "") -> Sequence[NoteLue]:
        """Return her notes of a campaign, or of one step, the oldest first."""
        return [one for one in self.notes if one.campagne == campaign and step in ("", one.etape)]


def read_campaigns(visit: Visit, year: int | None = None) -> Campaigns:
    """Return the campaigns of the person: those of a rentrée, by default of the coming one."""
    added: ServicesLus = visit.ask("services_lire")
    at = added.lu_a or datetime.combine(visit.who().aujourdhui, time(12), PARIS)
    dossier = visit.dossier()
    question = CampagnesQuestion(
        corps=dossier.corps or "",
        instant=at,
        departement=dossier.departement or "",
        academie=dossier.academie,
        annee=year,
        ajoutees=added.ajoutees,
        incidents=tuple(Incident(**one.model_dump()) for one in added.incidents),
    )
    answer: CampagnesAnswer = ask("campagnes", question)  # type: ignore[assignment]
    return Campaigns(answer, at, added.notes, added.envois, added.en_attente, added.correspondant)
