"""What a perspective says of a career that cannot be projected: why, and what stays known of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from iprof_kit.base.errors import KitError
from iprof_kit.base.words import NOT_CALCULATED
from iprof_kit.calculate.career.by_right import DatedStep, key_of, pronounced_on
from iprof_kit.calculate.career.question import CareerAnswer, Retirement
from iprof_kit.ui.kit.parts import Block, Notice, TextView
from iprof_kit.ui.own_situation.one import OwnSituation
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, worded

PATHS = frozenset(
    {
        "/perspectives",
        "/perspectives/promotions",
        "/perspectives/et-si",
        "/perspectives/ma-paie",
        "/perspectives/retraite",
    }
)
"""The perspectives that begin from the projection of a career."""
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
    later = _once_paid(own.once_paid) if own.once_paid else ()
    return TextView(
        title=title,
        lead_strong=f"Paie et traitement : {NOT_CALCULATED}s.",
        lead=f"{text.sentence(error.message)} {error.remedy}".strip(),
        blocks=(
            *((Block(text.marked("Ce qui reste calculé", doubtful), known),) if known else ()),
            Block("Ce qui reste ouvert", (*later, *_ELSEWHERE)),
        ),
    )


def first_whole_month(day: date) -> date:
    """Return the first month that is paid from its first day on an échelon that begins on a day.

    Examples
    --------
    >>> first_whole_month(date(2027, 9, 2))
    datetime.date(2027, 10, 1)
    """
    return day if day.day == 1 else (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def once_paid_notice(error: KitError, career: CareerAnswer, what: str) -> Notice:
    """Say why there is no pay yet, and from which échelon and day on something is calculated.

    Parameters
    ----------
    what : str
        « La paie se calcule »: what is.
    """
    first = career.scenarios[0].etapes[0]
    where = text.echelon_label(first.echelon, first.chevron)
    day = text.dated(first.date, "echelon.paid_from")
    return Notice(text.sentence(error.message), worded(f"{what} dès le {where}, le {{}}.", day))


def _once_paid(career: CareerAnswer) -> tuple[str, ...]:
    """Return what is calculated from the first échelon to come whose index is known, and what not.

    A supposed scenario is a difference with today's pay: there is none to compare with.
    """
    first = career.scenarios[0].etapes[0].date
    month = text.month(first_whole_month(first))
    return (
        f"Ma paie : dès {month}, le premier mois dont l’indice est connu.",
        "Retraite : la pension se lit sur l’échelon du départ.",
        "Et si… : rien avant, faute d’une paie d’aujourd’hui à quoi comparer.",
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
