"""Sessions whose notebook obeys: code sent by a page is executed inside the confined process."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import socket
from pathlib import Path
from typing import Any

import nbformat

from iprof_kit.kernel import frames
from iprof_kit.kernel.world.users import Users
from iprof_kit.server.kernels.enclosures import Enclosures
from iprof_kit.server.kernels.forked import ForkedSession, PageLink
from iprof_kit.server.kernels.warm import WarmProcesses

NOTEBOOK = "hostile.ipynb"
PLAIN_USER = 65534
SOURCE = """
import ctypes, json, os, signal, socket, subprocess, sys, threading
from pathlib import Path
from iprof_kit.ui.components.screen import Screen

def obey(message):
    names = {}
    try:
        exec(message["values"]["code"], globals(), names)
        answer = ["done", names.get("result")]
    except BaseException as error:
        answer = [type(error).__name__, str(error)]
    return json.dumps([*answer, message["seq"]])

screen = Screen(obey)
"""
BECOME_PLAIN = f"""
from iprof_kit.ui.rehearsal import rehearse
rehearse()  # all that is imported later must be there already: the interpreter may be root's
os.setgroups([])
os.setgid({PLAIN_USER})
os.setuid({PLAIN_USER})
"""


class Hostile:
    """A warm process of the obeying notebook, and the sessions forked from it.

    `plain` makes it an ordinary user, as it is on a well-kept server, even where tests are root.
    `world`: each session is a user of its own in a world of the kit's, as where a server is root.
    """

    def __init__(self, folder: Path, *, plain: bool, world: bool = False) -> None:
        self.folder, self.plain, self.world = folder, plain, world
        self.loop = asyncio.new_event_loop()
        self.home, self.links = folder / "noyaux", folder / "liens"
        fonts = folder / "fonts"
        for place in (self.home, self.links, fonts):
            place.mkdir(mode=0o755)
        cells = [SOURCE, BECOME_PLAIN if plain else "", "screen"]
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
        nbformat.write(book, fonts / NOTEBOOK)  # a folder that a world shows
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "MPLCONFIGDIR": str(fonts),
            "MPLBACKEND": "agg",
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }
        scratch = folder / "monde"
        scratch.mkdir()
        enclosures = Enclosures(scratch, Users(100)) if world else Enclosures()
        self.user_of = enclosures.open
        words = self.environment | enclosures.words()
        self.warm = WarmProcesses(fonts, (NOTEBOOK,), words)
        self.sessions: list[Session] = []

    def open(self) -> Session:
        """Fork a session, ready to obey."""
        session = Session(self, len(self.sessions))
        self.sessions.append(session)
        self.loop.run_until_complete(session.open())
        return session

    def close(self) -> None:
        for session in self.sessions:
            self.loop.run_until_complete(session.close())
        self.warm.close()
        self.loop.run_until_complete(_others_end())
        self.loop.close()

    async def process(self) -> Any:
        """The warm process, once it is ready."""
        if not self.warm.ready(NOTEBOOK):
            self.warm.start()
        async with asyncio.timeout(500):
            while (found := self.warm.ready(NOTEBOOK)) is None:
                await asyncio.sleep(0.05)
        return found


async def _others_end() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.gather(*others, return_exceptions=True)


class Listener:
    """A page without a browser."""

    def __init__(self) -> None:
        self.said: asyncio.Queue[bytes] = asyncio.Queue()

    def write_message(self, message: bytes, binary: bool = False) -> None:
        assert binary
        self.said.put_nowait(message)

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        raise AssertionError(f"the page is let go: {code} {reason}")


class Session:
    """One session: its process, its folder, the server's end of its guichet and of its pair."""

    def __init__(self, hostile: Hostile, number: int) -> None:
        self.hostile = hostile
        self.numbers = itertools.count(1)
        self.own = hostile.home / f"session-{number}"
        self.page = Listener()

    @property
    def pid(self) -> int:
        return self.forked.process.pid

    async def open(self) -> None:
        warm = await self.hostile.process()
        self.guichet, theirs = socket.socketpair()
        with theirs:
            self.forked = await ForkedSession.fork(
                _Owned(warm, self),
                self.own,
                self.hostile.environment,
                theirs.fileno(),
                1 << 26,
                self.hostile.user_of(self.own.name),
            )
        self.attending = asyncio.ensure_future(self.forked.attend())
        self.link = PageLink(self.forked, self.page, "essai", [])
        await self.link.connect()
        self.model = next(
            model
            for model, state in warm.page["states"]["state"].items()
            if state["model_name"] == "AnyModel"
        )

    async def send(self, kind: str, content: bytes, metadata: Any = None) -> str:
        """Send a message of which the content need not even be JSON; return its number."""
        number = f"essai-{next(self.numbers)}"
        header = {"msg_id": number, "msg_type": kind, "session": "essai", "username": "",
                  "version": "5.3", "date": "2026-11-25T12:00:00Z"}  # fmt: skip
        texts = [json.dumps(part).encode() for part in (header, {}, metadata or {})]
        await self.link.handle_incoming_message(frames.joined([b"shell", *texts, content]))
        return number

    async def hear(self) -> tuple[str, Any]:
        """Return the next message: the number of the one that it answers, its content."""
        pieces = frames.parts(await self.page.said.get())
        assert pieces
        return json.loads(pieces[2]).get("msg_id"), json.loads(pieces[4])

    def run(self, code: str) -> Any:
        """Execute code inside: ["done", result] or [error's name, its text]."""
        return self.hostile.loop.run_until_complete(self._run(code))

    async def _run(self, code: str) -> Any:
        content = {
            "kind": "intent",
            "name": "code",
            "values": {"code": code},
            "seq": next(self.numbers),
        }
        data = {"method": "custom", "content": content}
        body = json.dumps({"comm_id": self.model, "data": data}).encode()
        number = await self.send("comm_msg", body)
        html = None
        async with asyncio.timeout(60):
            while True:
                parent, said = await self.hear()
                if parent != number:
                    continue
                html = said.get("data", {}).get("state", {}).get("html", html)
                if said.get("execution_state") == "idle":
                    return json.loads(html)[:2] if html else None

    def hang_up(self) -> None:
        """Close the server's end of its pair, as a server that dies does, and wait for its end."""

        async def gone() -> None:
            async with asyncio.timeout(60):
                await self.forked.hang_up()

        self.hostile.loop.run_until_complete(gone())

    async def close(self) -> None:
        if hasattr(self, "forked"):
            await self.forked.end()
            await self.attending
        self.guichet.close()


class _Owned:
    """A warm process whose sessions' folders belong to its user."""

    def __init__(self, warm: Any, session: Session) -> None:
        self.warm, self.session = warm, session

    async def fork(self, request: Any, handles: tuple[int, ...]) -> tuple[int, int]:
        if self.session.hostile.plain:
            os.chown(self.session.own, PLAIN_USER, PLAIN_USER)
        return await self.warm.fork(request, handles)
