"""The pages of text of the foot: mes données, consultations."""

from __future__ import annotations

from iprof_kit.ui.messages import Intent
from iprof_kit.ui.views.pages import PAGES
from iprof_kit.ui.visit import Shown, Visit


class Foot:
    """Pages of text."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    def show(self, path: str) -> Shown:
        """Return the page at an address."""
        return "page", PAGES[path](self._visit.who().academie)

    def receive(self, intent: Intent) -> None:
        """Nothing is asked here."""
