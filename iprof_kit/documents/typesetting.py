"""Typst at work: one compiler per template, kept warm, fed with data only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock

import typst

from iprof_kit.base.errors import InputError
from iprof_kit.documents.characters import simple
from iprof_kit.documents.coverage import FONTS, drawable
from iprof_kit.documents.data import as_json
from iprof_kit.documents.model import TEMPLATES, Document

FOLDER = Path(__file__).parent / "templates"
STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
LETTER, TABLE, REPORT, ACCESS = "lettre", "tableau", "rapport", "acces"
_REFUSED = "could not be displayed"
_GLYPH = re.compile(r"(?<=[#\"]g)([0-9A-F]{12})[0-9A-F]{20}(?=\")")
_USUAL = re.compile(r' fill-rule="nonzero"| y="0"(?= fill)')
_LINK = re.compile(r"<a\b[^>]*>|</a>")
"""Nothing of a picture can be clicked; the PDF has the links."""


@dataclass(frozen=True)
class Sheet:
    """All that typst is given: a template, its data, and the moment of a PDF; None for pictures."""

    name: str
    data: str
    timestamp: int | None = None


def pdf_sheet(document: Document, template: str, timestamp: int | None) -> Sheet:
    """Return what gives the PDF of a document, dated of its day unless a timestamp is given.

    Raises
    ------
    InputError
        There is no such template, or the document is too long.
    """
    if timestamp is None:
        day = document.date
        timestamp = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    return Sheet(_name(document, template), as_json(document), timestamp)


def pages_sheet(document: Document, template: str) -> Sheet:
    """Return what gives the pages of a document as pictures; it raises as `pdf_sheet`."""
    return Sheet(_name(document, template), as_json(document))


def compile_sheet(sheet: Sheet) -> list[bytes]:
    """Return the PDF, alone, or the pages as SVG."""
    press = _press(sheet.name)
    if sheet.timestamp is None:
        return press.pages(sheet.data)
    try:
        return [press.pdf(sheet.data, sheet.timestamp)]
    except typst.TypstError as error:
        if _REFUSED not in error.message:
            raise
        # Letters drawn one by one may be refused together: the document comes all the same.
        return [press.pdf(simple(sheet.data), sheet.timestamp)]


def compile_data(name: str, data: str, timestamp: int) -> bytes:
    """Return the PDF of a template, from the JSON that it reads."""
    return _press(name).pdf(data, timestamp)


def get_ready() -> None:
    """Read templates, fonts and characters ahead; nothing is set yet, so no thread is started."""
    drawable()
    for name in (*TEMPLATES, LETTER):
        _press(name)


class _Press:
    """The compiler of one template, one document at a time: typst keeps its cache between two."""

    def __init__(self, name: str) -> None:
        self._compiler = typst.Compiler(FOLDER / f"{name}.typ", root=FOLDER, font_paths=_fonts())
        self._lock = Lock()

    def pdf(self, data: str, timestamp: int) -> bytes:
        with self._lock:
            made = self._compiler.compile(
                format="pdf",
                sys_inputs={"data": data},
                pdf_standards=STANDARDS,
                timestamp=timestamp,
            )
        return made if isinstance(made, bytes) else b"".join(made or [])

    def pages(self, data: str) -> list[bytes]:
        with self._lock:
            made = self._compiler.compile(format="svg", sys_inputs={"data": data})
        pages = [made] if isinstance(made, bytes) else made or []
        return [_lighter(page.decode()).encode() for page in pages]


def _lighter(page: str) -> str:
    """Return a picture without attributes that say the default, its glyphs named shortly.

    It travels at each key that is pressed. A glyph keeps the head of the hash of its outline, so
    that two pages put in one web page still name the same outline the same way, and different ones
    differently. A picture leads nowhere.
    """
    plain = _LINK.sub("", _USUAL.sub("", page))
    return _GLYPH.sub(r"\1", plain).replace("xlink:href", "href")


@lru_cache(maxsize=len(TEMPLATES) + 4)
def _press(name: str) -> _Press:
    return _Press(name)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])


def _name(document: Document, template: str) -> str:
    """Return the file of the template: a letter always has its own."""
    if template not in TEMPLATES:
        raise InputError(
            f"il n’y a pas de modèle « {template} ».",
            where="modele",
            remedy=f"Choisissez l’un de ceux-ci : {', '.join(TEMPLATES)}.",
        )
    return LETTER if document.letter else template


def draws(text: str) -> bool:
    """Return whether the embedded fonts draw a text, by setting it as a PDF."""
    try:
        _press("essai").pdf(text, 0)
    except typst.TypstError:
        return False
    return True
