"""« Pourquoi cette réponse ? » of a tableau: the place held on its 31 August, its condition."""

from __future__ import annotations

import numpy as np

from iprof_kit.base.calendar import date_text, duration_text, rentree_day
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.explanation import datum, record, unexplained
from iprof_kit.base.words import grade_label, position_label
from iprof_kit.calculate.career.positions import closed_by_position
from iprof_kit.calculate.interface.aside import decider
from iprof_kit.calculate.interface.explained import Explanation, Line
from iprof_kit.calculate.interface.why import explain_or_refusal, refuse_another
from iprof_kit.calculate.promotion.calculation import SPECIAL, answer
from iprof_kit.calculate.promotion.question import PromotionAnswer, PromotionQuestion
from iprof_kit.calculate.promotion.situation import on_the_eve
from iprof_kit.law.promotion.conditions import (
    HORS_CLASSE,
    classe_exceptionnelle_open,
    hors_classe_open,
)
from iprof_kit.law.promotion.echelon_special import echelon_special_open

_RULES = {HORS_CLASSE: "hors_classe_open", SPECIAL: "echelon_special_open"}
_OTHER = "classe_exceptionnelle_open"


def verdict_words(answered: PromotionAnswer) -> str:
    """Return the answer in a few words: « promouvable », « à partir de 2029 »."""
    later = answered.premiere_campagne
    if answered.promouvable is False and later and later > answered.campagne:
        return f"à partir de {later}"
    return {True: "promouvable", False: "pas promouvable", None: "à vérifier"}[answered.promouvable]


def explain_promotion(question: PromotionQuestion) -> Explanation:
    """Explain whether a campaign is open to a person, and the first one that is.

    Examples
    --------
    >>> asked = PromotionQuestion(corps="pe", grade="classe_normale", echelon="9", campagne=2027,
    ...     anciennete_jours=800)
    >>> explain_promotion(asked).lignes[-1].valeur
    'promouvable'
    """
    asked = "Pourquoi cette réponse ?"

    def again() -> PromotionAnswer:
        try:
            with unexplained():
                answered = answer(question)
        except InputError as error:
            raise LawError(error.message) from error
        _tell_file(question)
        met = _met(question, answered)
        later = answered.premiere_campagne
        if later and later > answered.campagne:
            refuse_another(_met(question.model_copy(update={"campagne": later}), answered), True)
        decider(question.corps, rentree_day(question.campagne))
        if answered.promouvable is not None:
            refuse_another(met, answered.promouvable)
        return answered

    def last(answered: PromotionAnswer) -> Line:
        return Line(libelle=f"Campagne {answered.campagne}", valeur=verdict_words(answered))

    return explain_or_refusal(asked, again, last)


def explain_other_grade(grade: str, examined: tuple[str, ...], target: str) -> Explanation:
    """Explain that a tableau does not examine the grade held on its 31 August.

    Parameters
    ----------
    grade : str
        The one held.
    examined : tuple of str
        Those that the tableau examines.
    target : str
        The grade to which it leads.
    """
    asked = "Pourquoi cette réponse ?"

    def again() -> None:
        datum("Grade détenu au 31 août", grade_label(grade))
        words = " ou ".join(map(grade_label, examined))
        rule = _RULES.get(target, _OTHER)
        record(rule=rule, source="", kind="refus", words=(("Grade examiné", words),))

    def last(nothing: None) -> Line:
        del nothing
        return Line(libelle="Ce tableau", valeur="autre grade")

    return explain_or_refusal(asked, again, last)


def _tell_file(question: PromotionQuestion) -> None:
    place = position_label(question.grade, question.echelon, question.chevron)
    datum("Échelon du dossier", place)
    if question.date_effet:
        datum("Depuis le", date_text(question.date_effet))
    if question.reliquat_jours:
        datum("Avec une ancienneté conservée de", duration_text(question.reliquat_jours))


def _met(question: PromotionQuestion, answered: PromotionAnswer) -> bool:
    """Apply again the condition of a campaign, on its 31 August; a leave may close it."""
    year, target = question.campagne, answered.grade_cible
    with unexplained():
        cell, days, (positions,) = on_the_eve((question,))
        away = closed_by_position(positions, year)
    rule = _RULES.get(target, _OTHER)
    try:
        if target == SPECIAL:
            opened = echelon_special_open(cell, days, year)
        elif target == HORS_CLASSE:
            opened = hors_classe_open(cell, days, year)
        else:
            served = question.annees_fonctions
            years = None if served is None else np.array([float(served)])
            opened = classe_exceptionnelle_open(cell, days, year, years)
    except LawError:  # the trace holds the refusal
        return False
    if away:
        record(rule=rule, source="", kind="refus", words=((f"Position au 31 août {year}", away),))
    return bool(opened[0]) and not away
