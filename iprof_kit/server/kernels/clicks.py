"""How long a person waits for what she does: from a page's message to its kernel's last word on it.

What is measured has the name of a screen that this server shows, and of nothing that a page sent.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from iprof_kit.kernel.frames import parts
from iprof_kit.server.kernels.framing import read
from iprof_kit.server.measures import CONTROLS
from iprof_kit.server.pages.shell import portal_paths

OTHER = "autre"
_KINDS = {"intent": "controle", "file": "controle", "route": "ecran"}
_WITHOUT_MENU = frozenset({"/ma-situation", "/galerie", "/scenarios", "/tableau-promotions"})
_LONGEST = 20_000
"""Bytes of a message that is looked into: what carries more is counted without its screen."""
Click = tuple[str, str]


class Clicks:
    """What one page has asked and was not answered yet.

    Parameters
    ----------
    most : int
        How many wait at most: a kernel may leave some without an answer.
    clock : callable
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._begun: dict[str, tuple[float, Click]] = {}

    def asked(self, name: str, message: bytes) -> None:
        """Note a message by which somebody acts; those of the front end itself are not."""
        click = click_of(message)
        if click is None:
            return
        if len(self._begun) >= self._most:
            self._begun.clear()
        self._begun.setdefault(name, (self._clock(), click))  # one sent again began the first time

    def answered(self, name: str) -> None:
        """Measure what a kernel has done with."""
        if (one := self._begun.pop(name, None)) is not None:
            begun, click = one
            CONTROLS.labels(*click).observe(self._clock() - begun)


def click_of(message: bytes) -> Click | None:
    """Return the screen and the kind of what a page does; None for any other message."""
    pieces = parts(message)
    if pieces is None or len(pieces[4]) > _LONGEST:
        return None
    data = read(pieces[4]).get("data")
    content = data.get("content") if isinstance(data, dict) else None
    if not isinstance(content, dict):
        return None
    kind, path = content.get("kind"), content.get("path")
    if not isinstance(kind, str) or kind not in _KINDS:
        return None
    known = isinstance(path, str) and path in portal_paths() | _WITHOUT_MENU
    return (str(path) if known else OTHER), _KINDS[kind]
