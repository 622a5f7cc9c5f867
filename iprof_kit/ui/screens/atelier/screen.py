"""The board of trainers, as a page: fictitious people alone, a frozen day; works without server."""

from __future__ import annotations

from iprof_kit.base.errors import KitError
from iprof_kit.ui.kit.visiting import Shown
from iprof_kit.ui.screens.atelier.board import Board
from iprof_kit.ui.screens.atelier.view import BoardView, unanswered, view_of


class BoardPage(Board):
    """The page of the board, wherever it stands."""

    def page(self) -> Shown:
        """Return the board as it stands."""
        return "atelier", self.view()

    def view(self) -> BoardView:
        """Return what it shows; the other people where the law does not answer of this one."""
        try:
            return view_of(self, self.answer(), self._form())
        except KitError as error:
            return unanswered(self, error)
