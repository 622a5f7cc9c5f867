"""Promouvable or not in a campaign: the condition, who decides, the ratio, what would follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from iprof_kit.base.calendar import duration_text, rentree_day
from iprof_kit.base.errors import InputError
from iprof_kit.base.sources import Source, to_verify
from iprof_kit.base.words import at_echelon, grade_label
from iprof_kit.calculate.career.campaign_condition import campaign_condition, campaign_sources
from iprof_kit.calculate.career.positions import closed_by_position
from iprof_kit.calculate.interface.aside import aside, decider
from iprof_kit.calculate.interface.papers import DOUBT, of_sources
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.calculate.promotion.after import contingent, placed, ratio, supposed_contingent
from iprof_kit.calculate.promotion.question import PromotionAnswer, PromotionQuestion
from iprof_kit.calculate.promotion.situation import on_the_eve
from iprof_kit.careers.criteria import Numbers
from iprof_kit.careers.first_campaign import first_campaign
from iprof_kit.law.promotion.conditions import (
    CLASSE_EXCEPTIONNELLE,
    HORS_CLASSE,
    classe_exceptionnelle_open,
    hors_classe_open,
    next_grade,
)
from iprof_kit.law.promotion.echelon_special import (
    echelon_special_open,
    special_condition_text,
    special_source,
)
from iprof_kit.law.promotion.rows import grade_before
from iprof_kit.law.promotion.viviers import (
    Viviers,
    application_text,
    viviers,
    with_viviers,
)
from iprof_kit.law.tables.cells import CELLS
from iprof_kit.law.tables.loading import carried_forward

SPECIAL = "echelon_special"


@dataclass(frozen=True)
class _Case:
    """One question with what the columns said of it."""

    question: PromotionQuestion
    target: str
    cell: int
    days: int
    open: bool
    first_vivier: bool = False
    second_vivier: bool = False
    doubtful: bool = False
    unknown: bool = False
    premiere: int | None = None
    away: str | None = None
    supposed: str = ""


def answer(question: PromotionQuestion) -> PromotionAnswer:
    """Say whether a person is promouvable, and what would follow.

    Raises
    ------
    InputError
        What is wrong in the question, in which field.
    LawError
        The tables do not answer: « règle non couverte », « période non couverte ».
    """
    return answers((question,))[0]


def answers(questions: Sequence[PromotionQuestion]) -> tuple[PromotionAnswer, ...]:
    """Answer several questions, the law applied to columns; see `answer`."""
    cell, days, positions = on_the_eve(questions)
    targets = [_target(q, int(position)) for q, position in zip(questions, cell, strict=True)]
    cases: list[_Case | None] = [None] * len(questions)
    groups: dict[tuple[str, int], list[int]] = {}
    for place, (question, target) in enumerate(zip(questions, targets, strict=True)):
        groups.setdefault((target, question.campagne), []).append(place)
    for (target, year), places in groups.items():
        group = [questions[place] for place in places]
        cases_of_group = _group(group, cell[places], days[places], target, year)
        for place, case in zip(places, cases_of_group, strict=True):
            away = closed_by_position(positions[place], year)
            case = replace(case, supposed=positions[place].assumed)
            cases[place] = case if away is None else _closed(case, away)
    return tuple(_answer(case) for case in cases if case is not None)


def _target(question: PromotionQuestion, cell: int) -> str:
    """Return the grade asked, and refuse one that does not come after the one held."""
    asked = question.grade_cible
    grade = str(CELLS.grade[cell])
    if asked == SPECIAL:
        if grade != CLASSE_EXCEPTIONNELLE:
            _refuse(question, "l’échelon spécial suit la classe exceptionnelle")
        return asked
    if asked is None:
        following = str(next_grade(np.array([cell]))[0])
        if not following:
            _refuse(question, f"aucun grade ne suit « {grade_label(grade)} »")
        return following
    before = grade_before(question.corps, asked)
    if grade == asked or (grade != before and grade_before(question.corps, before) != grade):
        _refuse(
            question,
            f"la {grade_label(asked)} ne vient pas après « {grade_label(grade)} »",
        )
    return asked


def _refuse(question: PromotionQuestion, what: str) -> None:
    raise InputError(
        f"{what} ({question.corps}).",
        where="grade_cible",
        remedy="Vérifiez le grade détenu et le grade demandé.",
    )


def _group(
    questions: Sequence[PromotionQuestion], cell: Numbers, days: Numbers, target: str, year: int
) -> list[_Case]:
    """Apply the law to the people of one grade and one campaign, as columns."""
    size = len(questions)
    pools: Viviers | None = None
    if target == SPECIAL:
        opened = echelon_special_open(cell, days, year)
    elif target == HORS_CLASSE:
        opened = hors_classe_open(cell, days, year)
    else:
        functions = np.array(
            [np.nan if q.annees_fonctions is None else q.annees_fonctions for q in questions]
        )
        opened = classe_exceptionnelle_open(cell, days, year, functions)
        pools = viviers(cell, days, year, functions) if with_viviers(year) else None
    first = np.zeros(size) if target == SPECIAL else first_campaign(cell, days, target, year)
    nobody = np.zeros(size, bool)
    pool = pools or Viviers(nobody, nobody, nobody, nobody)
    return [
        _Case(
            questions[k],
            target,
            int(cell[k]),
            int(days[k]),
            bool(opened[k]),
            bool(pool.first[k]),
            bool(pool.second[k]),
            bool(pool.doubtful[k]),
            bool(pool.unknown[k]),
            year if opened[k] else int(first[k]) or None,
        )
        for k in range(size)
    ]


def _closed(case: _Case, away: str) -> _Case:
    return replace(case, open=False, away=away, premiere=None)


def _answer(case: _Case) -> PromotionAnswer:
    question, target, year = case.question, case.target, case.question.campagne
    condition = _condition(case)
    taux = ratio(question, target)
    places, left = contingent(question, taux)
    supposed = supposed_contingent(question, taux)
    after, unplaced = aside(lambda: placed(case.cell, case.days, target, year))
    doubts = _doubts(case)
    if after is not None and to_verify(after.confiance):
        doubts += (f"classement : {DOUBT[after.confiance]}",)
    if taux.taux is not None and to_verify(taux.confiance):
        doubts += (f"taux : {DOUBT[taux.confiance]}",)
    if supposed is not None:
        doubts += (f"places : au taux de {supposed.annee_taux}, le dernier connu",)
    promouvable, motif = _verdict(case, condition)
    return PromotionAnswer(
        campagne=year,
        grade_cible=target,
        libelle_grade_cible="échelon spécial" if target == SPECIAL else grade_label(target),
        echelon=str(CELLS.echelon[case.cell]),
        chevron=str(CELLS.chevron[case.cell]) or None,
        anciennete_jours=case.days,
        promouvable=promouvable,
        vivier=_pool(case),
        motif=motif,
        condition=condition,
        candidature=_sentence(_application(case)),
        decide_par=decider(question.corps, rentree_day(year)),
        premiere_campagne=case.premiere,
        taux=taux,
        contingent=places,
        report=left,
        contingent_suppose=supposed,
        classement=after,
        non_calcules=(f"classement : {unplaced}",) if unplaced else (),
        remarques=tuple(_remarks(case)),
        valeurs_reconduites=carried_forward("bareme_hors_classe", rentree_day(year)),
        a_verifier=bool(doubts),
        motifs_a_verifier=tuple(doubts),
        sources=of_sources(_sources(case)),
    )


def _condition(case: _Case) -> str:
    corps, year = case.question.corps, case.question.campagne
    if case.target == SPECIAL:
        return special_condition_text(year)
    return campaign_condition(corps, case.target, year)


def _verdict(case: _Case, condition: str) -> tuple[bool | None, str]:
    """Return promouvable or not (None: a fact misses), and why."""
    year = case.question.campagne
    place = at_echelon(str(CELLS.echelon[case.cell]), str(CELLS.chevron[case.cell]) or None)
    situation = (
        f"{duration_text(case.days)} {place} de la "
        f"{grade_label(str(CELLS.grade[case.cell]))} au 31 août {year}"
    )
    if case.away is not None:
        return False, case.away
    applied = case.question.candidature_deposee
    if case.first_vivier and not case.second_vivier and _must_apply(case) and not applied:
        if applied is None:
            return None, (
                "Les conditions du vivier 1 sont remplies ; la candidature y était obligatoire : "
                "candidature_deposee n’est pas renseignée."
            )
        return False, "Le vivier 1 demandait une candidature, qui n’a pas été déposée."
    if case.unknown:
        return None, f"annees_fonctions n’est pas renseigné : {condition}. Situation : {situation}."
    if case.open:
        return True, f"Les conditions sont remplies : {condition}. Situation : {situation}."
    if case.target not in (SPECIAL, str(next_grade(np.array([case.cell]))[0])):
        return False, f"La {grade_label(case.target)} suppose d’abord la hors classe : {condition}."
    return False, f"Les conditions ne sont pas remplies : {condition}. Situation : {situation}."


def _pool(case: _Case) -> str | None:
    names = [
        name for name, inside in (("1", case.first_vivier), ("2", case.second_vivier)) if inside
    ]
    return " et ".join(names) or None


def _must_apply(case: _Case) -> bool:
    return "obligatoire" in application_text(case.question.corps, case.question.campagne)


def _application(case: _Case) -> str:
    if case.target == CLASSE_EXCEPTIONNELLE:
        return application_text(case.question.corps, case.question.campagne)
    return "aucun acte de candidature n’est requis"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _doubts(case: _Case) -> tuple[str, ...]:
    reasons = [
        f"condition : {DOUBT[source.confidence]} ({source.text})"
        for source in _sources(case)
        if to_verify(source.confidence)
    ]
    if case.doubtful:
        reasons.append("les sources divergent sur l’échelon du vivier 2")
    if case.supposed:
        reasons.append(case.supposed)
    return tuple(dict.fromkeys(reasons))


def _remarks(case: _Case) -> list[str]:
    year = case.question.campagne
    remarks = ["L’administration décide ; remplir les conditions n’est pas être promu."]
    if case.target == CLASSE_EXCEPTIONNELLE and not with_viviers(year):
        remarks.append("Pas de barème : des avis, puis un ordre de départage.")
    if case.target == HORS_CLASSE:
        remarks.append("Le barème est indicatif.")
    if any("parental" in period.position.casefold() for period in case.question.periodes):
        remarks.append(
            "Le congé parental compte (CGFP, art. L515-9) ; une source de 2024 l’excluait de la "
            "liste des promouvables."
        )
    return remarks


def _sources(case: _Case) -> tuple[Source, ...]:
    corps, year = case.question.corps, case.question.campagne
    if case.target == SPECIAL:
        return (special_source(year),)
    return campaign_sources(corps, case.target, year)


SUBJECT = Subject(
    name="promotion",
    title="Promouvable ou non à un grade : condition, décideur, ratio, classement.",
    question=PromotionQuestion,
    answer=PromotionAnswer,
    one=answer,
    many=answers,
)
