"""Months of bonification earned: by ASA, and at the head of a school; what is left of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

import numpy as np
from pydantic import Field, model_validator

from iprof_kit.base.calendar import Axis, axis_of, date_of, school_year_text
from iprof_kit.base.errors import InputError
from iprof_kit.base.explanation import explain, hypothesis, unexplained
from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.bounds import refuse_reversed, within
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.fields import AnneeCivile, Annees, DureeMois, Jour, Mois, Phrase
from iprof_kit.calculate.interface.situation import Periode
from iprof_kit.calculate.interface.subject import Answer, Subject
from iprof_kit.calculate.interface.why import doubts, texts_of
from iprof_kit.law.career.bonifications import (
    asa_civil_years,
    asa_months,
    asa_years,
    direction_day,
    direction_months,
)
from iprof_kit.law.career.positions import interrupts_asa, position_code

_A_DAY = timedelta(days=1)
Span = tuple[int, int]
"""First day and day after the last, on the axis."""


class PosteAsa(Plain):
    """A post that gives the avantage spécifique d’ancienneté."""

    debut: Jour = Field(description="Premier jour.")
    fin: Jour | None = Field(default=None, description="Dernier jour ; absent : encore tenu.")
    part_service: Annotated[int, within("quotite")] = Field(
        default=100, description="Part du service faite dans le poste."
    )

    @model_validator(mode="after")
    def _in_order(self) -> PosteAsa:
        refuse_reversed(self.debut, self.fin)
        return self


class BonificationQuestion(Plain):
    """One person: her posts with ASA, her years at the head of a school, the months used."""

    aujourdhui: Jour = Field(description="Le jour de la question.")
    postes_asa: tuple[PosteAsa, ...] = Field(
        default=(), description="Postes qui ouvrent l’avantage spécifique d’ancienneté."
    )
    periodes: tuple[Periode, ...] = Field(
        default=(), description="Positions de la carrière : certaines remettent l’ASA à zéro."
    )
    annees_direction: tuple[AnneeCivile, ...] = Field(
        default=(),
        description="Années scolaires complètes de direction d’école, par l’année de leur rentrée "
        "(2023 pour 2023-2024).",
    )
    mois_utilises: DureeMois = Field(
        default=0, description="Mois déjà utilisés à un changement d’échelon."
    )


class BonificationAnswer(Answer):
    """The months earned, by origin, and those that are left for the next échelon."""

    annees_asa: Annees = Field(description="Années de service continu d’ASA, de date à date.")
    mois_asa: Mois = Field(description="Mois de ces années, selon le texte.")
    mois_asa_annees_civiles: Mois = Field(
        description="Mois que donne l’autre lecture, en années civiles pleines."
    )
    annees_direction: Annees = Field(description="Années de direction déjà attribuées.")
    mois_direction: Mois = Field(description="Mois acquis par la direction d’école.")
    direction_a_venir: date | None = Field(
        default=None, description="Jour où les mois de la dernière année donnée seront attribués."
    )
    mois_acquis: Mois = Field(description="Mois acquis en tout.")
    mois_restants: Mois = Field(description="Mois acquis, moins ceux déjà utilisés.")
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


def answer(question: BonificationQuestion) -> BonificationAnswer:
    """Count the months of bonification that a person has earned on a day.

    Raises
    ------
    InputError
        A year of direction given twice or that does not count, more months used than earned.
    """
    today = axis_of(question.aujourdhui)
    stretches = _stretches(question, today)
    with unexplained():
        civil = int(asa_months(asa_civil_years(*stretches)).sum())
    with explain() as trace:
        _supposed(question)
        years = asa_years(*stretches)
        asa = int(asa_months(years).sum())
        given, coming = _direction(question.annees_direction, today)
        direction = int(direction_months([given])[0])
    earned = asa + direction
    if question.mois_utilises > earned:
        raise InputError(
            f"{question.mois_utilises} mois utilisés, mais {earned} acquis.",
            where="mois_utilises",
            remedy="Vérifiez les postes, les années de direction et les mois déjà utilisés.",
        )
    reasons = (*doubts(trace), *_untold(question), *_two_readings(asa, civil))
    return BonificationAnswer(
        annees_asa=int(years.sum()),
        mois_asa=asa,
        mois_asa_annees_civiles=civil,
        annees_direction=given,
        mois_direction=direction,
        direction_a_venir=coming,
        mois_acquis=earned,
        mois_restants=earned - question.mois_utilises,
        phrase=_phrase(earned, earned - question.mois_utilises),
        a_verifier=bool(reasons),
        motifs=reasons,
        sources=texts_of(trace),
    )


def _untold(question: BonificationQuestion) -> tuple[str, ...]:
    """Return what is supposed of each position of which no text read says what it does to ASA."""
    return tuple(
        f"{one.position} : supposée ne pas interrompre l’ASA, faute de source"
        for one in (question.periodes if question.postes_asa else ())
        if interrupts_asa(position_code(one.position, one.motif)) is None
    )


def _two_readings(asa: int, civil: int) -> tuple[str, ...]:
    """Return why the months must be verified, where both readings of the text differ."""
    if asa == civil:
        return ()
    return (
        (
            f"ASA comptée de date à date, {asa} mois : une autre lecture, en années civiles "
            f"pleines, en donne {civil}"
        ),
    )


def _supposed(question: BonificationQuestion) -> None:
    for supposed in _untold(question):
        hypothesis("Position", supposed)


def _stretches(question: BonificationQuestion, today: int) -> tuple[Axis, Axis, Axis, Axis]:
    """Return each uninterrupted stretch of ASA: begin, end, part of service, last restart."""
    breaks = [
        (axis_of(period.debut), _end(period.fin, today))
        for period in question.periodes
        if interrupts_asa(position_code(period.position, period.motif))
    ]
    stretches = [
        (begin, end, post.part_service)
        for post in _joined(question.postes_asa, today)
        for begin, end in _between(breaks, (axis_of(post.debut), _end(post.fin, today)))
    ]
    if not stretches:
        stretches = [(today, today, 0)]
    begin, end, share = (np.array(column, np.int64) for column in zip(*stretches, strict=True))
    return begin, np.minimum(end, today), share, begin


def _joined(posts: Sequence[PosteAsa], today: int) -> list[PosteAsa]:
    """Join the posts that follow each other without a day between, of the same part of service."""
    joined: list[PosteAsa] = []
    for post in sorted(posts, key=lambda one: one.debut):
        last = joined[-1] if joined else None
        follows = last is not None and axis_of(post.debut) <= _end(last.fin, today)
        if last is not None and follows and last.part_service == post.part_service:
            joined[-1] = last.model_copy(update={"fin": post.fin})
        else:
            joined.append(post)
    return joined


def _between(breaks: Sequence[Span], stay: Span) -> list[Span]:
    """Cut a stay where something interrupts it."""
    pieces = [stay]
    for begin, end in breaks:
        pieces = [
            piece
            for first, last in pieces
            for piece in ((first, min(last, begin)), (max(first, end), last))
            if piece[0] < piece[1]
        ]
    return pieces


def _end(last: date | None, today: int) -> int:
    return today if last is None else axis_of(last + _A_DAY)


def _direction(years: Sequence[int], today: int) -> tuple[int, date | None]:
    """Return how many years have given their months by today, and when the last one will."""
    for year in years:
        if years.count(year) > 1:
            raise InputError(
                f"l’année {school_year_text(year)} est donnée plusieurs fois.",
                where="annees_direction",
                remedy="Chaque année scolaire se compte une fois.",
            )
    days = [direction_day(year) for year in years]
    coming = [day for day in days if day > today]
    return len(days) - len(coming), date_of(max(coming)) if coming else None


def _phrase(earned: int, left: int) -> str:
    return (
        f"{earned} mois de bonification acquis, {left} à utiliser : ils avancent la date d’effet "
        "du prochain échelon, jamais celle d’un chevron ni d’un grade. L’administration les "
        "attribue."
    )


SUBJECT = Subject(
    name="bonification",
    title="Compte les mois de bonification acquis par l’ASA et la direction d’école.",
    question=BonificationQuestion,
    answer=BonificationAnswer,
    one=answer,
)
