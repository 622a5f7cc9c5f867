"""What a document says, in plain frozen data: no field of the CV, no typesetting.

Every text is shown as text by every renderer: nothing in it is read as markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Literal

Template = Literal["classique", "moderne", "une_page", "statutaire"]
TEMPLATES: tuple[Template, ...] = ("classique", "moderne", "une_page", "statutaire")

PORTRAIT = 0.75
"""Width over height of the photograph for which the templates are drawn."""
_NARROWEST, _WIDEST = 0.4, 2.0


@dataclass(frozen=True)
class Picture:
    """A photograph, PNG or JPEG, and what it shows for who does not see it."""

    data: bytes
    media_type: Literal["image/png", "image/jpeg"]
    description: str
    ratio: float = PORTRAIT
    """Its width divided by its height."""

    @property
    def widening(self) -> float:
        """Return by how much it is wider than a portrait of the same surface."""
        return sqrt(min(max(self.ratio, _NARROWEST), _WIDEST) / PORTRAIT)


@dataclass(frozen=True)
class Fact:
    """A labelled value; without a label, the value stands alone."""

    label: str
    value: str
    key: str = ""
    """What the line comes from, for `Document.marked`; never printed."""
    link: str = ""
    """Where the whole value leads; the addresses in a text lead there without it (`links`)."""


@dataclass(frozen=True)
class Entry:
    """A line of a section: dates, a title, what comes with it, some lines of text."""

    title: str
    dates: str = ""
    details: tuple[str, ...] = ()
    text: str = ""
    key: str = ""
    """What the line comes from, for `Document.marked`; never printed."""


@dataclass(frozen=True)
class Part:
    """A part of a section, under a title of its own or none."""

    title: str = ""
    facts: tuple[Fact, ...] = ()
    entries: tuple[Entry, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Section:
    """A titled section; a short one may stand in a side column."""

    title: str
    parts: tuple[Part, ...] = ()
    short: bool = False


@dataclass(frozen=True)
class Letter:
    """The body of a letter."""

    recipient: tuple[str, ...]
    place_and_date: str
    subject: str
    text: str
    signature: str


@dataclass(frozen=True)
class Document:
    """A document: who it speaks of, its sections, or its letter."""

    title: str
    """The title of the file: « CV de Jean Dupont »."""
    author: str
    date: date
    """The day the document is made: it dates the file, so that equal data give equal bytes."""
    name: str = ""
    headline: str = ""
    kind: str = ""
    """What the document is, where its form is imposed: printed above the name."""
    summary: str = ""
    contact: tuple[Fact, ...] = ()
    picture: Picture | None = None
    sections: tuple[Section, ...] = ()
    letter: Letter | None = None
    notice: str = ""
    """Printed at the foot of every page."""
    marked: str = ""
    """The key of the line to tint: the one that is being edited, in a preview."""
    lang: str = "fr"
