"""What every page of the CV shows around its own content: draft, conflict, undo, preview."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import KitError
from iprof_kit.cv.model import Cible, Cv
from iprof_kit.services.contract.cv import CvVersion
from iprof_kit.ui.kit.parts import Option, Page
from iprof_kit.ui.screens.cv.compare import Difference, compare
from iprof_kit.ui.shared import text

SEEN = ("apercu", "oui")
"""What an address says where the pages alone are to be seen."""
MODELES = {
    "classique": "classique",
    "moderne": "moderne",
    "une_page": "une page",
    "statutaire": "statutaire",
}


@dataclass(frozen=True)
class Receipt:
    """What is saved, when, and the last version; `trouble` says why it is not."""

    saved: str = ""
    version: str = ""
    trouble: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class Conflict:
    """Two writings of the CV: what the other changed from this one, for the person to choose."""

    when: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Preview:
    """The pages of one CV as they will be printed, in pictures and in words."""

    cible: str
    title: str
    options: tuple[Option, ...]
    model: str
    pages: int
    words: str
    trouble: str = ""
    missing: str = ""
    notes: tuple[str, ...] = ()
    """What to know before printing: pages too many, characters lost."""
    models: tuple[Option, ...] = ()
    """The models of page to choose from, where they are offered."""
    statutory: bool = False

    @property
    def caption(self) -> str:
        """Return « Modèle classique, 2 pages »."""
        return f"Modèle {self.model}, {self.pages} page{'s' if self.pages > 1 else ''}"


@dataclass(frozen=True)
class Bar:
    """What stands above every page of the CV: how far it is, see it, take it, share it."""

    filled: int = 0
    sections: int = 0
    seen: bool = False
    """Whether the pages alone are shown."""
    see: str = ""
    back: str = ""
    sharing: bool = False

    @property
    def progress(self) -> str:
        """Return « 6 rubriques sur 9 »."""
        return f"{self.filled} rubrique{'s' if self.filled > 1 else ''} sur {self.sections}"


@dataclass(frozen=True)
class Undo:
    """What was just done, and can be undone by one act."""

    sentence: str
    act: str = "cv_annuler_suppression"
    label: str = "Annuler la suppression"


@dataclass(frozen=True)
class Around:
    """What surrounds the content of a page; `focus` names where the focus goes, once a turn."""

    receipt: Receipt = Receipt()
    bar: Bar = Bar()
    conflict: Conflict | None = None
    undo: Undo | None = None
    preview: Preview | None = None
    turn: int = 0
    focus: str = ""
    place: str = ""
    """Where a row was just moved, read aloud."""


@dataclass(frozen=True)
class CvPage(Page):
    """A page of the CV."""

    around: Around = field(default=Around(), kw_only=True)


def receipt(
    saved_at: datetime | None, versions: list[CvVersion], trouble: KitError | None
) -> Receipt:
    """Return what is said of the draft."""
    return Receipt(
        saved=text.moment(saved_at) if saved_at else "",
        version=version_words(versions[0]) if versions else "",
        trouble=text.sentence(trouble.message) if trouble else "",
        remedy=trouble.remedy if trouble else "",
    )


def version_words(version: CvVersion) -> str:
    """Return « Version « avant le mouvement » du 12 octobre 2026 »."""
    day = paris(version.creee_le).date()
    return f"Version « {version.nom} » du {text.day(day)}"


def conflict(here: Cv, other: Cv, saved_at: datetime | None) -> Conflict:
    """Return what the person is shown of two writings."""
    when = f"le {text.moment(saved_at)}" if saved_at else "entre-temps"
    return Conflict(when, compare(here, other))


def target_options(cv: Cv, current: Cible) -> tuple[Option, ...]:
    """Return the CVs to choose from."""
    return tuple(Option(one.id, one.titre or "sans nom", one.id == current.id) for one in cv.cibles)
