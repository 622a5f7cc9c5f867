"""What a perspective says of a career that cannot be projected: why, and what stays known of it."""

from __future__ import annotations

from datetime import date

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.career.start import retirement_of
from iprof_kit.calculate.interface.aside import NOT_CALCULATED
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.text_page import Block, TextView
from iprof_kit.ui.shared.worded import figure, worded

PATHS = frozenset({
    "/perspectives/promotions", "/perspectives/et-si", "/perspectives/ma-paie",
    "/perspectives/retraite",
})  # fmt: skip
"""The perspectives that begin from the projection of a career."""
_ELSEWHERE = (
    "Autres affectations et Autres parcours, qui ne passent pas par cette projection.",
    "Demandes et Services : les délais, les pièces et les lettres.",
    "Une ligne fausse de votre dossier se signale dans « Signaler une erreur ».",
)


def not_projected(title: str, error: KitError, start: Situation, today: date) -> TextView:
    """Return the page of a perspective whose career the tables refuse.

    Parameters
    ----------
    title : str
        Of the screen.
    error : KitError
        Why, written for the person.
    start : Situation
        What her file gives: her ages need no échelon.
    today : date
    """
    known = _ages(start, today)
    return TextView(
        title=title,
        lead_strong=text.french(f"Carrière et paie : {NOT_CALCULATED}."),
        lead=f"{text.sentence(error.message)} {text.french(error.remedy)}".strip(),
        blocks=(
            *((Block("Ce qui reste calculé", known),) if known else ()),
            Block("Ce qui reste ouvert", tuple(map(text.french, _ELSEWHERE))),
        ),
    )


def _ages(start: Situation, today: date) -> tuple[str, ...]:
    try:
        ages = retirement_of(start, today)
    except KitError:
        return ()
    if ages is None:
        return ()
    opens, limit = ages.date_ouverture, ages.date_limite_age
    return (
        worded("Droit à pension : {}.", figure(text.day(opens), "departure.opens", opens)),
        worded("Limite d’âge : {}.", figure(text.day(limit), "departure.limit", limit)),
    )
