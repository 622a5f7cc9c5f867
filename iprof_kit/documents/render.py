"""A document rendered: PDF, pictures of its pages, DOCX, HTML, plain text."""

from __future__ import annotations

import re

from iprof_kit.documents.model import Document
from iprof_kit.documents.text import text
from iprof_kit.documents.typesetting import compile_sheet, pages_sheet, pdf_sheet
from iprof_kit.documents.web import html
from iprof_kit.documents.word import docx

__all__ = ["docx", "html", "page_count", "pages_svg", "pdf", "text"]

_PAGES = re.compile(rb"/Type/Pages/Count (\d+)")


def pdf(document: Document, template: str = "classique", timestamp: int | None = None) -> bytes:
    """Return the document as a tagged PDF, PDF/UA-1 and PDF/A-2a.

    Parameters
    ----------
    template : str
        One of `model.TEMPLATES`; a letter always has its own page.
    timestamp : int, optional
        Seconds since 1970 written in the file; by default the start of the document's day. The
        same document, template and timestamp give the same bytes.
    """
    return compile_sheet(pdf_sheet(document, template, timestamp))[0]


def pages_svg(document: Document, template: str = "classique") -> list[str]:
    """Return a picture of each page, as SVG: what the PDF shows."""
    return [page.decode() for page in compile_sheet(pages_sheet(document, template))]


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF of ours has, as typst writes it: the root of its pages counts."""
    return max((int(count) for count in _PAGES.findall(pdf)), default=0)
