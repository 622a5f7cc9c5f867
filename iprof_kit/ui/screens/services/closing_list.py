"""The list on the day of its closing: as it is, read again or not, its proof as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from iprof_kit.base.clock import paris
from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.services.contract.campagnes import NoteLue
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.screens.services.proof import digest
from iprof_kit.ui.screens.services.wishes_view import Row
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import worded

READ = "relu"
_SHOWN = 8
"""Wishes of the picture and of the list beside it; the whole list is further on the page."""


@dataclass(frozen=True)
class ClosingList:
    """The list, whether it was read again, and what the page of the proof looks like."""

    rows: tuple[tuple[int, str, str], ...]
    more: str
    read: str
    may_read: bool
    """Whether there is something to read again there: the site is open."""
    digest: str
    title: str
    who: str
    read_short: str
    printed: str
    tried: str


def closing_list(
    campaign: CampagneVue, rows: Sequence[Row], notes: Sequence[NoteLue], dossier: Dossier,
    at: datetime, *, is_open: bool,
) -> ClosingList | None:  # fmt: skip
    """Return the list of the day; None where there is none.

    « C’est relu » is of the list that was read: another order has another digest, and was not.
    """
    if not rows:
        return None
    mark, office = digest(campaign, rows), campaign.application or "l’application officielle"
    read = next((one for one in reversed(notes) if one.nature == READ), None)
    same = read if read and read.texte == mark else None
    who = dossier.identite
    return ClosingList(
        rows=tuple(
            (wish.rank, wish.name, worded("{} pts", wish.total) if wish.total else "")
            for wish in (row.wish for row in rows[:_SHOWN])
        ),
        more=f"et {len(rows) - _SHOWN} de plus" if len(rows) > _SHOWN else "",
        read=_read_words(same, read, office),
        may_read=is_open,
        digest=mark,
        title=f"Preuve, {campaign.titre.lower()} {campaign.annee}",
        who=f"{who.prenom} {who.nom}, {dossier.libelle_corps or dossier.statut}",
        read_short=f"Liste relue dans {office} le {text.moment(same.note_le)}" if same else "",
        printed=f"Faite le {text.moment(at)}",
        tried=_tried(notes, at),
    )


def _read_words(same: NoteLue | None, read: NoteLue | None, office: str) -> str:
    blind = f"Ce kit ne lit pas {office}."
    if same:
        return f"Relue par vous dans {office} le {text.moment(same.note_le)}. {blind}"
    if read:
        when = f"le {text.moment(read.note_le)}"
        return f"Votre liste a changé ici depuis sa relecture dans {office}, {when}. {blind}"
    return f"Pas encore relue dans {office}. {blind}"


def _tried(notes: Sequence[NoteLue], at: datetime) -> str:
    today = [one for one in notes if one.nature == "essai"
             and paris(one.note_le).date() == paris(at).date()]  # fmt: skip
    return f"{len(today)} essai{'s' if len(today) > 1 else ''} d’aujourd’hui" if today else ""
