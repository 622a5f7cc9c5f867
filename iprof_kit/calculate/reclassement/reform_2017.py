"""The reform of 1 September 2017 (PPCR): where it placed somebody, in one step or two."""

from __future__ import annotations

import numpy as np

from iprof_kit.base.calendar import axis_of, date_text
from iprof_kit.base.errors import InputError
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import french
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.papers import DOUBT, citation
from iprof_kit.calculate.reclassement.place import due_days, first_step, place, sentence
from iprof_kit.calculate.reclassement.question import ReclassementAnswer, ReclassementQuestion
from iprof_kit.law.career.transitions import Placed, due_that_day, ppcr_2017, ppcr_day
from iprof_kit.law.tables.rules import RULES


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
    found = due_that_day(
        ppcr_2017(
            question.corps,
            str(question.grade),
            str(question.echelon),
            question.chevron or "",
            _seniority(question, day),
        )
    )
    due = int(due_days(np.array([found.cell]), np.array([found.days_kept]), day)[0])
    doubt = _doubt(found)
    return ReclassementAnswer(
        **place(found.cell, found.days_kept, day, due),
        **first_step(found.through, day),
        regles=(found.rule_id,),
        explication=RULES["ppcr_2017"][0].sentence,
        phrase=sentence(found.cell, found.days_kept, question.date_effet),
        a_verifier=bool(doubt),
        motifs=(doubt,) if doubt else (),
        sources=(
            Reference(
                texte=citation(found.source),
                valide_du=ppcr_day(),
                valide_au=ppcr_day(),
                confiance=found.confidence,
            ),
        ),
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


def _doubt(found: Placed) -> str:
    if not to_verify(found.confidence):
        return ""
    return french(f"reclassement : {found.rule_words or DOUBT[found.confidence]}")
