"""The warm processes: one for each of our notebooks, forked from one zygote, watched, replaced."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from iprof_kit.server.kernels.changes import CODE, changes
from iprof_kit.server.kernels.zygote import WarmProcess, Zygote

_log = logging.getLogger(__name__)
POSSIBLE = hasattr(os, "fork") and hasattr(os, "pidfd_open") and sys.platform == "linux"


class Patience:
    """How long to wait before trying again: longer each time, short again after a long life."""

    FIRST, LONGEST = 0.5, 60.0

    def __init__(self) -> None:
        self._pause, self._since = self.FIRST, time.monotonic()

    async def wait(self) -> None:
        """Wait."""
        if time.monotonic() - self._since > self.LONGEST:
            self._pause = self.FIRST
        await asyncio.sleep(self._pause)
        self._pause = min(2 * self._pause, self.LONGEST)
        self._since = time.monotonic()


class WarmProcesses:
    """Keep one zygote and, forked from it, one warm process a notebook.

    A zygote bears them as soon as it has imported everything, so that pages come soon after the
    start; then it shows every screen once and bears them anew, since what it has read is theirs.
    What dies is made again alone. Where files are watched, a notebook that changes is executed
    anew, code or tables that change bring another zygote; the former ones serve until then.

    Parameters
    ----------
    notebooks : Path
    names : tuple of str
        The notebooks to keep ready: the kit's own, never those of other authors.
    environment : dict
        All that a zygote gets of the server's environment; it holds no secret.
    develop : bool
        Whether to watch the files that they are made of.
    """

    def __init__(
        self,
        notebooks: Path,
        names: tuple[str, ...],
        environment: dict[str, str],
        *,
        develop: bool = False,
    ) -> None:
        self._notebooks, self._names, self._environment = notebooks, names, environment
        self._develop = develop
        self._zygote: Zygote | None = None
        self._ready: dict[str, WarmProcess] = {}
        self._tried: set[str] = set()
        self._versions = dict.fromkeys((CODE, *names), 0)
        self._news = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin to keep them ready, in the background."""
        if not POSSIBLE or not self._names:
            return
        keepers = [self._keep_zygote(), *(self._keep(name) for name in self._names)]
        if self._develop:
            keepers.append(self._follow_changes())
        for keeper in keepers:
            task = asyncio.ensure_future(keeper)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def ready(self, name: str) -> WarmProcess | None:
        """Return the warm process of a notebook, None while it is not ready."""
        process = self._ready.get(name)
        return process if process is not None and process.alive else None

    @property
    def zygote(self) -> Zygote | None:
        """The zygote, None while it is not ready."""
        return self._zygote if self._zygote is not None and self._zygote.alive else None

    def close(self) -> None:
        """End them all."""
        for task in self._tasks:
            task.cancel()
        for process in self._ready.values():
            process.close()
        self._ready.clear()
        if self._zygote is not None:
            self._zygote.close()

    async def _keep_zygote(self) -> None:
        """Keep one, made of the code that is there now."""
        patience = Patience()
        while True:
            version = self._versions[CODE]
            try:
                made = await Zygote.born(self._environment, version)
            except OSError as error:
                _log.warning("zygote : %s ; noyaux ordinaires d’ici là", error)
                await patience.wait()
                continue
            former, self._zygote = self._zygote, made
            if former is not None:
                former.close()
            made.when_it_ends(self._tell)
            self._tell()
            await self._rehearsed(made)
            await self._until(partial(self._is_over, made, CODE, version))
            if not made.alive:
                _log.warning("le zygote n’est plus là : un autre se prépare")
                await patience.wait()

    async def _rehearsed(self, made: Zygote) -> None:
        """Have a zygote show every screen, once pages can come without waiting for it."""
        await self._until(lambda: self._tried >= {*self._names} or not made.alive)
        with suppress(OSError):  # it has ended, and another will be made
            await made.rehearse()
        self._tell()

    async def _keep(self, name: str) -> None:
        """Keep the warm process of a notebook, made of what is there now."""
        patience = Patience()
        while True:
            await self._until(lambda: self.zygote is not None)
            version = self._versions[name]
            try:
                made = await self._warmed(name)
            except OSError as error:
                self._has_tried(name)
                _log.warning("processus chaud de %s : %s ; noyaux ordinaires d’ici là", name, error)
                await patience.wait()
                continue
            former = self._ready.get(name)
            self._ready[name] = made
            self._has_tried(name)
            if former is not None:
                former.close()
            made.when_it_ends(self._tell)
            await self._until(partial(self._is_over, made, name, version))
            if not made.alive:
                await patience.wait()

    def _has_tried(self, name: str) -> None:
        self._tried.add(name)
        self._tell()

    async def _warmed(self, name: str) -> WarmProcess:
        if (zygote := self.zygote) is None:
            raise OSError("the zygote is gone")
        return await WarmProcess.of(zygote, self._notebooks / name)

    def _is_over(self, made: Zygote | WarmProcess, of: str, version: int) -> bool:
        """Whether something is to be made anew: it has ended, or what it is made of has changed."""
        better = self.zygote is not None and self.zygote.made_of > made.made_of
        return better or not made.alive or self._versions[of] != version

    async def _follow_changes(self) -> None:
        """Note what changes on the disk, as long as it is watched."""
        async for changed in changes(self._notebooks, self._names):
            for what in changed:
                self._versions[what] += 1
            self._tell()

    async def _until(self, condition: Callable[[], bool]) -> None:
        """Wait for a condition, looked at when something is told."""
        while not condition():
            await self._news.wait()

    def _tell(self) -> None:
        """Have every condition that is awaited looked at again."""
        self._news.set()
        self._news = asyncio.Event()
