"""Where a person is placed: by a promotion of grade, a change of corps, an entry with services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from iprof_kit.base.calendar import axis_of, date_text
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.explanation import Trace, explain
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.calculate.interface.why import doubts, said_by, texts_of
from iprof_kit.calculate.reclassement.entry import entry
from iprof_kit.calculate.reclassement.place import (
    due_days,
    first_step,
    index_of,
    place,
    sentence,
)
from iprof_kit.calculate.reclassement.question import ReclassementAnswer, ReclassementQuestion
from iprof_kit.law.career.change_of_corps import change_corps, changes_from, converted_seniority
from iprof_kit.law.career.reclassement import cross_corps_targets, one_promotion_a_year, reclassify
from iprof_kit.law.career.service_credit import placed_by_seniority
from iprof_kit.law.career.traitement import UNKNOWN
from iprof_kit.law.career.transitions import due_that_day, ppcr_2017, ppcr_day
from iprof_kit.law.tables.cells import Cell, cell_code, grades_of

_PROMOTION = "promotion_grade"


class Placed(NamedTuple):
    """What reclassement.csv answered for one person."""

    cell: int
    kept: int
    rules: str
    due: int
    through: int


def answer(question: ReclassementQuestion) -> ReclassementAnswer:
    """Place one person.

    Raises
    ------
    InputError
        What is wrong in the question, in which field.
    LawError
        « règle non couverte », « période non couverte ».
    """
    return answers((question,))[0]


def answers(questions: Sequence[ReclassementQuestion]) -> list[ReclassementAnswer]:
    """Place many persons; the promotions of one day towards one grade are one column."""
    groups: dict[tuple[str, date], list[int]] = {}
    for row, question in enumerate(questions):
        if target := _target(question):
            groups.setdefault((target, question.date_effet), []).append(row)
    by_row: dict[int, ReclassementAnswer] = {}
    for (target, day), rows in groups.items():
        placed = _promotions([questions[row] for row in rows], target, day)
        by_row.update(zip(rows, placed, strict=True))
    others = {"entree": entry, "changement_corps": _change, "ppcr_2017": of_2017}
    for row, question in enumerate(questions):
        if row not in by_row:
            by_row[row] = others[question.nature](question)
    return [by_row[row] for row in range(len(questions))]


def _target(question: ReclassementQuestion) -> str | None:
    """Return the grade towards which the rows of reclassement.csv place, if they do."""
    if question.nature == _PROMOTION:
        return question.grade_cible
    if question.corps_cible is None or question.anciennete_theorique_jours is not None:
        return None
    first = f"{question.corps_cible}.{grades_of(question.corps_cible)[0]}"
    return first if first in cross_corps_targets() else None


def _cell(question: ReclassementQuestion) -> int:
    return cell_code(question.corps, str(question.grade), str(question.echelon), question.chevron)


def _promotions(
    questions: list[ReclassementQuestion], target: str, civil: date
) -> list[ReclassementAnswer]:
    day = axis_of(civil)
    for question in questions:
        _refuse_second(question)
    cells = np.array([_cell(question) for question in questions])
    days = np.array([question.anciennete_jours or 0 for question in questions])
    placed = reclassify(cells, days, target, day, civil)
    due = due_days(placed.cell, placed.days_kept, day)
    traces = _told(
        cells, days, placed.band, lambda cell, spent: reclassify(cell, spent, target, day, civil)
    )
    return [
        _promoted(question, origin, Placed(cell, kept, rules, last, through), day, trace)
        for question, origin, cell, kept, rules, last, through, trace in zip(
            questions,
            cells.tolist(),
            placed.cell.tolist(),
            placed.days_kept.tolist(),
            placed.rule_id.tolist(),
            due.tolist(),
            placed.through.tolist(),
            traces,
            strict=True,
        )
    ]


def _told(
    cells: Cell, days: Cell, bands: Cell, again: Callable[[Cell, Cell], object]
) -> list[Trace]:
    """Return why each person is placed; those of one cell and one band have the same reason."""
    by_band: dict[tuple[int, int], Trace] = {}
    keys = list(zip(cells.tolist(), bands.tolist(), strict=True))
    for row, key in enumerate(keys):
        if key not in by_band:
            with explain() as trace:
                again(cells[row : row + 1], days[row : row + 1])
            by_band[key] = trace
    return [by_band[key] for key in keys]


def _refuse_second(question: ReclassementQuestion) -> None:
    last, year = question.annee_derniere_promotion, question.date_effet.year
    if last is not None and not one_promotion_a_year(np.array([last]), year)[0]:
        raise LawError(
            f"deux promotions de grade au titre de {year} dans un même corps (règle R9).",
            where="annee_derniere_promotion",
            remedy="Choisissez une autre année.",
        )


def _promoted(
    question: ReclassementQuestion, origin: int, placed: Placed, day: int, trace: Trace
) -> ReclassementAnswer:
    reasons = doubts(trace)
    return ReclassementAnswer(
        **place(placed.cell, placed.kept, day, placed.due),
        **first_step(placed.through, day),
        indice_avant=index_of(origin, day),
        regles=tuple(placed.rules.split("+")),
        explication=said_by(trace),
        phrase=sentence(placed.cell, placed.kept, question.date_effet),
        a_verifier=bool(reasons),
        motifs=reasons,
        sources=texts_of(trace),
    )


def _change(question: ReclassementQuestion) -> ReclassementAnswer:
    """Place a person in another corps by her theoretical seniority (R10, X1)."""
    day, target = axis_of(question.date_effet), str(question.corps_cible)
    with explain() as trace:
        before, theory, converted, cell, kept, personal = _converted(question, target, day)
    reasons = doubts(trace)
    due = int(due_days(np.array([cell]), np.array([kept]), day)[0])
    return ReclassementAnswer(
        **place(cell, kept, day, due),
        indice_avant=before,
        indice_personnel=personal,
        anciennete_theorique_jours=theory,
        anciennete_convertie_jours=converted,
        regles=("R10", "X1") if question.grade == "classe_exceptionnelle" else ("R10",),
        explication=said_by(trace),
        phrase=sentence(cell, kept, question.date_effet),
        a_verifier=bool(reasons),
        motifs=reasons,
        sources=texts_of(trace),
    )


def _converted(
    question: ReclassementQuestion, target: str, day: int
) -> tuple[int | None, int, int, int, int, int | None]:
    given = question.anciennete_theorique_jours
    if given is not None:
        changes_from(question.corps, target, question.date_effet)
        converted = converted_seniority(
            np.array([given]), question.corps, target, day, biadmissible=question.biadmissible
        )
        cells, kept = placed_by_seniority(converted, target, day)
        return None, given, int(converted[0]), int(cells[0]), int(kept[0]), None
    cell = np.array([_cell(question)])
    days, spent = np.array([question.anciennete_jours or 0]), np.array([question.jours_11e])
    changed = change_corps(cell, days, target, day, spent, biadmissible=question.biadmissible)
    personal = int(changed.personal_index[0])
    return (
        index_of(int(cell[0]), day),
        int(changed.theoretical[0]),
        int(changed.converted[0]),
        int(changed.cell[0]),
        int(changed.days_kept[0]),
        None if personal == UNKNOWN else personal,
    )


SUBJECT = Subject(
    name="reclassement",
    title="Classe après une promotion, un changement de corps, une entrée ou la réforme de 2017.",
    question=ReclassementQuestion,
    answer=ReclassementAnswer,
    one=answer,
    many=answers,
)


def of_2017(question: ReclassementQuestion) -> ReclassementAnswer:
    """Place a person in the grid of 1 September 2017.

    Raises
    ------
    InputError
        Another day than that of the reform, or an échelon that begins after it.
    LawError
        « règle non couverte »: no row for this position.
    """
    day = axis_of(ppcr_day())
    _check(question)
    place_held = (question.corps, str(question.grade), str(question.echelon))
    with explain() as trace:
        transposed = due_that_day(
            ppcr_2017(*place_held, question.chevron or "", _seniority(question, day))
        )
    due = int(due_days(np.array([transposed.cell]), np.array([transposed.days_kept]), day)[0])
    reasons = doubts(trace)
    return ReclassementAnswer(
        **place(transposed.cell, transposed.days_kept, day, due),
        **first_step(transposed.through, day),
        regles=(transposed.rule_id,),
        explication=said_by(trace),
        phrase=sentence(transposed.cell, transposed.days_kept, question.date_effet),
        a_verifier=bool(reasons),
        motifs=reasons,
        sources=texts_of(trace),
    )


def _check(question: ReclassementQuestion) -> None:
    if question.date_effet != ppcr_day():
        raise InputError(
            f"la réforme a pris effet le {date_text(ppcr_day())}, pas le "
            f"{date_text(question.date_effet)}.",
            where="date_effet",
            remedy=f"Indiquez le {date_text(ppcr_day())}.",
        )
    since = question.echelon_depuis
    if since is not None and since >= ppcr_day():
        raise InputError(
            f"l’échelon commence le {date_text(since)}, après l’ancienne grille.",
            where="echelon_depuis",
            remedy=f"Indiquez l’échelon tenu la veille du {date_text(ppcr_day())}.",
        )


def _seniority(question: ReclassementQuestion, day: int) -> int:
    since = question.echelon_depuis
    return (question.anciennete_jours or 0) if since is None else day - axis_of(since)
