"""When a promotion could come, on what that rests, and what to do when it does not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from iprof_kit.base.errors import KitError
from iprof_kit.base.words import number_text
from iprof_kit.calculate.career.question import CareerAnswer, CareerQuestion, Scenario
from iprof_kit.calculate.guides import law_facts
from iprof_kit.calculate.interface.official_texts import official
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.calculate.promotion.tirage import answer
from iprof_kit.calculate.promotion.tirage_question import (
    Bornes,
    LigneTirage,
    Recours,
    TirageAnswer,
    TirageQuestion,
)
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.kit.asking import calculate
from iprof_kit.ui.kit.parts import Why, discreet, reference_text, why_of
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


@dataclass(frozen=True)
class WhenRow:
    """One appréciation: three campaigns by the bars, three by the draw, a rank."""

    name: str
    points: str
    bars: tuple[str, ...]
    drawn: tuple[str, ...] = ()
    rank: str = ""
    own: bool = False
    """Whether it is the person's own appréciation, of her last rendez-vous de carrière."""


@dataclass(frozen=True)
class Means:
    """One thing to do when one is not promoted."""

    text: str
    delay: str
    source: str
    verify: bool


@dataclass(frozen=True)
class When:
    """The hors classe by its bars and by its draw, the classe exceptionnelle as a range."""

    first: str = ""
    basis: str = ""
    doubtful_basis: bool = False
    rows: tuple[WhenRow, ...] = ()
    drawn: bool = False
    by_bars: bool = False
    none: str = ""
    why: Why | None = None
    phrase: str = ""
    """The range in a few words: « d’ordinaire entre 2035 et 2040, selon l’appréciation »."""
    exceptional: tuple[str, ...] = ()
    means: tuple[Means, ...] = ()
    sources: tuple[str, ...] = ()
    """What the two ranges and the means rest on, with the letter of our confidence."""
    exceptional_answer: str = ""
    not_before: str = ""
    """The answer where no range is: « pas avant 2034 »."""

    @property
    def usual(self) -> dict[str, str]:
        """The campaign that is usual for each appréciation, by the bars that were published."""
        return {row.name: row.bars[1] for row in self.rows if row.bars}

    @property
    def answer(self) -> str:
        """The range in a few words, else the first campaign."""
        return self.phrase or self.first.removesuffix(".") or self.not_before

    @property
    def means_answer(self) -> str:
        """What may be done, and within how long."""
        delays = [one.delay for one in self.means if one.delay]
        return f"recours {delays[0].partition(' de la ')[0].lower()}" if delays else "vos recours"


def when(
    drawing: TirageAnswer | None,
    answer: CareerAnswer,
    exceptional_from: int | None = None,
    own: str = "",
) -> When:
    """Return what the screen says of the two promotions that a person may hope for.

    `own` is the code of her own appréciation of the third rendez-vous, "" while there is none.
    `exceptional_from` is the first campaign of the classe exceptionnelle for somebody promoted to
    the hors classe at her very first campaign.
    """
    earliest = drawing.premiere_campagne if drawing else None
    exceptional = _exceptional(answer, earliest, exceptional_from)
    short = _exceptional_answer(answer, exceptional_from)
    if drawing is None:
        return When(exceptional=exceptional, exceptional_answer=short)
    drawn = any(line.par_tirage for line in drawing.lignes)
    return When(
        first=f"Première campagne : {drawing.premiere_campagne}."
        if drawing.premiere_campagne
        else "",
        basis=_basis(drawing),
        doubtful_basis=drawing.taux_a_verifier,
        rows=tuple(_row(line, own) for line in drawing.lignes),
        drawn=drawn,
        by_bars=any(line.par_les_barres for line in drawing.lignes),
        none=text.sentence(drawing.motif),
        why=discreet(why_of(drawing.explication)) if drawing.explication else None,
        phrase=drawing.phrase,
        exceptional=exceptional,
        means=tuple(_means(drawing)),
        sources=(
            *map(reference_text, drawing.sources),
            *(reference_text(one.source) for one in drawing.recours),
        ),
        exceptional_answer=short,
        not_before=_not_before(answer),
    )


def usual_words(drawing: TirageAnswer | None) -> str:
    """Return « D’ordinaire entre 2035 et 2040, selon l’appréciation. », as the fold says it."""
    return text.sentence(drawing.phrase) if drawing else ""


def _basis(drawing: TirageAnswer) -> str:
    if drawing.taux is None:
        return ""
    rate = f"{drawing.taux:g}".replace(".", ",")
    known = f"celui de {drawing.annee_taux}, le dernier publié"
    return f"Taux retenu : {rate} promus pour cent promouvables, {known}."


def _row(line: LigneTirage, own: str) -> WhenRow:
    points = "" if line.points is None else f"{number_text(line.points)} points"
    rank = ""
    if line.rang is not None:
        rank = f"rang {line.rang} sur {line.sur}, {line.places} places"
    return WhenRow(
        line.libelle,
        points,
        _years(line.par_les_barres),
        _years(line.par_tirage),
        rank,
        line.appreciation == own,
    )


def _years(bounds: Bornes | None) -> tuple[str, ...]:
    if bounds is None:
        return ()
    return tuple(
        "au-delà" if year is None else str(year)
        for year in (bounds.au_plus_tot, bounds.habituelle, bounds.au_plus_tard)
    )


def _means(drawing: TirageAnswer) -> list[Means]:
    return [
        Means(
            text.sentence(one.texte),
            _delay(one),
            official(reference_text(one.source)),
            one.a_verifier,
        )
        for one in drawing.recours
    ]


def _delay(one: Recours) -> str:
    if one.delai_mois is None:
        return text.sentence(one.non_calcule)
    return f"Dans les {one.delai_mois} mois de la {one.depart}."


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
