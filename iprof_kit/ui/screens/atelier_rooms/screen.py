"""The trainer's rubrique: an address or an intent in, the HTML of a room out.

A room is a `Rubrique` of `ui/kit/visiting.py`, made from the `Visit`; it stands at its address in
`ROOMS` and in `voila_templates/menu.json`. Without a portal, the notebook shows the board alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.atelier.files import check, personas
from iprof_kit.calculate.atelier.model import Persona
from iprof_kit.calculate.atelier.results import rules_version
from iprof_kit.services.contract.operation import Asks
from iprof_kit.ui.components.guichet import in_the_portal, open_guichet
from iprof_kit.ui.components.screen import Screen
from iprof_kit.ui.kit.notebook import Notebook, OnePage, nobody
from iprof_kit.ui.kit.visiting import Rubrique, Visit
from iprof_kit.ui.screens.atelier.board import PATH
from iprof_kit.ui.screens.atelier.screen import BoardPage
from iprof_kit.ui.screens.atelier.signatures import Signatures
from iprof_kit.ui.screens.campagne_jeu.screen import PATH as GAME
from iprof_kit.ui.screens.campagne_jeu.screen import GamePage
from iprof_kit.ui.screens.lecons.screen import Lecons, offers, play
from iprof_kit.ui.screens.projecteur.screen import Projecteur
from iprof_kit.ui.shared.menu import ATELIER

_WAITING = '<p class="sec" role="status">Ouverture de l’atelier.</p>'


ROOMS: dict[str, Callable[[Visit], Rubrique]] = {
    "/atelier/lecons": lambda visit: Lecons(visit, offers(), play),
    "/atelier/projecteur": lambda visit: Projecteur(visit, play),
    GAME: GamePage,
}
"""The rooms beside the board, by address."""


class Rooms(Notebook):
    """The rooms of one trainer.

    Parameters
    ----------
    open_guichet : callable
        Returns the guichet.
    people : mapping of str to Persona
        The personas offered on the board, by id.
    """

    def __init__(self, open_guichet: Callable[[], Asks], people: Mapping[str, Persona]) -> None:
        super().__init__(open_guichet, ATELIER, {PATH: partial(_board, people), **ROOMS})


class Atelier(OnePage):
    """The board alone, where no portal is around it."""

    def __init__(self, people: Mapping[str, Persona], signatures: Signatures | None = None) -> None:
        super().__init__(lambda visit: BoardPage(visit, people, PATH, signatures), PATH, ATELIER)


def _board(people: Mapping[str, Persona], visit: Visit) -> BoardPage:
    return BoardPage(visit, people, PATH, Signatures(visit.guichet))


def open_atelier(personas_de: Iterable[str | Path] = ()) -> Screen:
    """Return the atelier on the personas of the kit, those of other files before them.

    Parameters
    ----------
    personas_de : iterable of path
        Files of personas that a trainer wrote (docs/atelier.md), each checked.
    """
    own = {one.id: one for one in map(check, personas_de)}
    rules_version()  # read now, with the list of the game: a session reads no file
    with suppress(KitError):  # the game says it itself where it is opened: the board does not wait
        GamePage(Visit(nobody)).page()
    offers()
    people = {**own, **{k: v for k, v in personas().items() if k not in own}}
    if in_the_portal():
        rooms = Rooms(open_guichet, people)
        return Screen(rooms.handle, html=_WAITING, stay=rooms.stay)
    alone = Atelier(people)
    ready = alone.handle({"kind": "route", "path": PATH, "query": ""})
    return Screen(alone.handle, html=ready.html, routed=False, alone=True)
