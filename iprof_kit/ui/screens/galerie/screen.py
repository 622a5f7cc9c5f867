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
from iprof_kit.ui.components.screen import Screen
from iprof_kit.ui.kit.notebook import OnePage, nobody
from iprof_kit.ui.kit.parts import Page
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.screens.atelier.gallery import Card, cards
from iprof_kit.ui.screens.atelier.screen import BoardPage
from iprof_kit.ui.screens.atelier.signatures import Signatures
from iprof_kit.ui.shared.menu import GALLERY

PATH = "/galerie"


@dataclass(frozen=True)
class GalleryView(Page):
    """The fictitious people, to choose from."""

    path: str = PATH
    cards: tuple[Card, ...] = ()


class People(BoardPage):
    """The people first, then the board of the one who was chosen."""

    def page(self) -> Shown:
        """Return the people to choose from, or the board of one."""
        if not self.state.chosen:
            return "galerie", gallery(self.people)
        return "atelier", replace(self.view(), title="Galerie", back=PATH, in_portal=False)


class Gallery(OnePage):
    """The page of the gallery.

    Parameters
    ----------
    people : mapping of str to Persona
        The personas offered, by id.
    open_guichet : callable, optional
        Returns the server's; without it no signature is recognised.
    """

    def __init__(
        self, people: Mapping[str, Persona], open_guichet: Callable[[], Asks] | None = None
    ) -> None:
        def make(visit: Visit) -> People:
            signatures = Signatures(visit.guichet, signs=False) if open_guichet else None
            return People(visit, people, PATH, signatures)

        super().__init__(make, PATH, GALLERY, open_guichet or nobody)


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
