"""« Pourquoi ce jour ? » of a request: what opens a delay, the delay, the day it is put off to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from iprof_kit.base.calendar import date_text
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.explanation import datum, hypothesis, record, unexplained
from iprof_kit.calculate.interface.explained import Explanation, Line
from iprof_kit.calculate.interface.why import explain_or_refusal, refuse_another
from iprof_kit.calculate.paths.calculation import eligibility
from iprof_kit.calculate.paths.question import PathAnswer
from iprof_kit.calculate.requests.calculation import claimed_from, timed_of
from iprof_kit.calculate.requests.question import DemandeQuestion, EtapeDemande
from iprof_kit.law.requests.clock import Timed
from iprof_kit.law.requests.delays import delay_of, oldest_claim, open_from, refused_on
from iprof_kit.law.requests.files import request_of
from iprof_kit.law.requests.model import ANSWER, REFUSAL, SILENCE

_OLDEST = "plus_ancienne"
_SUPPOSED = {
    "rentree": "la prochaine rentrée",
    "ouverture_pension": "l’ouverture du droit à pension",
    "fin_position": "la fin de la position d’aujourd’hui",
    "recrutement": "le premier jour de services du dossier",
}
"""What a day that nobody noted stands for."""


def explain_step(question: DemandeQuestion, step: EtapeDemande) -> Explanation:
    """Explain the last day of one step, or the day on which a silence is worth an answer.

    Parameters
    ----------
    step : EtapeDemande
        The step as it was answered.

    Examples
    --------
    >>> from iprof_kit.calculate.requests.calculation import answer
    >>> asked = DemandeQuestion(demande="reclamation_paie", aujourdhui=date(2026, 3, 1),
    ...     dates={"demande": date(2026, 2, 23)})
    >>> silence = next(one for one in answer(asked).etapes if one.cle == "silence")
    >>> [line.valeur for line in explain_step(asked, silence).lignes][-1]
    '23 avril 2026'
    """
    day = "" if step.avant_le is None else f" le {date_text(step.avant_le)}"
    asked = f"Pourquoi{day} ?"

    def again() -> EtapeDemande:
        timed = _timed(question)
        refuse_another(_Chain(question, timed).tell(timed[step.cle]), step.avant_le)
        return step

    return explain_or_refusal(asked, again, _result)


def explain_path(question: DemandeQuestion, path: PathAnswer) -> Explanation | None:
    """Explain whether one of the ways to what is asked is open, None where it is not asked.

    Parameters
    ----------
    path : PathAnswer
        The path as it was answered, without its reason.
    """
    if question.situation is None:
        return None
    alone = question.situation.model_copy(update={"parcours": path.code, "expliquer": True})
    (again,) = eligibility(alone).parcours
    return again.explication


def _timed(question: DemandeQuestion) -> Mapping[str, Timed]:
    try:
        with unexplained():
            steps = timed_of(request_of(question.demande), question)
    except InputError as error:
        raise LawError(error.message) from error
    return {one.step.key: one for one in steps}


def _result(step: EtapeDemande) -> Line:
    if step.avant_le is None:
        return Line(libelle=step.titre, valeur="jour pas encore connu")
    return Line(libelle=step.titre, valeur=date_text(step.avant_le), a_verifier=step.a_verifier)


class _Chain:
    """The steps of one request, told from the one asked back to the day that opens it."""

    def __init__(self, question: DemandeQuestion, timed: Mapping[str, Timed]) -> None:
        self._question, self._timed = question, timed

    def tell(self, one: Timed) -> date | None:
        """Calculate the last day of a step again, what opens its delay first."""
        if one.start is None:
            hypothesis("Jour qui ouvre le délai", "pas encore connu", doubtful=False)
            return None
        if one.origin == REFUSAL:
            self._refused()
        else:
            self._event(self._timed[one.origin])
        if one.delay is None:
            return None
        if one.step.deferred:
            open_from(one.delay.name, one.start)
        day = min(one.start, self._question.aujourdhui)
        return delay_of(one.delay.name, day).last_day(one.start)

    def _event(self, origin: Timed) -> None:
        """Tell the day of a step: noted, supposed, or born of a silence or of another delay."""
        title, noted = origin.title, self._question.dates.get(origin.step.key)
        if noted is not None:
            datum(title, date_text(noted))
        elif origin.assumed and origin.step.default == _OLDEST:
            oldest = oldest_claim(self._question.aujourdhui)
            if claimed_from(oldest, self._question) != oldest and origin.day is not None:
                datum("Premier jour de services du dossier", date_text(origin.day))
        elif origin.assumed and origin.day is not None:
            words = f"{date_text(origin.day)}, {_SUPPOSED[origin.step.default]}"
            hypothesis(title, words, doubtful=False)
        elif origin.due is not None:
            self.tell(origin)
            record(rule="delay_of", source="", words=((title, date_text(origin.due)),))

    def _refused(self) -> None:
        """Tell from what refusal a recours runs: that of a silence, an express one, or both."""
        steps = self._timed.values()
        silence = next((one for one in steps if one.step.kind == SILENCE), None)
        answered = next((one for one in steps if one.step.kind == ANSWER and one.day), None)
        express = answered if self._question.reponse == REFUSAL else None
        refuses = silence is not None and (silence.worth == REFUSAL or silence.doubt)
        born = silence.due if silence and refuses else None
        if express is not None and born is not None and express.day and express.day <= born:
            born = None
        if silence is not None and born is not None:
            self._event(silence)
        if express is not None:
            self._event(express)
        refused_on(born, express.day if express else None, self._question.aujourdhui)
