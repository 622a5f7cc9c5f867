"""What a proxy asks before it sends people here: whether the server lives, whether it is ready.

These two addresses answer whatever name the site is asked under, since a probe knows a machine by
its number. They tell yes and no, and the database is looked at once a second however many ask.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from tornado.web import RequestHandler

from iprof_kit.base.errors import Unavailable
from iprof_kit.server.database_threads import DatabaseThreads
from iprof_kit.server.pages.gate import LIVES, READY, set_common_headers
from iprof_kit.services.health import Means, means

_FRESH = 1.0
"""Seconds for which a look at the database is believed."""
_PROBE = "sonde"
"""Who takes turns for the database: all probes are one."""


class Readiness:
    """Whether people may be sent to this server.

    Parameters
    ----------
    database : DatabaseThreads
    """

    def __init__(self, database: DatabaseThreads) -> None:
        self._database = database
        self._looking = asyncio.Lock()
        self._seen, self._until = Means(), 0.0
        self._stops: float | None = None

    @property
    def draining(self) -> bool:
        """True once the server was told to stop: it ends what it has, and takes nobody more."""
        return self._stops is not None

    @property
    def seconds_left(self) -> float:
        """How long the server still serves, once it is draining."""
        return max((self._stops or 0.0) - time.monotonic(), 0.0)

    def drain(self, seconds: float) -> None:
        """Be ready for nobody more: the server stops in some seconds."""
        self._stops = time.monotonic() + seconds

    async def means(self) -> Means:
        """Return what was seen of the database less than a second ago."""
        async with self._looking:
            if time.monotonic() >= self._until:
                self._seen = await self._look()
                self._until = time.monotonic() + _FRESH
        return self._seen

    async def _look(self) -> Means:
        try:
            return await self._database.ask(_PROBE, means)
        except Unavailable:
            return Means()


class Probe(RequestHandler):
    """An answer for programs: short, never kept, the same for everybody."""

    def set_default_headers(self) -> None:
        """Set the common headers; an answer stays in no cache."""
        set_common_headers(self)
        self.set_header("Cache-Control", "no-store")

    def write_error(self, status_code: int, **_words: Any) -> None:
        """Say nothing but the status."""
        self.finish({"statut": status_code})


class Lives(Probe):
    """« Does this process answer? » No: start it again."""

    async def get(self) -> None:
        """Say that it does; nothing else is asked."""
        self.finish({"vivant": True})

    head = get


class Ready(Probe):
    """« May people be sent here? » No: send them elsewhere, and leave the process alone."""

    async def get(self) -> None:
        """Say what is there and what is not."""
        readiness: Readiness = self.settings["readiness"]
        seen = await readiness.means()
        ready = seen.whole and not readiness.draining
        self.set_status(200 if ready else 503)
        self.finish(
            {
                "pret": ready,
                "base": seen.database,
                "tables": seen.tables,
                "cle_du_journal": seen.key,
                "arret_en_cours": readiness.draining,
            }
        )

    head = get


PROBE_ROUTES = [(LIVES, Lives), (READY, Ready)]
