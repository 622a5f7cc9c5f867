"""A file, the answers given on other screens and what was noted become one question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.paths.words import HELD_CORPS
from iprof_kit.calculate.requests.calculation import answer
from iprof_kit.calculate.requests.catalogue import Request
from iprof_kit.calculate.requests.question import DemandeAnswer, DemandeQuestion
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.standing import current_position
from iprof_kit.ui.screens.autres_parcours.question import question_for
from iprof_kit.ui.screens.demandes.notes import Entry, read_entry


@dataclass(frozen=True)
class Asked:
    """One request, as it stands for a person; `entry` has what was noted and what is wrong."""

    request: Request
    entry: Entry
    answer: DemandeAnswer | None
    trouble: KitError | None = None
    question: DemandeQuestion | None = None
    """What was answered: a reason is its calculation again."""


def ask_request(
    request: Request,
    dossier: Dossier,
    typed: Mapping[str, str],
    wishes: Mapping[str, Any],
    today: date,
) -> Asked:
    """Return where a request stands; a day that cannot follow another is said and left out.

    Parameters
    ----------
    request : Request
    dossier : Dossier
    typed : mapping
        Fields of the carnet « demandes ».
    wishes : mapping
        What « Autres parcours » keeps: it says what the conditions of the paths look at.
    today : date
    """
    entry = read_entry(request, typed, today)
    situation = {**question_for(dossier, wishes, today), "expliquer": False}
    position = current_position(dossier, today)
    for _ in range(len(request.steps) + 1):
        question = DemandeQuestion(
            demande=request.id,
            aujourdhui=today,
            statut=status_of(dossier, today),
            dates=entry.days,
            reponse=entry.answer,
            situation=situation,
            quotite=position.quotite if position else 0,
            premier_jour=first_day_of(dossier),
            fin_position=position.fin if position else None,
        )
        try:
            return Asked(request, entry, answer(question), question=question)
        except InputError as error:
            if error.where not in entry.days:
                return Asked(request, entry, None, error)
            entry = entry.without(str(error.where), error)
        except KitError as error:
            return Asked(request, entry, None, error)
    return Asked(request, entry, None)


def first_day_of(dossier: Dossier) -> date | None:
    """Return the first day of services that a file knows, whatever says it; None for none."""
    days = [dossier.entree_corps, dossier.titularisation]
    days += [one.debut for one in dossier.positions]
    days += [one.debut for one in dossier.affectations]
    days += [one.date_effet for one in dossier.echelons]
    return min((day for day in days if day is not None), default=None)


def of_another_corps(asked: Asked) -> bool:
    """Tell whether a request is closed, and was never begun, because of the corps of a person."""
    if asked.answer is None or asked.answer.etat != "ferme":
        return False
    conditions = (one for path in asked.answer.parcours for one in path.conditions)
    return any(one.condition == HELD_CORPS and one.remplie is not True for one in conditions)


def status_of(dossier: Dossier, today: date) -> str:
    """Return « titulaire », « stagiaire » or « contractuel » on a day, as the file says it."""
    if dossier.titularisation is not None:
        return "titulaire" if dossier.titularisation <= today else "stagiaire"
    if dossier.corps is None:
        return "contractuel"
    return "stagiaire" if "stagiaire" in dossier.statut.lower() else "titulaire"
