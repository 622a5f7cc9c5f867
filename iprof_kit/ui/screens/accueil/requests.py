"""What is to be done: what the file lacks, and the dates of the requests that she follows."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import date
from typing import Any

from iprof_kit.calculate.requests.catalogue import MARK, SILENCE, requests
from iprof_kit.calculate.requests.question import EtapeDemande
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.facts import MISSING, MISSING_POSTING
from iprof_kit.services.contract.posts import ZONE, kind_of, posted_on
from iprof_kit.services.contract.standing import current_position
from iprof_kit.ui.agenda.coming import Coming, paper_of
from iprof_kit.ui.kit.parts import Link
from iprof_kit.ui.screens.affectations.view import gap_span, gaps
from iprof_kit.ui.screens.demandes.asking import Asked, ask_request, path_of
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, placed, worded
from iprof_kit.ui.visit.reported import REPORT

PERSO, ASK = "/dossier/perso", f"{REPORT}?donnee={MISSING}"
ASK_POSTING = f"{REPORT}?donnee={MISSING_POSTING}"
_ADD, _DEMAND = "Ajouter", "Demander l’ajout"
_CONTACT = {
    "rue": "Adresse",
    "portable": "Téléphone portable",
    "courriel_personnel": "Courriel personnel",
}


def missing(dossier: Dossier, today: date, written: Container[str] = ()) -> tuple[Link, ...]:
    """Return what is not in a file.

    Parameters
    ----------
    dossier : Dossier
    today : date
    written : container of str
        Contact details that the person wrote in this kit herself.
    """
    return (*_contact(dossier, written), *_career(dossier, today), *_postings(dossier, today))


def _contact(dossier: Dossier, written: Container[str]) -> Iterator[Link]:
    for name, label in _CONTACT.items():
        if not getattr(dossier.adresse, name) and name not in written:
            yield Link(PERSO, _ADD, label)
    if not dossier.adresse.courriel_professionnel:
        yield Link(ASK, _DEMAND, "Courriel professionnel")


def _career(dossier: Dossier, today: date) -> Iterator[Link]:
    if dossier.corps is not None:
        if dossier.entree_corps is None:
            yield Link(ASK, _DEMAND, "Date d’entrée dans le corps")
        if dossier.titularisation is None and "stagiaire" not in dossier.statut.lower():
            yield Link(ASK, _DEMAND, "Date de titularisation")
        if not dossier.echelons:
            yield Link(ASK, _DEMAND, "Échelon")
    if current_position(dossier, today) is None:
        yield Link(ASK, _DEMAND, "Position administrative d’aujourd’hui")
    for meeting in dossier.rendez_vous:
        if meeting.appreciation is None:
            words = f"Appréciation finale du rendez-vous de carrière {meeting.annee_scolaire}"
            yield Link(ASK, _DEMAND, words)


def _postings(dossier: Dossier, today: date) -> Iterator[Link]:
    if not dossier.affectations:
        yield Link(ASK_POSTING, _DEMAND, "Affectation")
        return
    for first, last in gaps(dossier, today):
        yield Link(ASK_POSTING, _DEMAND, worded("Affectation {}", gap_span(first, last)))
    if any(line.uai is None and kind_of(line) != ZONE for line in posted_on(dossier, today)):
        yield Link(ASK, _DEMAND, "Code UAI de votre établissement")


HEALTH, ACT = "complementaire_sante", "Dire où j’en suis"
_COUNTED = "compté d’après vos dates"


def requests_ahead(
    dossier: Dossier, typed: Mapping[str, str], wishes: Mapping[str, Any], today: date
) -> tuple[Coming, ...]:
    """Return the next day of each request in which something was noted, and those that follow it.

    Parameters
    ----------
    dossier : Dossier
    typed : mapping
        Fields of the carnet « demandes ».
    wishes : mapping
        What « Autres parcours » keeps.
    today : date
    """
    coming: list[Coming] = []
    for request in requests().values():
        if is_noted(request.id, typed):
            asked = ask_request(request, dossier, typed, wishes, today)
            coming += _coming(asked, today)
    return tuple(coming)


def health_task(
    dossier: Dossier, typed: Mapping[str, str], wishes: Mapping[str, Any], today: date
) -> tuple[Link | None, Link | None]:
    """Return what is left to do about the compulsory health cover: an alert, or a line.

    The alert is that of a delay that runs or is past; the line is among what is to be completed.

    Neither once she chose; without a choice, one is affiliated anyway and may pay twice.
    """
    request = requests().get(HEALTH)
    if request is None:
        return None, None
    asked = ask_request(request, dossier, typed, wishes, today)
    if asked.answer is None or asked.answer.etat == "ferme" or "choix" in asked.entry.days:
        return None, None
    path = path_of(request.id)
    if "courriel" not in asked.entry.days:
        return None, Link(path, ACT, "Complémentaire santé : affiliation ou dispense")
    return Link(path, worded("{} : {}", request.title, answered(asked))), None


def answered(asked: Asked) -> str:
    """Return the answer of a request in one sentence, each day of its steps with its fact."""
    answer = asked.answer
    if answer is None:
        return ""
    about = f"demande.{asked.request.id}"
    days = (
        text.dated(day, f"{about}.{step.cle}.{what}")
        for step in answer.etapes
        for what, day in (("last", step.avant_le), ("noted", step.le), ("since", step.depuis_le))
        if day
    )
    return placed(answer.phrase, *days)


def is_noted(request: str, typed: Mapping[str, str]) -> bool:
    """Tell whether a day of a request was noted."""
    return any(value.strip() and _is_of(name, request) for name, value in typed.items())


def _is_of(name: str, request: str) -> bool:
    return name.startswith(f"{request}.") and ".lettre." not in name


def _coming(asked: Asked, today: date) -> Iterator[Coming]:
    answer = asked.answer
    if answer is None:
        return
    following = answer.prochaine.cle if answer.prochaine else ""
    for step in answer.etapes:
        day = step.avant_le
        if day is None or day < today or step.etat == "sans_objet":
            continue
        if step.cle == following or step.genre == MARK:
            yield step_date(asked, step, day, today)


def step_date(
    asked: Asked, step: EtapeDemande, day: date, today: date, counted: str = _COUNTED
) -> Coming:
    """Return the day of a step of a request; `counted` says from what it is counted."""
    title = asked.request.title
    name = f"{step.titre[:1].lower()}{step.titre[1:]}"
    what = f"{title} : {name}, dernier jour"
    if step.genre in (SILENCE, MARK):
        what = f"{title} : {name}"
    about = f"demande.{asked.request.id}.{step.cle}"
    start: str = ""
    if step.depuis_le:
        start = worded(", à partir du {}", text.dated(step.depuis_le, f"{about}.since"))
    length = figure(step.delai, f"{about}.delay", step.delai) if step.delai else ""
    earlier = f" {text.sentence(step.plus_tot)}" if step.plus_tot else ""
    source = next((one.texte for one in asked.answer.sources), "") if asked.answer else ""
    return Coming(
        key=f"demande.{asked.request.id}.{step.cle}",
        what=what,
        detail=worded("{} : {}{}.{}", text.sentence(counted)[:-1], length, start, earlier),
        day=day,
        today=today,
        source=paper_of(source),
        link=path_of(asked.request.id),
        verify=step.a_verifier,
        note=step.plus_tot or counted,
    )
