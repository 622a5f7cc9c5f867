"""The page of the campaign game, a room of the atelier."""

from __future__ import annotations

from dataclasses import replace

from iprof_kit.ui.kit.visiting import Shown
from iprof_kit.ui.screens.campagne_jeu.game import Game
from iprof_kit.ui.screens.campagne_jeu.view import view_of

PATH = "/atelier/campagne"


class GamePage(Game):
    """The page of the game."""

    def page(self) -> Shown:
        """Return the game as it stands."""
        return "campagne_jeu", replace(view_of(self, PATH), vote=self.vote.view)
