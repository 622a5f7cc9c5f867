"""A slow network in front of a server: what it sends arrives late, and no faster than a rate.

One relay is one person's link: all her connections share its rate, in each direction. A connection
costs a round trip before its first byte, as TCP's own greeting does; slow start and TLS are not
imitated, nor losses.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

_PIECE = 1400
"""Bytes that travel together, as in a packet."""


@dataclass
class Link:
    """What a network is like, and what went through it.

    Parameters
    ----------
    round_trip : float
        Seconds from a question to the first byte of an answer that takes no time.
    rate : float
        Bytes a second, each way.
    """

    round_trip: float
    rate: float
    received: int = 0
    connections: int = 0
    _free: dict[str, float] = field(default_factory=dict)

    async def carry(
        self, way: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Carry one direction of one connection until it ends."""
        loop, queue = asyncio.get_running_loop(), asyncio.Queue[tuple[float, bytes]]()

        async def deliver() -> None:
            while True:
                when, piece = await queue.get()
                await asyncio.sleep(max(when - loop.time(), 0))
                if not piece:
                    return
                writer.write(piece)
                await writer.drain()

        delivering = asyncio.ensure_future(deliver())
        with suppress(ConnectionError):
            while piece := await reader.read(_PIECE):
                begin = max(loop.time(), self._free.get(way, 0.0))
                self._free[way] = begin + len(piece) / self.rate
                self.received += len(piece) if way == "down" else 0
                queue.put_nowait((self._free[way] + self.round_trip / 2, piece))
                await asyncio.sleep(
                    max(begin - loop.time() - 0.02, 0)
                )  # a short buffer, as a modem's
        queue.put_nowait((loop.time() + self.round_trip / 2, b""))
        with suppress(ConnectionError):
            await delivering
            writer.close()


@contextmanager
def relay(port: int, link: Link) -> Iterator[int]:
    """Give the port on which a server is reached through a link."""
    ready = threading.Event()
    place: list[int] = []
    servers: list[asyncio.Server] = []
    loop = asyncio.new_event_loop()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        link.connections += 1
        try:
            await asyncio.sleep(link.round_trip)  # SYN, SYN-ACK
            inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", port)
            await asyncio.gather(
                link.carry("up", reader, inner_writer), link.carry("down", inner_reader, writer)
            )
        except (OSError, asyncio.CancelledError):  # cancelled: the relay ends, nobody waits
            pass
        finally:
            writer.close()

    async def serve() -> None:
        server = await asyncio.start_server(meet, "127.0.0.1", 0)
        servers.append(server)
        place.append(server.sockets[0].getsockname()[1])
        ready.set()

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(serve())
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait()
    try:
        yield place[0]
    finally:
        asyncio.run_coroutine_threadsafe(_end_all(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


async def _end_all() -> None:
    """Give up what is still being carried."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
