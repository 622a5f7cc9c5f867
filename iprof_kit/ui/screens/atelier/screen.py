"""The board of trainers: fictitious people alone, a frozen day; works without server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.atelier.model import Persona
from iprof_kit.ui.components.guichet import in_the_portal
from iprof_kit.ui.components.screen import Answered, Download, Message
from iprof_kit.ui.kit.guarded import guarded
from iprof_kit.ui.kit.render import render
from iprof_kit.ui.screens.atelier.board import Board
from iprof_kit.ui.screens.atelier.signatures import Signatures
from iprof_kit.ui.screens.atelier.view import BoardView, unanswered, view_of
from iprof_kit.ui.shared.menu import ATELIER, help_of
from iprof_kit.ui.shared.messages import Intent, arguments_of, intent_of

PATH = "/atelier"


class BoardPage:
    """The page of the board, wherever it stands.

    Parameters
    ----------
    people : mapping of str to Persona
        The personas offered, by id.
    path : str
        The address of the page.
    signatures : Signatures, optional
        The server's, for the links of the board.
    """

    def __init__(
        self,
        people: Mapping[str, Persona],
        path: str = PATH,
        signatures: Signatures | None = None,
    ) -> None:
        self._board, self._path = Board(people, signatures), path

    def open(self, query: Mapping[str, str]) -> None:
        """Show the séance or the persona that an address names; else the board stays as it is."""
        if letters := query.get("s"):
            self._board.open(letters)
        elif name := query.get("p"):
            self._board.choose(name)

    def receive(self, intent: Intent) -> None:
        """Do what is asked on the board."""
        self._board.receive(intent)

    def show(self) -> tuple[str, BoardView]:
        """Return the board as it stands."""
        board = self._board
        try:
            view = view_of(board, board.answer(), board.form())
        except KitError as error:
            view = unanswered(board, error, board.people)
        return "atelier", replace(view, path=self._path, in_portal=in_the_portal())

    def given(self) -> Download | None:
        """Return the file that the last act made, once."""
        download, self._board.download = self._board.download, None
        return download


class Atelier:
    """The board alone, where no portal is around it."""

    def __init__(self, people: Mapping[str, Persona], signatures: Signatures | None = None) -> None:
        self._page = BoardPage(people, signatures=signatures)

    def handle(self, message: Message) -> Answered:
        """Return what answers a message of the browser; never raises."""
        html = guarded(lambda: self._handle(message))
        return Answered(html, download=self._page.given())

    def _handle(self, message: Message) -> str:
        if message["kind"] == "intent":
            self._page.receive(intent_of(message))
        else:
            self._page.open(arguments_of(message.get("query")))
        template, view = self._page.show()
        return render(template, view, notebook=ATELIER, help_at=help_of(PATH))
