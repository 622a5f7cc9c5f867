"""Many openings at once, without browsers."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial

from contenders import ALL, OWN, SAME, STOCK, Contender, voila
from crowd import accounts
from protocol import Passer, Teacher, Visitor
from servers import TICKS, Server, percentile
from tables import machine, say, table

PEERS_AT_ONCE, OURS_AT_ONCE, QUICK = 20, 60, 3
ACCOUNTS = accounts()
_WITHOUT_ACCOUNT_EVERY = 4
_LOGGED_IN_TOGETHER = 4


@dataclass
class Rush:
    """What a number of openings at once gave."""

    name: str
    seconds: list[float]
    whole: float
    client: float
    refused: int = 0
    work: float = 0.0
    """Processor time of the server's side for one opening: a noisy machine changes it little."""

    @property
    def rate(self) -> float:
        """Openings per second, each with its first control answered."""
        return len(self.seconds) / self.whole

    @property
    def late(self) -> float:
        """The 95th percentile, in seconds."""
        return percentile(self.seconds, 0.95)

    def row(self, base: Rush) -> list[str]:
        """Return the row of the table, with the ratio to another."""
        return [
            self.name,
            str(len(self.seconds)),
            f"{self.rate:.2f}",
            f"{self.rate / base.rate:.1f}",
            f"{statistics.median(self.seconds):.1f} s",
            f"{self.late:.1f} s",
            f"{base.late / self.late:.1f}",
            f"{self.work * 1000:.0f} ms",
            f"{base.work / self.work:.1f}",
            f"{self.client / self.whole:.0%}",
            str(self.refused),
        ]


async def rush(name: str, people: Sequence[Visitor]) -> Rush:
    """Return what opening all of them at once gives."""
    begin, busy = time.perf_counter(), time.process_time()
    came = await asyncio.gather(*(one.open() for one in people), return_exceptions=True)
    whole = time.perf_counter() - begin
    seconds = [one for one in came if isinstance(one, float)]
    if not seconds:
        raise RuntimeError(f"{name}: nobody came in: {came[0]!r}")
    refused = len(came) - len(seconds)
    return Rush(name, seconds, whole, time.process_time() - busy, refused)


async def log_in_all(people: Sequence[Visitor]) -> None:
    """Do beforehand what opening needs; each account comes in once at a time.

    The portal takes several log-ins of an account at the same instant for somebody who guesses,
    and tells a crowd at its door, from one place, to come back later.
    """
    turns = {account: asyncio.Lock() for account in ACCOUNTS}
    door = asyncio.Semaphore(_LOGGED_IN_TOGETHER)

    async def come(number: int, one: Visitor) -> None:
        account = ACCOUNTS[number % len(ACCOUNTS)]
        async with turns[account], door:
            await one.log_in(account)

    await asyncio.gather(*(come(number, one) for number, one in enumerate(people)))


def mixed(server: Server, first: int, count: int) -> list[Visitor]:
    """Return people on our own screens: teachers, and one in four without account."""
    numbers = range(first, first + count)
    alone = [number % _WITHOUT_ACCOUNT_EVERY == _WITHOUT_ACCOUNT_EVERY - 1 for number in numbers]
    return [(Passer if one else Teacher)(server.address) for one in alone]


async def one_rush(name: str, server: Server, people: Sequence[Visitor]) -> Rush:
    """Return a rush of people who are ready, on a server that does nothing else."""
    await log_in_all(people)
    await asyncio.to_thread(server.settle)
    before = server.ticks()
    found = await rush(name, people)
    found.work = (server.ticks() - before) / TICKS / len(people)
    for one in people:
        one.leave()
    return found


def rush_of(contender: Contender, count: int) -> Rush:
    """Return a rush on a new server; ours have their promotions seen by several kinds of people."""
    preheated = partial(voila, count)
    start: AbstractContextManager[Server]
    name = contender.name
    if contender.visitor is STOCK.visitor and contender is not STOCK:
        start, name = preheated(), f"Voilà, {count} preheated"
    else:
        start = contender.start()
    with start as server:
        crowd = contender is OWN
        people = (
            mixed(server, 0, count)
            if crowd
            else [contender.visitor(server.address) for _ in range(count)]
        )
        return asyncio.run(one_rush(name, server, people))


def measure(*, quick: bool = False) -> dict[tuple[str, int], Rush]:
    """Measure, print, and return the rushes by name and count."""
    few, many = (QUICK, QUICK + 1) if quick else (PEERS_AT_ONCE, OURS_AT_ONCE)
    rushes = [rush_of(contender, few) for contender in ALL]
    rushes += [rush_of(contender, many) for contender in (SAME, OWN)]
    say(
        "## Many at once\n\nAt the protocol level: page, websocket, first state, one control "
        "answered; each on a new server. Ratios are to cold Voilà with 20 at once. On our own "
        "screens, three in four have logged in and one in four has no account.\n"
    )
    header = ["opened at once", "sessions", "openings/s", "ratio", "interactive, median",
              "95th percentile", "times sooner", "processor time of an opening", "times less",
              "client’s share of a core", "failed"]  # fmt: skip
    say(table(header, [one.row(rushes[0]) for one in rushes]))
    say(machine())
    return {(one.name, len(one.seconds) + one.refused): one for one in rushes}
