"""« Portefeuille »: the people followed, by facets; a file opens with a reason."""

from __future__ import annotations

from dataclasses import dataclass, field

from iprof_kit.services.contract.bureau.fils import (
    BUREAU_DOSSIER,
    BUREAU_PORTEFEUILLE,
    PortefeuilleLu,
    Suivi,
)
from iprof_kit.services.contract.courrier import ON_A_PAGE
from iprof_kit.ui.kit.parts import Field, Option, Page
from iprof_kit.ui.kit.screen import KitScreen, State, intent, page_of
from iprof_kit.ui.kit.visiting import Shown
from iprof_kit.ui.screens.bureau.dossier import DossierView, dossier
from iprof_kit.ui.screens.bureau.words import BANNER, counted
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent

FILTER, TURN = "portefeuille_filtrer", "portefeuille_page"
ASK, OPEN = "portefeuille_ouvrir", "portefeuille_dossier"
FACETS = {"corps": "Corps", "position": "Position", "etablissement": "Établissement"}
_ALL = {"corps": "Tous les corps", "position": "Toutes", "etablissement": "Tous"}
_LEAST, _MOST = 3, 120


@dataclass(frozen=True)
class PortefeuilleView(Page):
    """A page of people; `opening` is the file that a reason is being asked for."""

    banner: str = BANNER
    facets: tuple[Field, ...] = ()
    search: str = ""
    count: str = ""
    people: tuple[Suivi, ...] = ()
    before: str = ""
    after: str = ""
    opening: str = ""
    reason: str = ""
    reason_error: str = ""
    turn: str = ""
    focus: str = ""


@dataclass
class Following(State):
    """What is looked for, and the file that a reason is asked for, or that was opened."""

    filter: dict[str, str] = field(default_factory=dict)
    page: int = 0
    asking: str = ""
    reason: str = ""
    wrong: str = ""
    file: DossierView | None = None


class Portefeuille(KitScreen[Following]):
    """The people of the portfolios of the day."""

    def page(self) -> Shown:
        """Return the list, or the file that was just opened."""
        if self.state.file is not None:
            return "bureau_dossier", self.state.file
        read = self._visit.ask(BUREAU_PORTEFEUILLE, **self.state.filter, page=self.state.page)
        return "bureau_portefeuille", self._view(read)

    def arrive(self) -> None:
        """Begin with the list."""
        self.state.file, self.state.asking, self.state.wrong = None, "", ""

    @intent(FILTER)
    def narrow(self, asked: Intent) -> None:
        """Show the people of some facets."""
        self.state.filter = {
            name: asked.values.get(name, "").strip()[:limit]
            for name, limit in ({"cherche": 200} | dict.fromkeys(FACETS, 60)).items()
        }
        self.state.page, self.state.asking = 0, ""

    @intent(TURN)
    def turn_to(self, asked: Intent) -> None:
        """Show another page."""
        self.state.page, self.state.asking = page_of(asked), ""

    @intent(ASK)
    def ask(self, asked: Intent) -> None:
        """Ask why a file is to be opened."""
        wanted = asked.values.get("of", "")
        if wanted != self.state.asking:
            self.state.reason = ""
        self.state.asking, self.state.wrong = wanted, ""
        self.look_at(f"motif-{self.state.asking}")

    @intent(OPEN)
    def open(self, asked: Intent) -> None:
        """Open a file for a reason."""
        self.state.reason = asked.values.get("motif", "").strip()
        self.state.wrong = ""
        if not _LEAST <= len(self.state.reason) <= _MOST:
            self.state.wrong = "Écrivez le motif, en quelques mots."
            self.look_at(f"motif-{self.state.asking}")
            return
        read = self._visit.ask(
            BUREAU_DOSSIER, dossier=asked.values.get("of", "") or "-", motif=self.state.reason
        )
        self.state.file = dossier(
            read, self.state.reason, "/bureau/portefeuille", "Retour au portefeuille"
        )
        self.state.asking = self.state.reason = ""

    def _view(self, read: PortefeuilleLu) -> PortefeuilleView:
        seen = self.state.page * ON_A_PAGE + len(read.gens)
        since = f"depuis le {text.day(read.depuis)}." if read.depuis else ""
        people = counted(read.trouves, "personne")
        return PortefeuilleView(
            title="Portefeuille",
            lead_strong=people if not any(self.state.filter.values()) else "Votre portefeuille",
            lead=since,
            facets=tuple(self._facet(name, read) for name in FACETS if read.facettes.get(name)),
            search=self.state.filter.get("cherche", ""),
            count=f"{people}." if read.trouves else "Personne ne répond à cette recherche.",
            people=tuple(read.gens),
            before=str(self.state.page) if self.state.page else "",
            after=str(self.state.page + 2) if read.gens and seen < read.trouves else "",
            opening=self.state.asking,
            reason=self.state.reason,
            reason_error=self.state.wrong,
            turn=str(self.state.turn),
            focus=self.state.focus,
        )

    def _facet(self, name: str, read: PortefeuilleLu) -> Field:
        chosen = self.state.filter.get(name, "")
        values = read.facettes[name]
        options = [Option("", _ALL[name], not chosen)]
        options += [
            Option(value, f"{value} ({count})", value == chosen) for value, count in values.items()
        ]
        return Field(name, FACETS[name], options=tuple(options))
