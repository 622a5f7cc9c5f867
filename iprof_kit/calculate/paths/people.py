"""Questions about other paths, set in columns for the law."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from iprof_kit.base.calendar import Axis, axis_of
from iprof_kit.base.errors import LawError
from iprof_kit.base.names import words_in
from iprof_kit.calculate.paths.lines import Try
from iprof_kit.calculate.paths.question import EligibilityQuestion
from iprof_kit.law.paths.people import NEVER, UNKNOWN, People
from iprof_kit.law.paths.rows import facts_known, months_known, natures
from iprof_kit.law.pension.retirement import ages_by_services, retirement_ages
from iprof_kit.law.tables.cells import CELLS, cell_code, grade_code, grades_of
from iprof_kit.law.tables.loading import table

Question = EligibilityQuestion


def people_of(questions: Sequence[Question]) -> People:
    """Return the columns of people of several questions.

    Raises
    ------
    InputError
        Unknown corps, grade or échelon; the message lists the known ones.
    """
    return People(
        count=len(questions),
        corps=_texts(questions, _corps),
        cell=_numbers(questions, _cell),
        days_in_echelon=_numbers(questions, lambda q: q.anciennete_echelon_jours),
        born=_days(questions, lambda q: q.date_naissance),
        titularised=_numbers(questions, _titularised),
        entered_corps=_days(questions, lambda q: q.date_entree_corps),
        diploma=_numbers(questions, _level),
        enrolled=_texts(questions, lambda q: q.inscription or ""),
        position=_texts(questions, lambda q: q.position or ""),
        pension_opens=_numbers(questions, _pension_opens),
        services={name: _numbers(questions, _service(name)) for name in natures()},
        ongoing={name: np.array([_goes_on(q, name) for q in questions]) for name in natures()},
        facts={name: _numbers(questions, _fact(name)) for name in facts_known()},
        children=_children(questions),
        children_known=np.array([q.enfants is not None for q in questions]),
        months_taken={name: _numbers(questions, _taken(name)) for name in months_known()},
        last_end={name: _days(questions, _ended(name), after=1) for name in months_known()},
    )


def with_tries(people: People, tries: Sequence[Try]) -> People:
    """Return one person, then the same person again for each try, who has answered it."""
    rows = len(tries) + 1

    def again(column: Any) -> Any:
        return np.repeat(column, rows, axis=0)

    def each(columns: Mapping[str, Any]) -> dict[str, Any]:
        return {name: again(column) for name, column in columns.items()}

    columns: dict[str, Any] = {name: again(getattr(people, name)) for name in _COLUMNS}
    columns |= {name: each(getattr(people, name)) for name in _KEYED}
    tried = replace(people, count=rows, **columns)
    for row, one in enumerate(tries, 1):
        if one.key:
            getattr(tried, one.column)[one.key][row] = one.value
        else:
            getattr(tried, one.column)[row] = one.value
        if one.column == "children":
            tried.children_known[row] = True
    return tried


_COLUMNS = words_in(
    "corps cell days_in_echelon born titularised entered_corps diploma enrolled position "
    "pension_opens children_known"
)
_KEYED = ("services", "ongoing", "facts", "children", "months_taken", "last_end")


def _numbers(questions: Sequence[Question], read: Callable[[Question], int | None]) -> Axis:
    values = (read(question) for question in questions)
    return np.array([UNKNOWN if value is None else value for value in values], dtype=np.int64)


def _days(
    questions: Sequence[Question], read: Callable[[Question], date | None], after: int = 0
) -> Axis:
    def number(question: Question) -> int | None:
        day = read(question)
        return None if day is None else axis_of(day) + after

    return _numbers(questions, number)


def _texts(
    questions: Sequence[Question], read: Callable[[Question], str]
) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    return np.array([read(question) for question in questions], dtype=np.object_)


def _corps(question: Question) -> str:
    if question.corps is None:
        return ""
    grades_of(question.corps)
    if question.grade is not None:
        grade_code(question.corps, question.grade)
    return question.corps


def _cell(question: Question) -> int | None:
    if question.corps is None or question.grade is None or question.echelon is None:
        return None
    if (question.corps, question.grade) not in CELLS.gridded:
        return None
    return cell_code(question.corps, question.grade, question.echelon, question.chevron)


def _titularised(question: Question) -> int | None:
    if question.date_titularisation is not None:
        return axis_of(question.date_titularisation)
    if question.statut is None or question.statut in ("stagiaire", "eleve"):
        return None
    return 0 if question.statut == "titulaire" else NEVER


def _level(question: Question) -> int | None:
    if question.niveau_diplome is None:
        return None
    return int(question.niveau_diplome) if question.niveau_diplome.isdigit() else 0


def _pension_opens(question: Question) -> int | None:
    """Return the day of the opening age; without a category, only a day that suits them all."""
    if question.date_naissance is None:
        return None
    known = question.categorie_retraite
    try:
        first = first_opening(question, question.date_naissance)
    except LawError:
        return None
    return first if known or first > axis_of(question.jour) else None


def first_opening(question: Question, born: date) -> int:
    """Return `opening_day` on the axis of services, where a month has thirty days."""
    return axis_of(opening_day(question, born))


def opening_day(question: Question, born: date) -> date:
    """Return the first day of the opening ages of the category, or of every category.

    Raises
    ------
    LawError
        The tables do not give the age of one of them.
    """
    known, since = question.categorie_retraite, question.instituteur_depuis
    if since is not None:
        return ages_by_services(born, known or "", since, question.jour).opening_date
    asked = [known] if known else sorted(table("retraite_ages")["categorie"].unique())
    ages = [retirement_ages(born, category, question.jour) for category in asked]
    return min(age.opening_date for age in ages)


def _service(nature: str) -> Callable[[Question], int | None]:
    return lambda q: next((s.jours for s in q.services if s.nature == nature), None)


def _goes_on(question: Question, nature: str) -> bool:
    return any(s.en_cours for s in question.services if s.nature == nature)


def _fact(key: str) -> Callable[[Question], int | None]:
    def read(question: Question) -> int | None:
        if key in question.faits:
            return int(question.faits[key])
        of_status = key in ("cdi", "stagiaire") and question.statut is not None
        return int(question.statut == key) if of_status else None

    return read


def _taken(key: str) -> Callable[[Question], int | None]:
    return lambda q: q.mois_pris.get(key)


def _ended(key: str) -> Callable[[Question], date | None]:
    return lambda q: q.fin_derniere_periode.get(key)


def _children(questions: Sequence[Question]) -> dict[str, Axis]:
    most = max((len(q.enfants or ()) for q in questions), default=0)
    columns = {
        name: np.full((len(questions), max(most, 1)), UNKNOWN) for name in ("naissance", "adoption")
    }
    for person, question in enumerate(questions):
        for rank, child in enumerate(question.enfants or ()):
            columns["naissance"][person, rank] = axis_of(child.naissance)
            if child.adoption is not None:
                columns["adoption"][person, rank] = axis_of(child.adoption)
    return columns
