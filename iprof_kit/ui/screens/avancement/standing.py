"""Where a person stands in one campaign: promouvable or not, each condition of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from iprof_kit.base.calendar import eve_of_rentree
from iprof_kit.base.errors import KitError
from iprof_kit.calculate.campaigns.question import Avancement, CampagneVue
from iprof_kit.calculate.interface.explained import Explanation
from iprof_kit.calculate.interface.official_texts import officials
from iprof_kit.calculate.paths.question import PathAnswer, PathCondition
from iprof_kit.calculate.promotion.calculation import SUBJECT as PROMOTION
from iprof_kit.calculate.promotion.question import PromotionAnswer, PromotionQuestion
from iprof_kit.calculate.promotion.why import explain_other_grade, explain_promotion, verdict_words
from iprof_kit.services.contract.dossier import Dossier, EchelonTenu
from iprof_kit.ui.kit.parts import reference_text
from iprof_kit.ui.kit.visiting import situation_of
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.held import with_open_position
from iprof_kit.ui.shared.worded import of_a_text, worded

_PATHS = {
    "ouvert": "conditions remplies",
    "a_partir_du": "pas encore",
    "depend": "à préciser",
    "jamais": "conditions non remplies",
}
_MET = {True: "remplie", False: "pas remplie", None: "à vérifier par vous"}
_GRADES = {"classe_normale": "en classe normale", "hors_classe": "hors classe",
           "classe_exceptionnelle": "à la classe exceptionnelle"}  # fmt: skip


@dataclass(frozen=True)
class Condition:
    """One condition: what is had, what is needed, whether it is met."""

    title: str
    state: str
    detail: str
    met: bool | None


@dataclass(frozen=True)
class PlaceInCampaign:
    """Where a person stands in a campaign.

    `short` is for a cell, `sentence` is whole; `open` is None where something is not known.
    """

    short: str
    sentence: str
    open: bool | None = None
    conditions: tuple[Condition, ...] = ()
    decides: str = ""
    verify: bool = False
    motives: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    since: date | None = None
    """The first day on which the conditions of a list are met, where it is known."""
    explain: Callable[[], Explanation | None] | None = None
    """Calculates the answer again, to say why; None where there is no more to say."""


def standing_of(
    campaign: CampagneVue, dossier: Dossier, wishes: Mapping[str, Any], today: date
) -> PlaceInCampaign:
    """Return where a person stands; a table that does not answer is said, and stops nothing.

    Parameters
    ----------
    campaign : CampagneVue
        A tableau d'avancement or a liste d'aptitude.
    dossier : Dossier
    wishes : mapping
        What « Autres parcours » keeps: it says what the conditions of a list look at.
    today : date
    """
    promotion = campaign.avancement
    try:
        if promotion is None:
            return PlaceInCampaign("", "")
        if promotion.parcours:
            return _of_a_list(promotion, dossier, wishes, today)
        return _of_a_tableau(promotion, campaign.annee, dossier, today)
    except KitError as error:
        return PlaceInCampaign("à vérifier", text.sentence(error.message), verify=True)


def place_on_eve(dossier: Dossier, year: int) -> EchelonTenu | None:
    """Return the line of the file that holds on 31 August of a campaign."""
    eve = eve_of_rentree(year)
    before = [one for one in dossier.echelons if one.date_effet <= eve]
    return before[-1] if before else None


def _of_a_tableau(
    promotion: Avancement, year: int, dossier: Dossier, today: date
) -> PlaceInCampaign:
    place = place_on_eve(dossier, year)
    if place is None:
        return PlaceInCampaign(
            "à vérifier", f"Votre dossier ne dit pas votre échelon au 31 août {year}."
        )
    if place.grade not in promotion.de:
        where = _GRADES.get(place.grade, place.grade)
        return PlaceInCampaign(
            "autre grade",
            f"Au 31 août {year}, votre dossier vous place {where} : ce tableau n’examine pas "
            "ce grade.",
            open=False,
            explain=lambda: explain_other_grade(place.grade, promotion.de, promotion.grade),
        )
    situation = situation_of(dossier, today)
    question = PromotionQuestion(
        corps=place.corps,
        grade=place.grade,
        echelon=place.echelon,
        chevron=place.chevron,
        campagne=year,
        date_effet=place.date_effet,
        reliquat_jours=place.reliquat_jours,
        grade_cible=promotion.grade,
        periodes=situation.periodes if situation else (),
    )
    answer = PROMOTION.one(question)
    standing = _in_words(answer)
    motives = tuple(
        with_open_position(text.seen(motive, year), dossier.positions)
        for motive in standing.motives
    )
    return replace(standing, motives=motives, explain=lambda: explain_promotion(question))


def _in_words(answer: PromotionAnswer) -> PlaceInCampaign:
    return PlaceInCampaign(
        verdict_words(answer),
        answer.motif,
        answer.promouvable,
        decides=answer.decide_par,
        verify=answer.a_verifier,
        motives=answer.motifs_a_verifier,
        sources=officials(reference_text(one) for one in answer.sources),
    )


def _of_a_list(
    promotion: Avancement, dossier: Dossier, wishes: Mapping[str, Any], today: date
) -> PlaceInCampaign:
    from iprof_kit.ui.screens.autres_parcours.question import question_for
    from iprof_kit.ui.screens.autres_parcours.rows import path_sentence  # one screen needs it
    from iprof_kit.ui.screens.autres_parcours.screen import ask_paths

    question = {**question_for(dossier, wishes, today), "parcours": promotion.parcours}

    def path_of(*, expliquer: bool) -> PathAnswer:
        return ask_paths({**question, "expliquer": expliquer}).parcours[0]

    path = path_of(expliquer=False)
    return PlaceInCampaign(
        _short(path),
        path_sentence(path.phrase, path),
        {"ouvert": True, "jamais": False}.get(path.etat),
        tuple(_conditions(path, lambda words: path_sentence(words, path))),
        path.decide_par,
        path.a_verifier,
        (path.motif_a_verifier,) if path.motif_a_verifier else (),
        officials(reference_text(one) for one in path.sources),
        path.a_partir_du if path.etat == "a_partir_du" else None,
        lambda: path_of(expliquer=True).explication,
    )


def _short(path: PathAnswer) -> str:
    if path.etat == "a_partir_du" and path.a_partir_du:
        day = text.dated(path.a_partir_du, f"path.{path.code}")
        return worded("à partir du {}", day)
    return _PATHS[path.etat]


def _conditions(path: PathAnswer, with_facts: Callable[[str], str]) -> Iterator[Condition]:
    for one in path.conditions:
        asked = of_a_text(text.sentence(one.condition), f"path.{path.code}.asked")
        yield Condition(asked, _MET[one.remplie], with_facts(_detail(one)), one.remplie)


def _detail(one: PathCondition) -> str:
    parts = (f"vous : {one.a}" if one.a else "", f"il faut : {one.il_faut}", one.au)
    way = "une des conditions de ce groupe suffit" if one.alternative else ""
    return ", ".join(part for part in (*parts, way) if part)
