"""Connections that say nothing give way to those that ask."""

import asyncio
from contextlib import suppress

from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler

from iprof_kit.server.limits.connections import BoundedServer
from iprof_kit.server.proxies import Proxies

ASKED = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


class Hello(RequestHandler):
    async def get(self):
        await self.settings["gate"].wait()
        self.finish("bonjour")


def played(scenario, most=3):
    async def play():
        gate = asyncio.Event()
        gate.set()
        server = BoundedServer(
            Application([("/", Hello)], gate=gate), most=most, proxies=Proxies(())
        )
        listening, port = bind_unused_port()
        server.add_socket(listening)
        try:
            await asyncio.wait_for(scenario(port, gate), 30)
        finally:
            server.stop()
            await server.close_all_connections()

    asyncio.run(play())


async def opened(port, sent=b""):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    await asyncio.sleep(0.05)  # each is accepted before the next
    return reader, writer


async def answered(reader):
    return b"200 OK" in await reader.readuntil(b"bonjour")


async def closed(reader):
    with suppress(ConnectionResetError):
        return await reader.read() == b""
    return True


def test_who_says_nothing_gives_way_the_longest_silent_first():
    async def scenario(port, gate):
        silent = [await opened(port, b"GET / HT") for _ in range(3)]
        for count in range(2):
            reader, _ = await opened(port, ASKED)
            assert await answered(reader)
            assert await closed(silent[count][0])
        silent[2][1].write(b"TP/1.1\r\nHost: x\r\n\r\n")
        assert await answered(silent[2][0])

    played(scenario)


def test_who_is_being_answered_is_not_sent_away():
    async def scenario(port, gate):
        gate.clear()
        at_work = [await opened(port, ASKED) for _ in range(3)]
        refused, _ = await opened(port, ASKED)
        assert await closed(refused)
        gate.set()
        assert all([await answered(reader) for reader, _ in at_work])

    played(scenario)
