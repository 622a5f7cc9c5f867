"""The database as a request meets it: never on the event loop, and never awaited for long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from tornado.web import RequestHandler

from iprof_kit.base.errors import Unavailable
from iprof_kit.records.patience import patience
from iprof_kit.server.limits.turns import Allowance, FairThreads, Turns

_T = TypeVar("_T")
_WAITING, _WAITING_IN_ALL = 64, 256
_LATER = 0.2
"""Seconds after the deadline that the thread keeps: what hangs elsewhere is given up too."""


class DatabaseThreads:
    """The threads in which requests look at the database, apart from every other pool.

    Parameters
    ----------
    threads : int
    seconds : float
        Longest wait of a request, its turn included.
    """

    def __init__(self, threads: int, seconds: float) -> None:
        turns = Turns(threads, _WAITING, _WAITING_IN_ALL)
        self._threads = FairThreads("base", turns, threads, Allowance())
        self._seconds = seconds

    async def ask(self, person: str, work: Callable[..., _T], *args: Any, **words: Any) -> _T:
        """Return what `work` returns, in a thread whose transactions end in time.

        Raises
        ------
        Unavailable
            The database does not answer in time, or too many requests wait for it.
        """

        def patiently() -> _T:
            with patience(self._seconds):
                return work(*args, **words)

        if self._threads.is_late(person):
            raise _no_answer()
        try:
            return await self._threads.run(person, self._seconds + _LATER, patiently)
        except TimeoutError:
            raise _no_answer() from None


def _no_answer() -> Unavailable:
    return Unavailable(
        "la base de données ne répond pas à temps. Rien n’a été modifié.",
        remedy="Réessayez dans un instant ; si cela dure, prévenez l’assistance.",
    )


def database_of(handler: RequestHandler) -> DatabaseThreads:
    """Return the threads of a handler's server."""
    threads: DatabaseThreads = handler.settings["database"]
    return threads
