"""What one person is doing with her CV on this screen: draft, chosen CV, line being edited."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from iprof_kit.base.clock import PARIS
from iprof_kit.base.errors import KitError
from iprof_kit.cv.dossier import DossierSource
from iprof_kit.cv.model import Cible, Cv
from iprof_kit.cv.person import Profil
from iprof_kit.cv.prefill import prefill
from iprof_kit.cv.remarks.checks import check
from iprof_kit.cv.remarks.remark import Remarque
from iprof_kit.cv.sections import ItemSection
from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.targets import whole, with_target
from iprof_kit.services.contract.dossier import DOSSIER_LIRE
from iprof_kit.services.contract.facts import with_own_contact
from iprof_kit.services.contract.posts import posts_of
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.kit.parts import Notice
from iprof_kit.ui.kit.screen import KitScreen, State
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.cv.list_view import Editing
from iprof_kit.ui.screens.cv.store import Shown, Store
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


@dataclass
class CvState(State):
    """What is kept of the CV between two messages, beside the draft that `Store` saves."""

    at: str = ""
    """The page that was opened last."""
    seen: bool = False
    """Whether the person asked to see the pages alone, as her address says."""
    chosen: str = ""
    editing: Editing | None = None
    line_before: Item | None = None
    """The line as it was before its form was opened."""
    deleted: Deleted | None = None
    place: str = ""
    """Where a row was just moved, for who does not see it; said once."""
    left: frozenset[str] = frozenset()
    pages: dict[str, Any] = field(default_factory=dict)
    """What each page remembers between two messages: a comparison, a preview of an import."""
    forms: int = 0


class Session(KitScreen[CvState]):
    """The CV that a person reads and writes; `Store` holds what is saved."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._dossier: DossierSource | None = None
        self.is_not_covered = False
        """Whether the file read is that of somebody whom the kit has no rules for."""
        self._checked: tuple[Cv, tuple[Remarque, ...]] | None = None
        self.store = Store(visit.guichet, self._completed)
        self._shown = Shown(visit.guichet)

    @property
    def path(self) -> str:
        """The page that is shown."""
        return self._visit.path

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
        return self.state.chosen or FIRST

    @chosen.setter
    def chosen(self, identifier: str) -> None:
        if identifier != self.state.chosen:
            self.state.chosen = identifier
            self._shown.keep(identifier)

    @property
    def form_key(self) -> str:
        """Mark of the forms always open; it changes when their values are no longer those typed."""
        return f"f{self.state.forms}"

    def today(self) -> date:
        """Return the day that counts as today."""
        return self._visit.who().aujourdhui

    def now(self) -> datetime:
        """Return the moment, on the day of the server: it may be frozen."""
        return datetime.combine(self.today(), datetime.now(PARIS).timetz())

    def open(self) -> None:
        """Read what the server has; what is shown is then the newest."""
        former = self.cv
        self.store.load()
        self.state.chosen = self.state.chosen or self._shown.read() or FIRST
        if self.cv != former:
            self.new_forms()

    def give(self, download: Download) -> None:
        """Give a file with the page."""
        self._visit.download = download

    def write(self, cv: Cv) -> None:
        """Take a new draft and save it."""
        self.store.write(cv)

    def write_facts(self, **parts: object) -> None:
        """Take parts of the facts, by name, and save them."""
        faits = self.cv.faits.model_copy(update=parts)
        self.write(self.cv.model_copy(update={"faits": faits}))

    def write_target(self, cible: Cible) -> None:
        """Take a change of one CV and save it."""
        self.write(with_target(self.cv, cible))

    def remarks(self) -> tuple[Remarque, ...]:
        """Return what the checks say of the draft, asked once for one writing."""
        if self._checked is None or self._checked[0] is not self.cv:
            self._checked = (self.cv, check(self.cv, self.today()))
        return self._checked[1]

    def new_forms(self) -> None:
        """Say that forms hold other values than those typed: they are shown anew."""
        self.state.forms += 1
        self.state.editing, self.state.line_before, self.state.left = None, None, frozenset()

    def say(self, title: str, words: str = "", kind: str = "ok") -> None:
        """Show a notice at the head of the page, this once."""
        self.state.notices = (*self.state.notices, Notice(title, words, kind))

    def _completed(self, cv: Cv) -> Cv:
        """Complete what was read: the dossier's facts, and a first CV to show."""
        dossier = self.dossier()
        if dossier is not None:
            cv = prefill(cv, dossier)
        return cv if cv.cibles else with_target(cv, Cible(id=FIRST))

    def dossier(self) -> DossierSource | None:
        """Return what the dossier gives to a CV, None without dossier or while it is closed."""
        if self._dossier is None:
            try:
                read = self._visit.ask(DOSSIER_LIRE)
            except KitError:
                return None
            who = self._visit.who()
            self.is_not_covered = is_not_covered(read.dossier, who.aujourdhui)
            shown = with_own_contact(read.dossier, read.saisies)
            post = posts_of(read.dossier, who.aujourdhui).named
            self._dossier = DossierSource.of(
                shown.model_dump(),
                academie=who.academie.nom,
                poste=post.model_dump() if post else None,
            )
        return self._dossier
