"""Why a path is open or not: its answer calculated again, each condition as it was judged."""

from __future__ import annotations

from collections.abc import Callable

from iprof_kit.base.calendar import date_text
from iprof_kit.base.explanation import Parameter, datum, hypothesis, record
from iprof_kit.base.sources import Source
from iprof_kit.calculate.interface.explained import Explanation, Line
from iprof_kit.calculate.interface.official_texts import plainly
from iprof_kit.calculate.interface.why import explain_or_refusal, refuse_another
from iprof_kit.calculate.paths.question import PathAnswer, PathCondition
from iprof_kit.calculate.paths.words import COMPETING, NOT_SAID
from iprof_kit.law.paths.families import FAMILIES
from iprof_kit.law.paths.opening import CLOSED, DEPENDS, LATER, OPEN


def explain_path(path: PathAnswer, again: Callable[[], PathAnswer], papers: Source) -> Explanation:
    """Return why a path is open or not; an answer that is not got again refuses the reason.

    Parameters
    ----------
    again : callable
        Calculates it again.
    papers : Source
        Those of its own row, where some of its conditions find their length.
    """
    question = f"Pourquoi ? {path.libelle}"
    return explain_or_refusal(question, lambda: _told(path, again, papers), _state)


def _told(path: PathAnswer, again: Callable[[], PathAnswer], papers: Source) -> PathAnswer:
    """Calculate a path again, and tell each of its conditions as it was judged."""
    answer, rule = again(), FAMILIES[path.famille].rule
    refuse_another(answer, path)
    row = Parameter(
        path.code,
        path.libelle,
        papers.text,
        papers.since,
        papers.until,
        papers.confidence,
        words=("", ""),
    )
    record(rule=rule, source=papers.text, parameters=(row,))
    for condition in answer.conditions:
        _tell(condition, rule)
    if answer.etat == CLOSED and all(one.remplie is not False for one in answer.conditions):
        record(rule=rule, source="", kind="refus", words=(("Parcours", plainly(answer.phrase)),))
    return answer


def _state(path: PathAnswer) -> Line:
    return Line(libelle="Donc", valeur=when_words(path))


def when_words(path: PathAnswer) -> str:
    """Return « Ouvert depuis le 1er septembre 2020, session 2027 », as the path is answered."""
    session = f", session {path.session}" if path.session else ""
    until = f", jusqu’au {date_text(path.jusqu_au)}" if path.jusqu_au else ""
    if path.etat == OPEN:
        since = f" depuis le {date_text(path.depuis)}" if path.depuis else ""
        # of a competition, conditions open nothing: its window does, which says the rest
        word = "Conditions remplies" if path.famille in COMPETING else "Ouvert"
        return f"{word}{since}{session}{until}"
    if path.etat == LATER and path.a_partir_du:
        return f"À partir du {date_text(path.a_partir_du)}{session}"
    if path.etat == DEPENDS:
        early = f", au plus tôt le {date_text(path.a_partir_du)}" if path.a_partir_du else ""
        return f"Dépend de vos réponses{early}{session}"
    return "Fermé dans la situation déclarée"


def _tell(condition: PathCondition, rule: str) -> None:
    """Record what a condition asks for, what the person has, and what the rule answered."""
    plain = plainly(condition.condition)
    name = plain[:1].upper() + plain[1:]
    asked = Parameter(
        name,
        condition.il_faut,
        condition.source.texte,
        condition.source.valide_du,
        condition.source.valide_au,
        condition.source.confiance,
        words=(f"{name}, exigé", plainly(f"{condition.il_faut} {condition.au}".strip())),
    )
    if condition.il_faut:
        record(rule=rule, source=condition.source.texte, parameters=(asked,))
    if condition.a and condition.a != NOT_SAID:
        datum(f"{name}, déclaré", condition.a)
    if condition.remplie is None:
        hypothesis(name, "à préciser par vous", doubtful=False)
    elif condition.remplie:
        since = f", le {date_text(condition.remplie_le)}" if condition.remplie_le else ""
        words = ((name, f"condition remplie{since}"),)
        record(rule=rule, source=condition.source.texte, words=words)
    else:
        later = f", le sera le {date_text(condition.remplie_le)}" if condition.remplie_le else ""
        words = ((name, f"condition non remplie{later}"),)
        record(rule=rule, source=condition.source.texte, kind="refus", words=words)
