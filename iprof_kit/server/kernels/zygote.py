"""The server's side of the zygote and of the warm processes: what it asks of them, how they end."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from iprof_kit.kernel import wire
from iprof_kit.server.kernels.processes import ForkedProcess

T = TypeVar("T")
_LONGEST = 600.0
"""Seconds to get ready in: beyond, it is taken for stuck."""
_THREADS = ThreadPoolExecutor(max_workers=16, thread_name_prefix="warm")


class Parent:
    """A process that forks at each request, one at a time.

    Parameters
    ----------
    end : socket.socket
        The server's end of what it is asked by.
    process : ForkedProcess
    made_of : (int, bool)
        The version of the code that it has imported, and whether every screen was shown before:
        of two, the later one is better.
    """

    def __init__(
        self, end: socket.socket, process: ForkedProcess, made_of: tuple[int, bool]
    ) -> None:
        self._end, self.process, self.made_of = end, process, made_of
        self._turn = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def alive(self) -> bool:
        """Whether it can still fork."""
        return self.process.poll() is None

    def when_it_ends(self, act: Callable[[], None]) -> None:
        """Have something done, once, when it ends by itself."""
        self._loop = asyncio.get_running_loop()

        def ended() -> None:
            self._forget()
            act()

        self._loop.add_reader(self.process.watch, ended)

    async def fork(self, request: dict[str, Any], handles: tuple[int, ...]) -> tuple[int, int]:
        """Return the pid and the pidfd of a child.

        Raises
        ------
        OSError
            The process died, or does not answer.
        """
        return await _in_thread(self._exchange, request, handles)

    async def first_word(self) -> Any:
        """Wait until it is ready, and return what it says then.

        Raises
        ------
        OSError
            It could not get ready, in the time that it has.
        """
        async with asyncio.timeout(_LONGEST):
            await _readable(self._end)  # no thread waits: it would keep the server from stopping
        return await _in_thread(self._listen)

    def close(self) -> None:
        """End it; what it has forked goes on."""
        self._forget()
        self.process.kill()
        with suppress(OSError):
            self._end.shutdown(socket.SHUT_RDWR)  # a thread may be listening
        self._end.close()
        self.process.close()

    def _forget(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.remove_reader(self.process.watch)
        self._loop = None

    def _exchange(self, request: dict[str, Any], handles: tuple[int, ...]) -> tuple[int, int]:
        answer, watches = self._ask(request, handles)
        if not watches:
            raise OSError("what it forked ended at once")
        return int(answer["pid"]), watches[0]

    def _ask(self, request: dict[str, Any], handles: tuple[int, ...] = ()) -> tuple[Any, list[int]]:
        with self._turn:
            try:
                wire.send(self._end, request, handles)
                return wire.receive(self._end)
            except wire.Closed as error:
                raise OSError("it is gone") from error

    def _listen(self) -> Any:
        try:
            word, _ = wire.receive(self._end)
        except wire.Closed as error:
            raise OSError("it could not get ready") from error
        return word


class WarmProcess(Parent):
    """The warm process of a notebook, and the page that it prepared."""

    page: dict[str, Any]

    @classmethod
    async def of(cls, zygote: Zygote, notebook: Path) -> WarmProcess:
        """Return the warm process of a notebook, ready.

        Raises
        ------
        OSError
            The zygote died, or the notebook could not be executed.
        """
        ours, theirs = socket.socketpair()
        made_of = zygote.made_of  # or better, if it rehearses meanwhile
        with theirs:
            try:
                pid, watch = await zygote.fork({"notebook": str(notebook)}, (theirs.fileno(),))
            except BaseException:
                ours.close()
                raise
        made = cls(ours, ForkedProcess(pid, watch), made_of)
        try:
            made.page = await made.first_word()
        except BaseException:
            made.close()
            raise
        return made


class Zygote(Parent):
    """The process from which every warm process is forked."""

    def __init__(self, end: socket.socket, child: subprocess.Popen[bytes], code: int) -> None:
        self._child = child
        watched = ForkedProcess(child.pid, os.pidfd_open(child.pid))
        super().__init__(end, watched, made_of=(code, False))

    @classmethod
    async def born(cls, environment: dict[str, str], code: int) -> Zygote:
        """Return a zygote that has imported everything.

        Parameters
        ----------
        environment : dict
            All that it gets of the server's environment; it holds no secret.
        code : int
            The version of the code that it imports.

        Raises
        ------
        OSError
            It could not get ready.
        """
        made = cls(*_started(environment), code)
        try:
            await made.first_word()
        except BaseException:
            made.close()
            raise
        return made

    async def rehearse(self) -> None:
        """Have it show every screen once; what asks for a child meanwhile waits some seconds.

        Raises
        ------
        OSError
            A screen could not be shown, which ends it.
        """
        await _in_thread(self._ask, {"rehearse": True})
        code, _ = self.made_of
        self.made_of = (code, True)

    def close(self) -> None:
        """End it; what it has forked goes on."""
        super().close()
        self._child.wait()


def _started(environment: dict[str, str]) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    ours, theirs = socket.socketpair()
    with theirs:
        command = [sys.executable, "-m", "iprof_kit.kernel.zygote", str(theirs.fileno())]
        child = subprocess.Popen(  # noqa: S603
            command,
            env=environment,
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
    return ours, child


async def _readable(end: socket.socket) -> None:
    """Wait until something is to be read."""
    loop, arrived = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(end, arrived.set)
    try:
        await arrived.wait()
    finally:
        loop.remove_reader(end)


async def _in_thread(act: Callable[..., T], *words: object) -> T:
    """Do what waits for a process in a thread that is not the loop's."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, act, *words)
