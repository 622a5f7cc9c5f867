"""How many websockets are open: of a kernel, of a visitor, in all. Each costs the server files."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from iprof_kit.base.errors import Unavailable
from iprof_kit.server.kernels.owned import Ended, Page
from iprof_kit.server.limits.readers import Readers
from iprof_kit.server.settings import Settings


@dataclass
class _Place:
    kernel_id: str
    owner: str
    replaced: bool = False


class Websockets:
    """Count the websockets that are open or being opened, until they have really gone.

    A page that reconnects may have left one behind: beyond the share of a kernel its oldest is
    closed. Beyond the share of a visitor, and of all, the new one is refused; so is what a visitor
    opens faster than any page would, since opening costs more than refusing.
    """

    def __init__(self, kit: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._kit = kit
        self._openings = Readers(kit.websocket_openings, kit.websocket_seconds, clock)
        self._places: dict[Page, _Place] = {}

    def enter(self, page: Page, kernel_id: str, owner: str) -> None:
        """Count a websocket before it opens; `leave` gives its place back.

        Raises
        ------
        Unavailable
            The visitor has too many, or every place is taken.
        """
        own = [place for place in self._places.values() if place.owner == owner]
        if len(own) >= self._kit.websockets_per_visitor or self._openings.wait(owner):
            raise Unavailable(
                "vous avez trop de pages ouvertes à la fois.",
                remedy="Fermez-en, puis réessayez dans une minute.",
            )
        if len(self._places) >= self._kit.websockets_in_all:
            raise Unavailable(
                "toutes les places sont prises pour le moment.",
                remedy="Le service est complet : réessayez dans une minute.",
            )
        self._places[page] = _Place(kernel_id, owner)
        self._close_oldest_of(kernel_id)

    def leave(self, page: Page) -> None:
        """Give a place back."""
        self._places.pop(page, None)

    def is_replaced(self, page: Page) -> bool:
        """Return whether a newer websocket has taken the place of this one."""
        place = self._places.get(page)
        return place is not None and place.replaced

    def _close_oldest_of(self, kernel_id: str) -> None:
        same = {
            page: place
            for page, place in self._places.items()
            if place.kernel_id == kernel_id and not place.replaced
        }
        for page in list(same)[: max(len(same) - self._kit.websockets_per_kernel, 0)]:
            same[page].replaced = True
            page.close(Ended.REPLACED, "remplacée")
