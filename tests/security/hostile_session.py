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
from jupyter_client.manager import AsyncKernelManager

from iprof_kit.server.kernels import OwnPython
from iprof_kit.server.warm import WarmProcesses

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
    """

    def __init__(self, folder: Path, *, plain: bool) -> None:
        self.folder, self.plain = folder, plain
        self.loop = asyncio.new_event_loop()
        self.home, self.links = folder / "noyaux", folder / "liens"
        fonts = folder / "fonts"
        for place in (self.home, self.links, fonts):
            place.mkdir(mode=0o755)
        cells = [SOURCE, BECOME_PLAIN if plain else "", "screen"]
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
        nbformat.write(book, folder / NOTEBOOK)
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.home), "MPLCONFIGDIR": str(fonts),
            "MPLBACKEND": "agg", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
        }  # fmt: skip
        self.warm = WarmProcesses(folder, (NOTEBOOK,), self.environment)
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
        self.loop.run_until_complete(asyncio.sleep(0))  # its tasks end
        self.loop.close()

    async def process(self) -> Any:
        """The warm process, once it is ready."""
        if not self.warm.ready(NOTEBOOK):
            self.warm.start()
        async with asyncio.timeout(240):
            while (found := self.warm.ready(NOTEBOOK)) is None:
                await asyncio.sleep(0.05)
        return found


class Session:
    """One session: its process, its folder, the server's end of its guichet."""

    def __init__(self, hostile: Hostile, number: int) -> None:
        self.hostile = hostile
        self.numbers = itertools.count(1)
        self.own = hostile.home / f"session-{number}"
        self.connection_file = hostile.links / f"kernel-{number}.json"
        self.manager = AsyncKernelManager(
            kernel_name="python3", kernel_spec_manager=OwnPython(), transport="ipc",
            connection_file=str(self.connection_file),
        )  # fmt: skip

    @property
    def pid(self) -> int:
        return int(self.manager.provisioner.pid)

    async def open(self) -> None:
        warm = await self.hostile.process()
        self.guichet, theirs = socket.socketpair()
        with theirs:
            environment = self.hostile.environment | {"IPROF_GUICHET_FD": str(theirs.fileno())}
            await self.manager.start_kernel(
                env=environment, pass_fds=(theirs.fileno(),), own=self.own,
                warm=_Owned(warm, self),
            )  # fmt: skip
        self.model = next(
            model for model, state in warm.page["states"]["state"].items()
            if state["model_name"] == "AnyModel"
        )  # fmt: skip
        self.client = self.manager.client()
        self.client.start_channels(hb=False)
        await self.client.wait_for_ready(timeout=20)

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
        message = self.client.session.msg(
            "comm_msg",
            {"comm_id": self.model, "data": {"method": "custom", "content": content}},
        )
        self.client.shell_channel.send(message)
        html = None
        async with asyncio.timeout(20):
            while True:
                said = await self.client.get_iopub_msg()
                if said["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                    continue
                state = said["content"].get("data", {}).get("state", {})
                html = state.get("html", html)
                if said["content"].get("execution_state") == "idle":
                    return json.loads(html)[:2] if html else None

    async def close(self) -> None:
        self.client.stop_channels()
        await self.manager.shutdown_kernel(now=True)
        self.guichet.close()


class _Owned:
    """A warm process whose sessions' folders belong to its user."""

    def __init__(self, warm: Any, session: Session) -> None:
        self.warm, self.session = warm, session

    async def fork(self, request: Any, handles: tuple[int, ...]) -> tuple[int, int]:
        if self.session.hostile.plain:
            os.chown(self.session.own, PLAIN_USER, PLAIN_USER)
        return await self.warm.fork(request, handles)
