"""That a session was used is written in the background: no request waits for it or fails by it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Lock

from iprof_kit.base.errors import Unavailable
from iprof_kit.records.patience import patience
from iprof_kit.services.access.accounts import note_seen

_SECONDS = 2.0
_log = logging.getLogger(__name__)


class SignsOfLife:
    """Sessions that were used and whose last sign of life is old, written together.

    What could not be written is forgotten: the next use of the session says it again.
    """

    def __init__(self, write: Callable[[Collection[int], datetime], None] = note_seen) -> None:
        self._write = write
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="signes-de-vie")
        self._lock = Lock()
        self._seen: dict[int, datetime] = {}

    def note(self, session_id: int, now: datetime) -> None:
        """Keep a sign of life, to be written soon; from any thread."""
        with self._lock:
            first = not self._seen
            self._seen[session_id] = now
        if first:
            self._thread.submit(self._write_all)

    def close(self) -> None:
        """Write what is left, and end."""
        self._thread.shutdown()

    def _write_all(self) -> None:
        with self._lock:
            seen, self._seen = self._seen, {}
        try:
            with patience(_SECONDS):
                self._write(seen, max(seen.values()))
        except Unavailable as error:
            _log.warning("les signes de vie ne sont pas écrits : %s", error)


SIGNS = SignsOfLife()
