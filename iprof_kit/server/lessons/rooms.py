"""The lessons that phones look at: read once for all of them, whoever asks and however often.

A hundred phones ask every few seconds whether something has changed. The database is asked once a
second for each lesson that is looked at, in threads of their own, so that a crowd of phones holds
up neither the other pages nor the trainer, whose screen speaks through the guichet.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import Any, TypeVar

from iprof_kit.server.database_threads import DatabaseThreads
from iprof_kit.services.lessons.phones import look
from iprof_kit.services.lessons.room import Room

FRESH_SECONDS = 1.0
_MOST_KEPT = 200
_T = TypeVar("_T")


class Rooms:
    """What was last read of each lesson.

    Parameters
    ----------
    database : DatabaseThreads
        Those of phones alone.
    clock : callable
        Seconds that only go forward.
    """

    def __init__(self, database: DatabaseThreads, clock: Callable[[], float] = monotonic) -> None:
        self._database, self._clock = database, clock
        self._kept: OrderedDict[str, tuple[float, Room]] = OrderedDict()
        self._readings: dict[str, asyncio.Task[Room | None]] = {}

    async def room(self, code: str, now: datetime, place: str) -> Room | None:
        """Return a lesson as it was less than a second ago, None where there is none.

        Parameters
        ----------
        code : str
        now : datetime
        place : str
            Whose turn it takes to look for a code of which nothing is known.

        Raises
        ------
        Unavailable
            The database does not answer in time.
        """
        moment, known = self._kept.get(code, (0.0, None))
        if known is not None and self._clock() - moment < FRESH_SECONDS:
            return known
        reading = self._readings.get(code)
        if reading is None:
            person = f"lecon:{code}" if known else place
            reading = asyncio.create_task(self._database.ask(person, look, code, now, known))
            self._readings[code] = reading
            reading.add_done_callback(lambda done: self._read(code, done))
        return await asyncio.shield(reading)

    async def change(self, code: str, person: str, work: Callable[..., _T], *args: Any) -> _T:
        """Return what `work` returns; what was read of the lesson before counts no more."""
        try:
            return await self._database.ask(person, work, *args)
        finally:
            self._readings.pop(code, None)  # it may have begun before what was changed
            if code in self._kept:
                self._kept[code] = (-FRESH_SECONDS, self._kept[code][1])

    def _read(self, code: str, done: asyncio.Task[Room | None]) -> None:
        room = None if done.cancelled() or done.exception() else done.result()
        if self._readings.get(code) is not done:
            return
        del self._readings[code]
        if room is None:
            self._kept.pop(code, None)
            return
        self._kept[code] = (self._clock(), room)
        self._kept.move_to_end(code)
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
