"""One person after the other, whom nobody rehearsed: each screen opened once, then a lever."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections import defaultdict
from collections.abc import Awaitable
from dataclasses import dataclass, field

from crowd import accounts
from internals import answered
from protocol import Teacher
from servers import TICKS, Server

PEOPLE, MOVES = 6, 5


@dataclass
class Clicks:
    """Seconds of the clock and of the server's processor: of each screen, and of the lever."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    work: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    levers: list[float] = field(default_factory=list)
    lever_work: list[float] = field(default_factory=list)

    def slowest(self) -> tuple[str, float]:
        """Return the screen whose median is the highest, with it."""
        medians = {path: statistics.median(each) for path, each in self.seconds.items()}
        return max(medians.items(), key=lambda one: one[1])


async def first_clicks(server: Server, *, quick: bool = False) -> Clicks:
    """Return what some people's first clicks and levers took, through the server."""
    clicks = Clicks()
    for account in accounts()[-(1 if quick else PEOPLE) :]:
        one = Teacher(server.address)
        await one.log_in(account)
        await one.enter()
        await one.begin()
        for index in range(MOVES):
            _value, spent, work = await _timed(server, one.control(index))
            clicks.levers.append(spent)
            clicks.lever_work.append(work)
        for path in answered():
            if path == one.path or path.startswith("/aide/"):  # one page of text each
                continue
            asked = one.send({"kind": "route", "path": path, "focus": True})
            html, spent, work = await _timed(server, asked)
            if "<h1" not in str(html):
                raise RuntimeError(f"{path}: no screen")
            clicks.seconds[path].append(spent)
            clicks.work[path].append(work)
        one.leave()
        await asyncio.to_thread(server.settle)
    return clicks


async def _timed(server: Server, asked: Awaitable[object]) -> tuple[object, float, float]:
    before, begin = server.ticks(), time.perf_counter()
    answer = await asked
    spent = time.perf_counter() - begin
    return answer, spent, (server.ticks() - before) / TICKS
