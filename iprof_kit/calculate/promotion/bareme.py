"""The bareme of a promotion line by line, or the opinions where there is none, and the ranking."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from iprof_kit.base.calendar import YEAR, rentree, rentree_day
from iprof_kit.base.errors import InputError, KitError, LawError
from iprof_kit.base.sources import to_verify, worst
from iprof_kit.base.words import appreciation_label, echelon_label, grade_label
from iprof_kit.calculate.interface.papers import DOUBT, citation, of_sources
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.calculate.promotion.question import (
    BaremeAnswer,
    BaremeQuestion,
    Critere,
    LigneBareme,
)
from iprof_kit.calculate.promotion.situation import on_the_eve
from iprof_kit.careers.criteria import Candidates, Numbers, criterion, criterion_text
from iprof_kit.law.promotion.bareme import (
    APPRECIATIONS,
    NOT_IN_RANGE,
    appreciation_codes,
    appreciation_fact,
    bareme_hors_classe,
    seniority_fact,
)
from iprof_kit.law.promotion.bareme_exceptionnelle import bareme_classe_exceptionnelle
from iprof_kit.law.promotion.rankings import CRITERIA, Procedure, ranking_procedure
from iprof_kit.law.promotion.rows import EXCEPTIONNELLE_ROWS, grade_before
from iprof_kit.law.promotion.viviers import with_viviers
from iprof_kit.law.tables.cells import CELLS
from iprof_kit.law.tables.facts import Fact
from iprof_kit.law.tables.loading import carried_forward

_HC = "hors_classe"
_AVIS = {"tres_favorable": "très favorable", "favorable": "favorable", "defavorable": "défavorable"}


def answer(question: BaremeQuestion) -> BaremeAnswer:
    """Return the points of a candidate, line by line, and the order of the ranking.

    Raises
    ------
    InputError
        What is wrong in the question, in which field.
    LawError
        No bareme for this corps and campaign.
    """
    return answers((question,))[0]


def answers(questions: Sequence[BaremeQuestion]) -> tuple[BaremeAnswer, ...]:
    """Answer several questions, the bareme applied to columns; see `answer`."""
    cell, days, _ = on_the_eve(questions)
    totals: list[int | None] = [None] * len(questions)
    groups: dict[tuple[str, int], list[int]] = {}
    for place, (question, position) in enumerate(zip(questions, cell, strict=True)):
        _check(question, str(CELLS.grade[position]))
        groups.setdefault((question.grade_cible, question.campagne), []).append(place)
    for (target, year), places in groups.items():
        if target == _HC or with_viviers(year):
            group = [questions[place] for place in places]
            points = _points(group, cell[places], days[places], target, year)
            for place, total in zip(places, points.tolist(), strict=True):
                totals[place] = total
    return tuple(
        _answer(question, int(position), int(length), total)
        for question, position, length, total in zip(questions, cell, days, totals, strict=True)
    )


def _check(question: BaremeQuestion, grade: str) -> None:
    before = grade_before(question.corps, question.grade_cible)
    if grade != before:
        raise InputError(
            f"la {grade_label(question.grade_cible)} suit « {grade_label(before)} », pas "
            f"« {grade_label(grade)} ».",
            where="grade_cible",
            remedy="Vérifiez le grade détenu et le grade demandé.",
        )
    if question.avis and (question.grade_cible == _HC or with_viviers(question.campagne)):
        raise InputError(
            "les avis remplacent le barème pour la classe exceptionnelle depuis 2024 seulement.",
            where="avis",
            remedy="Donnez l’appréciation.",
        )
    if not question.avis and not (question.grade_cible == _HC or with_viviers(question.campagne)):
        raise InputError(
            "depuis la campagne 2024 il n’y a pas de barème de la classe exceptionnelle : "
            "les avis manquent.",
            where="avis",
            remedy=f"Avis possibles : {', '.join(_AVIS)}.",
        )


def _points(
    questions: Sequence[BaremeQuestion], cell: Numbers, days: Numbers, target: str, year: int
) -> Numbers:
    given = appreciation_codes([question.appreciation or "" for question in questions])
    if target == _HC:
        points = bareme_hors_classe(given, cell, days, year)
        if (points == NOT_IN_RANGE).any():
            raise InputError(
                "la personne n’est pas dans la plage d’appel au 31 août de la campagne : "
                "le barème ne s’applique pas.",
                where="anciennete_jours",
                remedy="Le sujet « promotion » dit quand elle y entrerait.",
            )
        return points
    years = [question.annees_hors_classe for question in questions]
    if None in years:
        raise InputError(
            "les années révolues dans la hors classe manquent.",
            where="annees_hors_classe",
            remedy="Indiquez un nombre entier d’années au 31 août de la campagne.",
        )
    return bareme_classe_exceptionnelle(given, np.array(years, np.int64), cell, year)


def _answer(question: BaremeQuestion, cell: int, days: int, total: int | None) -> BaremeAnswer:
    year, target = question.campagne, question.grade_cible
    rows = _rows(question, cell, days, total)
    procedure, remark = _procedure(question)
    sources = [fact.papers for _, fact, _ in rows] or [_opinions(question).papers]
    if procedure is not None:
        sources.append(procedure.source)
    letters = [fact.confidence for _, fact, _ in rows]
    doubts = [f"barème : {DOUBT[letter]}" for letter in {worst(letters)} if to_verify(letter)]
    if procedure is not None and to_verify(procedure.source.confidence):
        doubts.append(f"départage : {DOUBT[procedure.source.confidence]}")
    return BaremeAnswer(
        campagne=year,
        grade_cible=target,
        lignes=tuple(
            LigneBareme(
                libelle=label,
                points=points,
                confiance=fact.confidence,
                source=citation(fact.papers.text),
            )
            for label, fact, points in rows
        ),
        total=total,
        avis=", ".join(_AVIS[name] for name in question.avis),
        procedure="" if procedure is None else procedure.authority,
        criteres=() if procedure is None else _criteria(question, cell, days, procedure),
        remarques=(*_remarks(question), *remark),
        valeurs_reconduites=carried_forward("bareme_hors_classe", rentree_day(year)),
        a_verifier=bool(doubts),
        motifs_a_verifier=tuple(doubts),
        sources=of_sources(tuple(dict.fromkeys(sources))),
    )


def _rows(
    question: BaremeQuestion, cell: int, days: int, total: int | None
) -> list[tuple[str, Fact, int]]:
    """Return the lines of the bareme: label, row of the table, points."""
    if total is None:
        return []
    corps, year, name = question.corps, question.campagne, question.appreciation or ""
    fact, points = appreciation_fact(question.grade_cible, corps, name, year)
    first = (f"Appréciation : {appreciation_label(name)}", fact, points)
    if question.grade_cible == _HC:
        row = seniority_fact(cell, days // YEAR, year)
        place = echelon_label(str(row.values["echelon"]))
        second = f"Plage d’appel : {place}, {days // YEAR} ans révolus"
    else:
        row = EXCEPTIONNELLE_ROWS.read(
            year, corps, "bareme_anciennete", "points_par_an_hors_classe"
        )
        second = f"Années dans la hors classe : {question.annees_hors_classe}"
    return [first, (second, row, total - points)]


def _opinions(question: BaremeQuestion) -> Fact:
    return EXCEPTIONNELLE_ROWS.read(question.campagne, question.corps, "avis", "niveaux")


def _procedure(question: BaremeQuestion) -> tuple[Procedure | None, tuple[str, ...]]:
    """Return the order of the ranking; a campaign without a national one says so."""
    try:
        procedure = ranking_procedure(
            question.corps, question.grade_cible, question.campagne, question.procedure
        )
    except LawError as error:
        return None, (f"{error.message} {error.remedy}",)
    return procedure, ()


def _criteria(
    question: BaremeQuestion, cell: int, days: int, procedure: Procedure
) -> tuple[Critere, ...]:
    people = Candidates(
        question.campagne,
        np.zeros(1, np.int64),
        np.array([cell]),
        np.array([days]),
        _columns(question),
    )
    return tuple(_criterion(name, people) for name in procedure.criteria)


def _criterion(name: str, people: Candidates) -> Critere:
    try:
        value = criterion_text(name, int(criterion(name, people)[0]))
    except KitError:  # a column that the question did not give
        value = None
    return Critere(nom=name, libelle=CRITERIA[name], valeur=value)


def _columns(question: BaremeQuestion) -> dict[str, Numbers]:
    """Return what was given, as the columns of a list of one person."""
    day = rentree(question.campagne)
    lengths = {
        "entree_corps": question.anciennete_corps_jours,
        "entree_grade": question.anciennete_grade_jours,
        "debut_services": question.anciennete_generale_jours,
        "naissance": question.age_jours,
    }
    columns = {name: day - length for name, length in lengths.items() if length is not None}
    if question.annees_hors_classe is not None:
        columns.setdefault("entree_grade", day - question.annees_hors_classe * YEAR)
    if question.femme is not None:
        columns["femme"] = int(question.femme)
    if question.appreciation is not None:
        columns["appreciation"] = APPRECIATIONS.index(question.appreciation)
    if question.avis:
        columns["avis_tres_favorables"] = question.avis.count("tres_favorable")
        columns["avis_defavorables"] = question.avis.count("defavorable")
    return {name: np.array([value], np.int64) for name, value in columns.items()}


def _remarks(question: BaremeQuestion) -> list[str]:
    remarks = ["Le rang dépend des autres promouvables et du contingent ; l’autorité décide."]
    if question.grade_cible == _HC:
        remarks.append("Le barème est indicatif ; une opposition motivée vaut pour une campagne.")
        remarks.append("L’appréciation est conservée jusqu’à la promotion.")
    elif question.avis:
        detail = str(_opinions(question).values["detail"])
        remarks.append(f"{detail[0].upper()}{detail[1:]}.")
    return remarks


SUBJECT = Subject(
    name="bareme",
    title="Barème de la hors classe ou avis de la classe exceptionnelle, et ordre du classement.",
    question=BaremeQuestion,
    answer=BaremeAnswer,
    one=answer,
    many=answers,
)
