"""The server's sealer: what was noted is sealed a few seconds later, apart from every request."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

from tornado.ioloop import IOLoop, PeriodicCallback

from iprof_kit.base.clock import utc_now
from iprof_kit.base.errors import KitError
from iprof_kit.records.journal.seals import seal

EVERY_SECONDS = 10.0
_log = logging.getLogger(__name__)


class Sealer:
    """Seal the journal every few seconds while the server runs, and once more at its end."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._pace = PeriodicCallback(self._once, EVERY_SECONDS * 1000)
        self._last_fault = ""

    def start(self) -> None:
        """Begin, in the background."""
        self._pace.start()

    def close(self) -> None:
        """Seal what waits, then end."""
        self._pace.stop()
        self._thread.submit(self.seal)
        self._thread.shutdown()

    async def _once(self) -> None:
        await IOLoop.current().run_in_executor(self._thread, self.seal)

    def seal(self) -> None:
        """Seal what waits; a reason why it cannot be done is logged once."""
        try:
            seal(utc_now())
        except KitError as error:
            if str(error) != self._last_fault:
                _log.warning("Journal : %s", error)
            self._last_fault = str(error)
        else:
            self._last_fault = ""
