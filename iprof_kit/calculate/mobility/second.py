"""The inter-academic movement of the second degree, asked and answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from iprof_kit.base.errors import InputError, PeriodNotCovered
from iprof_kit.base.sources import to_verify
from iprof_kit.calculate.interface.forms import law_of
from iprof_kit.calculate.mobility.added_bars import by_place
from iprof_kit.calculate.mobility.answer import (
    Barre,
    Extension,
    MobilityAnswer,
    VoeuNote,
    barre,
    calendar,
    doubt,
    lines,
    references,
    wish,
    words,
)
from iprof_kit.calculate.mobility.second_question import SecondDegre
from iprof_kit.calculate.mobility.why import explain_wishes
from iprof_kit.law.mobility.bars import Added, compare, last_bar, limits
from iprof_kit.law.mobility.criteria import academie
from iprof_kit.law.mobility.score import WishScore
from iprof_kit.law.mobility.second.extension import extension
from iprof_kit.law.mobility.second.person import Person2D
from iprof_kit.law.mobility.second.score import movement_rules, score_wishes, tie_break
from iprof_kit.law.tables.rules import RULES

if TYPE_CHECKING:
    from iprof_kit.calculate.mobility.question import MobilityQuestion

DECIDES = (
    "L’administration décide : le rectorat vérifie votre barème, le mouvement interacadémique est "
    "prononcé au niveau national, puis le recteur vous affecte (phase intra-académique)."
)
NO_TIE_BREAK = "Le départage à barème égal n’a pas été trouvé pour cette campagne."
NOT_CONCERNED = (
    "Extension : elle ne concerne que les personnes qui doivent être affectées ; sans vœu "
    "satisfait, un titulaire garde son poste."
)


def answer_second(question: MobilityQuestion) -> MobilityAnswer:
    """Answer a question about the inter-academic movement.

    Raises
    ------
    KitError
        As `score_wishes`.
    """
    asked, campagne = question.second_degre, question.campagne
    if asked is None:
        raise InputError(
            "la situation manque.", where="second_degre", remedy="Donnez-la pour ce degré."
        )
    person = person_of(asked)
    scores = score_wishes(person, question.voeux, campagne)
    places = [person.academie, person.academie_stage, *(score.voeu for score in scores)]
    dates, no_dates = calendar(
        "2d", campagne, tuple(_label(name) for name in places if name), question.aujourdhui
    )
    why = doubt(scores)
    added = by_place("2d", question.barres)
    notes = tuple(noted(score, asked.discipline, question.annee_barre, added) for score in scores)
    return MobilityAnswer(
        degre="2d",
        campagne=campagne,
        voeux=explain_wishes(
            notes,
            question.raisons,
            lambda rank: score_wishes(person, question.voeux, campagne, only=rank)[0],
        ),
        limites=tuple(words(text) for text in limits("2d", added)),
        regles=tuple(map(_sentence, movement_rules(campagne))),
        departage=_ties(campagne),
        extension=_extension(person, question.voeux, scores, campagne),
        calendrier=dates,
        phrase_calendrier=no_dates,
        decide_par=words(DECIDES),
        sources=references(scores),
        a_verifier=bool(why),
        motif_a_verifier=why,
    )


def person_of(asked: SecondDegre) -> Person2D:
    """Return the person that a question describes.

    Raises
    ------
    InputError
        Facts that contradict each other, or an unknown academy or department.
    """
    return law_of(Person2D, asked)


def noted(score: WishScore, discipline: str, annee: int | None, added: Added) -> VoeuNote:
    """Return a score as it is answered, beside the bar of the wish."""
    return wish(score, score.voeu, _bars(score, discipline, annee, added))


def _bars(score: WishScore, discipline: str, annee: int | None, added: Added) -> tuple[Barre, ...]:
    """Compare a wish with its entry bar; there is no exit bar in the second degree."""
    code = str(academie(score.voeu).values["code_academie"])
    bar = last_bar("2d", "entree", academie=code, discipline=discipline, annee=annee, added=added)
    comparison = compare(score.total, bar, _place(score.voeu, discipline), complete=score.complet)
    return (barre(comparison, "entree", score.voeu),)


def _place(label: str, discipline: str) -> str:
    return f"l’académie de {label}" + (f" en {discipline}" if discipline else "")


def _label(name: str) -> str:
    return str(academie(name).values["libelle_academie"])


def _sentence(text: str) -> str:
    return words(f"{text[:1].upper()}{text[1:]}.")


def _ties(campagne: int) -> str:
    try:
        return _sentence(tie_break(campagne))
    except PeriodNotCovered:
        return words(NO_TIE_BREAK)


def _extension(
    person: Person2D, wishes: Sequence[str], scores: Sequence[WishScore], campagne: int
) -> Extension:
    try:
        extended = extension(person, wishes, scores, campagne)
    except PeriodNotCovered as error:
        return Extension(phrase=words(error.message), complet=False)
    if not extended.concerne:
        return Extension(phrase=words(NOT_CONCERNED))
    doubt_text = ", à vérifier" if to_verify(extended.confidence) else ""
    return Extension(
        phrase=words(f"Extension ({extended.source}{doubt_text}) : {extended.regle}."),
        source=words(extended.source),
        resume=RULES["inter_2d_extension"][-1].sentence,
        ordre=words(extended.ordre),
        points=extended.points,
        complet=extended.complet,
        voeu=extended.voeu,
        lignes=lines(extended.lignes),
        non_dit=tuple(map(words, extended.non_dit)),
        academie_depart=extended.depart,
        academies=extended.academies,
        par_voeu=extended.par_voeu,
    )
