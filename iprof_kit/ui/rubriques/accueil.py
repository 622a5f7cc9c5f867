"""Accueil: where one stands, what comes."""

from __future__ import annotations

from dataclasses import replace

from iprof_kit.base.errors import KitError, Refused
from iprof_kit.ui.messages import Intent
from iprof_kit.ui.views.accueil import accueil, without_file
from iprof_kit.ui.views.parts import Notice, failed
from iprof_kit.ui.visit import Shown, Visit


class Accueil:
    """The first screen; a law that does not cover the file leaves the rest of it."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    def show(self, path: str) -> Shown:
        """Return the first screen."""
        del path
        who = self._visit.who()
        try:
            dossier = self._visit.dossier()
        except Refused as error:
            return "accueil", without_file(who, str(error))
        notices: tuple[Notice, ...] = ()
        answer = None
        try:
            comparison = self._visit.comparison()
            answer = comparison.answer() if comparison else None
        except KitError as error:
            notices = (failed(error),)
        return "accueil", replace(accueil(dossier, answer, who.aujourdhui), notices=notices)

    def receive(self, intent: Intent) -> None:
        """Nothing is asked here."""
