"""Votre dossier: Synthèse and Carrière."""

from __future__ import annotations

from dataclasses import replace

from iprof_kit.base.errors import KitError
from iprof_kit.ui.messages import Intent
from iprof_kit.ui.views.accueil import next_echelon
from iprof_kit.ui.views.carriere import carriere
from iprof_kit.ui.views.parts import Notice, failed
from iprof_kit.ui.views.synthese import synthese
from iprof_kit.ui.visit import Shown, Visit


class Synthese:
    """What the administration has on the person."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    def show(self, path: str) -> Shown:
        """Return the screen."""
        del path
        return "synthese", synthese(self._visit.dossier(), self._visit.who().aujourdhui)

    def receive(self, intent: Intent) -> None:
        """Nothing is asked here."""


class Carriere:
    """Échelons, grade, positions, and the échelon that comes."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    def show(self, path: str) -> Shown:
        """Return the screen."""
        del path
        dossier, today = self._visit.dossier(), self._visit.who().aujourdhui
        notices: tuple[Notice, ...] = ()
        coming = None
        try:
            comparison = self._visit.comparison()
            coming = next_echelon(comparison.answer(), today) if comparison else None
        except KitError as error:
            notices = (failed(error),)
        return "carriere", replace(carriere(dossier, today, coming), notices=notices)

    def receive(self, intent: Intent) -> None:
        """Nothing is asked here."""
