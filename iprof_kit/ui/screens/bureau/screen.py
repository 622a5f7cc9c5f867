"""The desk: an address or an intent in, the HTML of a screen out."""

from __future__ import annotations

from collections.abc import Callable

from iprof_kit.services.contract.operation import Asks
from iprof_kit.ui.components.screen import Screen
from iprof_kit.ui.kit.notebook import Notebook, screens_of
from iprof_kit.ui.shared.menu import BUREAU

FIRST = "/bureau"
_WAITING = '<p class="sec" role="status">Ouverture de votre bureau.</p>'


class Bureau(Notebook):
    """The screens of one case manager."""

    def __init__(self, open_guichet: Callable[[], Asks]) -> None:
        super().__init__(open_guichet, BUREAU, screens_of(BUREAU))


def open_bureau() -> Screen:
    """Return the desk of the case manager whose session opened this kernel."""
    from iprof_kit.ui.components.guichet import open_guichet

    desk = Bureau(open_guichet)
    return Screen(desk.handle, html=_WAITING, stay=desk.stay)
