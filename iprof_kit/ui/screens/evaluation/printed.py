"""A project as a page to take along: to be copied, never an opinion that was given."""

from __future__ import annotations

from datetime import date

from iprof_kit.documents.model import Document, Entry, Part, Section
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.screens.evaluation.view import ProjetView
from iprof_kit.ui.shared import text

FILE_NAME = "projet-d-avis.pdf"
NOTICE = (
    "Projet d’avis, à recopier dans l’application officielle ; fait avec un kit libre, non "
    "officiel. Ni avis rendu, ni compte rendu. À détruire une fois recopié."
)


def project_page(view: ProjetView, lines: tuple[tuple[str, str], ...], today: date) -> Download:
    """Return a project as a PDF.

    Parameters
    ----------
    view : ProjetView
    lines : tuple of (str, str)
        Each item that was placed, with its level.
    today : date
    """
    entries = tuple(Entry(label, text=level) for label, level in lines)
    sections = [Section("Grille", (Part(entries=entries),))] if entries else []
    opinion = next((one.label for one in view.opinions if one.selected and one.value), "")
    if opinion:
        sections.append(Section("Avis envisagé", (Part(text=opinion),)))
    if view.words.strip():
        sections.append(Section("Appréciation", (Part(text=view.words.strip()),)))
    document = Document(
        title=text.french(f"Projet d’avis, {view.title}"),
        author="",
        date=today,
        name=view.title,
        headline=text.french(f"{view.subject}. {view.lead_strong}"),
        summary=text.french(f"{view.lead.removeprefix(', ')} Effacé du kit le {view.erased}."),
        sections=tuple(sections),
        notice=text.french(NOTICE),
    )
    from iprof_kit.documents.typesetting import compile_sheet, pdf_sheet  # few sessions need it

    content = compile_sheet(pdf_sheet(document, "classique", None))[0]
    return Download(FILE_NAME, "application/pdf", content)
