"""What a link shows of a CV, the same for its owner's preview and for its readers."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import Refused
from iprof_kit.cv.model import Cible, Cv, Faits, Lettre
from iprof_kit.cv.person import Contact
from iprof_kit.cv.printing.layout import document, name
from iprof_kit.documents import web
from iprof_kit.documents.model import Document
from iprof_kit.services.cv.shared_pages import SHARED_PAGES, Kind, Made, PageKey


class Prints(Protocol):
    """What sets pages: a press, or `documents.render`."""

    def pdf(self, document: Document, template: str, timestamp: int | None) -> bytes:
        """Return a PDF."""

    def pages_svg(self, document: Document, template: str) -> list[str]:
        """Return pages."""


@dataclass(frozen=True)
class SharedVersion:
    """What a link or its preview names, as the database keeps it: not read into a CV yet."""

    person: str
    version: str
    content: dict[str, Any]
    made_at: datetime
    target: str
    contact: bool

    def shown(self) -> SharedCv:
        """Return what a reader may see; raises as `shared`."""
        return shared(self.content, self.target, contact=self.contact, made_at=self.made_at)

    def ask(self, kind: Kind) -> Future[Made]:
        """Return the pages to come, those of an earlier reading where they are still kept.

        Raises
        ------
        Unavailable
            Too many are being made.
        """
        key = PageKey(self.person, self.version, self.made_at, self.target, self.contact, kind)
        return SHARED_PAGES.get(key, lambda press: self.make(kind, press))

    def make(self, kind: Kind, press: Prints) -> Made:
        """Return the pages, set now."""
        cv = self.shown()
        if kind == "pdf":
            return Made(title(cv), (pdf(cv, press),))
        drawn = tuple(page.encode() for page in pages(cv, press))
        return Made(title(cv), drawn, html(cv))


@dataclass(frozen=True)
class SharedCv:
    """The CV without what may not be shown, the target that arranges it, the version's moment."""

    cv: Cv
    target: Cible
    made_at: datetime


def shared(content: dict[str, Any], target: str, *, contact: bool, made_at: datetime) -> SharedCv:
    """Return what a reader may see of one version: one target, never its letter.

    Without `contact`, how to reach the person and those whom she names is not there at all: no
    renderer has to hide it. With it, it is shown even where the target hides it.

    Raises
    ------
    Refused
        The version has no such target.
    """
    check_target(content, target)
    cv = Cv.model_validate(content)  # its photo is opened by the process that sets its pages
    chosen = next(one for one in cv.cibles if one.id == target)
    shown = chosen.model_copy(update={"coordonnees": contact, "lettre": Lettre()})
    facts = cv.faits if contact else _without_contact(cv.faits)
    return SharedCv(Cv(faits=facts, cibles=(shown,)), shown, made_at)


def check_target(content: dict[str, Any], target: str) -> None:
    """Refuse a target that a version does not have, without reading the rest of it.

    Raises
    ------
    Refused
        The version has no such target.
    """
    if all(one.get("id") != target for one in content.get("cibles", ())):
        raise Refused(
            "cette version de votre CV ne contient pas ce CV.",
            remedy="Créez une version du CV tel qu’il est, puis recommencez.",
        )


def title_of(content: dict[str, Any], target: str) -> str:
    """Return the title of a target, without reading the rest; refused as `check_target` does."""
    check_target(content, target)
    given = next(one for one in content["cibles"] if one.get("id") == target)
    return Cible.model_validate(given).titre


def pages(cv: SharedCv, press: Prints) -> list[str]:
    """Return the pages as SVG documents."""
    return press.pages_svg(_document(cv), cv.target.modele)


def pdf(cv: SharedCv, press: Prints) -> bytes:
    """Return the same pages as a PDF; the same version gives the same bytes."""
    return press.pdf(_document(cv), cv.target.modele, int(cv.made_at.timestamp()))


def html(cv: SharedCv) -> str:
    """Return the same text as an `article` under a title of the page, for who sees no picture."""
    return web.html(_document(cv), level=2, linked=True)


def title(cv: SharedCv) -> str:
    """Return the title of the page: « Jean Dupont, curriculum vitae »."""
    who = name(cv.cv.faits.identite)
    return f"{who}, curriculum vitae" if who else "Curriculum vitae"


def _document(cv: SharedCv) -> Document:
    return document(cv.cv, cv.target, paris(cv.made_at).date())


def _without_contact(facts: Faits) -> Faits:
    hidden = tuple(one.model_copy(update={"contact": ""}) for one in facts.references)
    return facts.model_copy(update={"contact": Contact(), "references": hidden})
