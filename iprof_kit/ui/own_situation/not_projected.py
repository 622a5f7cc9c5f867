"""What a perspective says of a career that cannot be projected: why, and what stays known of it."""

from __future__ import annotations

from collections.abc import Iterator

from iprof_kit.base.errors import KitError
from iprof_kit.base.words import NOT_CALCULATED
from iprof_kit.calculate.career.by_right import DatedStep, key_of, pronounced_on
from iprof_kit.calculate.career.question import Retirement
from iprof_kit.ui.kit.parts import Block, TextView
from iprof_kit.ui.own_situation.one import OwnSituation
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, worded

PATHS = frozenset(
    {
        "/perspectives/promotions",
        "/perspectives/et-si",
        "/perspectives/ma-paie",
        "/perspectives/retraite",
    }
)
"""The perspectives that begin from the projection of a career."""
_PENSION = ("Retraite : la pension se lit sur l’échelon du départ.",)
_ELSEWHERE = (
    "Autres affectations et Autres parcours, qui ne passent pas par cette projection.",
    "Demandes et Services : les délais, les pièces et les lettres.",
    "Une ligne fausse de votre dossier se signale dans « Signaler une erreur ».",
)


def not_projected(title: str, error: KitError, own: OwnSituation) -> TextView:
    """Return the page of a perspective whose pay the tables refuse.

    Parameters
    ----------
    title : str
        Of the screen.
    error : KitError
        Why, written for the person.
    own : OwnSituation
        Who she is: the dates of her échelons and her ages need no pay.
    """
    known = (*_echelons(own.dated), *_ages(own.ages))
    doubtful = any(step.doubt for step in own.dated)
    pension = _PENSION if own.once_paid else ()
    return TextView(
        title=title,
        lead_strong=f"Paie et traitement : {NOT_CALCULATED}s.",
        lead=f"{text.sentence(error.message)} {error.remedy}".strip(),
        blocks=(
            *((Block(text.marked("Ce qui reste calculé", doubtful), known),) if known else ()),
            Block("Ce qui reste ouvert", (*pension, *_ELSEWHERE)),
        ),
    )


def _echelons(steps: tuple[DatedStep, ...]) -> Iterator[str]:
    """Yield each échelon to come of right, with its day."""
    for step in steps:
        named = text.position_label(step.grade, step.echelon, step.chevron)
        day = text.dated(pronounced_on(step), f"coming.{key_of(step)}")
        yield worded("{} : {}, de plein droit.", text.sentence(named).removesuffix("."), day)


def _ages(ages: Retirement | None) -> tuple[str, ...]:
    if ages is None:
        return ()
    opens, limit = ages.date_ouverture, ages.date_limite_age
    return (
        worded("Droit à pension : {}.", figure(text.day(opens), "departure.opens", opens)),
        worded("Limite d’âge : {}.", figure(text.day(limit), "departure.limit", limit)),
    )
