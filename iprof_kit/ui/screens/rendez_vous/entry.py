"""The dates of a procedure as they are typed: read, put in order, or told what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from iprof_kit.base.calendar import add_months_civil, eve_of_rentree, rentree_day
from iprof_kit.base.errors import InputError
from iprof_kit.calculate.interface.bounds import longest
from iprof_kit.services.contract.dossier import RendezVous
from iprof_kit.ui.kit.fields import read_day
from iprof_kit.ui.shared import text

APPRECIATION = "appreciation"
NAMES = {
    "notification": "Notification de la date reçue le",
    "entretien": "Premier entretien le",
    "second": "Second entretien le",
    "compte_rendu": "Compte rendu reçu le",
    "observations": "Observations déposées le",
    "notifiee": "Appréciation finale notifiée le",
    "recours": "Recours gracieux déposé le",
    "reponse": "Réponse au recours reçue le",
    "cap": "CAP saisie le",
}
"""The days of a procedure, in the order in which they come."""
IN_QUESTION = {
    "notification": "notification_le",
    "entretien": "rendez_vous_le",
    "second": "second_entretien_le",
    "compte_rendu": "compte_rendu_recu_le",
    "notifiee": "appreciation_recue_le",
    "recours": "recours_depose_le",
    "reponse": "reponse_recue_le",
}
"""The days from which the law counts, as the question names them."""
_READ_ALONE = {"observations", "cap"}


@dataclass(frozen=True)
class Entry:
    """The days that can be used, the level notified, and what is wrong in the others."""

    days: Mapping[str, date] = field(default_factory=dict)
    level: str = ""
    errors: Mapping[str, InputError] = field(default_factory=dict)


def read_entry(
    typed: Mapping[str, str], year: int, levels: tuple[str, ...], recorded: RendezVous | None
) -> Entry:
    """Return what was typed; the file's own appreciation stands where nothing else is.

    Parameters
    ----------
    typed : mapping of str to str
    year : int
        Year in which the school year of the rendez-vous begins.
    levels : tuple of str
    recorded : RendezVous or None
        The line of the file.
    """
    days: dict[str, date] = {}
    errors: dict[str, InputError] = {}
    for name in NAMES:
        if typed.get(name, "").strip():
            try:
                days[name] = _within(read_day(typed[name]), year, _last(days))
            except InputError as error:
                errors[name] = error
        elif name == "notifiee" and recorded is not None and recorded.notifiee_le:
            days[name] = recorded.notifiee_le
    level = typed.get(APPRECIATION, "")
    if level not in levels:
        level = code_of(recorded.appreciation, levels) if recorded else ""
    return Entry(days, level, errors)


def _last(days: Mapping[str, date]) -> tuple[str, date] | None:
    """Return the latest event so far from which others are counted."""
    counted = [(name, day) for name, day in days.items() if name not in _READ_ALONE]
    return counted[-1] if counted else None


def _within(day: date, year: int, before: tuple[str, date] | None) -> date:
    first = add_months_civil(rentree_day(year), -int(longest("rendez_vous_mois_avant")))
    last = eve_of_rentree(year + int(longest("rendez_vous_annees_apres")))
    if not first <= day <= last:
        raise InputError(
            f"Le {text.day(day)} n’est pas de ce rendez-vous.",
            remedy=f"Indiquez un jour du {text.day(first)} au {text.day(last)}.",
        )
    if before is not None and day < before[1]:
        label = NAMES[before[0]].lower().replace("cap", "CAP")
        raise InputError(
            f"Le {text.day(day)} vient trop tôt.",
            remedy=f"Vous avez saisi : {label} {text.day(before[1])}.",
        )
    return day


def code_of(written: str | None, levels: tuple[str, ...]) -> str:
    """Return the code of a level that a file writes in words or as a code; "" for none."""
    for level in levels:
        if written in (level, text.appreciation_label(level)):
            return level
    return ""
