"""« Pourquoi ces dates ? » of a step of a campaign: what was published, moved, or only usual."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import LawError
from iprof_kit.base.explanation import datum, hypothesis
from iprof_kit.calculate.campaigns.calculation import incident_of, known_to, step_view
from iprof_kit.calculate.campaigns.question import CampagnesQuestion, EtapeVue
from iprof_kit.calculate.interface.explained import Explanation, Line
from iprof_kit.calculate.interface.why import explain_or_refusal, refuse_another
from iprof_kit.law.campaigns.model import places_of
from iprof_kit.law.campaigns.moments import concerning, moved
from iprof_kit.law.campaigns.whole import published, usual_weeks
from iprof_kit.law.requests.delays import delay_of


def appeal_day(delay: str, result: date) -> date:
    """Return the last day of an appeal, by the delay in force on the day of the result.

    Parameters
    ----------
    delay : str
        Row of demandes_delais.csv.
    result : date
        Day on which the result was published.

    Examples
    --------
    Two months francs, then a Saturday (CE, 3 décembre 2018, n° 417292; 19 septembre 2014).

    >>> appeal_day("recours", date(2026, 6, 12))
    datetime.date(2026, 8, 13)
    """
    return delay_of(delay, result).last_day(result)


def explain_appeal(what: str, delay: str, result: date) -> Explanation:
    """Explain the last day of an appeal: the result noted, its delay, the day it is put off to."""

    def again() -> date:
        datum("Résultat publié le", date_text(result))
        return appeal_day(delay, result)

    def last(day: date) -> Line:
        return Line(libelle="Dernier jour", valeur=date_text(day))

    asked = f"Pourquoi ce jour ? {what}"
    return explain_or_refusal(asked, again, last)


def explain_dates(
    question: CampagnesQuestion, campaign: str, step: EtapeVue, words: Callable[[EtapeVue], str]
) -> Explanation:
    """Explain the dates of a step: the text that gives them, what moved them, or past years.

    Parameters
    ----------
    step : EtapeVue
        The step as it was answered.
    words : callable
        Writes the dates of a step as the screen does.
    """
    asked = f"Pourquoi ces dates ? {step.titre}"

    def again() -> EtapeVue:
        every = known_to(question)
        one = next((known for known in every if known.id == campaign), None)
        if one is None:
            raise LawError("cette campagne n’est plus connue de ce kit.")
        places = places_of(question.departement, question.academie)
        own = concerning(one, places)
        published(own, step.etape)
        at = question.instant
        own = moved(own, map(incident_of, question.incidents), at)
        answered = step_view(own, own.service.step(step.etape), at, every, places)
        refuse_another(answered, step)
        _tell_moved(answered)
        if answered.habitude is not None:
            usual_weeks(own, step.etape, every, places)
            where = "d’un autre territoire" if answered.habitude.ailleurs else "du même territoire"
            hypothesis("Semaines des campagnes passées", where, doubtful=False)
        return answered

    def last(answered: EtapeVue) -> Line:
        return Line(libelle="Dates", valeur=words(answered), a_verifier=answered.a_verifier)

    return explain_or_refusal(asked, again, last)


def _tell_moved(step: EtapeVue) -> None:
    if step.deplacee and step.deplacee_le:
        noted = date_text(paris(step.deplacee_le).date())
        datum("Échéance déplacée", f"{step.deplacee}, noté le {noted}")
