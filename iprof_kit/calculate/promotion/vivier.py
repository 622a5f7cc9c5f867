"""Subject « vivier »: a campaign of the classe exceptionnelle, 2017 to 2023, by its own rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.sources import Source, to_verify
from iprof_kit.base.words import counted
from iprof_kit.calculate.interface.papers import DOUBT, citation, of_sources
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.calculate.promotion.vivier_question import (
    LigneFonction,
    VivierAnswer,
    VivierQuestion,
)
from iprof_kit.law.promotion.functions import (
    Admissibility,
    Counted,
    Served,
    Verdict,
    admissibility,
    function_of,
    function_years,
    functions_of,
    least_share,
)
from iprof_kit.law.promotion.viviers import (
    Viviers,
    application_text,
    viviers,
    viviers_condition_text,
    viviers_sources,
    years_required,
)
from iprof_kit.law.tables.cells import cell_code
from iprof_kit.law.tables.facts import Fact

_HC, _YEARS = "hors_classe", "année"
_REASONS = {
    Verdict.COUNTED: "années scolaires complètes",
    Verdict.ALREADY: "déjà comptées : une seule fonction pour une même période",
    Verdict.NOT_WHOLE: "aucune année scolaire complète avant la date de la campagne",
    Verdict.ACTING: "faire fonction ne compte pas",
    Verdict.SHARE: "part du service trop faible",
}


def answer(question: VivierQuestion) -> VivierAnswer:
    """Replay a campaign by viviers for one person.

    Raises
    ------
    InputError
        A function that the arrêté does not list, an échelon that does not exist.
    PeriodNotCovered
        Another campaign than those of 2017 to 2023.

    Examples
    --------
    Eight whole years at the head of a school, at the 3e échelon (décret 2017-786).

    >>> from iprof_kit.calculate import ask
    >>> head = {"fonction": "direction_ecole", "debut": "2011-09-01", "fin": "2019-08-31"}
    >>> asked = {"corps": "pe", "campagne": 2019, "echelon": "3", "fonctions": [head]}
    >>> replayed = ask("vivier", asked)
    >>> replayed.annees, replayed.annees_requises, replayed.vivier_1
    (8, 8, True)
    """
    year, corps = question.campagne, question.corps
    needed = years_required(corps, year)
    rows = [function_of(year, corps, one.fonction) for one in question.fonctions]
    count = function_years(_served(question), 1, year)
    years = int(count.years[0])
    pools = _pools(question, years)
    decided = admissibility(year, corps)
    first, second = bool(pools.first[0]), bool(pools.second[0])
    doubts = tuple(_doubts(question, count, pools, rows, decided))
    where = _examined(question, first, second)
    return VivierAnswer(
        campagne=year,
        annees=years,
        annees_requises=needed,
        lignes=tuple(_lines(question, count, rows)),
        vivier_1=first,
        vivier_2=second,
        examen=where,
        phrase=_sentence(question, where, years, needed),
        condition=viviers_condition_text(corps, year),
        candidature=application_text(corps, year),
        decision=_decision(question, decided),
        suite=_after(question, decided),
        completer_avant=_deadline(question, decided),
        a_verifier=bool(doubts),
        motifs=tuple(doubts),
        sources=of_sources(_sources(question, rows, decided)),
    )


def function_names(year: int, corps: str) -> dict[str, str]:
    """Return the functions that a campaign listed: code → name, in the order of the table."""
    return {code: row.text("valeur") for code, row in functions_of(year, corps).items()}


def _served(question: VivierQuestion) -> Served:
    served = question.fonctions
    year, corps = question.campagne, question.corps
    return Served(
        np.zeros(len(served), np.int64),
        np.array([axis_of(one.debut) for one in served], np.int64),
        np.array([axis_of(one.fin + timedelta(days=1)) for one in served], np.int64),
        np.array([one.part for one in served], np.int64),
        np.array([least_share(year, corps, one.fonction) for one in served], np.int64),
        np.array([one.faisant_fonction for one in served], bool),
    )


def _pools(question: VivierQuestion, years: int) -> Viviers:
    cell = np.array([cell_code(question.corps, _HC, question.echelon, question.chevron)])
    days = np.array([question.anciennete_jours], np.int64)
    return viviers(cell, days, question.campagne, np.array([float(years)]))


def _lines(question: VivierQuestion, count: Counted, rows: list[Fact]) -> Iterator[LigneFonction]:
    for place, (one, row) in enumerate(zip(question.fonctions, rows, strict=True)):
        yield LigneFonction(
            fonction=row.text("valeur"),
            debut=one.debut,
            fin=one.fin,
            annees=int(count.of_each[place]),
            pourquoi=_REASONS[Verdict(int(count.verdict[place]))],
        )


def _must_apply(question: VivierQuestion) -> bool:
    return "obligatoire" in application_text(question.corps, question.campagne)


def _examined(question: VivierQuestion, first: bool, second: bool) -> str:
    """Return where the situation is examined: at both, where the first one is admissible."""
    if first and question.decision == "irrecevable":
        first = False
    if first and _must_apply(question):
        if question.candidature_deposee is None:
            return "inconnu"
        first = question.candidature_deposee
    both = {(True, True): "1 et 2", (True, False): "1", (False, True): "2"}
    return both.get((first, second), "aucun")


def _sentence(question: VivierQuestion, where: str, years: int, needed: int) -> str:
    year = question.campagne
    have = f"{counted(years, _YEARS)} de fonctions sur {needed}"
    if where == "inconnu":
        return (
            f"Les conditions du premier vivier sont remplies ({have}) : dites si la candidature, "
            f"obligatoire en {year}, a été déposée."
        )
    words = {
        "1 et 2": f"Campagne {year} : situation examinée aux deux viviers ({have}).",
        "1": f"Campagne {year} : situation examinée au premier vivier ({have}).",
        "2": f"Campagne {year} : situation examinée au second vivier seulement ({have}).",
        "aucun": f"Campagne {year} : situation examinée à aucun vivier ({have}).",
    }
    return words[where]


def _decision(question: VivierQuestion, decided: Admissibility) -> str:
    if question.decision is None:
        return ""
    worth = f"Décision : {question.decision}, pour la seule campagne {question.campagne}"
    rest = decided.again if question.decision == "recevable" else ""
    return f"{worth}. {rest}." if rest else f"{worth}."


def _after(question: VivierQuestion, decided: Admissibility) -> str:
    if question.decision != "irrecevable":
        return ""
    if decided.days is not None:
        return (
            f"Un refus se complète dans les {decided.days} jours du message qui le dit, pièces à "
            "l’appui."
        )
    if decided.after:
        return f"{decided.after}."
    return "Aucun texte lu ne dit comment un refus de cette campagne se complète."


def _deadline(question: VivierQuestion, decided: Admissibility) -> date | None:
    if question.decision != "irrecevable" or question.notifiee_le is None or decided.days is None:
        return None
    return question.notifiee_le + timedelta(days=decided.days)


def _doubts(
    question: VivierQuestion,
    count: Counted,
    pools: Viviers,
    rows: list[Fact],
    decided: Admissibility,
) -> Iterator[str]:
    year, corps = question.campagne, question.corps
    for source in viviers_sources(corps, year):
        if to_verify(source.confidence):
            yield f"condition : {DOUBT[source.confidence]} ({citation(source.text)})"
    for row in dict.fromkeys(row.text("valeur") for row in rows if to_verify(row.confidence)):
        yield f"{row} : {DOUBT['C']}"
    if count.joined[0]:
        more = counted(int(count.joined[0]), _YEARS)
        yield (
            f"{more} de plus où deux fonctions se suivent : aucun texte lu ne les compte ni ne les "
            "exclut"
        )
    if pools.doubtful[0]:
        yield "les sources divergent sur l’échelon du second vivier"
    if question.decision is not None and decided.sources and to_verify(decided.confidence):
        yield f"suite de la décision : {DOUBT[decided.confidence]}"


def _sources(
    question: VivierQuestion, rows: list[Fact], decided: Admissibility
) -> tuple[Source, ...]:
    own = viviers_sources(question.corps, question.campagne)
    after = decided.sources if question.decision is not None else ()
    return tuple(dict.fromkeys((*own, *(row.papers for row in rows), *after)))


SUBJECT = Subject(
    name="vivier",
    title="Classe exceptionnelle de 2017 à 2023 : années de fonctions, viviers, décision, suite.",
    question=VivierQuestion,
    answer=VivierAnswer,
    one=answer,
)
