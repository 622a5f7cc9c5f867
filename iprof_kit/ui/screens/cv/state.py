"""What every page of the CV shows around its own content: draft, conflict, undo, preview."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from iprof_kit.base.asked import Choices
from iprof_kit.base.errors import KitError
from iprof_kit.cv.model import Cible
from iprof_kit.ui.kit.parts import Page
from iprof_kit.ui.screens.cv.compare import Difference
from iprof_kit.ui.screens.cv.preview import Pages

SEEN = ("apercu", "oui")
"""What an address says where the pages alone are to be seen."""


@dataclass(frozen=True)
class TwoWritings:
    """Two writings of the CV: what the other changed from this one, for the person to choose."""

    saved_at: datetime | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Preview:
    """The pages of one CV as they will be printed, in pictures and in words."""

    cible: Cible
    drawn: Pages
    cibles: tuple[Cible, ...]
    """The CVs to choose from, where the page has no other choice of them."""
    missing: str = ""
    models: Choices = ()
    """The models of page to choose from, where they are offered."""


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


@dataclass(frozen=True)
class Undo:
    """What was just done, and can be undone by one act."""

    sentence: str
    act: str = "cv_annuler_suppression"
    label: str = "Annuler la suppression"


@dataclass(frozen=True)
class Around:
    """What surrounds the content of a page; `focus` names where the focus goes, once a turn."""

    saved_at: datetime | None = None
    trouble: KitError | None = None
    """Why the draft is not saved."""
    bar: Bar = Bar()
    conflict: TwoWritings | None = None
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
