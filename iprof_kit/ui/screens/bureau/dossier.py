"""The file of a person followed, as this role may see it; the reading is in the journal."""

from __future__ import annotations

from dataclasses import dataclass, field

from iprof_kit.services.contract.bureau.fils import BUREAU_DOSSIER, BUREAU_FIL, DossierGere
from iprof_kit.ui.kit.screen import KitScreen, State
from iprof_kit.ui.kit.visiting import Shown
from iprof_kit.ui.screens.bureau.words import DeskPage


@dataclass(frozen=True)
class DossierView(DeskPage):
    """The administrative data of a person, part by part; `back` is the way out, and its words."""

    file: DossierGere | None = None
    back: tuple[str, str] = ("", "")


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
