"""What one person is doing with her CV on this screen: draft, chosen CV, line being edited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from iprof_kit.base.errors import KitError, Refused
from iprof_kit.cv.dossier import DossierSource
from iprof_kit.cv.model import Cible, Cv
from iprof_kit.cv.person import Profil
from iprof_kit.cv.prefill import prefill
from iprof_kit.cv.remarks.checks import check
from iprof_kit.cv.remarks.remark import Remarque
from iprof_kit.cv.sections import ItemSection
from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.targets import whole, with_target
from iprof_kit.services.contract.dossier import DOSSIER_LIRE, SESSION_QUI, Qui
from iprof_kit.services.contract.facts import with_own_contact
from iprof_kit.services.contract.operation import Asks
from iprof_kit.services.contract.posts import posts_of
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.kit.parts import Notice
from iprof_kit.ui.screens.cv.list_view import Editing
from iprof_kit.ui.screens.cv.shown import Shown
from iprof_kit.ui.screens.cv.store import Store
from iprof_kit.ui.visit.not_covered import is_not_covered

FIRST = "premier"
"""Identifier of the CV that everybody has before making others: the same on every device."""


@dataclass(frozen=True)
class Deleted:
    """What was just deleted, an item, a CV or a profile, and its place."""

    sentence: str
    at: int
    section: ItemSection | None = None
    item: Item | None = None
    cible: Cible | None = None
    profil: Profil | None = None
    shown_in: tuple[Cible, ...] = ()


class Session:
    """The state behind the pages of the CV; `Store` holds what is saved.

    Parameters
    ----------
    asks : callable
        Returns the guichet.
    """

    def __init__(self, asks: Callable[[], Asks]) -> None:
        self._asks = asks
        self._dossier: DossierSource | None = None
        self.is_not_covered = False
        """Whether the file read is that of somebody whom the kit has no rules for."""
        self._checked: tuple[Cv, tuple[Remarque, ...]] | None = None
        self.store = Store(asks, self._begin)
        self._shown = Shown(asks)
        self._chosen = ""
        self.editing: Editing | None = None
        self.before: Item | None = None
        self.deleted: Deleted | None = None
        self.turn, self.focus = 0, ""
        self.notices: tuple[Notice, ...] = ()
        self.place = ""
        """Where a row was just moved, for who does not see it; said once."""
        self.download: Download | None = None
        self.path = ""
        self.seen = False
        """Whether the person asked to see the pages alone, as her address says."""
        self.left: frozenset[str] = frozenset()
        self.pages: dict[str, Any] = {}
        """What each page remembers between two messages: a comparison, a preview of an import."""
        self.day: date | None = None
        self._forms = 0

    @property
    def cv(self) -> Cv:
        """The draft."""
        return self.store.cv

    @property
    def cible(self) -> Cible:
        """The CV that is shown and edited, every section of the registry in it."""
        chosen = next((one for one in self.cv.cibles if one.id == self.chosen), None)
        first = self.cv.cibles[0] if self.cv.cibles else Cible(id=FIRST)
        return whole(self.cv.faits, chosen or first)

    @property
    def chosen(self) -> str:
        """The identifier of the CV that was chosen, here or before a reload."""
        return self._chosen or FIRST

    @chosen.setter
    def chosen(self, identifier: str) -> None:
        if identifier != self._chosen:
            self._chosen = identifier
            self._shown.keep(identifier)

    @property
    def form_key(self) -> str:
        """Mark of the forms always open; it changes when their values are no longer those typed."""
        return f"f{self._forms}"

    def who(self) -> Qui:
        """Return who is there, and the day."""
        return SESSION_QUI.ask(self._asks())

    def today(self) -> date:
        """Return the day that counts as today, asked once for one message."""
        if self.day is None:
            self.day = self.who().aujourdhui
        return self.day

    def open(self) -> None:
        """Read what the server has; what is shown is then the newest."""
        former = self.cv
        self.store.load()
        self._chosen = self._chosen or self._shown.read() or FIRST
        if self.cv != former:
            self.new_forms()

    def write(self, cv: Cv) -> None:
        """Take a new draft and save it."""
        self.store.write(cv)

    def write_target(self, cible: Cible) -> None:
        """Take a change of one CV and save it."""
        self.write(with_target(self.cv, cible))

    def remarks(self) -> tuple[Remarque, ...]:
        """Return what the checks say of the draft, asked once for one writing."""
        if self._checked is None or self._checked[0] is not self.cv:
            self._checked = (self.cv, check(self.cv, self.today()))
        return self._checked[1]

    def look_at(self, *ids: str) -> None:
        """Ask that the focus goes to the first of these that is on the page."""
        self.turn += 1
        self.focus = " ".join(ids)

    def new_forms(self) -> None:
        """Say that forms hold other values than those typed: they are shown anew."""
        self._forms += 1
        self.editing, self.before, self.left = None, None, frozenset()

    def say(self, title: str, words: str = "", kind: str = "ok") -> None:
        """Show a notice at the head of the page, this once."""
        self.notices = (*self.notices, Notice(title, words, kind))

    def _begin(self, cv: Cv) -> Cv:
        """Complete what was read: the dossier's facts, and a first CV to show."""
        dossier = self.dossier()
        if dossier is not None:
            cv = prefill(cv, dossier)
        return cv if cv.cibles else with_target(cv, Cible(id=FIRST))

    def dossier(self) -> DossierSource | None:
        """Return what the dossier gives to a CV, None without dossier or while it is closed."""
        if self._dossier is None:
            try:
                read = DOSSIER_LIRE.ask(self._asks())
            except Refused:
                return None
            except KitError:
                return None
            self.is_not_covered = is_not_covered(read.dossier, self.who().aujourdhui)
            shown = with_own_contact(read.dossier, read.saisies)
            who = self.who()
            post = posts_of(read.dossier, who.aujourdhui).named
            self._dossier = DossierSource.of(
                shown.model_dump(),
                academie=who.academie.nom,
                poste=post.model_dump() if post else None,
            )
        return self._dossier
