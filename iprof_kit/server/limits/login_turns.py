"""Turns at the hashing of passwords: it is costly by design, so guessers would take it for all.

Few hashes run at once, one at most for each place (an address, or the network of a home), and the
place that was served longest ago comes first: whoever comes from a quiet place waits for the hash
under way, however many guessers wait. What cannot wait is refused at once.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from time import monotonic

from iprof_kit.base.errors import Unavailable

_MOST_WORKERS = 4
_LATELY, _MOST_REMEMBERED = 60.0, 1000
"""Seconds after which a place counts as quiet again, and how many are remembered."""
SOON = 5
"""Seconds after which to come back when there was no room."""


class Crowded(Unavailable):
    """There is no room for one more attempt: what is under way ends soon."""


def _workers() -> int:
    """Return how many hashes run at once: one core is left to the pages."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(_MOST_WORKERS, (cores or 2) - 1))


class LoginTurns:
    """The room where attempts wait, and the threads that hash.

    Parameters
    ----------
    workers : int, optional
        Hashes that run at once.
    in_place, in_all : int
        Attempts under way from one place, and from everywhere.
    """

    def __init__(self, workers: int | None = None, in_place: int = 16, in_all: int = 400) -> None:
        self._free = workers or _workers()
        self._pool = ThreadPoolExecutor(self._free, thread_name_prefix="empreinte")
        self._in_place, self._in_all = in_place, in_all
        self._inside: Counter[str] = Counter()
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}
        self._hashing: set[str] = set()
        self._served: dict[str, float] = {}

    @contextmanager
    def room(self, place: str) -> Iterator[None]:
        """Hold one attempt of a place, from before it is counted.

        Raises
        ------
        Unavailable
            Too many are under way: nothing was counted.
        """
        if self._inside[place] >= self._in_place or self._inside.total() >= self._in_all:
            raise Crowded(
                "trop de connexions sont demandées en même temps.",
                remedy=f"Réessayez dans {SOON} secondes.",
            )
        self._inside[place] += 1
        try:
            yield
        finally:
            self._inside[place] -= 1
            if not self._inside[place]:
                del self._inside[place]

    async def take(self, place: str, work: Callable[[], bool]) -> bool:
        """Hash when it is this place's turn; return what the hash says."""
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[None] = loop.create_future()
        self._waiting.setdefault(place, deque()).append(turn)
        self._give()
        try:
            await turn
            return await loop.run_in_executor(self._pool, work)
        finally:
            if turn.done() and not turn.cancelled():  # it was given
                self._hashing.discard(place)
                self._free += 1
            self._give()

    def close(self) -> None:
        """Let the threads end; what waits is not hashed."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _give(self) -> None:
        """Give the free threads, to the places served longest ago first."""
        ready = [place for place in self._waiting if place not in self._hashing]
        for place in sorted(ready, key=self._lately):  # those that are equal keep their order
            if not self._free:
                return
            queue = self._waiting.pop(place)
            turn = next((one for one in _taken(queue) if not one.done()), None)
            if queue:
                self._waiting[place] = queue  # last of all
            if turn is not None:
                self._free -= 1
                self._hashing.add(place)
                self._remember(place)
                turn.set_result(None)

    def _lately(self, place: str) -> float:
        """Return when a place was served; those that were not lately are all alike."""
        moment = self._served.get(place, 0.0)
        return moment if monotonic() - moment < _LATELY else 0.0

    def _remember(self, place: str) -> None:
        self._served.pop(place, None)
        self._served[place] = monotonic()  # last of all
        if len(self._served) > _MOST_REMEMBERED:
            del self._served[next(iter(self._served))]


def _taken(queue: deque[asyncio.Future[None]]) -> Iterator[asyncio.Future[None]]:
    """Take from a queue, oldest first."""
    while queue:
        yield queue.popleft()
