"""« Votre courrier »: the list, the thread or the form beside it, and what explains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from iprof_kit.services.contract.avis import AvisLus
from iprof_kit.services.contract.courrier import ON_A_PAGE, CourrierLu, Fil
from iprof_kit.services.contract.kit_messages import MessagesChoisis
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.kit.parts import Acted, Option
from iprof_kit.ui.screens.courrier.letter import PROOF
from iprof_kit.ui.screens.courrier.rows import looks, own_title
from iprof_kit.ui.screens.courrier.thread import ThreadView
from iprof_kit.ui.screens.courrier.writing import WritingView


@dataclass(frozen=True)
class Receipt:
    """What was just done, and where its receipt is."""

    strong: str
    words: str
    path: str = ""


@dataclass(frozen=True)
class Mailing:
    """When and where she is told by e-mail, what is wrong, the receipt of what was kept."""

    read: AvisLus
    receipt: str = ""
    fault: ErreurChamp | None = None


@dataclass(frozen=True)
class KitMessages:
    """Which messages of the kit she wants, and the receipt of what was kept."""

    read: MessagesChoisis
    receipt: str = ""


@dataclass(frozen=True, kw_only=True)
class CourrierView(Acted):
    """The screen. On a phone, a thread or a form takes the place of the list."""

    read: CourrierLu
    shown: CourrierLu
    """The threads of the view, and of the page of it, that are looked at."""
    today: date
    named: str
    """The thread that the address names, « nouveau », or nothing."""
    page: int
    sought: str
    count: str
    views: tuple[Option, ...]
    thread: ThreadView | None
    form: WritingView | None
    receipt: Receipt | None
    service: str
    reopening: str
    reopening_error: str
    mailing: Mailing | None
    """Being told by e-mail, once asked for."""
    kit_messages: KitMessages | None
    """Which messages the kit writes, once asked for."""
    official: tuple[str, str]
    on_a_page: int = ON_A_PAGE
    proof: str = PROOF
    address: str

    @property
    def letter(self) -> bool:
        """Whether nobody reads here."""
        return self.read.correspondant.mode == "lettre"

    @property
    def rows(self) -> Iterator[tuple[Fil, str, tuple[str, ...]]]:
        """The threads, what each is called, how its steps look."""
        return ((one, own_title(one), looks(one)) for one in self.shown.fils)
