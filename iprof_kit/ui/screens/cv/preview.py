"""The pages of a CV as pictures, made again only when what they show changed."""

from __future__ import annotations

import base64
import logging
from dataclasses import dataclass, replace
from datetime import date

from iprof_kit.base.errors import KitError
from iprof_kit.cv.model import Cible, Cv
from iprof_kit.cv.outputs.files import printing_notes
from iprof_kit.cv.printing.layout import document, letter
from iprof_kit.documents.baselines import lines_over
from iprof_kit.documents.model import Document
from iprof_kit.documents.render import html, pages_svg
from iprof_kit.ui.shared import text

_log = logging.getLogger(__name__)
_TROUBLE = "Les pages ne se dessinent pas. Votre saisie n’est pas en cause et elle est gardée."


@dataclass(frozen=True)
class Pages:
    """The pages of one document: addresses of pictures, the same in HTML for who reads it."""

    pictures: tuple[str, ...] = ()
    words: str = ""
    trouble: str = ""
    notes: tuple[str, ...] = ()
    """What to know before printing: a page too many, characters lost."""
    over: int = 0
    """Lines of text after the first page."""


class Press:
    """Draw CVs and letters; the last drawing is kept, and stays on screen where one fails."""

    def __init__(self) -> None:
        self._drawn: dict[str, tuple[object, Pages]] = {}

    def cv(self, cv: Cv, cible: Cible, today: date, edited: str = "") -> Pages:
        """Return the pages of a CV, the line being edited tinted."""
        made = document(cv, cible, today, marked=edited)
        drawn = self._pages("cv", made, cible.modele)
        return replace(drawn, notes=printing_notes(cible, made, len(drawn.pictures)))

    def letter(self, cv: Cv, cible: Cible, today: date) -> Pages:
        """Return the pages of the letter of a CV; none where nothing is written."""
        made = letter(cv, cible, today)
        return self._pages("lettre", made, cible.modele) if made else Pages()

    def _draw(self, made: Document, model: str) -> list[str]:
        return pages_svg(made, model)

    def _pages(self, kind: str, made: Document, model: str) -> Pages:
        key = (made, model)
        former, drawn = self._drawn.get(kind, (None, Pages()))
        if key == former:
            return drawn
        words = html(made, level=3)
        try:
            drawn_now = self._draw(made, model)
            over = lines_over(drawn_now)
            pages = Pages(tuple(map(address, drawn_now)), words, over=over)
        except KitError as error:
            pages = Pages(drawn.pictures, words, text.sentence(error.message))
        except Exception:
            _log.exception("un aperçu n’a pas pu être dessiné")
            pages = Pages(drawn.pictures, words, _TROUBLE)
        self._drawn[kind] = (key, pages)
        return pages


class Undrawn(Press):
    """Write the pages in words and draw none: before a fork, typst must not have started."""

    def _draw(self, _made: Document, _model: str) -> list[str]:
        return []


def address(svg: str) -> str:
    """Return the address of a picture that holds it."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode('ascii')}"
