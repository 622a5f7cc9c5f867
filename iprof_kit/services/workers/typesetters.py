"""The pages that the server draws: in processes of their own, bounded, for each person in turn.

What is set was written by people, and may be made to take all the time and all the memory there
is. A process that goes beyond its bounds is ended and another takes its place; nobody else waits.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLateError
from threading import Lock
from typing import Protocol, TypeVar

from iprof_kit.base.errors import Unavailable
from iprof_kit.documents import sheets
from iprof_kit.documents.data import TooLong
from iprof_kit.documents.model import Document
from iprof_kit.documents.typesetting import Sheet, pages_sheet, pdf_sheet
from iprof_kit.given.bounded_process import BoundedProcess, Bounds, Ended
from iprof_kit.records.patience import nothing_held
from iprof_kit.services.workers.fair_pool import FairPool

T = TypeVar("T")

LONGEST_SECONDS = 5.0
"""Of one document: below the time that the guichet gives to an answer."""
_BOUNDS = Bounds(LONGEST_SECONDS, memory=600_000_000)
_ONE_CORE = {"RAYON_NUM_THREADS": "1"}
_PROCESSES, _WAITING, _OF_ONE = 2, 16, 4
_MOST_SHEETS = 500
"""A process is replaced after so many: what typst keeps between two grows no further."""
_LONGEST_WAIT = 8.0
"""Of one's turn and of the document, for who waits in a thread."""


class TooHeavy(TooLong):
    """A document took more time or memory than its pages may."""

    def __init__(self) -> None:
        super().__init__(
            "la mise en page de ce document demande trop de temps.",
            remedy="Raccourcissez ses textes les plus longs, ou montrez moins de lignes.",
        )


class Process(Protocol):
    """What a bounded process is to those who ask it."""

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""

    def ask(self, message: bytes) -> bytes:
        """Return an answer, or raise `Ended`."""

    def close(self) -> None:
        """End it."""


class Press:
    """One process, started when it is first needed and replaced when it is gone or has aged."""

    def __init__(self, start: Callable[[], Process]) -> None:
        self._start, self._sheets = start, 0
        self._process: Process | None = None

    def pdf(
        self, document: Document, template: str = "classique", timestamp: int | None = None
    ) -> bytes:
        """Return the PDF, as `documents.render.pdf`; raises `TooHeavy` besides."""
        return self._set(pdf_sheet(document, template, timestamp))[0]

    def pages_svg(self, document: Document, template: str = "classique") -> list[str]:
        """Return the pages, as `documents.render.pages_svg`; raises `TooHeavy` besides."""
        return [page.decode() for page in self._set(pages_sheet(document, template))]

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.close()

    def _set(self, sheet: Sheet) -> list[bytes]:
        message = sheets.packed(sheet)
        if self._sheets >= _MOST_SHEETS or (self._process and not self._process.alive):
            self.close()
        if self._process is None:
            self._process, self._sheets = self._start(), 0
        self._sheets += 1
        try:
            return sheets.unpacked(self._process.ask(message))
        except Ended:
            self.close()
            raise TooHeavy from None


class Typesetters:
    """Some presses, and the line of those who ask.

    Parameters
    ----------
    start : callable
        Starts a process.
    processes, waiting, of_one : int
        Presses; works that wait; works of one asker.
    """

    def __init__(
        self,
        start: Callable[[], Process],
        processes: int = _PROCESSES,
        waiting: int = _WAITING,
        of_one: int = _OF_ONE,
    ) -> None:
        self._line = FairPool("mise-en-page", processes, waiting, of_one)
        self._presses = [Press(start) for _ in range(processes)]
        self._idle = list(self._presses)
        self._lock = Lock()

    def submit(self, asker: str, work: Callable[[Press], T]) -> Future[T]:
        """Return what a work will give when it has had a press.

        Parameters
        ----------
        asker : str
            For whom it is, or whose text it is: one has one press at a time.
        work : callable
            Given the press; what it prepares before is done in the same thread.

        Raises
        ------
        Unavailable
            Too many wait already.
        """
        return self._line.submit(asker, lambda: self._with_press(work))

    def made(self, asker: str, work: Callable[[Press], T]) -> T:
        """Return what a work gives, waiting for it.

        Raises
        ------
        Unavailable
            Too many wait already, or the turn did not come.
        """
        return waited(self.submit(asker, work))

    def close(self) -> None:
        """End every process; what was being set is given up."""
        self._line.close()
        for press in self._presses:
            press.close()

    def _with_press(self, work: Callable[[Press], T]) -> T:
        with self._lock:
            press = self._idle.pop()  # the last used: the others are only started under load
        try:
            return work(press)
        finally:
            with self._lock:
                self._idle.append(press)


def waited(future: Future[T]) -> T:
    """Return what a press gives, or raise `Unavailable` where it does not in time."""
    nothing_held()
    try:
        return future.result(_LONGEST_WAIT)
    except TooLateError:
        raise Unavailable(
            "la mise en page ne répond pas à temps.", remedy="Réessayez dans une minute."
        ) from None


def start() -> BoundedProcess:
    """Start a process that sets documents."""
    return BoundedProcess(sheets.__name__, _BOUNDS, _ONE_CORE)


TYPESETTERS = Typesetters(start)
"""Those of this process; none is started before it is needed."""
atexit.register(TYPESETTERS.close)
