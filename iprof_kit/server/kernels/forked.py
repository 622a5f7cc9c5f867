"""Forked sessions, on the server's side: each with its process, its pair, its pages.

What Jupyter does for kernels that listen on sockets is done here for those that do not: messages go
to the page that asked or to all, what is said while the page reconnects is kept for it, activity is
noted so that who left is found. A session that says too much waits, and nobody else does.
"""

from __future__ import annotations

import asyncio
import itertools
import shutil
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from iprof_kit.kernel import frames
from iprof_kit.server.kernels.first_answer import FirstAnswer, Question
from iprof_kit.server.kernels.framing import header_of, state_of
from iprof_kit.server.kernels.processes import ForkedProcess

ACTIVE = frozenset({"comm_open", "comm_msg", "comm_close"})
"""Messages by which somebody uses a page; the others are a front end's own."""
MESSAGES_A_SECOND = 1000
_TOO_LATE, _LATE_WORDS = 1013, "trop de retard"


class Forks(Protocol):
    """A warm process."""

    page: dict[str, Any]

    async def fork(self, request: dict[str, Any], handles: tuple[int, ...]) -> tuple[int, int]:
        """Return the pid and the pidfd of a new session, or raise OSError."""


class Page(Protocol):
    """The websocket of a page."""

    def write_message(self, message: bytes, binary: bool = False) -> Any:
        """Send to the page."""

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Close it."""


class PageLink:
    """What a page's websocket speaks to, in the terms of Jupyter's connections.

    Parameters
    ----------
    session : ForkedSession
    page : Page
    name : str
        What the page calls itself; one that reconnects keeps its name.
    allowed : list of str
        The types of messages that are handed on; all, if empty.
    """

    kernel_ws_protocol = "v1.kernel.websocket.jupyter.org"

    def __init__(self, session: ForkedSession, page: Page, name: str, allowed: list[str]) -> None:
        self.session, self.page, self.name = session, page, name
        self.number = 0
        self._allowed = allowed

    async def connect(self) -> None:
        """Begin to be told what the session says."""
        self.session.join(self)

    async def handle_incoming_message(self, message: bytes) -> None:
        """Hand a message on, once the session has read enough of those before."""
        kind = header_of(message).get("msg_type")
        if self._allowed and kind not in self._allowed:
            return
        if not await self.session.tell(self.number, message, kind):
            self.page.close(_TOO_LATE, _LATE_WORDS)

    def hear(self, message: bytes) -> None:
        """Send to the page."""
        self.page.write_message(message, binary=True)

    def disconnect(self) -> None:
        """Be told nothing more."""
        self.session.leave(self)


class ForkedSession:
    """One session.

    Parameters
    ----------
    process : ForkedProcess
    reader, writer
        The server's end of its pair.
    own : Path
        Its folder, removed with it.
    most : int
        Bytes of one message, and of what is kept for a page that reconnects.
    """

    def __init__(
        self,
        process: ForkedProcess,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        own: Path,
        most: int,
    ) -> None:
        self.process, self.own = process, own
        self.last_activity, self.state = datetime.now(UTC), "starting"
        self.page: dict[str, Any] | None = None
        """What its page is made of."""
        self._reader, self._writer, self._most = reader, writer, most
        self._links: list[PageLink] = []
        self._numbers = itertools.count(1)
        self._gone: PageLink | None = None
        self._kept: list[tuple[int, bytes]] = []
        self.kept_bytes = 0
        """Bytes that wait for the page that reconnects."""
        self._first: FirstAnswer | None = None
        """What it is answering to the page that is being sent."""
        self.unheard: list[tuple[int, bytes]] = []
        """What it said to the page's first question, where it came too late for the page."""
        self._room = asyncio.Event()
        self._ending: asyncio.Task[None] | None = None
        self._over = asyncio.Event()
        asyncio.get_running_loop().add_reader(process.watch, self._ended)

    @classmethod
    async def fork(
        cls,
        warm: Forks,
        own: Path,
        environment: dict[str, str],
        guichet: int,
        most: int,
        user: int | None = None,
    ) -> ForkedSession:
        """Return a session forked from a warm process, with its folder and its guichet.

        In a world of the kit's own, its folder is another one, in memory, that it alone sees.

        Raises
        ------
        OSError
            The warm process does not answer.
        """
        own.mkdir(mode=0o700)
        request = {"own": str(own), "environment": environment, "user": user}
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                pid, watch = await warm.fork(request, (guichet, theirs.fileno()))
            except BaseException:
                ours.close()
                raise
        reader, writer = await asyncio.open_connection(sock=ours)
        return cls(ForkedProcess(pid, watch), reader, writer, own, most)

    @property
    def connections(self) -> int:
        """How many pages are connected."""
        return len(self._links)

    async def attend(self) -> None:
        """Hand on what it says, until it ends or hangs up."""
        await first_of(self._listen(), self._over.wait())

    @property
    def unread(self) -> int:
        """Bytes that it was sent and has not read yet."""
        return self._writer.transport.get_write_buffer_size()

    async def hang_up(self) -> None:
        """Speak to it no more: it ends by itself; return once it has."""
        self._writer.close()
        await self._over.wait()

    def model(self) -> dict[str, Any]:
        """Return what a page is told of it."""
        return {
            "execution_state": self.state,
            "connections": self.connections,
            "last_activity": self.last_activity.isoformat().replace("+00:00", "Z"),
        }

    def is_idle(self, seconds: float) -> bool:
        """Whether nobody has used it for that long, and it does nothing either."""
        return self._quiet() > seconds and self.state != "busy"

    def is_stuck(self, seconds: float) -> bool:
        """Whether it has been answering for that long."""
        return self._quiet() > seconds and self.state == "busy"

    def _quiet(self) -> float:
        return (datetime.now(UTC) - self.last_activity).total_seconds()

    async def tell(self, page: int, message: bytes, kind: str | None) -> bool:
        """Send it a message of a page; wait while it does not read.

        Returns
        -------
        bool
            False where too much waits already: pages that come and go would fill the server.
        """
        if self.unread > self._most:
            return False
        if self._writer.is_closing():
            return True
        if kind in ACTIVE:
            self.last_activity = datetime.now(UTC)
        with suppress(ConnectionError):  # it has just ended
            self._writer.write(frames.framed(page, message))
            await self._writer.drain()
        return True

    async def first_answer(self, question: Question, seconds: float) -> dict[str, Any] | None:
        """Ask what the page that is being sent would ask; return what its screen then shows.

        Returns
        -------
        dict or None
            The state of the screen, which no websocket will bring. None where it does not come in
            time: the page's websocket brings it.
        """
        first = self._first = FirstAnswer(question, self._most)
        await self.tell(frames.EVERY_PAGE, question.message(), "comm_msg")
        state = await first.wait(seconds)
        self._first = None
        if state is None:
            late, self.unheard = first.messages, []
            for number, message in late:
                self._hand_on(number, message)
        return state

    def join(self, link: PageLink) -> None:
        """Speak to a page; one that comes back is told what it missed, and keeps its number."""
        former = next((one for one in self._links if one.name == link.name), None)
        if former is not None:  # its websocket has died and does not know it yet
            self._links.remove(former)
            former.page.close()
        elif self._gone is not None and self._gone.name == link.name:
            former = self._gone
        link.number = former.number if former else next(self._numbers)
        self._links.append(link)
        self.process.give_way()
        missed, self._kept, self.kept_bytes, self._gone = self._kept, [], 0, None
        self._room.set()
        early, self.unheard = self.unheard, []
        for number, message in missed if former else early:
            self._hand_on(number, message)

    def leave(self, link: PageLink) -> None:
        """Speak to a page no more; the last one to leave may come back."""
        if link in self._links:
            self._links.remove(link)
            if not self._links:
                self._gone = link

    async def end(self) -> None:
        """End it at once, with its folder."""
        if self._ending is None:
            self._ending = asyncio.ensure_future(self._end())
        await asyncio.shield(self._ending)

    async def _end(self) -> None:
        self._writer.close()
        self.process.kill()
        await self._over.wait()
        self.process.close()
        await asyncio.to_thread(shutil.rmtree, self.own, ignore_errors=True)

    def _ended(self) -> None:
        asyncio.get_running_loop().remove_reader(self.process.watch)
        self._over.set()

    async def _listen(self) -> None:
        pace = _Pace()
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                size, number = frames.HEAD.unpack(await self._reader.readexactly(frames.HEAD.size))
                if size > self._most:
                    await self._forget(size)
                    continue
                message = await self._reader.readexactly(size)
                self._note(message)
                await self._wait_for_room(size)
                self._hand_on(number, message)
                await pace.wait()

    async def _forget(self, size: int) -> None:
        """Read what is too long for any page without keeping it; the pages are let go."""
        while size:
            size -= len(piece := await self._reader.read(min(size, 1 << 16)))
            if not piece:
                raise asyncio.IncompleteReadError(b"", size)
        for link in tuple(self._links):
            link.page.close(_TOO_LATE, _LATE_WORDS)

    def _note(self, message: bytes) -> None:
        """Note what a message tells about the session."""
        parent, state = state_of(message)
        if parent in ACTIVE:
            self.last_activity = datetime.now(UTC)
        if state and (parent in ACTIVE or self.state == "starting"):
            self.state = state if parent in ACTIVE else "idle"

    async def _wait_for_room(self, size: int) -> None:
        """Wait for a page, while there is no room to keep what it misses."""
        while self._gone is not None and size + self.kept_bytes > self._most:
            self._room.clear()
            await self._room.wait()

    def _hand_on(self, number: int, message: bytes) -> None:
        """Send to the page that asked, or to all; keep what the one that reconnects misses."""
        if self._first is not None:
            if self._first.hear(number, message):
                self._first = None
            return
        if not self._links and self._gone is None:
            self.unheard = self._within([*self.unheard, (number, message)])
            return
        if self._gone is not None:
            if number in (frames.EVERY_PAGE, self._gone.number):
                self._kept.append((number, message))
                self.kept_bytes += len(message)
            return
        for link in tuple(self._links):
            if number in (frames.EVERY_PAGE, link.number):
                link.hear(message)

    def _within(self, messages: list[tuple[int, bytes]]) -> list[tuple[int, bytes]]:
        """Return messages that no page has come to hear yet, none once they are too long."""
        return messages if sum(len(one) for _, one in messages) <= self._most else []


async def first_of(*works: Awaitable[object]) -> None:
    """Wait until one of several works is done, and give up the others."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


class _Pace:
    """How much a session may say in a second; beyond, it waits."""

    def __init__(self) -> None:
        self._clock: Callable[[], float] = asyncio.get_running_loop().time
        self._count, self._since = 0, self._clock()

    async def wait(self) -> None:
        """Count a message; wait for the next second once there were too many."""
        self._count += 1
        if self._count < MESSAGES_A_SECOND:
            return
        await asyncio.sleep(max(self._since + 1 - self._clock(), 0))
        self._count, self._since = 0, self._clock()
