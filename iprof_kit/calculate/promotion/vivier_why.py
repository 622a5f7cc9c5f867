"""« Pourquoi cette réponse ? » of a past campaign by viviers: each function, then each vivier."""

from __future__ import annotations

from dataclasses import replace

from iprof_kit.base.calendar import date_text, duration_text
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.explanation import datum, record
from iprof_kit.base.words import counted, echelon_label
from iprof_kit.calculate.interface.explained import Explanation, Line
from iprof_kit.calculate.interface.why import explain_or_refusal, refuse_another
from iprof_kit.calculate.promotion.vivier import answer
from iprof_kit.calculate.promotion.vivier_question import VivierAnswer, VivierQuestion
from iprof_kit.law.promotion.functions import function_of

_EXAMINED = {
    "1 et 2": "aux deux viviers",
    "1": "au premier vivier",
    "2": "au second vivier",
    "aucun": "à aucun vivier",
    "inconnu": "à préciser",
}


def examined_words(answered: VivierAnswer) -> str:
    """Return where a situation is examined: « au premier vivier »."""
    return _EXAMINED[answered.examen]


def explain_vivier(question: VivierQuestion, before: VivierAnswer) -> Explanation:
    """Explain a past campaign: the years of each function, the two viviers, the decision.

    Parameters
    ----------
    before : VivierAnswer
        What was answered.
    """
    asked = "Pourquoi cette réponse ?"

    def again() -> VivierAnswer:
        label = echelon_label(question.echelon, question.chevron)
        datum(f"Échelon hors classe au 31 août {question.campagne}", label)
        if question.anciennete_jours:
            datum("Ancienneté dans cet échelon", duration_text(question.anciennete_jours))
        try:
            answered = answer(question)
        except InputError as error:
            raise LawError(error.message) from error
        refuse_another(answered, before)
        _tell_functions(question, answered)
        _tell_candidacy(question, answered)
        return answered

    return explain_or_refusal(asked, again, _examined)


def _examined(answered: VivierAnswer) -> Line:
    return Line(libelle="Situation examinée", valeur=examined_words(answered))


def _tell_functions(question: VivierQuestion, answered: VivierAnswer) -> None:
    """Record the days of each function, then the years that it adds, by its own row."""
    for served, line in zip(question.fonctions, answered.lignes, strict=True):
        row = function_of(question.campagne, question.corps, served.fonction)
        days = f"du {date_text(served.debut)} au {date_text(served.fin)}"
        datum(line.fonction, f"{days}, {served.part} % du service")
        words = (f"Compte : {line.fonction}", f"{counted(line.annees, 'année')}, {line.pourquoi}")
        own = replace(row.worded(), words=(words[0], words[1]))
        record(rule="function_years", source="", parameters=(own,))
    years = (("Années de fonctions", f"{answered.annees} sur {answered.annees_requises}"),)
    record(rule="function_years", source="", words=years)


def _tell_candidacy(question: VivierQuestion, answered: VivierAnswer) -> None:
    """Record what was said of the candidature and of its decision."""
    record(rule="viviers", source="", words=(("Candidature demandée", answered.candidature),))
    if question.candidature_deposee is not None:
        datum(
            "Candidature au premier vivier",
            "déposée" if question.candidature_deposee else "pas déposée",
        )
    if question.decision:
        datum("Décision sur la recevabilité", question.decision)
