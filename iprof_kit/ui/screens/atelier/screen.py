"""The atelier of trainers: fictitious people alone, a frozen day; works without server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.atelier.files import check, personas
from iprof_kit.calculate.atelier.model import Persona
from iprof_kit.calculate.atelier.results import rules_version
from iprof_kit.ui.components.guichet import in_the_portal, open_guichet
from iprof_kit.ui.components.screen import Answered, Message, Screen
from iprof_kit.ui.screens.atelier.board import Board
from iprof_kit.ui.screens.atelier.signatures import Signatures
from iprof_kit.ui.screens.atelier.view import unanswered, view_of
from iprof_kit.ui.shared.guarded import guarded
from iprof_kit.ui.shared.menu import help_of
from iprof_kit.ui.shared.messages import arguments_of, intent_of
from iprof_kit.ui.shared.render import render

PATH, NOTEBOOK = "/atelier", "atelier.ipynb"


class Atelier:
    """The page of the board.

    Parameters
    ----------
    people : mapping of str to Persona
        The personas offered, by id.
    signatures : Signatures, optional
        The server's, for the links of the board.
    """

    def __init__(self, people: Mapping[str, Persona], signatures: Signatures | None = None) -> None:
        self._board = Board(people, signatures)

    def handle(self, message: Message) -> Answered:
        """Return what answers a message of the browser; never raises."""
        html = guarded(lambda: self._handle(message))
        download, self._board.download = self._board.download, None
        return Answered(html, download=download)

    def _handle(self, message: Message) -> str:
        if message["kind"] == "intent":
            self._board.receive(intent_of(message))
        elif letters := arguments_of(message.get("query")).get("s"):
            self._board.open(letters)
        return self._html()

    def _html(self) -> str:
        board = self._board
        try:
            view = view_of(board, board.answer(), board.form())
        except KitError as error:
            view = unanswered(board, error, board.people)
        return render(
            "atelier",
            view,
            notebook=NOTEBOOK,
            help_at=help_of(PATH),
            path=PATH,
            portal=in_the_portal(),
        )


def open_atelier(personas_de: Iterable[str | Path] = ()) -> Screen:
    """Return the atelier on the personas of the kit, those of other files before them.

    Parameters
    ----------
    personas_de : iterable of path
        Files of personas that a trainer wrote (docs/atelier.md), each checked.
    """
    own = {one.id: one for one in map(check, personas_de)}
    rules_version()  # read now: a session reads no file
    portal = in_the_portal()
    people = {**own, **{k: v for k, v in personas().items() if k not in own}}
    page = Atelier(people, Signatures(open_guichet) if portal else None)
    ready = page.handle({"kind": "route", "path": PATH, "query": ""})
    return Screen(page.handle, html="" if portal else ready.html, routed=portal, alone=not portal)
