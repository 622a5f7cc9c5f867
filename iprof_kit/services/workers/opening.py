"""What people give, opened for each in turn: one bounded process a file, ended with it.

A process that has opened a hostile file is never given another's: what it may have become is gone.
"""

from __future__ import annotations

import atexit
import math
import os
import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import Any, TypeVar

from iprof_kit.base.errors import Unavailable
from iprof_kit.given import papers, tables
from iprof_kit.given.bounded_process import Bounds
from iprof_kit.given.elsewhere import TooHeavyError, asked_elsewhere
from iprof_kit.given.faults import Fault
from iprof_kit.given.tables import Table, UnreadableError
from iprof_kit.records.patience import nothing_held
from iprof_kit.services.workers.fair_pool import FairPool

T = TypeVar("T")

LONGEST_SECONDS = 6.0
"""Of one file: below the time that the guichet gives to an answer."""
MOST_MEMORY = 600_000_000
KEPT_SECONDS = 120.0
"""How long what was found of a file is kept for who asks again."""
OF_TABLES = Bounds(60.0, 1_000_000_000, longest=300_000_000)
"""Of a file that an administrator imports."""
_PROCESSES = max(1, min(2, (os.cpu_count() or 1) - 1))
"""Files opened at once: a core is left to the server."""
_WAITING, _OF_ONE = 200, 3
_NOT_INSTALLED = ("ImportError", "ModuleNotFoundError")


def paper_of(content: bytes) -> tuple[str, Fault | None]:
    """Return what a paper is and why it is refused, if it is; opened in another process.

    Raises
    ------
    Unavailable
        What reads papers is not installed here, or the machine is too busy to read one in time.
    """
    nothing_held()
    busy = "cette pièce n’a pas pu être vérifiée à temps", "Joignez-la de nouveau dans un instant."
    try:
        bounds = Bounds(LONGEST_SECONDS, MOST_MEMORY)
        return papers.unpacked(asked_elsewhere(papers.__name__, content, bounds, busy))
    except TooHeavyError as error:
        if str(error) in _NOT_INSTALLED:
            raise Unavailable(
                "cette installation ne peut pas lire de pièce : il lui manque une partie.",
                remedy="Prévenez votre assistance, qui installera le portail du kit en entier.",
            ) from None
        return "", papers.ended(content)


def table_of(content: bytes) -> Table:
    """Return the table of a CSV, opened in another process.

    Raises
    ------
    UnreadableError
        Why it cannot be read.
    Unavailable
        The machine is too busy to read it in time.
    """
    nothing_held()
    try:
        return tables.unpacked(asked_elsewhere(tables.__name__, content, OF_TABLES))
    except TooHeavyError:
        raise UnreadableError(tables.TOO_HEAVY) from None


class Opening:
    """The line of those whose files are to be opened; the same file waits once.

    What was found of a file is kept for a while: who could not wait for it asks again.

    Parameters
    ----------
    processes, waiting, of_one : int
        Files opened at once; files that wait; files of one asker.
    clock : callable
        Seconds that only go forward.
    """

    def __init__(
        self,
        processes: int = _PROCESSES,
        waiting: int = _WAITING,
        of_one: int = _OF_ONE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bounds = (processes, waiting, of_one)
        self._clock = clock
        self.renew()

    def renew(self) -> None:
        """Begin an empty line: a process that was forked has none of the threads of the former."""
        self._line = FairPool("ouverture", *self._bounds, "de fichiers s’ouvrent")
        self._lock = Lock()
        self._known: dict[str, tuple[Future[Any], float]] = {}
        """What is under way or was found, and until when it is kept."""

    def submit(self, asker: str, name: str, work: Callable[[], T]) -> Future[T]:
        """Return what a work will give; asked again before it has, or soon after, the same one.

        Parameters
        ----------
        asker : str
            Whose file it is: one has one process at a time.
        name : str
            Of the file and of what it holds. The work reads it itself when its turn comes, so that
            those who wait hold no memory.
        work : callable
            What it returns is small, and kept for two minutes unless it is forgotten; what it
            raises is not kept.

        Raises
        ------
        Unavailable
            Too many wait already.
        """
        with self._lock:
            now = self._clock()
            self._known = {one: kept for one, kept in self._known.items() if kept[1] > now}
            if name in self._known:
                return self._known[name][0]
            future = self._line.submit(asker, work)
            self._known[name] = future, math.inf
        future.add_done_callback(lambda done: self._ended(name, done))
        return future

    def forget(self, name: str) -> None:
        """Forget what was found of a file: who asked has it."""
        with self._lock:
            self._known.pop(name, None)

    def under_way(self) -> list[Future[Any]]:
        """Return the works that nobody was told of yet, those that have ended included."""
        with self._lock:
            return [future for future, _ in self._known.values()]

    def close(self) -> None:
        """Open nothing more; what waits is given up."""
        self._line.close()

    def _ended(self, name: str, done: Future[Any]) -> None:
        lost = done.cancelled() or done.exception() is not None
        with self._lock:
            if self._known.get(name, (None,))[0] is done:
                self._known[name] = done, self._clock() + (0.0 if lost else KEPT_SECONDS)


OPENING = Opening()
"""The line of this process."""
atexit.register(OPENING.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=OPENING.renew)
