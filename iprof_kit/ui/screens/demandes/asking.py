"""A file, the answers given on other screens and what was noted become one question, answered."""

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
from iprof_kit.calculate.requests.words import delays_named
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.standing import current_position
from iprof_kit.ui.screens.autres_parcours.question import question_for
from iprof_kit.ui.screens.demandes.notes import Entry, read_entry
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, figure, placed

_STATES = {
    "possible": "possible", "depend": "à préciser", "ferme": "pas aujourd’hui",
    "en_cours": "en cours", "passe": "délai passé", "fini": "terminé",
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One request, as it stands for a person; `entry` has what was noted and what is wrong."""

    request: Request
    entry: Entry
    answer: DemandeAnswer | None
    trouble: KitError | None = None
    question: DemandeQuestion | None = None
    """What was answered: a reason is its calculation again."""

    @property
    def path(self) -> str:
        """Return the address of the request."""
        return path_of(self.request.id)

    @property
    def says(self) -> str:
        """Return the answer in one sentence, or what keeps it from being given."""
        if self.answer is None:
            why = self.trouble.message if self.trouble else "Le kit ne sait pas le dire."
            return text.sentence(why)
        return self.with_figures(text.sentence(self.answer.phrase))

    @property
    def state(self) -> str:
        """Return where the request stands."""
        return _STATES[self.answer.etat] if self.answer else "à reprendre"

    def about(self, step: str) -> str:
        """Return the name of the day of a step, the same on Accueil and in the agenda."""
        return f"coming.demande.{self.request.id}.{step}"

    def with_figures(self, words: str) -> Worded:
        """Return a sentence of the answer, or of its file, with the fact of each day and delay."""
        return placed(words, *self._days(), *self._delays())

    def _days(self) -> list[Worded]:
        steps = self.answer.etapes if self.answer else ()
        days = [
            (self.about(one.cle) + part, day)
            for one in steps
            for part, day in (("", one.avant_le), (".noted", one.le))
            if day is not None
        ]
        first = self.question.premier_jour if self.question else None
        days += [("service.first", first)] if first else []
        # Of two steps on one day the first is named, and the day to act by before the day noted.
        return [figure(text.day(day), quantity, day) for quantity, day in reversed(days)]

    def _delays(self) -> list[Worded]:
        if self.question is None:
            return []
        delays = delays_named(self.request, self.question.aujourdhui)
        return [figure(words, f"delay.{name}", words) for name, words in delays.items()]


def path_of(request: str) -> str:
    """Return the address of a request."""
    return f"/services/demandes?demande={request}"


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
