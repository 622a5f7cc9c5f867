"""What the screens of one person share: the guichet, her file, her starting point."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from iprof_kit.base.errors import Refused
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.services.contract.dossier import DOSSIER_LIRE, SESSION_QUI, Dossier, DossierLu, Qui
from iprof_kit.services.contract.facts import with_own_contact
from iprof_kit.services.contract.operation import A, Asks, Operation, P
from iprof_kit.services.contract.standing import Late, brought_up, late
from iprof_kit.services.contract.standing import situation_of as situation_of
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.kit.asking import Calculate, Comparison, calculate
from iprof_kit.ui.kit.parts import Page
from iprof_kit.ui.kit.sensitive import Sensitive
from iprof_kit.ui.shared.messages import Intent

Shown = tuple[str, Page]
"""The name of a template, and what it shows."""


class Rubrique(Protocol):
    """One screen, or a few that share what is being done on them; made at its first visit."""

    def show(self, path: str) -> Shown:
        """Return the screen at an address."""

    def receive(self, intent: Intent) -> None:
        """Do what the person asks; what is wrong with her entry is kept for `show`."""


class Visit:
    """One person in front of the portal.

    Nothing is asked of the guichet before the first need: a kernel can be made ahead.

    Parameters
    ----------
    open_guichet : callable
        Returns the guichet; called once.
    ask : callable
        Answers a `CareerQuestion`.
    """

    def __init__(self, open_guichet: Callable[[], Asks], ask: Calculate = calculate) -> None:
        self._open_guichet = open_guichet
        self._guichet: Asks | None = None
        self._who: Qui | None = None
        self._read: DossierLu | None = None
        self._shown: Dossier | None = None
        self._has_file: bool | None = None
        self.openings = 0
        """How many times a screen was opened: what another device wrote is read again then."""
        self.calculate = ask
        self._compared: Comparison | None = None
        self.download: Download | None = None
        """The file that the next answer gives, if any."""
        self.path = ""
        """The address that is shown."""
        self.query: dict[str, str] = {}
        """Its arguments."""
        self.unread: int | None = None
        """Threads of « Votre courrier » with something new, as last read; None: not known."""
        self.sensitive = Sensitive()
        """What she types of illness, invalidity or a strike: never sent to the guichet."""

    def ask(self, operation: Operation[Any, P, Any, A], /, *none: P.args, **args: P.kwargs) -> A:
        """Return the answer of an operation of the contract."""
        return operation.ask(self.guichet(), *none, **args)

    def guichet(self) -> Asks:
        """Return the guichet, opened at the first need."""
        if self._guichet is None:
            self._guichet = self._open_guichet()
        return self._guichet

    def who(self) -> Qui:
        """Return the person asking, and today: asked once a message of the browser."""
        if self._who is None:
            self._who = self.ask(SESSION_QUI)
            self.unread = self._who.nouveaux
        return self._who

    def begin(self) -> None:
        """Begin to answer a message: who asks, and which day it is, is found out anew."""
        self._who = None

    def file(self) -> DossierLu:
        """Return the file with what the person wrote about it, read once a screen.

        Each reading is written in the journal.
        """
        if self._read is None:
            self._read = self.ask(DOSSIER_LIRE)
        return self._read

    @property
    def number(self) -> str:
        """The number of the file that the screen has read; "" where it has read none."""
        return self._read.dossier.numero if self._read else ""

    def dossier(self) -> Dossier:
        """Return the file with the échelons that are due since its last one (`brought_up`).

        `file().dossier` is what the administration recorded, and nothing else.
        """
        if self._shown is None:
            self._shown = brought_up(self.file().dossier, self.who().aujourdhui)
        return self._shown

    def letterhead(self) -> Dossier:
        """Return the file as a letter is headed by it: recorded, with the contact that she wrote.

        An échelon that the kit counts by itself is in no letter.
        """
        read = self.file()
        return with_own_contact(read.dossier, read.saisies)

    def has_file(self) -> bool:
        """Tell whether the account opens a file of its own."""
        if self._has_file is None:
            try:
                self.file()
            except Refused:
                self._has_file = False
            else:
                self._has_file = True
        return self._has_file

    def has_read_file(self) -> bool:
        """Tell whether a screen read the file since it was opened."""
        return self._read is not None

    def is_teacher(self) -> bool:
        """Tell whether the account is that of somebody who may have a file."""
        who = self.who()
        return "enseignant" in (who.role, *who.roles)

    def is_without_corps(self) -> bool:
        """Tell whether the person has a file that says no corps; unknown files are not asked."""
        return self.has_file() and self.file().dossier.corps is None

    def late(self) -> Late | None:
        """Return what the file lacks, where a screen has read it and it stops too early."""
        if self._read is None:
            return None
        return late(self._read.dossier, self.dossier(), self.who().aujourdhui)

    def read_again(self) -> None:
        """Read the file anew at the next need."""
        self._read = self._shown = self._has_file = None
        self.openings += 1

    def comparison(self, start: Situation, *, sourced: bool = False) -> Comparison:
        """Return the two scenarios of a starting point, untouched: one for all the screens.

        Each step comes with its texts where that is asked. What she told is in the starting point
        that `own_situation.reader` gives.
        """
        today, kept = self.who().aujourdhui, self._compared
        if kept is None or kept.situation != start or (sourced and not kept.sourced):
            kept = self._compared = Comparison(start, today, self.calculate, sourced=sourced)
        return kept
