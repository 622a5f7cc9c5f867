"""The pages of the foot about one's own data: who read the file, what is kept of it."""

from __future__ import annotations

from iprof_kit.ui.screens.own_data.view import consultations, mes_donnees
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.visit.visiting import Shown, Visit


class Consultations:
    """« Qui a consulté mon dossier »."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    def show(self, path: str) -> Shown:
        """Return the screen."""
        del path
        return "consultations", consultations(self._visit.ask("consultations"))

    def receive(self, intent: Intent) -> None:
        """Nothing is asked here."""


class MesDonnees:
    """« Mes données »: everything is taken away by links of the server."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    def show(self, path: str) -> Shown:
        """Return the screen."""
        del path
        return "mes_donnees", mes_donnees(self._visit.ask("mes_donnees"))

    def receive(self, intent: Intent) -> None:
        """Nothing is asked here."""
