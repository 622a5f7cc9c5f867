"""Votre dossier › Affectations."""

from __future__ import annotations

from iprof_kit.ui.screens.affectations.view import affectations
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.visit.visiting import Shown, Visit


class Affectations:
    """Every posting of the file."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    def show(self, path: str) -> Shown:
        """Return the screen."""
        del path
        read, today = self._visit.file(), self._visit.who().aujourdhui
        return "affectations", affectations(read.dossier, today, read.signalements)

    def receive(self, intent: Intent) -> None:
        """Nothing is asked here."""
