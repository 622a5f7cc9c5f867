"""The server that nobody uses yet, then what a session costs: opening, memory, handles, end."""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from internals import notebook_pages
from protocol import Passer
from servers import Portal, family, memory, until
from tables import machine, say, table

SESSIONS = 20
_LONGEST = 180
_QUIET = 5.0
"""Seconds during which the processor time of a server without anybody is counted."""


def measure(*, quick: bool = False) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        mark = Path(folder) / "ready"
        with Portal(Path(folder), say_ready=str(mark)) as server:
            until(mark.exists, _LONGEST)
            ready = float(mark.read_text())
            server.wait_until_warm(len(notebook_pages.LIGHT))
            rows = _nobody(server, ready, server.rehearsed())
            rows += asyncio.run(_sessions(server, 3 if quick else SESSIONS))
    say("## Idle, and one session\n")
    say(table(["measured", "value"], rows))
    say(machine())


def _nobody(server: Portal, ready: float, rehearsed: float) -> list[list[str]]:
    before = server.ticks()
    time.sleep(_QUIET)
    used = (server.ticks() - before) / os.sysconf("SC_CLK_TCK") / _QUIET
    each = [memory(pid) for pid in server.family()]
    own, warm = each[0], each[1:]
    return [
        ["every notebook ready, from the start of the server", f"{ready:.1f} s"],
        ["every screen shown once, and they are ready again", f"{rehearsed:.1f} s"],
        ["memory of all processes, nobody there (PSS)", f"{sum(one.pss for one in each):.0f} MB"],
        ["of it, libraries and other files", f"{sum(one.files for one in each):.0f} MB"],
        ["of it, the server", f"{own.pss:.0f} MB"],
        ["of it, the zygote and warm processes", f"{sum(one.pss for one in warm):.0f} MB"],
        ["processes", str(len(each))],
        ["processor, nobody there", f"{100 * used:.1f} % of a core"],
    ]


async def _sessions(server: Portal, count: int) -> list[list[str]]:
    before, apart = server.pss(), set(server.family())
    handles = _handles(server.process.pid)
    people = [Passer(server.address) for _ in range(count)]
    pages, connections, screens = [], [], []
    for one in people:
        await one.log_in("")
        pages.append(await _timed(one.get_page))
        one.get_page = _already  # type: ignore[method-assign]
        connections.append(await _timed(one.enter))
        screens.append(await _timed(one.begin))
    server.settle()
    born = set(server.family()) - apart
    own = [memory(pid).uss for pid in born]
    threads = [len(os.listdir(f"/proc/{pid}/task")) for pid in born]  # noqa: PTH208
    each = (server.pss() - before) / count
    held = (_handles(server.process.pid) - handles) / count
    ends = [await _end_while_busy(server, one) for one in people]
    return [
        ["page made ahead, session forked", _milliseconds(pages)],
        ["websocket open", _milliseconds(connections)],
        ["first screen, then the form answered", _milliseconds(screens)],
        ["memory of one more session, all processes (PSS)", f"{each:.1f} MB"],
        ["of its own (USS)", f"{statistics.median(own):.1f} MB"],
        ["threads of a session", f"{statistics.median(threads):.0f}"],
        ["handles that the server holds for a session", f"{held:.1f}"],
        ["a session that is busy, ended", _milliseconds(ends)],
    ]


def _handles(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))  # noqa: PTH208


async def _already() -> None:
    """The page is there."""


async def _end_while_busy(server: Portal, one: Passer) -> float:
    """Return the seconds from « end » to the end of a session that calculates."""
    values = {"quotite-B": "60"}
    content = {"kind": "intent", "name": "scenarios", "values": values, "changed": "quotite-B",
               "path": one.path, "seq": "fin"}  # fmt: skip
    data = {"method": "custom", "content": content}
    before = set(family(server.process.pid))
    await one.say("comm_msg", {"comm_id": one.model, "data": data})
    begin = time.perf_counter()
    await one.ask(f"/voila/api/shutdown/{one.kernel}", {"_xsrf": one.cookies["_xsrf"]})
    while set(family(server.process.pid)) >= before:
        if time.perf_counter() - begin > _LONGEST:
            raise TimeoutError("a session does not end")
        await asyncio.sleep(0.005)
    return time.perf_counter() - begin


async def _timed(act: Callable[[], Awaitable[object]]) -> float:
    begin = time.perf_counter()
    await act()
    return time.perf_counter() - begin


def _milliseconds(seconds: list[float]) -> str:
    low, middle, high = (
        1000 * each for each in (min(seconds), statistics.median(seconds), max(seconds))
    )
    return f"{middle:.0f} ms ({low:.0f} to {high:.0f})"
