"""One page that says what the list was, and when one tried: a trace, never a deposit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.calculate.interface.local_time import LocalClock, hour_text
from iprof_kit.documents.model import Document, Entry, Part, Section
from iprof_kit.services.contract.campagnes import NoteLue
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.screens.services import words
from iprof_kit.ui.screens.services.wishes_view import Row
from iprof_kit.ui.shared import text

FILE_NAME = "preuve-essais.pdf"
_BY_FOUR, _SHOWN = 4, 16


def digest(campaign: CampagneVue, rows: Sequence[Row]) -> str:
    """Return what names a list: two equal lists have the same one, another order has another.

    Sixteen signs of a SHA-256, four by four.
    """
    lines = (f"{row.wish.rank}\t{row.wish.key}\t{row.wish.kind}" for row in rows)
    whole = hashlib.sha256("\n".join((campaign.id, *lines)).encode()).hexdigest()[:_SHOWN]
    return " ".join(whole[start : start + _BY_FOUR] for start in range(0, _SHOWN, _BY_FOUR))


def proof(
    campaign: CampagneVue,
    rows: Sequence[Row],
    tries: Sequence[NoteLue],
    dossier: Dossier,
    at: datetime,
    here: LocalClock | None,
) -> Download:
    """Return that page as a PDF; see `proof_document`."""
    from iprof_kit.documents.typesetting import compile_sheet, pdf_sheet  # few sessions need it

    document = proof_document(campaign, rows, tries, dossier, at, here)
    content = compile_sheet(pdf_sheet(document, "classique", None))[0]
    return Download(FILE_NAME, "application/pdf", content)


def proof_document(
    campaign: CampagneVue,
    rows: Sequence[Row],
    tries: Sequence[NoteLue],
    dossier: Dossier,
    at: datetime,
    here: LocalClock | None,
) -> Document:
    """Return what the page says: whose it is, the hour and its zone, the list, each attempt.

    Parameters
    ----------
    campaign : CampagneVue
    rows : sequence of Row
        The wishes in their order.
    tries : sequence of NoteLue
        The attempts that she noted, each dated by the server.
    dossier : Dossier
    at : datetime
        The moment of the server.
    here : LocalClock or None
        Where the hour of the person is not that of Paris.

    Raises
    ------
    InputError
        There is no wish, nor any attempt.
    """
    if not rows and not tries:
        raise InputError(
            "il n’y a encore ni vœu ni essai à montrer.",
            remedy="Notez un essai au moment où il échoue.",
        )
    who = dossier.identite
    name = f"{who.prenom} {who.nom}"
    office = campaign.application or "l’application officielle"
    sections = []
    if rows:
        sections.append(Section("Vœux, dans l’ordre", (Part(entries=tuple(_wishes(rows))),)))
    if tries:
        entries = tuple(_try(one, campaign, here) for one in tries)
        sections.append(Section("Essais notés", (Part(entries=entries),)))
    return Document(
        title=text.french(f"Preuve d’essais de {name}"),
        author=name,
        date=paris(at).date(),
        name=name,
        headline=text.french(f"Essais notés : {campaign.titre.lower()} {campaign.annee}"),
        summary=text.french(" ".join(_summary(campaign, rows, dossier, at, here))),
        sections=tuple(sections),
        notice=text.french(
            f"Ce n’est pas un dépôt, ni un accusé de {office} : une trace, datée par le serveur "
            "d’un kit libre, non officiel, qui n’a rien transmis. Joignez vos copies d’écran."
        ),
    )


def _summary(
    campaign: CampagneVue,
    rows: Sequence[Row],
    dossier: Dossier,
    at: datetime,
    here: LocalClock | None,
) -> Iterator[str]:
    corps = dossier.libelle_corps or dossier.statut
    yield f"{corps}. Page faite le {_moment(at, here)}."
    step = campaign.step(campaign.voeux.jusqu_a) if campaign.voeux else None
    if step is not None and step.au is not None:
        yield f"{step.titre} jusqu’au {words.last_day(step, here)}."
    if rows:
        yield f"Empreinte de la liste : {digest(campaign, rows)} ; deux listes égales ont la même."


def _moment(at: datetime, here: LocalClock | None) -> str:
    local = paris(at)
    return f"{text.day(local.date())}, {hour_text(local.date(), f'{local:%H:%M}', here)}"


def _wishes(rows: Sequence[Row]) -> Iterator[Entry]:
    for row in rows:
        total = f"{row.wish.total} points" if row.wish.total else "points non comptés"
        kind = (row.wish.kind,) if row.wish.kind else ()
        yield Entry(text.french(f"{row.wish.rank}. {row.wish.name}"), text.french(total), kind)


def _try(one: NoteLue, campaign: CampagneVue, here: LocalClock | None) -> Entry:
    step = campaign.step(one.etape)
    late = ("après la clôture de l’étape",) if one.apres_cloture else ()
    what = one.texte or "essai noté sans autre mot"
    return Entry(
        text.french(what), text.french(_moment(one.note_le, here)),
        ((step.titre,) if step else ()) + late,
    )  # fmt: skip
