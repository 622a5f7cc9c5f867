"""The network between a browser and the server, which a test may cut: a small TCP relay."""

import asyncio
import threading
from contextlib import suppress


class Network:
    """Relay a port. `cut` closes what is open and refuses the rest; `mend` opens again.

    `freeze` lets nothing through any more, and says nothing either: like a cable pulled out.
    """

    def __init__(self, port):
        self._target = port
        self._links = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._flows = self._on_loop(self._event())
        self._server = self._on_loop(asyncio.start_server(self._relay, "127.0.0.1", 0))
        self.port = self._server.sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"

    def cut(self):
        self._on_loop(self._close())

    def mend(self):
        self._on_loop(self._open())

    def freeze(self):
        self._on_loop(self._set(False))

    def thaw(self):
        """Nothing of the frozen connections comes back; new ones work."""
        self._on_loop(self._drop())
        self._on_loop(self._set(True))

    def end(self):
        self._on_loop(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _on_loop(self, work):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _event(self):
        event = asyncio.Event()
        event.set()
        return event

    async def _set(self, flows):
        (self._flows.set if flows else self._flows.clear)()

    async def _drop(self):
        for link in self._links:
            link.transport.abort()

    async def _close(self):
        self._server.close()
        await self._drop()

    async def _open(self):
        self._server = await asyncio.start_server(self._relay, "127.0.0.1", self.port)

    async def _relay(self, reader, writer):
        self._links.add(writer)
        try:
            await self._flows.wait()
            onward, forth = await asyncio.open_connection("127.0.0.1", self._target)
            self._links.add(forth)
            with suppress(OSError):
                await asyncio.gather(self._pump(reader, forth), self._pump(onward, writer))
            self._links.discard(forth)
            forth.close()
        finally:
            self._links.discard(writer)
            writer.close()

    async def _pump(self, reader, writer):
        with suppress(OSError):
            while data := await reader.read(1 << 16):
                await self._flows.wait()
                writer.write(data)
                await writer.drain()
        writer.close()
