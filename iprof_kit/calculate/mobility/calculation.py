"""Mobility as a subject of calculation: each wish's score, bars, dates, who decides."""

from __future__ import annotations

from dataclasses import replace

from iprof_kit.base.errors import LawError
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.calculate.mobility.answer import Local, MobilityAnswer, wish, words
from iprof_kit.calculate.mobility.first import answer_first
from iprof_kit.calculate.mobility.question import MobilityQuestion, MouvementLocal
from iprof_kit.calculate.mobility.second import answer_second
from iprof_kit.law.mobility.calendar import Degree
from iprof_kit.law.mobility.local import local_rules, local_score


def answer(question: MobilityQuestion) -> MobilityAnswer:
    """Answer a question about mobility.

    Raises
    ------
    KitError
        Unknown place, wish that cannot be asked, campaign not covered; the message says which.
    """
    national = answer_first(question) if question.degre == "1d" else answer_second(question)
    if question.local is None:
        return national
    local = _local(question.degre, question.campagne, question.local)
    return national.model_copy(update={"local": local})


def _local(degre: Degree, campagne: int, asked: MouvementLocal) -> Local:
    """Answer about a local movement; without a described file it is said not covered."""
    try:
        rules = local_rules(degre, asked.territoire, campagne)
    except LawError as error:
        return Local(phrase=words(f"{error.message} {error.remedy}"))
    score = replace(local_score(rules, asked.criteres), voeu=asked.territoire)
    return Local(
        phrase=words(f"Règles locales : {rules.source}."),
        bareme=wish(score, asked.territoire),
        departage=tuple(map(words, rules.departage)),
    )


SUBJECT = Subject(
    name="mobility",
    title="Calcule le barème de chaque vœu de mutation, campagne par campagne.",
    question=MobilityQuestion,
    answer=MobilityAnswer,
    one=answer,
)
