"""Threads that turn between those who ask: a bounded line, one of each before a second of any."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any, TypeVar

from iprof_kit.base.errors import Unavailable

T = TypeVar("T")
_Task = tuple["Future[Any]", Callable[[], Any]]


class FairPool:
    """Do so many works at once, of different askers; refuse at once what would wait too long.

    Parameters
    ----------
    name : str
        Of its threads.
    threads : int
    waiting : int
        Works that wait, of all together.
    of_one : int
        Works of one asker, the one that is done counted.
    """

    def __init__(self, name: str, threads: int, waiting: int, of_one: int) -> None:
        self._executor = ThreadPoolExecutor(max_workers=threads, thread_name_prefix=name)
        self._threads, self._most_waiting, self._of_one = threads, waiting, of_one
        self._lock = Lock()
        self._line: OrderedDict[str, deque[_Task]] = OrderedDict()
        """The works that wait, by asker; the asker whose turn is next comes first."""
        self._served: set[str] = set()

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
                    "trop de pages se préparent en ce moment.", remedy="Réessayez dans une minute."
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
        for asker in list(self._line):
            if len(self._served) >= self._threads:
                return
            if asker not in self._served:
                tasks = self._line.pop(asker)
                future, work = tasks.popleft()
                if tasks:
                    self._line[asker] = tasks  # behind the others
                self._served.add(asker)
                self._executor.submit(self._do, asker, future, work)

    def _do(self, asker: str, future: Future[T], work: Callable[[], T]) -> None:
        try:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(work())
                except BaseException as error:
                    future.set_exception(error)
        finally:
            with self._lock:
                self._served.discard(asker)
                self._advance()
