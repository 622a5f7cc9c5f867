"""« Pourquoi ? » of the rendez-vous de carrière: a year, an effect, a delay, calculated again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from iprof_kit.base.calendar import (
    date_of,
    date_text,
    duration_text,
    rentree,
    school_year,
    school_year_text,
)
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.explanation import datum, hypothesis, record, unexplained
from iprof_kit.base.words import echelon_label
from iprof_kit.calculate.career.meetings import meeting_numbers
from iprof_kit.calculate.career.positions import tell_lost
from iprof_kit.calculate.career.rendez_vous.calculation import (
    by_right,
    delay_of,
    foreseen_at,
    places,
    situation_of,
    start_of,
)
from iprof_kit.calculate.career.rendez_vous.question import Delai, RendezVous, RendezVousQuestion
from iprof_kit.calculate.career.runs import Run
from iprof_kit.calculate.career.steps import moments
from iprof_kit.calculate.career.why import happens_again
from iprof_kit.calculate.interface.explained import Explanation, Line
from iprof_kit.calculate.interface.why import explain_or_refusal, refuse_another
from iprof_kit.law.career.advancement import shortened_duration
from iprof_kit.law.career.meetings import (
    NONE,
    decision_year,
    meeting_content,
    meeting_window,
    meeting_year,
)
from iprof_kit.law.tables.cells import CELLS

_SILENCE = "reponse"
"""The one delay whose end is no last day to act."""
_RIGHT = "à l’ancienneté, sans promotion de grade ni bonification"


@dataclass(frozen=True)
class _Place:
    """Where a rendez-vous takes place: its cell, its axis day, its rank in the steps to come."""

    cell: int
    reached: int
    rank: int
    lived: Run


def explain_year(question: RendezVousQuestion, number: int, school_year: str) -> Explanation:
    """Explain the school year of a rendez-vous.

    Parameters
    ----------
    school_year : str
        That of the answer, or of the file: « 2026-2027 ».

    Examples
    --------
    >>> from datetime import date
    >>> asked = RendezVousQuestion(corps="pe", grade="classe_normale", echelon="6",
    ...     date_effet=date(2025, 9, 1), aujourdhui=date(2026, 11, 25))
    >>> explain_year(asked, 1, "2026-2027").lignes[-1].valeur
    '2026-2027'
    """
    asked = f"Pourquoi {school_year} ?"

    def again() -> str:
        place = _place_of(question, number)
        if place is None or _year_at(place) != school_year:
            return _recorded(question, number, school_year)
        _tell(place, question)
        year = int(meeting_year(np.array([place.cell]), np.array([place.reached]))[0])
        refuse_another(school_year_text(year), school_year)
        return school_year

    return explain_or_refusal(asked, again, _planned_in)


def explain_effect(question: RendezVousQuestion, number: int, year: int) -> Explanation:
    """Explain what a rendez-vous may change: the day of its bonification, else what it leads to.

    Parameters
    ----------
    year : int
        Year in which its school year begins.
    """
    asked = "Que peut changer ce rendez-vous ?"

    def again() -> Line:
        content = meeting_content(question.corps, number, year)
        place = _place_of(question, number)
        if place is None:
            return _leads_to(content.leads_to)
        label = f"{echelon_label(CELLS.echelon[place.cell])}, compté depuis le"
        if place.rank:
            hypothesis(label, date_text(date_of(place.reached)), doubtful=False)
        else:
            datum(label, date_text(date_of(place.reached)))
        cell, reached = np.array([place.cell]), np.array([place.reached])
        with unexplained():
            foreseen = foreseen_at(question, place.lived.start, place.cell, place.reached)
        if foreseen is None or foreseen.effet_au is None:
            return _leads_to(content.leads_to)
        decision_year(cell, reached)
        pronounced = place.reached + int(shortened_duration(cell, _rentree_of(foreseen))[0])
        refuse_another(date_of(pronounced), foreseen.effet_au)
        return Line(libelle="Effet, si elle est accordée", valeur=date_text(foreseen.effet_au))

    return explain_or_refusal(asked, again, lambda line: line)


def explain_none(question: RendezVousQuestion) -> Explanation:
    """Explain why no rendez-vous is to come: the place held, those to come, each with none."""
    asked = "Pourquoi aucun ?"

    def again() -> Line:
        lived = _lived(question)
        for rank, (cell, reached) in enumerate(places(lived)):
            with unexplained():
                here = foreseen_at(question, lived.start, cell, reached)
            if rank == 0 or here is not None:
                _tell(_Place(cell, reached, rank, lived), question)
            if here is not None:
                _tell_behind(here, cell, reached)
            elif rank == 0:
                _tell_elsewhere(question, cell)
        return Line(libelle="Rendez-vous à venir", valeur="aucun")

    return explain_or_refusal(asked, again, lambda line: line)


def _tell_behind(here: RendezVous, cell: int, reached: int) -> None:
    """Record a rendez-vous that is not to come: held, or of a school year that is past."""
    meeting_year(np.array([cell]), np.array([reached]))
    name = f"Rendez-vous n° {here.numero}"
    if here.deja_tenu:
        datum(name, "dans votre dossier")
    elif here.etat == "passe":
        _refuse(name, "année scolaire passée")
    else:
        raise LawError(f"un rendez-vous est prévu en {here.annee_scolaire}.")


def _tell_elsewhere(question: RendezVousQuestion, cell: int) -> None:
    """Record where the rendez-vous of a corps take place, and that none does in a place."""
    year = school_year(question.aujourdhui)
    for number in meeting_numbers(question.corps, year):
        meeting_window(question.corps, number, year)
    label = CELLS.label(cell)
    _refuse(f"{label[:1].upper()}{label[1:]}", "aucun rendez-vous prévu")


def explain_delay(
    question: RendezVousQuestion, year: int, delay: Delai, supposed: Collection[str] = ()
) -> Explanation:
    """Explain the last day of one delay, or its length where its first day is not known.

    Parameters
    ----------
    year : int
        Year in which the school year of the rendez-vous begins.
    delay : Delai
        The delay as it was answered.
    supposed : collection of str
        Fields of the question that nobody typed.
    """
    asked = f"Pourquoi {_when(delay)} ?"

    def again() -> Delai:
        once_more = delay_of(question, year, delay.cle, supposed)
        refuse_another(once_more, delay)
        return once_more

    return explain_or_refusal(asked, again, _last_day)


def _when(delay: Delai) -> str:
    return f"le {date_text(delay.date_limite)}" if delay.date_limite else delay.delai


def _last_day(delay: Delai) -> Line:
    label = "Sans réponse, refus le" if delay.cle == _SILENCE else "Dernier jour"
    if delay.date_limite is None:
        return Line(libelle="Durée", valeur=delay.delai, a_verifier=delay.a_verifier)
    return Line(libelle=label, valeur=date_text(delay.date_limite), a_verifier=delay.a_verifier)


def _planned_in(school_year: str) -> Line:
    return Line(libelle="Année scolaire du rendez-vous", valeur=school_year)


def _leads_to(effect: str) -> Line:
    return Line(libelle="Mène à", valeur=effect)


def _refuse(label: str, words: str) -> None:
    record(rule="meeting_year", source="", kind="refus", words=((label, words),))


def _place_of(question: RendezVousQuestion, number: int) -> _Place | None:
    """Return the place of a rendez-vous, held or to come by right; None where it is behind."""
    lived = _lived(question)
    with unexplained():
        for rank, (cell, reached) in enumerate(places(lived)):
            here = foreseen_at(question, lived.start, cell, reached)
            if here is not None and here.numero == number:
                return _Place(cell, reached, rank, lived)
    return None


def _lived(question: RendezVousQuestion) -> Run:
    """Return what seniority gives, told elsewhere; a situation that it refuses has no reason."""
    try:
        with unexplained():
            return by_right(start_of(question))
    except InputError as error:
        raise LawError(error.message) from error


def _year_at(place: _Place) -> str:
    with unexplained():
        year = int(meeting_year(np.array([place.cell]), np.array([place.reached]))[0])
    return "" if year == NONE else school_year_text(year)


def _first_year(school_year: str) -> int:
    """Return the year of the rentrée of « 2026-2027 »."""
    return int(school_year.partition("-")[0])


def _rentree_of(one: RendezVous) -> int:
    return rentree(_first_year(one.annee_scolaire))


def _tell(place: _Place, question: RendezVousQuestion) -> None:
    """Record where the place of a rendez-vous comes from: the file, or the step to it."""
    lived, situation = place.lived, situation_of(question)
    if place.rank:
        with unexplained():
            moment = moments(lived)[place.rank]
        happens_again(moment, lived, situation)
        label = f"{echelon_label(CELLS.echelon[place.cell])} atteint le"
        hypothesis(label, f"{date_text(date_of(place.reached))}, {_RIGHT}", doubtful=False)
        return
    start = lived.start
    datum("Position", CELLS.label(place.cell))
    datum("Depuis le", date_text(start.civil(start.entry)))
    if start.kept:
        datum("Avec une ancienneté conservée de", duration_text(start.kept))
    tell_lost(start.positions, situation, (start.entry, start.today), date_of(start.today))
    if place.reached != start.entry:
        datum("L’échelon compte depuis le", date_text(date_of(place.reached)))


def _recorded(question: RendezVousQuestion, number: int, school_year: str) -> str:
    """Tell the year of a rendez-vous that the file records, behind the place held today."""
    if number not in question.rendez_vous_faits:
        raise LawError("ce rendez-vous ne découle pas de l’échelon du dossier.")
    datum(f"Rendez-vous n° {number}, dans votre dossier", school_year)
    meeting_window(question.corps, number, _first_year(school_year))
    return school_year
