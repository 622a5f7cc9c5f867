"""A message to who runs the movement, prepared: it opens in « Votre courrier », nothing leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.calculate.interface.local_time import LocalClock, hour_text
from iprof_kit.services.contract.campagnes import NoteLue
from iprof_kit.services.contract.courrier import LONGEST_SUBJECT
from iprof_kit.ui.kit.carnet import NEW, Draft, Drafts
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.services.last_hours import closing_step
from iprof_kit.ui.screens.services.proof import digest
from iprof_kit.ui.screens.services.wishes_view import Row
from iprof_kit.ui.shared import text

ADDRESS = "/courrier?nouveau=1"


def prepare(visit: Visit, draft: Draft) -> str:
    """Keep a draft of a new message; return the address where she reads it, and sends it or not.

    Raises
    ------
    InputError
        Another message is begun: nothing that she wrote is replaced.
    """
    drafts = Drafts(visit)
    begun = drafts.of(NEW)
    if not begun.is_empty and begun.texte != draft.texte:
        raise InputError(
            "un autre message est déjà commencé dans Votre courrier.",
            remedy="Envoyez-le ou effacez-le\u00a0: le message préparé ne le remplace pas.",
        )
    drafts.write_down(NEW, draft)
    return ADDRESS


def of_a_silent_site(
    campaign: CampagneVue, rows: Sequence[Row], notes: Sequence[NoteLue], at: datetime,
    here: LocalClock | None,
) -> Draft:  # fmt: skip
    """Return the message that says when the site did not answer, and what the list was."""
    office = campaign.application or "l’application officielle"
    lines = "\n".join(_lines(campaign, rows, notes, at, here))
    subject = f"{office} ne répond pas, {campaign.titre.lower()} {campaign.annee}"
    return Draft(
        texte=lines,
        nature="question",
        objet=subject[:LONGEST_SUBJECT],
    )


def _lines(
    campaign: CampagneVue, rows: Sequence[Row], notes: Sequence[NoteLue], at: datetime,
    here: LocalClock | None,
) -> Iterator[str]:  # fmt: skip
    office = campaign.application or "l’application officielle"
    step = closing_step(campaign, at)
    tries = [one for one in notes if one.nature == "essai"]
    if campaign.voeux:
        yield "À l’attention de la cellule mobilité."
        yield ""
    yield f"Bonjour, {office} ne répond pas."
    if step is not None and step.au is not None:
        hour = hour_text(step.au, step.heure_au, here)
        yield f"Fermeture prévue le {text.day(step.au)} à {hour}."
    if tries:
        yield ""
        yield "Mes essais :"
        for one in tries:
            what = f", {one.texte}" if one.texte else ""
            yield f"- le {text.day(paris(one.note_le).date())}, {_clock(one.note_le, here)}{what}"
    if rows:
        yield ""
        yield "Mes vœux, dans l’ordre :"
        yield from (f"{row.wish.rank}. {row.wish.name}" for row in rows)
        yield f"Empreinte de cette liste : {digest(campaign, rows)}."
    yield ""
    yield "Pouvez-vous me dire si une prolongation est décidée, et comment ma demande sera reçue ?"
    yield "La preuve datée de mes essais peut être jointe à ce fil."


def _clock(moment: datetime, here: LocalClock | None) -> str:
    local = paris(moment)
    return hour_text(local.date(), f"{local:%H:%M}", here)
