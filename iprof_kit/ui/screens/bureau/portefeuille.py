"""« Portefeuille »: the people followed, by facets; a file opens with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from iprof_kit.services.contract.bureau.fils import (
    BUREAU_DOSSIER,
    BUREAU_PORTEFEUILLE,
    PortefeuilleLu,
    Suivi,
)
from iprof_kit.services.contract.courrier import ON_A_PAGE
from iprof_kit.ui.screens.bureau.desk_screen import Act, DeskScreen, page_of
from iprof_kit.ui.screens.bureau.dossier import DossierView, dossier
from iprof_kit.ui.screens.bureau.words import BANNER, counted
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.shared.parts import Option, Page
from iprof_kit.ui.visit.visiting import Shown, Visit

FILTER, TURN = "portefeuille_filtrer", "portefeuille_page"
ASK, OPEN = "portefeuille_ouvrir", "portefeuille_dossier"
FACETS = {"corps": "Corps", "position": "Position", "etablissement": "Établissement"}
_ALL = {"corps": "Tous les corps", "position": "Toutes", "etablissement": "Tous"}
_LEAST, _MOST = 3, 120


@dataclass(frozen=True)
class Facet:
    """One list of choices, each with how many people it holds."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class PortefeuilleView(Page):
    """A page of people; `opening` is the file that a reason is being asked for."""

    banner: str = BANNER
    facets: tuple[Facet, ...] = ()
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


class Portefeuille(DeskScreen):
    """The people of the portfolios of the day."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._filter: dict[str, str] = {}
        self._page = 0
        self._asking = self._reason = self._wrong = ""
        self._file: DossierView | None = None

    def show(self, path: str) -> Shown:
        """Return the list, or the file that was just opened."""
        del path
        self._begin()
        if self._file is not None:
            return "bureau_dossier", self._file
        read = self._visit.ask(BUREAU_PORTEFEUILLE, **self._filter, page=self._page)
        return "bureau_portefeuille", self._view(read)

    def _acts(self) -> Mapping[str, Act]:
        return {
            FILTER: self._narrow, TURN: self._turn_to, ASK: self._ask, OPEN: self._open,
        }  # fmt: skip

    def _arrive(self) -> None:
        self._file, self._asking, self._wrong = None, "", ""

    def _narrow(self, intent: Intent) -> None:
        self._filter = {
            name: intent.values.get(name, "").strip()[:limit]
            for name, limit in ({"cherche": 200} | dict.fromkeys(FACETS, 60)).items()
        }
        self._page, self._asking = 0, ""

    def _turn_to(self, intent: Intent) -> None:
        self._page, self._asking = page_of(intent), ""

    def _ask(self, intent: Intent) -> None:
        wanted = intent.values.get("of", "")
        if wanted != self._asking:
            self._reason = ""
        self._asking, self._wrong = wanted, ""
        self._move(f"motif-{self._asking}")

    def _open(self, intent: Intent) -> None:
        self._reason = intent.values.get("motif", "").strip()
        self._wrong = ""
        if not _LEAST <= len(self._reason) <= _MOST:
            self._wrong = text.french("Écrivez le motif, en quelques mots.")
            self._move(f"motif-{self._asking}")
            return
        read = self._visit.ask(
            BUREAU_DOSSIER, dossier=intent.values.get("of", "") or "-", motif=self._reason
        )
        self._file = dossier(read, self._reason, "/bureau/portefeuille", "Retour au portefeuille")
        self._asking = self._reason = ""

    def _view(self, read: PortefeuilleLu) -> PortefeuilleView:
        seen = self._page * ON_A_PAGE + len(read.gens)
        since = f"depuis le {text.day(read.depuis)}." if read.depuis else ""
        people = counted(read.trouves, "personne")
        return PortefeuilleView(
            title="Portefeuille",
            lead_strong=people if not any(self._filter.values()) else "Votre portefeuille",
            lead=text.french(since),
            facets=tuple(self._facet(name, read) for name in FACETS if read.facettes.get(name)),
            search=self._filter.get("cherche", ""),
            count=f"{people}." if read.trouves else "Personne ne répond à cette recherche.",
            people=tuple(read.gens),
            before=str(self._page) if self._page else "",
            after=str(self._page + 2) if read.gens and seen < read.trouves else "",
            opening=self._asking,
            reason=self._reason,
            reason_error=self._wrong,
            turn=str(self._turn),
            focus=self._focus,
            notices=self._notices,
        )

    def _facet(self, name: str, read: PortefeuilleLu) -> Facet:
        chosen = self._filter.get(name, "")
        values = read.facettes[name]
        options = [Option("", _ALL[name], not chosen)]
        options += [
            Option(value, f"{value} ({count})", value == chosen) for value, count in values.items()
        ]
        return Facet(name, FACETS[name], tuple(options))
