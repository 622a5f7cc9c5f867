"""Six questions that people ask, each with its answer, and the screen that gives the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from iprof_kit.base.words import counted
from iprof_kit.calculate.career.question import CareerAnswer
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.promotion.first_promotion import first_gain
from iprof_kit.ui.kit.parts import Link
from iprof_kit.ui.screens.accueil.dates import MOBILITY, PROMOTIONS
from iprof_kit.ui.screens.accueil.results import OPENS, RETIREMENT, now
from iprof_kit.ui.screens.ma_paie.this_month import MonthPay
from iprof_kit.ui.screens.promotions.instrument import gain_said
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, worded

if TYPE_CHECKING:
    from iprof_kit.calculate.paths.calculation import PathState

ET_SI, PATHS, CV = "/perspectives/et-si", "/perspectives/autres-parcours", "/cv/edition"


@dataclass(frozen=True)
class Known:
    """What is asked of other screens for the answers; None: it could not be known."""

    pay: MonthPay | None = None
    usual: str = ""
    """When the hors classe usually comes, as Promotions knows it."""
    points: float | None = None
    """The score that any wish would have at least."""
    paths: tuple[PathState, ...] = ()
    """Where every other path stands."""
    cv_saved: date | None = None
    has_cv: bool | None = None
    cv_lacks: int = 0
    """How many affectations of the file the saved CV does not hold."""


def questions(answer: CareerAnswer | None, known: Known, today: date) -> Iterator[Link]:
    """Yield the questions whose answer is known."""
    if answer is not None:
        yield from _of_the_career(answer, today)
    if known.points is not None:
        words = figure(points_words(known.points), "points", known.points)
        yield Link(MOBILITY, "Où puis-je muter, avec mes points ?", worded("barème : {}", words))
    opened = sum(one.is_open for one in known.paths)
    if opened:
        words = figure(f"conditions de {opened} remplies", "paths.open", opened)
        yield Link(PATHS, "Quels autres parcours me sont ouverts ?", words)
    if known.has_cv is not None:
        yield Link(CV, "Mon CV est-il à jour ?", cv_words(known))


def _of_the_career(answer: CareerAnswer, today: date) -> Iterator[Link]:
    gain, second = first_gain(answer), answer.scenarios[-1].scenario
    grade = next(
        (name for name in ("hors_classe", "classe_exceptionnelle") if getattr(second, name)), ""
    )
    if gain is not None and grade:
        when = "par mois"
        if gain.promotion and gain.day > gain.promotion:
            when = f"dès {text.month(gain.day)}"
        asked = f"Que change la {text.grade_words(grade)} ?"
        yield Link(PROMOTIONS, asked, worded(f"{{}} bruts {when}", gain_said(answer)))
    step, share = now(answer, today), answer.scenarios[0].scenario.quotite
    if share and share < 100:
        gained = step.traitement_temps_plein - step.traitement
        more = figure(text.signed_euros(gained), "traitement.full_time_gain", gained)
        yield Link(ET_SI, "Que gagne-t-on à 100 % ?", worded("{} de traitement", more))
    else:
        yield from _part_time(answer)
    if answer.retraite is not None:
        opens, doubtful = answer.retraite.date_ouverture, answer.retraite.a_verifier
        since = "{}" if opens > answer.aujourdhui else "depuis le {}"
        words = worded(since, figure(text.day(opens), OPENS, opens))
        yield Link(RETIREMENT, "Quand puis-je partir ?", text.marked(words, doubtful))


def _part_time(answer: CareerAnswer) -> Iterator[Link]:
    """Yield what the first part-time that is paid more than it is worked is paid."""
    situation = answer.situation
    for share in law_facts.quotites(situation.corps):
        if paid := law_facts.paid_as(share, situation.type_temps_partiel):
            words = f"à {share} %, {paid}"
            yield Link(ET_SI, "Que change un temps partiel ?", words)
            return


def points_words(points: float) -> str:
    """Return « 56 points », « 1 point », « 24,5 points »."""
    return f"{points:g} point{'s' if abs(points) >= 2 else ''}".replace(".", ",")


def cv_words(known: Known) -> str:
    """Return what one's CV lacks of the file, else when it was saved, or that none is begun."""
    if not known.has_cv:
        return "pas encore commencé"
    if known.cv_lacks:
        return f"{counted(known.cv_lacks, 'affectation')} à ajouter"
    return f"enregistré le {text.day(known.cv_saved)}" if known.cv_saved else "commencé"
