"""What the screens of the desk share: an intent is handed to its act, a failure is said."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping

from iprof_kit.base.errors import KitError
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.shared.parts import Notice, failed
from iprof_kit.ui.visit.visiting import Visit

Act = Callable[[Intent], None]


class DeskScreen(ABC):
    """A screen that begins anew at each opening of the page; what is typed in it stays till then.

    Parameters
    ----------
    visit : Visit
        That of the desk, which all its screens share.
    """

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._opening = -1
        self._notices: tuple[Notice, ...] = ()
        self._turn, self._focus = 0, ""

    def receive(self, intent: Intent) -> None:
        """Do the act that an intent names, none for another screen's; say why it could not be."""
        self._begin()
        act = self._acts().get(intent.name)
        if act is None:
            return
        self._notices = ()
        try:
            act(intent)
        except KitError as error:
            self._notices = (failed(error),)

    def _begin(self) -> None:
        """Forget the last opening of the page, where this is another one."""
        if self._visit.openings == self._opening:
            return
        self._opening = self._visit.openings
        self._notices = ()
        self._arrive()

    @abstractmethod
    def _arrive(self) -> None:
        """Prepare what is shown first."""

    @abstractmethod
    def _acts(self) -> Mapping[str, Act]:
        """Return what is done of each intent, by its name."""

    def _move(self, *places: str) -> None:
        """Send the focus to the first of these places that is there."""
        self._turn += 1
        self._focus = " ".join(place for place in places if place)


def page_of(intent: Intent) -> int:
    """Return the page of a list that an intent asks for, from 0; the first where it is none."""
    wanted = intent.values.get("of", "")
    return int(wanted) - 1 if wanted.isdecimal() and 0 < int(wanted) < 10_000 else 0
