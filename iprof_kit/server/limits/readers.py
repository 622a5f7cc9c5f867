"""How often one place may open what is shown without account."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from iprof_kit.services.access.attempts import place_of

_MOST_PLACES = 20_000


class Readers:
    """Count openings by place: a place that opens too much waits, the others do not.

    Parameters
    ----------
    burst : int
        What one place may open at once.
    every : float
        After that, one opening is given back each time so many seconds have passed.
    clock : callable
        Seconds that only go forward.
    most : int
        Places remembered; beyond, the longest silent is forgotten.
    """

    def __init__(
        self,
        burst: int,
        every: float,
        clock: Callable[[], float] = time.monotonic,
        most: int = _MOST_PLACES,
    ) -> None:
        self._burst, self._every, self._clock, self._most = burst, every, clock, most
        self._free_at: OrderedDict[str, float] = OrderedDict()
        """When each place will have its whole burst again; the longest silent first."""

    def late(self, address: str) -> int:
        """Return the seconds to wait where one more would be too many, else 0; nothing counts."""
        return self._late(place_of(address), self._clock())

    def wait(self, address: str) -> int:
        """Count one opening; return the seconds to wait where it is one too many, else 0."""
        place, now = place_of(address), self._clock()
        if seconds := self._late(place, now):
            return seconds
        self._free_at[place] = self._next(place, now)
        self._free_at.move_to_end(place)
        if len(self._free_at) > self._most:
            self._free_at.popitem(last=False)
        return 0

    def _late(self, place: str, now: float) -> int:
        late = self._next(place, now) - now - self._burst * self._every
        return max(0, math.ceil(late))

    def _next(self, place: str, now: float) -> float:
        """Return when a place would have its whole burst again after one more."""
        return max(self._free_at.get(place, now), now) + self._every
