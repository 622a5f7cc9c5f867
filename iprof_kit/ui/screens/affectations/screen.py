"""Votre dossier › Affectations."""

from __future__ import annotations

from iprof_kit.ui.kit.screen import KitScreen, State
from iprof_kit.ui.kit.visiting import Shown
from iprof_kit.ui.screens.affectations.view import affectations


class Affectations(KitScreen[State]):
    """Every posting of the file."""

    def page(self) -> Shown:
        """Return the screen."""
        read, today = self._visit.file(), self._visit.who().aujourdhui
        return "affectations", affectations(read.dossier, today, read.signalements)
