"""The server's own hand at the jobs: those that are due are done apart from every request."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from tornado.ioloop import IOLoop, PeriodicCallback

from iprof_kit.base.clock import utc_now
from iprof_kit.base.errors import KitError
from iprof_kit.records.journal.seals import seal
from iprof_kit.services.jobs.runner import Clock, Task, prepare, run_one
from iprof_kit.services.jobs.tasks import TASKS

LOOK_SECONDS = 2.0
_AT_ONCE = 2
"""A backup that lasts does not keep the journal from being sealed."""
_log = logging.getLogger(__name__)


class Worker:
    """Do what is due while the server runs; seal the journal once more at its end.

    Parameters
    ----------
    tasks : mapping, optional
        By name; none where jobs are done apart (`iprof travaux --continu`).
    screens : callable, optional
        The moment of screens: what people read is dated as they are, where the day stands.
    """

    def __init__(self, tasks: Mapping[str, Task] = TASKS, screens: Clock = utc_now) -> None:
        self._tasks, self._screens = tasks, screens
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="travaux")
        self._pace = PeriodicCallback(self._look, LOOK_SECONDS * 1000)
        self._busy = 0
        self._last_fault = ""

    def start(self) -> None:
        """Begin, in the background."""
        if self._tasks:
            self._threads.submit(self._guarded, lambda: prepare(self._tasks.values(), utc_now()))
            self._pace.start()

    def close(self) -> None:
        """Seal what waits, then end: what was begun is finished first."""
        self._pace.stop()
        self._threads.submit(self._guarded, lambda: seal(utc_now()))
        self._threads.shutdown()

    def work(self) -> None:
        """Do all that is due; why it cannot be done is logged once."""
        self._guarded(self._all)

    async def _look(self) -> None:
        if self._busy < _AT_ONCE:
            self._busy += 1
            try:
                await IOLoop.current().run_in_executor(self._threads, self.work)
            finally:
                self._busy -= 1

    def _all(self) -> None:
        while run_one(self._tasks, utc_now, self._screens) is not None:
            pass

    def _guarded(self, work: Callable[[], object]) -> None:
        try:
            work()
        except KitError as error:
            if str(error) != self._last_fault:
                _log.warning("Travaux : %s", error)
            self._last_fault = str(error)
        else:
            self._last_fault = ""
