"""When a promotion could come, on what that rests, and what to do when it does not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.career.question import CareerAnswer, CareerQuestion, Scenario
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.calculate.promotion.tirage import answer
from iprof_kit.calculate.promotion.tirage_question import Recours, TirageAnswer, TirageQuestion
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.kit.asking import calculate
from iprof_kit.ui.screens.promotions.instrument import first_year
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import worded

_HORS_CLASSE, _EXCEPTIONAL = "hors_classe", "classe_exceptionnelle"


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


REASON = "quand"
"""The reason of the campaigns, as an intent names it."""
BEYOND = "au-delà"
"""A campaign after the last one that was looked at."""


@dataclass(frozen=True)
class When:
    """The hors classe by its bars and by its draw, the classe exceptionnelle as a range."""

    drawing: TirageAnswer | None
    own: str
    """The code of her own appréciation of the third rendez-vous; "" while there is none."""
    exceptional: tuple[str, ...]
    exceptional_answer: str
    not_before: str = ""
    """The answer where no range is: « pas avant 2034 »."""

    @property
    def known(self) -> bool:
        """Whether there is a range, or why there is none."""
        return bool(self.drawing and (self.drawing.lignes or self.drawing.motif))

    @property
    def sources(self) -> tuple[Reference, ...]:
        """What the two ranges and the means rest on."""
        if self.drawing is None:
            return ()
        return (*self.drawing.sources, *(one.source for one in self.drawing.recours))

    @property
    def usual(self) -> dict[str, str]:
        """The campaign that is usual for each appréciation, by the bars that were published."""
        lines = self.drawing.lignes if self.drawing else ()
        return {
            one.libelle: str(one.par_les_barres.habituelle or BEYOND)
            for one in lines
            if one.par_les_barres
        }

    @property
    def answer(self) -> str:
        """The range in a few words, else the first campaign."""
        if self.drawing and self.drawing.phrase:
            return self.drawing.phrase
        if self.drawing and self.drawing.premiere_campagne:
            return f"Première campagne : {self.drawing.premiere_campagne}"
        return self.not_before

    @property
    def means_answer(self) -> str:
        """What may be done, and within how long."""
        delays = [self.delay(one) for one in (self.drawing.recours if self.drawing else ())]
        first = next(filter(None, delays), "")
        return f"recours {first.partition(' de la ')[0].lower()}" if first else "vos recours"

    @staticmethod
    def delay(means: Recours) -> str:
        """Return within how long one thing may be done, or why it is not known."""
        if means.delai_mois is None:
            return text.sentence(means.non_calcule)
        return f"Dans les {means.delai_mois} mois de la {means.depart}."


def when(
    drawing: TirageAnswer | None,
    answer: CareerAnswer,
    exceptional_from: int | None = None,
    own: str = "",
) -> When:
    """Return what the screen says of the two promotions that a person may hope for.

    `exceptional_from` is the first campaign of the classe exceptionnelle for somebody promoted to
    the hors classe at her very first campaign.
    """
    earliest = drawing.premiere_campagne if drawing else None
    return When(
        drawing,
        own,
        _exceptional(answer, earliest, exceptional_from),
        _exceptional_answer(answer, exceptional_from),
        _not_before(answer) if drawing else "",
    )


def usual_words(drawing: TirageAnswer | None) -> str:
    """Return « D’ordinaire entre 2035 et 2040, selon l’appréciation. », as the fold says it."""
    return text.sentence(drawing.phrase) if drawing else ""


def _not_before(answer: CareerAnswer) -> str:
    """Return « pas avant 2034 », or that no campaign opens before the end of the projection."""
    eligibility = next((e for e in answer.eligibilites if e.grade == _HORS_CLASSE), None)
    if eligibility is None or eligibility.premiere_campagne is None:
        return f"pas d’ici {answer.fin.year}"
    return f"pas avant {eligibility.premiere_campagne}"


def _exceptional_answer(answer: CareerAnswer, supposed: int | None) -> str:
    """Return « pas avant 2040 », the range in a few words."""
    eligibility = next((e for e in answer.eligibilites if e.grade == _EXCEPTIONAL), None)
    if eligibility is None:
        return ""
    if eligibility.promouvable:
        return f"possible dès {first_year(answer, eligibility)}"
    first = eligibility.premiere_campagne or supposed
    return f"pas avant {first}" if first else "après la hors classe"


def _exceptional(
    answer: CareerAnswer, hors_classe: int | None, supposed: int | None
) -> tuple[str, ...]:
    """Return the range of the classe exceptionnelle, without any chance; () where it is held."""
    eligibility = next((e for e in answer.eligibilites if e.grade == _EXCEPTIONAL), None)
    if eligibility is None:
        return ()
    first, end = eligibility.premiere_campagne, text.dated(answer.fin, "projection.end")
    # The condition is worded for one campaign: without a first one, it is that of any.
    condition = re.sub(r"au 31 août \d{4}$", "au 31 août de la campagne", eligibility.condition)
    if first is None and hors_classe is not None and supposed is not None:
        opening = (
            f"Fourchette : de la campagne {supposed}, si la hors classe venait dès {hors_classe}, "
            "à la fin de la projection, le {}. Condition : {}."
        )
        opening = worded(opening, end, condition)
    elif first is None:
        opening = (
            f"Condition : {condition}. Choisissez une année de hors classe au scénario A pour "
            "voir à partir de quelle campagne elle serait remplie."
        )
    else:
        opening = (
            f"Fourchette : de la campagne {first}, la première qui remplit la condition dans le "
            "scénario A ({}), à la fin de la projection, le {}."
        )
        opening = worded(opening, text.seen(eligibility.condition, first), end)
    return (
        worded("{}", opening),
        (
            "Depuis 2024 il n’y a ni barème ni rang : des avis sont rendus, puis un ordre est "
            "arrêté. Le kit ne donne donc ni rang ni chance."
        ),
        f"Décide : {eligibility.decide_par}. {eligibility.candidature}",
    )
