"""Threads that turn between those who ask: a bounded line, who has taken least goes first."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any, TypeVar

from iprof_kit.base.errors import Unavailable

T = TypeVar("T")
_Task = tuple["Future[Any]", Callable[[], Any]]
_HALF_FORGOTTEN, _LEAST = 60.0, 0.1
"""Seconds after which half of what one has had is forgotten; seconds that are not remembered."""


class FairPool:
    """Do so many works at once, of different askers; refuse at once what would wait too long.

    Who has had the threads for the fewest whole seconds goes first, and of those alike who has
    waited longest: many accounts that ask for long works do not stand before who asks for one. Half
    of what one has taken is forgotten each minute.

    Parameters
    ----------
    name : str
        Of its threads.
    threads : int
    waiting : int
        Works that wait, of all together.
    of_one : int
        Works of one asker, the one that is done counted.
    busy : str
        What too many of are done, for the sentence of the refusal.
    clock : callable
        Seconds that only go forward.
    """

    def __init__(
        self,
        name: str,
        threads: int,
        waiting: int,
        of_one: int,
        busy: str = "de pages se préparent",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._executor = ThreadPoolExecutor(max_workers=threads, thread_name_prefix=name)
        self._threads, self._most_waiting, self._of_one = threads, waiting, of_one
        self._lock = Lock()
        self._line: OrderedDict[str, deque[_Task]] = OrderedDict()
        """The works that wait, by asker; the asker whose turn is next comes first."""
        self._served: set[str] = set()
        self._busy, self._clock = busy, clock
        self._taken: dict[str, tuple[float, float]] = {}
        """The seconds that each has had, and when they were counted."""

    def submit(self, asker: str, work: Callable[[], T]) -> Future[T]:
        """Return what a work will give; one asker's works are done one after the other.

        Raises
        ------
        Unavailable
            Too many works wait already, or too many of this asker.
        """
        future: Future[T] = Future()
        with self._lock:
            own = len(self._line.get(asker, ())) + (asker in self._served)
            if own >= self._of_one or self._waiting() >= self._most_waiting:
                raise Unavailable(
                    f"trop {self._busy} en ce moment.", remedy="Réessayez dans une minute."
                )
            self._line.setdefault(asker, deque()).append((future, work))
            self._advance()
        return future

    def close(self) -> None:
        """Do nothing more; what waits is given up."""
        with self._lock:
            for tasks in self._line.values():
                for future, _ in tasks:
                    future.cancel()
            self._line.clear()
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _waiting(self) -> int:
        return sum(map(len, self._line.values()))

    def _advance(self) -> None:
        """Start what there is a thread for; called under the lock."""
        while len(self._served) < self._threads:
            free = [asker for asker in self._line if asker not in self._served]
            if not free:
                return
            asker = min(free, key=lambda one: int(self._had(one)))  # the first of those alike
            tasks = self._line.pop(asker)
            future, work = tasks.popleft()
            if tasks:
                self._line[asker] = tasks  # behind the others
            self._served.add(asker)
            self._executor.submit(self._do, asker, future, work)

    def _had(self, asker: str) -> float:
        seconds, counted = self._taken.get(asker, (0.0, 0.0))
        return float(seconds * 0.5 ** ((self._clock() - counted) / _HALF_FORGOTTEN))

    def _count(self, asker: str, seconds: float) -> None:
        """Count what one has had; whose whole seconds are forgotten is as if never served."""
        self._taken[asker] = (self._had(asker) + seconds, self._clock())
        self._taken = {one: had for one, had in self._taken.items() if self._had(one) >= _LEAST}

    def _do(self, asker: str, future: Future[T], work: Callable[[], T]) -> None:
        begun = self._clock()
        try:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(work())
                except BaseException as error:
                    future.set_exception(error)
        finally:
            with self._lock:
                self._count(asker, self._clock() - begun)
                self._served.discard(asker)
                self._advance()
