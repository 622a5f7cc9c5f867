"""The pages of shared versions, kept for a while: six who open a link cost one setting.

A version never changes, so neither do its pages. They are kept in memory alone, under the person
whose they are, for minutes: what another process erases or revokes is not even held much longer.
Whether a link still shows anything is asked of the database each time, before this.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from threading import Lock, Timer
from typing import Literal

from iprof_kit.documents.data import TooLong
from iprof_kit.services.workers.typesetters import TYPESETTERS, Press, Typesetters

Kind = Literal["pages", "pdf"]
MOST_ENTRIES, MOST_BYTES = 100, 32_000_000
KEPT_SECONDS = 300.0
_REFUSED_SECONDS = 60.0
"""A refusal is kept less: a busy machine may have caused it."""


@dataclass(frozen=True)
class PageKey:
    """What decides of the pages: a version, its moment, a target, contact shown or not."""

    person: str
    version: str
    made_at: datetime
    target: str
    contact: bool
    kind: Kind


@dataclass(frozen=True)
class Made:
    """What is kept: the title, the pages (or the file), the same text as HTML."""

    title: str
    parts: tuple[bytes, ...]
    html: str = ""

    @property
    def size(self) -> int:
        """Bytes, about."""
        return sum(map(len, self.parts)) + 2 * len(self.html) + 500


@dataclass
class _Entry:
    future: Future[Made]
    until: float


class SharedPages:
    """Pages by key, those that are being made included.

    Parameters
    ----------
    typesetters : Typesetters
    most, most_bytes : int
    seconds : float
        How long an entry is kept.
    clock : callable
        Seconds that only go forward.
    """

    def __init__(
        self,
        typesetters: Typesetters = TYPESETTERS,
        *,
        most: int = MOST_ENTRIES,
        most_bytes: int = MOST_BYTES,
        seconds: float = KEPT_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._typesetters, self._clock = typesetters, clock
        self._most, self._most_bytes, self._seconds = most, most_bytes, seconds
        self._lock = Lock()
        self._entries: OrderedDict[PageKey, _Entry] = OrderedDict()
        self._alarm: Timer | None = None

    def get(self, key: PageKey, make: Callable[[Press], Made]) -> Future[Made]:
        """Return the pages of a key, made once however many ask at a time.

        That they are too long is kept as well.

        Raises
        ------
        Unavailable
            They are not there, and too many wait already.
        """
        with self._lock:
            self._sweep()
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
                return entry.future
            made = self._typesetters.submit(key.person, make)
            self._entries[key] = _Entry(made, self._clock() + self._seconds)
            self._arm()
        made.add_done_callback(lambda done: self._settle(key, done))
        return made

    def forget(self, person: str) -> None:
        """Keep nothing of a person; what is being made for her will not be kept."""
        with self._lock:
            for key in [key for key in self._entries if key.person == person]:
                del self._entries[key]

    def sweep(self) -> None:
        """Forget what has been kept long enough."""
        with self._lock:
            self._alarm = None
            self._sweep()
            self._arm()

    def __len__(self) -> int:
        """Return how many are kept or being made."""
        return len(self._entries)

    def _settle(self, key: PageKey, done: Future[Made]) -> None:
        """Leave what failed for a passing reason, and the oldest beyond the bounds."""
        kept = not done.cancelled() and isinstance(done.exception(), TooLong | None)
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None and entry.future is done:
                if not kept:
                    del self._entries[key]
                elif done.exception() is not None:
                    entry.until = min(entry.until, self._clock() + _REFUSED_SECONDS)
            sizes = {one: _size(entry.future) for one, entry in self._entries.items()}
            total_size = sum(sizes.values())
            for oldest in list(self._entries):
                if len(self._entries) <= self._most and total_size <= self._most_bytes:
                    return
                total_size -= sizes[oldest]
                del self._entries[oldest]

    def _sweep(self) -> None:
        now = self._clock()
        for key in [key for key, entry in self._entries.items() if entry.until <= now]:
            del self._entries[key]

    def _arm(self) -> None:
        """Sweep later even if nobody asks any more; called under the lock."""
        if self._entries and self._alarm is None:
            self._alarm = Timer(self._seconds, self.sweep)
            self._alarm.daemon = True
            self._alarm.start()


def _size(future: Future[Made]) -> int:
    return future.result().size if future.done() and not _failed(future) else 0


def _failed(future: Future[Made]) -> bool:
    return future.cancelled() or future.exception() is not None


SHARED_PAGES = SharedPages()
"""Those of this process."""
