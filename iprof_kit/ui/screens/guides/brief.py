"""« En bref, pour vous »: where a person stands and her own dates, at the head of a guide."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.errors import KitError, Refused
from iprof_kit.services.contract.standing import current_echelon
from iprof_kit.ui.screens.accueil.dates import Ahead, coming_dates
from iprof_kit.ui.shared import text
from iprof_kit.ui.visit.visiting import Visit

_DATES = {
    "avancement": "echelon.",
    "hors-classe": "promouvable.hors_classe",
    "classe-exceptionnelle": "promouvable.classe_exceptionnelle",
}
"""Guide → how the events that it speaks of are named among the dates that come."""
PERSONAL = ("avancement", "hors-classe", "classe-exceptionnelle", "paie", "retraite")
"""The guides that say the person's own place, or date; the others read no file."""


@dataclass(frozen=True)
class Brief:
    """One fact of the person, in a line."""

    label: str
    value: str
    verify: bool = False


def brief_of(name: str, visit: Visit) -> tuple[Brief, ...]:
    """Return what a guide says of the person first; nothing where no file may be read."""
    if name not in PERSONAL:
        return ()
    try:
        dossier = visit.dossier()
    except Refused:
        return ()
    place, today = current_echelon(dossier), visit.who().aujourdhui
    if place is None:
        return ()
    standing = text.position_label(place.grade, place.echelon, place.chevron)
    return (
        Brief("Votre place", f"{standing}, depuis le {text.day(place.date_effet)}"),
        *_dates(name, visit, today),
    )


def _dates(name: str, visit: Visit, today: date) -> tuple[Brief, ...]:
    """Return the dates of the career that the guide is about, as Accueil says them."""
    wanted = _DATES.get(name)
    comparison = None
    if wanted:
        with suppress(KitError):
            comparison = visit.comparison(sourced=True)
    if not wanted or comparison is None:
        return ()
    coming = coming_dates(visit.dossier(), Ahead(career=comparison.answer()), today)
    return tuple(
        Brief(one.what, f"{one.when}, {one.delay}", one.verify)
        for one in coming
        if one.key.startswith(wanted)
    )[:2]
