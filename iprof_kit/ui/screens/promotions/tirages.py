"""When the hors classe could come for one person: asked once, kept while the screen is used."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.career.question import CareerAnswer, CareerQuestion, Scenario
from iprof_kit.calculate.guides import law_facts
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.calculate.promotion.tirage import answer
from iprof_kit.calculate.promotion.tirage_question import TirageAnswer, TirageQuestion
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.kit.asking import calculate

_EXCEPTIONAL = "classe_exceptionnelle"


def ranges(
    situation: Situation,
    today: date,
    dossier: Dossier,
    seed: int,
    own: str = "",
    *,
    explained: bool = False,
) -> TirageAnswer | None:
    """Return the range of campaigns, drawn where `seed` is not 0; with its reason if it is open.

    `own` is the code of her own appréciation, "" while there is none.

    None where the person is no longer in the first grade of her corps, or where the tables do not
    cover her situation: the rest of the screen says so.
    """
    corps, grade = situation.corps, situation.grade
    if corps is None or grade is None or not situation.echelon or situation.date_effet is None:
        return None
    grades = law_facts.grades(corps)
    if grade != grades[0] or len(grades) < 2:
        return None
    question = TirageQuestion(
        corps=corps,
        grade=grade,
        echelon=situation.echelon,
        date_effet=situation.date_effet,
        reliquat_jours=situation.reliquat_jours,
        aujourdhui=today,
        entree_corps=dossier.entree_corps,
        periodes=situation.periodes,
        graine=max(seed, 1),
        tirer=seed > 0,
        appreciation=own or None,
        expliquer=explained,
    )
    try:
        return _kept(question)
    except KitError:
        return None


def exceptional_from(career: CareerAnswer, hors_classe: int | None) -> int | None:
    """Return the first campaign of the classe exceptionnelle after a given hors classe.

    A scenario that supposes that very hors classe, and nothing else, has it in its controls: it is
    asked anew for another one alone.
    """
    if hors_classe is None:
        return None
    for one in career.scenarios:
        choices = one.scenario
        lever = next((lever for lever in one.leviers if lever.nom == _EXCEPTIONAL), None)
        if lever and choices.hors_classe == hors_classe and not choices.bonifications:
            return next((year for year in lever.valeurs if year is not None), None)
    return _after(career.situation, career.aujourdhui, hors_classe)


@lru_cache(maxsize=32)
def _after(situation: Situation, today: date, hors_classe: int) -> int | None:
    question = CareerQuestion(
        situation=situation, scenarios=(Scenario(hors_classe=hors_classe),), aujourdhui=today
    )
    try:
        career = calculate(question)
    except KitError:
        return None
    grades = {one.grade: one.premiere_campagne for one in career.eligibilites}
    return grades.get(_EXCEPTIONAL)


@lru_cache(maxsize=32)
def _kept(question: TirageQuestion) -> TirageAnswer:
    return answer(question)
