"""« Votre courrier »: the list, the thread or the form beside it, and what explains."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.services.contract.avis import AvisLus
from iprof_kit.services.contract.kit_messages import MessagesChoisis
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.kit.parts import Option, Page
from iprof_kit.ui.screens.courrier.rows import Row
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


@dataclass(frozen=True)
class CourrierView(Page):
    """The screen. On a phone, a thread or a form takes the place of the list."""

    rows: tuple[Row, ...] = ()
    count: str = ""
    views: tuple[Option, ...] = ()
    sought: str = ""
    newer_list: bool = False
    older_list: bool = False
    """Whether the list has threads before or after those shown."""
    nothing: str = ""
    """What is said of an empty list."""
    thread: ThreadView | None = None
    form: WritingView | None = None
    receipt: Receipt | None = None
    service: str = ""
    is_new: bool = False
    reopening: str = ""
    reopening_error: str = ""
    doctor: str = ""
    """The address of the doctor who alone receives health papers."""
    threads: int = 0
    """How many there are in all: no list is drawn where there is none."""
    mailing: Mailing | None = None
    """Being told by e-mail, once asked for."""
    kit_messages: KitMessages | None = None
    """Which messages the kit writes, once asked for."""
    letter: bool = False
    """Whether nobody reads here."""
    proof: str = ""
    """What to do with a letter, and what proves that it was sent."""
    official: tuple[str, str] = ("", "")
    address: str = ""
    turn: str = ""
    focus: str = ""

    @property
    def alone(self) -> bool:
        """Whether something is open, which a phone shows instead of the list."""
        return self.thread is not None or self.is_new
