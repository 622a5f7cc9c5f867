"""The warm processes: one for each of our notebooks, started, watched, replaced."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from iprof_kit.base.paths import REFERENCE, VOILA_TEMPLATES
from iprof_kit.kernel import wire

_log = logging.getLogger(__name__)
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
_WATCH = 2.0
"""Seconds."""
_CODE = Path(__file__).resolve().parents[1]
POSSIBLE = hasattr(os, "fork") and hasattr(os, "pidfd_open") and sys.platform == "linux"


@dataclass
class WarmProcess:
    """One warm process that is ready, and the page that it prepared."""

    process: subprocess.Popen[bytes]
    end: socket.socket
    page: dict[str, Any]
    made_of: float
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def alive(self) -> bool:
        """Whether it can still fork."""
        return self.process.poll() is None

    async def fork(self, request: dict[str, Any], handles: tuple[int, ...]) -> tuple[int, int]:
        """Return the pid and the pidfd of a new session.

        Raises
        ------
        OSError
            The process died, or does not answer.
        """
        loop = asyncio.get_running_loop()
        async with self._one_at_a_time:
            return await loop.run_in_executor(_THREADS, self._exchange, request, handles)

    def _exchange(self, request: dict[str, Any], handles: tuple[int, ...]) -> tuple[int, int]:
        try:
            wire.send(self.end, request, handles)
            answer, watches = wire.receive(self.end)
        except wire.Closed as error:
            raise OSError("it is gone") from error
        return int(answer["pid"]), watches[0]

    def close(self) -> None:
        """Let it end; its sessions go on."""
        self.end.close()
        self.process.terminate()
        self.process.wait()


_THREADS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="warm")


class WarmProcesses:
    """Keep one warm process a notebook, warmed anew when it dies or when its code changes.

    Parameters
    ----------
    notebooks : Path
    names : tuple of str
        The notebooks to keep ready.
    environment : dict
        All that a warm process gets of the server's environment; it holds no secret.
    """

    def __init__(
        self, notebooks: Path, names: tuple[str, ...], environment: dict[str, str]
    ) -> None:
        self._notebooks, self._names, self._environment = notebooks, names, environment
        self._ready: dict[str, WarmProcess] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._starting: set[subprocess.Popen[bytes]] = set()

    def start(self) -> None:
        """Begin to keep them ready, in the background."""
        for name in self._names if POSSIBLE else ():
            task = asyncio.ensure_future(self._keep(name))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def ready(self, name: str) -> WarmProcess | None:
        """Return the warm process of a notebook, None while it is not ready."""
        found = self._ready.get(name)
        return found if found is not None and found.alive else None

    def close(self) -> None:
        """End them all."""
        for task in self._tasks:
            task.cancel()
        for process in self._ready.values():
            process.close()
        self._ready.clear()
        for begun in tuple(self._starting):
            begun.kill()

    async def _keep(self, name: str) -> None:
        """Warm, then watch; a failure is tried again, less and less often."""
        pause = _FIRST_PAUSE
        while True:
            settled = self._settled if name in self._ready else self._newest
            made_of = await settled(name)
            try:
                made = await asyncio.get_running_loop().run_in_executor(
                    _THREADS, self._warm, name, made_of
                )
            except OSError as error:
                _log.warning("processus chaud de %s : %s ; noyaux ordinaires d’ici là", name, error)
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
                continue
            former = self._ready.get(name)
            self._ready[name] = made
            if former is not None:
                former.close()
            pause = _FIRST_PAUSE
            while made.alive and await self._newest(name) == made.made_of:
                await asyncio.sleep(_WATCH)

    async def _settled(self, name: str) -> float:
        """Wait until what it is made of stops changing."""
        made_of = await self._newest(name)
        while made_of > time.time() - _WATCH:
            await asyncio.sleep(_WATCH)
            made_of = await self._newest(name)
        return made_of

    async def _newest(self, name: str) -> float:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(_THREADS, newest, self._notebooks / name)

    def _warm(self, name: str, made_of: float) -> WarmProcess:
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "iprof_kit.kernel.warm",
                       str(self._notebooks / name), str(theirs.fileno())]  # fmt: skip
            process = subprocess.Popen(  # noqa: S603
                command, env=self._environment, pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            )  # fmt: skip
        self._starting.add(process)
        try:
            page, _ = wire.receive(ours)
        except wire.Closed as error:
            ours.close()
            process.kill()
            process.wait()
            raise OSError("it could not get ready") from error
        finally:
            self._starting.discard(process)
        return WarmProcess(process, ours, page, made_of)


def newest(notebook: Path) -> float:
    """Return the last change of what a warm process is made of: code, tables, looks, notebook.

    What Python compiles beside its files is no change: warming itself writes it.
    """
    folders = ((_CODE, "*.py"), (_CODE / "ui", "*"), (REFERENCE, "*"), (VOILA_TEMPLATES, "*"))
    files = [path for folder, form in folders for path in folder.rglob(form)]
    written = (path for path in files if "__pycache__" not in path.parts and path.is_file())
    return max(path.stat().st_mtime for path in (notebook, *written))
