"""How many bonifications or promotions lists allow, and what is carried to the next year."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from iprof_kit.base.explanation import Trace, explain
from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.fields import Effectif, Part, Phrase, Pourcent, unit
from iprof_kit.calculate.interface.subject import Answer, Subject
from iprof_kit.calculate.interface.why import doubts, texts_of
from iprof_kit.law.career.bonifications import (
    PERCENT,
    bonification_quota,
    bonification_share,
    two_years_ceiling,
)
from iprof_kit.law.promotion.contingent import TEN_THOUSAND, promotion_contingent

_BONIFICATION = "bonification"


class Liste(Plain):
    """One list: how many people are on it, and what the year before left."""

    nom: Phrase = Field(description="Par exemple : Bas-Rhin, 6e échelon.")
    effectif: Effectif = Field(description="Personnes inscrites.")
    report: float = Field(
        default=0,
        ge=0,
        lt=1,
        description="Décimale reportée de l’année précédente.",
        json_schema_extra=unit("agents"),
    )


class AnneePrecedente(Plain):
    """The year before, all lists together: for the ceiling over two years."""

    effectif: Effectif = Field(description="Personnes qui étaient sur les listes.")
    accordees: Effectif = Field(description="Bonifications accordées.")


class QuotaQuestion(Plain):
    """Lists of one campaign; for promotions, the ratio is given (see the subject promotion)."""

    nature: Literal["bonification", "promotion"] = Field(
        default="bonification",
        description="bonification : 6e et 8e échelons ; promotion : hors classe, classe "
        "exceptionnelle.",
    )
    listes: tuple[Liste, ...] = Field(
        min_length=1, description="Listes de promouvables à la bonification."
    )
    taux_pour_cent: Part | None = Field(
        default=None,
        gt=0,
        description="Ratio promus/promouvables de l’arrêté, deux décimales au plus ; attendu pour "
        "une promotion, refusé pour une bonification.",
    )
    annee_precedente: AnneePrecedente | None = Field(
        default=None, description="Ce que l’année précédente a accordé ; absent : inconnu."
    )

    @model_validator(mode="after")
    def _one_rate(self) -> QuotaQuestion:
        if (self.nature == _BONIFICATION) == (self.taux_pour_cent is not None):
            raise ValueError("taux_pour_cent est attendu pour nature = promotion, et là seulement")
        if self.annee_precedente is not None and self.nature != _BONIFICATION:
            raise ValueError("annee_precedente ne concerne que nature = bonification")
        return self


class ListeAccordee(Plain):
    """What one list allows."""

    nom: Phrase = Field(description="Nom de la liste.")
    effectif: int = Field(json_schema_extra=unit("agents"), description="Personnes de la liste.")
    accordees: int = Field(
        json_schema_extra=unit("agents"), description="Bonifications que la liste peut accorder."
    )
    report: float = Field(
        description="Décimale reportée sur l’année suivante.", json_schema_extra=unit("agents")
    )


class QuotaAnswer(Answer):
    """What each list allows."""

    taux_pour_cent: Pourcent = Field(
        description="Part des personnes des listes qui peut avoir la bonification."
    )
    listes: tuple[ListeAccordee, ...] = Field(description="Ce que chaque liste peut accorder.")
    plafond_deux_ans: int | None = Field(
        default=None,
        json_schema_extra=unit("agents"),
        description="Bonifications que cette année et la précédente, cumulées, permettraient.",
    )
    plafond_depasse: bool | None = Field(
        default=None,
        description="Vrai si l’année précédente a accordé plus que permis ; absent : inconnu.",
    )
    phrase: Phrase = Field(description="La réponse, en une phrase.")
    a_verifier: bool = Field(
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier."
    )
    motifs: tuple[Phrase, ...] = Field(
        default=(), description="Pourquoi c’est à vérifier, une phrase par raison."
    )
    sources: tuple[Reference, ...] = Field(
        default=(), description="Textes sur lesquels le résultat repose."
    )


def answer(question: QuotaQuestion) -> QuotaAnswer:
    """Return what the lists of one campaign allow.

    Raises
    ------
    LawError
        The tables do not answer.
    """
    return answers((question,))[0]


def answers(questions: Sequence[QuotaQuestion]) -> list[QuotaAnswer]:
    """Return what the lists of many campaigns allow, all lists in one column."""
    bonus = [question for question in questions if question.nature == _BONIFICATION]
    lists = [one for question in bonus for one in question.listes]
    listed = np.array([one.effectif for one in lists], np.int64)
    carried = np.array([_units(one.report, PERCENT) for one in lists], np.int64)
    with explain() as of_lists:
        granted, left = bonification_quota(listed, carried)
    rows = iter(zip(granted.tolist(), (left / PERCENT).tolist(), strict=True))
    return [
        _answer(question, [next(rows) for _ in question.listes], of_lists)
        if question.nature == _BONIFICATION
        else _promotions(question)
        for question in questions
    ]


def _promotions(question: QuotaQuestion) -> QuotaAnswer:
    share = _units(question.taux_pour_cent or 0, PERCENT)
    with explain() as trace:
        promoted = [
            promotion_contingent(one.effectif, share, _units(one.report, TEN_THOUSAND))
            for one in question.listes
        ]
    return _answer(question, [(many, left / TEN_THOUSAND) for many, left in promoted], trace)


def _units(number: float, parts: int) -> int:
    """Return a decimal number as a whole number of small parts, without binary error."""
    return int(Decimal(str(number)) * parts)


def _answer(question: QuotaQuestion, allowed: list[tuple[int, float]], trace: Trace) -> QuotaAnswer:
    lists = tuple(
        ListeAccordee(nom=one.nom, effectif=one.effectif, accordees=number, report=left)
        for one, (number, left) in zip(question.listes, allowed, strict=True)
    )
    total = sum(one.accordees for one in lists)
    before = question.annee_precedente
    ceiling = None
    if before is not None:
        with explain() as of_both:
            ceiling = two_years_ceiling(before.effectif + sum(one.effectif for one in lists))
        trace = Trace([*trace.steps, *of_both.steps])
    reasons = doubts(trace)
    over = None if before is None or ceiling is None else total + before.accordees > ceiling
    return QuotaAnswer(
        taux_pour_cent=question.taux_pour_cent or bonification_share(),
        listes=lists,
        plafond_deux_ans=ceiling,
        plafond_depasse=over,
        phrase=(
            f"Les listes permettent {total} décisions au plus : partie entière du taux, décimale "
            "reportée. L’autorité compétente décide qui en bénéficie."
        ),
        a_verifier=bool(reasons),
        motifs=reasons,
        sources=texts_of(trace),
    )


SUBJECT = Subject(
    name="quota",
    title="Compte les bonifications ou les promotions que des listes permettent.",
    question=QuotaQuestion,
    answer=QuotaAnswer,
    one=answer,
    many=answers,
)
