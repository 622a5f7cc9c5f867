"""What people give, opened for each in turn: one bounded process a file, ended with it.

A process that has opened a hostile file is never given another's: what it may have become is gone.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import Any, TypeVar

from iprof_kit.base.errors import Unavailable
from iprof_kit.base.words import NBSP
from iprof_kit.given import papers
from iprof_kit.given.faults import Fault
from iprof_kit.services.workers.bounded_process import BoundedProcess, Bounds, Ended, Faulty
from iprof_kit.services.workers.fair_pool import FairPool

T = TypeVar("T")

LONGEST_SECONDS = 6.0
"""Of one file: below the time that the guichet gives to an answer."""
MOST_MEMORY = 600_000_000
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
    try:
        with BoundedProcess(papers.__name__, Bounds(LONGEST_SECONDS, MOST_MEMORY)) as process:
            return papers.unpacked(process.ask(content))
    except Ended as ended:
        if ended.kept_waiting:  # nothing is known of the paper
            raise Unavailable(
                f"cette pièce n’a pas pu être vérifiée à temps{NBSP}: la machine est très occupée.",
                remedy="Joignez-la de nouveau dans un instant.",
            ) from None
        return "", papers.ended(content)
    except Faulty as error:
        if str(error) in _NOT_INSTALLED:
            raise Unavailable(
                f"cette installation ne peut pas lire de pièce{NBSP}: il lui manque une partie.",
                remedy="Prévenez votre assistance, qui installera iprof-kit[serve] en entier.",
            ) from None
        return "", papers.ended(content)


class Opening:
    """The line of those whose files are to be opened; the same file waits once.

    Parameters
    ----------
    processes, waiting, of_one : int
        Files opened at once; files that wait; files of one asker.
    """

    def __init__(
        self, processes: int = _PROCESSES, waiting: int = _WAITING, of_one: int = _OF_ONE
    ) -> None:
        self._bounds = (processes, waiting, of_one)
        self.renew()

    def renew(self) -> None:
        """Begin an empty line: a process that was forked has none of the threads of the former."""
        self._line = FairPool("ouverture", *self._bounds, "de fichiers s’ouvrent")
        self._lock = Lock()
        self._under_way: dict[str, Future[Any]] = {}

    def submit(self, asker: str, name: str, work: Callable[[], T]) -> Future[T]:
        """Return what a work will give; asked again before it has, the same one.

        Parameters
        ----------
        asker : str
            Whose file it is: one has one process at a time.
        name : str
            Of the file. The work reads it itself when its turn comes, so that those who wait
            hold no memory.
        work : callable

        Raises
        ------
        Unavailable
            Too many wait already.
        """
        with self._lock:
            future = self._under_way.get(name)
            if future is None:
                future = self._under_way[name] = self._line.submit(asker, work)
        future.add_done_callback(lambda done: self._ended(name, done))
        return future

    def close(self) -> None:
        """Open nothing more; what waits is given up."""
        self._line.close()

    def _ended(self, name: str, done: Future[Any]) -> None:
        with self._lock:
            if self._under_way.get(name) is done:
                del self._under_way[name]


OPENING = Opening()
"""The line of this process."""
atexit.register(OPENING.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=OPENING.renew)
