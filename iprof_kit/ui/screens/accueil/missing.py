"""What the file lacks, and where each of it is mended."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date

from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.facts import MISSING, MISSING_POSTING
from iprof_kit.services.contract.posts import ZONE, kind_of, posted_on
from iprof_kit.services.contract.standing import current_position
from iprof_kit.ui.screens.affectations.view import gap_span, gaps
from iprof_kit.ui.shared.worded import worded
from iprof_kit.ui.visit.reported import REPORT

PERSO, ASK = "/dossier/perso", f"{REPORT}?donnee={MISSING}"
ASK_POSTING = f"{REPORT}?donnee={MISSING_POSTING}"
_ADD, _DEMAND = "Ajouter", "Demander l’ajout"
_CONTACT = {
    "rue": "Adresse", "portable": "Téléphone portable", "courriel_personnel": "Courriel personnel",
}  # fmt: skip


@dataclass(frozen=True)
class Missing:
    """One thing that the file lacks; `path` is the screen where to act."""

    what: str
    act: str
    path: str


def missing(dossier: Dossier, today: date, written: Container[str] = ()) -> tuple[Missing, ...]:
    """Return what is not in a file.

    Parameters
    ----------
    dossier : Dossier
    today : date
    written : container of str
        Contact details that the person wrote in this kit herself.
    """
    return (*_contact(dossier, written), *_career(dossier, today), *_postings(dossier, today))


def _contact(dossier: Dossier, written: Container[str]) -> Iterator[Missing]:
    for name, label in _CONTACT.items():
        if not getattr(dossier.adresse, name) and name not in written:
            yield Missing(label, _ADD, PERSO)
    if not dossier.adresse.courriel_professionnel:
        yield Missing("Courriel professionnel", _DEMAND, ASK)


def _career(dossier: Dossier, today: date) -> Iterator[Missing]:
    if dossier.corps is not None:
        if dossier.entree_corps is None:
            yield Missing("Date d’entrée dans le corps", _DEMAND, ASK)
        if dossier.titularisation is None and "stagiaire" not in dossier.statut.lower():
            yield Missing("Date de titularisation", _DEMAND, ASK)
        if not dossier.echelons:
            yield Missing("Échelon", _DEMAND, ASK)
    if current_position(dossier, today) is None:
        yield Missing("Position administrative d’aujourd’hui", _DEMAND, ASK)
    for meeting in dossier.rendez_vous:
        if meeting.appreciation is None:
            words = f"Appréciation finale du rendez-vous de carrière {meeting.annee_scolaire}"
            yield Missing(words, _DEMAND, ASK)


def _postings(dossier: Dossier, today: date) -> Iterator[Missing]:
    if not dossier.affectations:
        yield Missing("Affectation", _DEMAND, ASK_POSTING)
        return
    for first, last in gaps(dossier, today):
        yield Missing(worded("Affectation {}", gap_span(first, last)), _DEMAND, ASK_POSTING)
    if any(line.uai is None and kind_of(line) != ZONE for line in posted_on(dossier, today)):
        yield Missing("Code UAI de votre établissement", _DEMAND, ASK)
