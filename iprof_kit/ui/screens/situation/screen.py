"""Votre dossier › Situation particulière."""

from __future__ import annotations

from iprof_kit.ui.kit.screen import KitScreen, State
from iprof_kit.ui.kit.visiting import Shown
from iprof_kit.ui.screens.situation.view import situation


class Situation(KitScreen[State]):
    """What only the person herself is shown."""

    def page(self) -> Shown:
        """Return the screen."""
        return "situation", situation(self._visit.dossier(), self._visit.who().aujourdhui)
