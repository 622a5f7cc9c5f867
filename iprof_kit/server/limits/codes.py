"""How many wrong codes one place may try, where a whole room sits behind one address."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from iprof_kit.server.limits.readers import Readers
from iprof_kit.services.access.attempts import place_of

_MOST_KNOWN = 5_000


class WrongCodes:
    """Count wrong codes by place: right ones are never counted.

    Who has tried too many finds no other lesson for a while; the lessons that her place has found
    already stay open to all who sit there. Places are known in memory alone, and forgotten.

    Parameters
    ----------
    burst : int
        Wrong codes at once.
    every : float
        After that, one more each time so many seconds have passed.
    clock : callable
        Seconds that only go forward.
    """

    def __init__(
        self, burst: int, every: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._wrong = Readers(burst, every, clock)
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()

    def wait(self, address: str, code: str) -> int:
        """Return the seconds to wait before a place may try this code, else 0."""
        return 0 if (place_of(address), code) in self._known else self._wrong.late(address)

    def right(self, address: str, code: str) -> None:
        """Remember that a place has found a lesson."""
        self._known[place_of(address), code] = None
        self._known.move_to_end((place_of(address), code))
        if len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)

    def wrong(self, address: str, code: str) -> None:
        """Count a code of which there is no lesson, unless its place has seen one end."""
        if (place_of(address), code) not in self._known:
            self._wrong.wait(address)
