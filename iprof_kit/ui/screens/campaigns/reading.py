"""What a screen of the services reads: the campaigns at the server's moment, and her notes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time

from iprof_kit.base.clock import PARIS
from iprof_kit.base.errors import KitError
from iprof_kit.calculate.campaigns.calculation import SUBJECT
from iprof_kit.calculate.campaigns.question import (
    CampagnesAnswer,
    CampagnesQuestion,
    CampagneVue,
    Incident,
)
from iprof_kit.services.contract.campagnes import SERVICES_LIRE, EnvoiLu, NoteLue
from iprof_kit.services.contract.courrier import Correspondant
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.own_file import Piece
from iprof_kit.services.contract.standing import current_echelon, known_academy, known_department
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.own_situation.prepared import Prepared
from iprof_kit.ui.shared import text


@dataclass(frozen=True)
class Campaigns:
    """The campaigns of one rentrée, the moment that they are told at, and what she noted."""

    answer: CampagnesAnswer
    at: datetime
    notes: tuple[NoteLue, ...]
    question: CampagnesQuestion
    """What was answered: a reason is its calculation again."""
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


@dataclass(frozen=True)
class Noted:
    """One note of hers, with its receipt."""

    id: str
    words: str
    when: str
    late: bool = False


def read_campaigns(
    visit: Visit,
    year: int | None = None,
    grade: str | None = None,
    competitions: Sequence[str] | None = None,
) -> Campaigns:
    """Return the campaigns of the person: those of a rentrée, by default of the coming one.

    Parameters
    ----------
    year : int, optional
        The rentrée, which is also the year of a session.
    grade : str, optional
        Whose tableaux are wanted: by default those of her grade; "" for every one's.
    competitions : sequence of str, optional
        Whose sessions are wanted too; by default, those that she prepares.
    """
    added = visit.ask(SERVICES_LIRE)
    at = added.lu_a or datetime.combine(visit.who().aujourdhui, time(12), PARIS)
    dossier = visit.dossier()
    question = CampagnesQuestion(
        corps=dossier.corps or "",
        grade=_grade(dossier) if grade is None else grade,
        instant=at,
        departement=known_department(dossier),
        academie=known_academy(dossier),
        annee=year,
        concours=tuple(_prepared(visit) if competitions is None else competitions),
        ajoutees=added.ajoutees,
        incidents=tuple(Incident(**one.model_dump()) for one in added.incidents),
    )
    answer = SUBJECT.one(question)
    return Campaigns(
        answer, at, added.notes, question, added.envois, added.en_attente, added.correspondant
    )


def _grade(dossier: Dossier) -> str:
    echelon = current_echelon(dossier)
    return echelon.grade if echelon else ""


def _prepared(visit: Visit) -> tuple[str, ...]:
    """Return the competitions that she prepares; none where they cannot be read."""
    with suppress(KitError):
        return Prepared(visit).followed()
    return ()


def noted(one: NoteLue) -> Noted:
    """Return a note as it is read: when it was done, its words, when it was written here."""
    verb = "lu" if one.nature == "accuse" else "fait"
    day = f"{verb} le {text.day(one.le)}" if one.le and one.nature != "essai" else ""
    sentence = " : ".join(part for part in (day, one.texte) if part)
    return Noted(
        one.id,
        sentence or "noté sans autre mot",
        f"écrit ici le {text.moment(one.note_le)}",
        one.apres_cloture,
    )
