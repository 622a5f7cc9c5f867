"""The gallery: who the fictitious people are, and the board of each, for everybody.

Nothing is read of anybody and nothing is kept: a board is in its address, which this page writes.
The guichet is asked one thing, whether a link that was opened is signed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from iprof_kit.calculate.atelier.files import personas
from iprof_kit.calculate.atelier.model import Persona
from iprof_kit.calculate.atelier.results import rules_version
from iprof_kit.services.contract.operation import Asks
from iprof_kit.ui.components.guichet import in_the_portal, open_guichet
from iprof_kit.ui.components.screen import Answered, Message, Screen
from iprof_kit.ui.kit.guarded import guarded
from iprof_kit.ui.kit.parts import Page
from iprof_kit.ui.kit.render import render
from iprof_kit.ui.screens.atelier.gallery import Card, cards
from iprof_kit.ui.screens.atelier.screen import BoardPage
from iprof_kit.ui.screens.atelier.signatures import Signatures
from iprof_kit.ui.shared.menu import GALLERY
from iprof_kit.ui.shared.messages import arguments_of, intent_of

PATH = "/galerie"


@dataclass(frozen=True)
class GalleryView(Page):
    """The fictitious people, to choose from."""

    path: str = PATH
    cards: tuple[Card, ...] = ()


class Gallery:
    """The page of the gallery: the people first, then the board of the one who was chosen.

    Parameters
    ----------
    people : mapping of str to Persona
        The personas offered, by id.
    guichet : callable, optional
        Returns the server's; without it no signature is recognised.
    """

    def __init__(
        self, people: Mapping[str, Persona], guichet: Callable[[], Asks] | None = None
    ) -> None:
        signatures = Signatures(guichet, signs=False) if guichet else None
        self._people, self._page = people, BoardPage(people, PATH, signatures)
        self._on_the_board = False

    def handle(self, message: Message) -> Answered:
        """Return what answers a message of the browser; never raises."""
        html = guarded(lambda: self._handle(message))
        return Answered(html, download=self._page.given())

    def _handle(self, message: Message) -> str:
        if message["kind"] == "intent":
            self._on_the_board = True
            self._page.receive(intent_of(message))
        else:
            query = arguments_of(message.get("query"))
            self._on_the_board = not {"s", "p"}.isdisjoint(query)
            self._page.open(query)
        if not self._on_the_board:
            return render("galerie", gallery(self._people), notebook=GALLERY)
        template, view = self._page.show()
        return render(
            template, replace(view, title="Galerie", back=PATH, in_portal=False), notebook=GALLERY
        )


def gallery(people: Mapping[str, Persona]) -> GalleryView:
    """Return the people to choose from."""
    return GalleryView(
        "Galerie",
        lead_strong=f"{len(people)} carrières fictives à faire bouger.",
        lead="Choisissez une personne : ses scénarios s’ouvrent, vous les changez, vous lisez "
        "l’écart. Rien n’est enregistré.",
        cards=cards(people, ""),
    )


def open_gallery() -> Screen:
    """Return the gallery on the personas of the kit."""
    rules_version()  # read now: a session reads no file
    portal = in_the_portal()
    page = Gallery(personas(), open_guichet if portal else None)
    ready = page.handle({"kind": "route", "path": PATH, "query": ""})
    return Screen(page.handle, html=ready.html, routed=portal, alone=not portal)
