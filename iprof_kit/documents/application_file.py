"""A file in several parts whose pages are counted: letters and margins as its instructions say."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

from iprof_kit.documents.data import as_json
from iprof_kit.documents.model import Document, Section
from iprof_kit.documents.typesetting import Sheet, compile_sheet

_TEMPLATE = "dossier"


def file_pdf(document: Document, points: int, side: int) -> bytes:
    """Return the file as a PDF, each section on pages of its own.

    Parameters
    ----------
    document : Document
        Its sections are the parts.
    points : int
        Size of the letters.
    side : int
        Margins, in millimetres.
    """
    day = document.date
    moment = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    return compile_sheet(Sheet(_TEMPLATE, _data(document, points, side), moment))[0]


def pages_of(document: Document, section: Section, points: int, side: int) -> int:
    """Return how many pages a section of a file takes."""
    alone = replace(document, sections=(section,))
    return len(compile_sheet(Sheet(_TEMPLATE, _data(alone, points, side))))


def _data(document: Document, points: int, side: int) -> str:
    content = {"document": json.loads(as_json(document)), "points": points, "side": side}
    return json.dumps(content, ensure_ascii=False)
