"""A report as a PDF: tagged, its figures in vectors with the words of who does not see them."""

from __future__ import annotations

from iprof_kit.analytics.reports.parts import Part
from iprof_kit.analytics.reports.view import View
from iprof_kit.documents.figures import drawn_svg
from iprof_kit.documents.reports import ReportDocument, ReportSection, ReportTable, report_pdf

SAME_VALUES = "Mêmes valeurs dans le tableau de la section."
LEFT_OUT = "Ce que ce rapport ne contient pas"


def pdf_of(view: View) -> bytes:
    """Return the report as a PDF."""
    sections = [_section(part) for part in view.parties]
    if view.absents:
        sections.append(ReportSection(LEFT_OUT, view.absents))
    return report_pdf(
        ReportDocument(
            view.titre,
            view.sous_titre,
            view.marque,
            view.pied,
            (view.introduction,),
            view.chiffres,
            tuple(sections),
            view.provenance,
            view.jour,
        )
    )


def _section(part: Part) -> ReportSection:
    tables = tuple(ReportTable(g.title, g.heads, g.numbers, g.rows) for g in part.grids)
    texts = tuple(text for text in (part.texte, part.manque) if text)
    svg = drawn_svg(part.figure) if part.figure is not None else ""
    return ReportSection(
        part.titre, texts, tables, svg, f"{part.titre}. {SAME_VALUES}", part.remarques
    )
