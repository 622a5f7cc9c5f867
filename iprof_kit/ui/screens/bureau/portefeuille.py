"""« Portefeuille »: the people followed, by facets; a file opens with a reason, and is noted."""

from __future__ import annotations

from dataclasses import dataclass, field

from iprof_kit.services.contract.bureau.fils import (
    BUREAU_DOSSIER,
    BUREAU_FIL,
    BUREAU_PORTEFEUILLE,
    DossierGere,
    PortefeuilleLu,
)
from iprof_kit.services.contract.courrier import ON_A_PAGE
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.kit.screen import KitScreen, State, intent, page_of
from iprof_kit.ui.kit.visiting import Shown
from iprof_kit.ui.screens.bureau.words import DeskPage, counted, facet_choices
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent

FILTER, TURN = "portefeuille_filtrer", "portefeuille_page"
ASK, OPEN = "portefeuille_ouvrir", "portefeuille_dossier"
FACETS = {"corps": "Corps", "position": "Position", "etablissement": "Établissement"}
_ALL = {"corps": "Tous les corps", "position": "Toutes", "etablissement": "Tous"}
_LEAST, _MOST = 3, 120


@dataclass(frozen=True)
class DossierView(DeskPage):
    """The administrative data of a person, part by part; `back` is the way out, and its words."""

    file: DossierGere | None = None
    back: tuple[str, str] = ("", "")


@dataclass(frozen=True, kw_only=True)
class PortefeuilleView(DeskPage):
    """A page of people; `opening` is the file that a reason is being asked for."""

    read: PortefeuilleLu
    facets: tuple[Field, ...]
    search: str
    page: int
    more: bool
    opening: str
    reason: str
    reason_error: str


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
        state = self.state
        seen = state.page * ON_A_PAGE + len(read.gens)
        people = counted(read.trouves, "personne")
        return PortefeuilleView(
            title="Portefeuille",
            lead_strong="Votre portefeuille" if any(state.filter.values()) else people,
            lead=f"depuis le {text.day(read.depuis)}." if read.depuis else "",
            read=read,
            facets=tuple(self._facet(name, read) for name in FACETS if read.facettes.get(name)),
            search=state.filter.get("cherche", ""),
            page=state.page,
            more=bool(read.gens) and seen < read.trouves,
            opening=state.asking,
            reason=state.reason,
            reason_error=state.wrong,
        )

    def _facet(self, name: str, read: PortefeuilleLu) -> Field:
        choices = facet_choices(name, _ALL[name], read.facettes[name])
        return Field(name, FACETS[name], choices=choices, value=self.state.filter.get(name, ""))


@dataclass
class Reading(State):
    """The file: it is read once an opening, since each reading is in the journal."""

    view: DossierView = field(default_factory=lambda: DossierView(""))


class Dossiers(KitScreen[Reading]):
    """The file of the person of a thread: the thread is the reason, and the way back."""

    def arrive(self) -> None:
        """Read the file."""
        self.state.view = self._read(self._visit.query.get("fil", ""))

    def page(self) -> Shown:
        """Return the file."""
        return "bureau_dossier" if self.state.view.file else "base", self.state.view

    def _read(self, thread: str) -> DossierView:
        if not thread:
            return DossierView(
                "Dossier",
                "Un dossier s’ouvre depuis un fil, ou depuis le portefeuille avec son motif.",
            )
        gere = self._visit.ask(BUREAU_FIL, id=thread)
        number = gere.lu.fil.numero
        file = self._visit.ask(
            BUREAU_DOSSIER, dossier=gere.dossier, motif=f"traiter le fil n° {number}"
        )
        return dossier(file, f"fil n° {number}", f"/bureau?fil={thread}", "Retour au fil")


def dossier(file: DossierGere, reason: str, back: str, back_words: str) -> DossierView:
    """Return a file that was opened for a reason."""
    lead = f"Lecture inscrite, motif : {reason}. La personne la voit."
    return DossierView(file.personne, lead, file=file, back=(back, back_words))
