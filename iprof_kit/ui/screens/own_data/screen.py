"""The pages of the foot about one's own data: who read the file, what is kept of it."""

from __future__ import annotations

from iprof_kit.services.contract.own_file import CONSULTATIONS_LIRE, MES_DONNEES_LIRE
from iprof_kit.ui.kit.screen import KitScreen, State
from iprof_kit.ui.kit.visiting import Shown
from iprof_kit.ui.screens.own_data.view import consultations, mes_donnees


class Consultations(KitScreen[State]):
    """« Qui a consulté mon dossier »."""

    def page(self) -> Shown:
        """Return the screen."""
        return "consultations", consultations(self._visit.ask(CONSULTATIONS_LIRE))


class MesDonnees(KitScreen[State]):
    """« Mes données »: everything is taken away by links of the server."""

    def page(self) -> Shown:
        """Return the screen."""
        return "mes_donnees", mes_donnees(self._visit.ask(MES_DONNEES_LIRE))
