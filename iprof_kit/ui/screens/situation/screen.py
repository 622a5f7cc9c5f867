"""Votre dossier › Situation particulière."""

from __future__ import annotations

from iprof_kit.ui.screens.situation.view import situation
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.visit.visiting import Shown, Visit


class Situation:
    """What only the person herself is shown."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    def show(self, path: str) -> Shown:
        """Return the screen."""
        del path
        return "situation", situation(self._visit.dossier(), self._visit.who().aujourdhui)

    def receive(self, intent: Intent) -> None:
        """Nothing is asked here."""
