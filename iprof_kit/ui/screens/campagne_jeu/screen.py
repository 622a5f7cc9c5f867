"""The page of the campaign game, wherever it stands: a room of the atelier, or the gallery.

It needs nothing of the guichet: fictitious people alone, and nothing is kept but its address.
"""

from __future__ import annotations

from collections.abc import Mapping

from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.screens.campagne_jeu.game import Game
from iprof_kit.ui.screens.campagne_jeu.view import view_of
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.visit.visiting import Shown, Visit

PATH = "/atelier/campagne"


class GamePage:
    """The page of the game.

    Parameters
    ----------
    path : str
        The address of the page.
    """

    def __init__(self, path: str = PATH) -> None:
        self._game, self._path = Game(), path

    def open(self, query: Mapping[str, str]) -> None:
        """Show the game that an address holds; without one, the game stays as it is."""
        self._game.open(query)

    def receive(self, intent: Intent) -> None:
        """Do what the room chose."""
        self._game.receive(intent)

    def show(self) -> Shown:
        """Return the game as it stands."""
        return "campagne_jeu", view_of(self._game, self._path)

    def given(self) -> Download | None:
        """Return the file that the last act made, once."""
        download, self._game.download = self._game.download, None
        return download


class GameRoom:
    """The game in the atelier."""

    def __init__(self, visit: Visit) -> None:
        self._page, self._visit = GamePage(), visit
        self._opened = 0

    def receive(self, intent: Intent) -> None:
        """Do what the room chose."""
        self._page.receive(intent)
        self._visit.download = self._page.given()

    def show(self, path: str) -> Shown:  # noqa: ARG002  # it has one address
        """Return the game; an address that is opened brings its own."""
        if self._opened != self._visit.openings:
            self._opened = self._visit.openings
            self._page.open(self._visit.query)
        return self._page.show()
