"""The wishes of a campaign as a page to take along: a preparation, never a confirmation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from iprof_kit.base.errors import InputError
from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.documents.model import Document, Entry, Part, Section
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.screens.services.scores import Wish
from iprof_kit.ui.screens.services.wishes_view import Row, WishesView
from iprof_kit.ui.shared import text

FILE_NAME = "preparation-voeux.pdf"


def prepared_wishes(
    campaign: CampagneVue, view: WishesView, dossier: Dossier, today: date
) -> Download:
    """Return the wishes in their order, with their points and papers, as a PDF.

    Raises
    ------
    InputError
        There is no wish.
    """
    from iprof_kit.documents.typesetting import compile_sheet, pdf_sheet  # few sessions need it

    document = prepared_document(campaign, view, dossier, today)
    content = compile_sheet(pdf_sheet(document, "classique", None))[0]
    return Download(FILE_NAME, "application/pdf", content)


def prepared_document(
    campaign: CampagneVue, view: WishesView, dossier: Dossier, today: date
) -> Document:
    """Return what the page says; see `prepared_wishes`."""
    if not view.rows:
        raise InputError(
            "vous n’avez aucun vœu, et il en faut au moins un pour participer.",
            remedy="Ajoutez-en un à votre liste.",
        )
    who = dossier.identite
    name = f"{who.prenom} {who.nom}"
    sections = [Section("Vœux, dans l’ordre", (Part(entries=_wishes(view.rows)),))]
    if view.tried and _keys(view.tried) != _keys(view.rows):
        part = Part(entries=_wishes(view.tried))
        sections.append(Section("Essayé après la clôture, gardé à part", (part,)))
    office = campaign.application or "l’application officielle"
    return Document(
        title=text.french(f"Préparation des vœux de {name}"),
        author=name,
        date=today,
        name=name,
        headline=text.french(f"Préparation : {campaign.titre.lower()} {campaign.annee}"),
        summary=text.french(
            f"État du {text.day(today)}. {view.limit}. {text.sentence(campaign.decide_par)}"
        ),
        sections=tuple(sections),
        notice=text.french(
            f"Préparation, faite avec un kit libre, non officiel, qui n’a rien transmis. Les vœux "
            f"se font dans {office} : son ordre seul compte."
        ),
    )


def _keys(rows: tuple[Row, ...]) -> list[str]:
    return [row.wish.key for row in rows]


def _wishes(rows: tuple[Row, ...]) -> tuple[Entry, ...]:
    return tuple(_entry(row.wish) for row in rows)


def _entry(wish: Wish) -> Entry:
    total = f"{wish.total} points" if wish.total else "points non comptés"
    return Entry(
        text.french(f"{wish.rank}. {wish.name}"),
        total,
        tuple(part for part in (wish.kind,) if part),
        text="\n".join(_papers(wish)),
    )


def _papers(wish: Wish) -> Iterator[str]:
    for one in wish.papers:
        state = "prête" if one.ready else "à joindre"
        yield text.french(f"Pièce {one.number}, {one.title} : {state}")
