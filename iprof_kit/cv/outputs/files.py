"""A CV as a file: the pages of one target, or everything for another tool."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal, get_args

from iprof_kit.base.errors import InputError
from iprof_kit.cv.model import Cible, Cv
from iprof_kit.cv.outputs import json_resume, own
from iprof_kit.cv.printing import annexe, layout
from iprof_kit.cv.remarks import conditions
from iprof_kit.cv.remarks.eligibility import Ask, eligibility
from iprof_kit.documents import render
from iprof_kit.documents.characters import not_printed, undrawn
from iprof_kit.documents.model import Document

Page = Literal["pdf", "docx", "txt"]
Piece = Literal["cv", "lettre", "annexe"]
PAGES: tuple[Page, ...] = get_args(Page)
PIECES: tuple[Piece, ...] = get_args(Piece)
WHOLE: dict[str, Callable[[Cv], bytes]] = {"json": own.dump, "jsonresume": json_resume.dump}
"""Formats that hold the whole body of facts, whatever the target."""


def page(cv: Cv, cible: Cible, kind: Page, today: date, piece: Piece = "cv") -> bytes:
    """Return one piece of an application as a file.

    Parameters
    ----------
    cible : Cible
        The CV to render; its `modele` is the template.
    kind : str
        « pdf », « docx » or « txt ».
    today : date
        Day that the document bears.
    piece : str
        « cv », « lettre » or « annexe ».

    Raises
    ------
    InputError
        The target has no letter, or its usage no annexe.
    """
    return _written(_document(cv, cible, today, piece), kind, cible.modele)


def printing_notes(cible: Cible, document: Document, pages: int) -> tuple[str, ...]:
    """Return what printed pages do otherwise than was asked: one too many, characters lost.

    Parameters
    ----------
    document : Document
        What is printed.
    pages : int
        How many pages it takes.
    """
    notes = []
    if cible.modele == "une_page" and pages > 1 and document.letter is None:
        notes.append(
            f"Ce CV ne tient pas sur une page : il en fait {pages}, à la plus petite taille "
            "lisible. Masquez des lignes ou raccourcissez des descriptions."
        )
    if lost := undrawn(render.text(document)):
        notes.append(not_printed(lost))
    return tuple(notes)


def notes_of_page(
    cv: Cv, cible: Cible, today: date, piece: Piece, content: bytes
) -> tuple[str, ...]:
    """Return what to know of a PDF that `page` made, as `printing_notes`."""
    return printing_notes(cible, _document(cv, cible, today, piece), render.page_count(content))


def conditions_page(cv: Cv, kind: Page, today: date, ask: Ask) -> bytes:
    """Return, as a file, what the CV says of each condition of the liste d'aptitude des agrégés.

    Parameters
    ----------
    kind : str
        « pdf », « docx » or « txt ».
    today : date
        Day that counts as today.
    ask : callable
        `iprof_kit.calculate.ask`.
    """
    answer = eligibility(cv, today, ask)
    return _written(conditions.document(answer, cv, today), kind, "classique")


def _written(document: Document, kind: Page, template: str) -> bytes:
    if kind == "pdf":
        return render.pdf(document, template)
    if kind == "docx":
        return render.docx(document, template)
    return render.text(document).encode("utf-8", "replace")


def _document(cv: Cv, cible: Cible, today: date, piece: Piece) -> Document:
    make = {"cv": layout.document, "lettre": layout.letter, "annexe": annexe.document}[piece]
    document = make(cv, cible, today)
    if document is None:
        raise InputError(
            f"« {cible.titre} » n’a pas de pièce « {piece} ».",
            where="CV",
            remedy="Écrivez la lettre, ou choisissez un usage qui demande une annexe.",
        )
    return document
