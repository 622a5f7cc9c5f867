"""The page of the campaign game, wherever it stands: a room of the atelier, or the gallery.

It needs nothing of the guichet: fictitious people alone, and nothing is kept but its address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from iprof_kit.base.errors import KitError
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.kit.parts import failed
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.screens.campagne_jeu.game import Game
from iprof_kit.ui.screens.campagne_jeu.view import GameView, view_of
from iprof_kit.ui.screens.campagne_jeu.vote import Vote
from iprof_kit.ui.shared.messages import Intent

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

    def take(self, criteria: tuple[str, ...]) -> None:
        """Rank by other criteria, in this order."""
        self._game.rules = replace(self._game.rules, criteria=criteria)

    def view(self) -> GameView:
        """Return what the page shows."""
        return view_of(self._game, self._path)

    def show(self) -> Shown:
        """Return the game as it stands."""
        return "campagne_jeu", self.view()

    def given(self) -> Download | None:
        """Return the file that the last act made, once."""
        download, self._game.download = self._game.download, None
        return download


class GameRoom:
    """The game in the atelier, where the room may be asked for its criteria."""

    def __init__(self, visit: Visit) -> None:
        self._page, self._visit, self._vote = GamePage(), visit, Vote(visit)
        self._opened = 0
        self._trouble: KitError | None = None

    def receive(self, intent: Intent) -> None:
        """Do what the room chose, or ask it."""
        self._page.receive(intent)
        self._visit.download = self._page.given()
        try:
            self._ask(intent.name)
        except KitError as error:
            self._trouble = error

    def show(self, path: str) -> Shown:  # noqa: ARG002  # it has one address
        """Return the game; an address that is opened brings its own."""
        if self._opened != self._visit.openings:
            self._opened = self._visit.openings
            self._page.open(self._visit.query)
            self._vote.look()
        view = replace(self._page.view(), vote=self._vote.view)
        if self._trouble is not None:  # told once
            view, self._trouble = replace(view, notices=(failed(self._trouble),)), None
        return "campagne_jeu", view

    def _ask(self, name: str) -> None:
        """Open the vote, count it, take its order, or close it."""
        if name == "jeu_voter":
            self._vote.open()
        elif name == "jeu_compter":
            self._vote.look()
        elif name == "jeu_prendre":
            self._page.take(self._vote.order())
        elif name == "jeu_clore":
            self._vote.close()
