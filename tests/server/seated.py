"""A forked session whose program the test speaks for, and the pages seated before it."""

import asyncio
import json
import os
import socket
import subprocess
from contextlib import asynccontextmanager

from iprof_kit.kernel import frames
from iprof_kit.server.kernels.forked import ForkedSession, PageLink

ROOM = 100_000
ALLOWED = ["comm_msg", "kernel_info_request"]


def message(kind, content=None, parent=None, channel=b"iopub", size=0):
    header = {"msg_id": "m1", "msg_type": kind}
    parts = [json.dumps(each).encode() for each in (header, parent or {}, {}, content or {})]
    return frames.joined([channel, *parts, *([b"x" * size] if size else [])])


class Page:
    """The websocket of a page: what it was sent, how it was closed."""

    def __init__(self, session, name):
        self.heard, self.closed, self.news = [], None, asyncio.Event()
        self.link = PageLink(session, self, name, ALLOWED)

    def write_message(self, message, binary=False):
        assert binary
        self.heard.append(message)
        self.news.set()

    def close(self, code=None, reason=None):
        self.closed = code or 1000
        self.news.set()

    async def hears(self, count):
        """Wait for that many messages in all."""
        while len(self.heard) < count and self.closed is None:
            self.news.clear()
            await self.news.wait()
        return self.heard


class Forked:
    """A warm process whose session is a program that does nothing; the test speaks for it."""

    async def fork(self, request, handles):
        self.own, (_, pair) = request["own"], handles
        self.end = socket.socket(fileno=os.dup(pair))
        self.program = subprocess.Popen(["sleep", "1000"])
        return self.program.pid, os.pidfd_open(self.program.pid)

    def says(self, said, page=frames.EVERY_PAGE):
        self.end.sendall(frames.framed(page, said))


@asynccontextmanager
async def seated(tmp_path, *names):
    """A session, and the pages of these names."""
    forked = Forked()
    with socket.socket() as guichet:
        session = await ForkedSession.fork(forked, tmp_path / "own", {}, guichet.fileno(), ROOM)
    attending = asyncio.ensure_future(session.attend())
    pages = [Page(session, name) for name in names]
    for page in pages:
        await page.link.connect()
    try:
        yield forked, session, attending, pages
    finally:
        forked.end.close()
        ending = asyncio.ensure_future(session.end())
        await asyncio.to_thread(forked.program.wait)
        await ending
        await attending


def told(story):
    asyncio.run(asyncio.wait_for(story, 30))
