"""« Pourquoi ces dates ? » of a step of a campaign: what was published, moved, or only usual."""

from __future__ import annotations

from collections.abc import Callable

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import LawError
from iprof_kit.base.explanation import datum, hypothesis
from iprof_kit.base.words import NBSP
from iprof_kit.calculate.campaigns.calculation import incident_of, known_to, step_view
from iprof_kit.calculate.campaigns.question import CampagnesQuestion, EtapeVue
from iprof_kit.calculate.interface.explained import Explanation, Line
from iprof_kit.calculate.interface.why import refuse_another, why_or_refusal
from iprof_kit.law.campaigns.moments import concerning, moved
from iprof_kit.law.campaigns.places import places_of
from iprof_kit.law.campaigns.whole import published, usual_weeks


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
    asked = f"Pourquoi ces dates{NBSP}? {step.titre}"

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

    return why_or_refusal(asked, again, last)


def _tell_moved(step: EtapeVue) -> None:
    if step.deplacee and step.deplacee_le:
        noted = date_text(paris(step.deplacee_le).date())
        datum("Échéance déplacée", f"{step.deplacee}, noté le {noted}")
