"""From one session to two hundred: memory, and how soon a control is answered."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from protocol import Visitor
from rush import log_in_all, mixed
from servers import TICKS, Portal, memory, percentile, portal
from tables import machine, say, table

STEPS, QUICK = (1, 10, 50, 100, 150, 200), (1, 3)
THINK_SECONDS, LOAD_SECONDS = 20.0, 40.0
_OPENED_TOGETHER = 8
_IDLE_SECONDS = 2.0
SEED = 20261125


@dataclass
class Step:
    """A number of sessions, all used now and then."""

    sessions: int
    server: float
    warm: float
    session: float
    seconds: list[float]
    client: float
    work: float
    """Processor time of the server's side for one control."""

    @property
    def late(self) -> float:
        """The 95th percentile of the answered controls, in seconds."""
        return percentile(self.seconds, 0.95)

    @property
    def mega(self) -> float:
        """The memory of all."""
        return self.server + self.warm + self.session * self.sessions

    def row(self, first: Step) -> list[str]:
        """Return the row of the table; what one more session takes is told since the first step."""
        more = self.sessions - first.sessions
        each = f"{(self.mega - first.mega) / more:.1f} MB" if more else ""
        middle = statistics.median(self.seconds) * 1000
        return [
            str(self.sessions),
            f"{self.mega:.0f} MB",
            f"{self.server:.0f} MB",
            f"{self.warm:.0f} MB",
            f"{self.session:.1f} MB",
            each,
            str(len(self.seconds)),
            f"{middle:.0f} ms",
            f"{self.late * 1000:.0f} ms",
            f"{self.work * 1000:.0f} ms",
            f"{self.client:.0%}",
        ]


def measure(*, quick: bool = False, plot: Path | None = None) -> list[Step]:
    """Measure, print, draw, and return the steps."""
    with portal() as server:
        steps = asyncio.run(grow(server, QUICK if quick else STEPS, 8.0 if quick else LOAD_SECONDS))
    say(
        f"## From 1 to {steps[-1].sessions} sessions\n\nOn our own screens, three in four logged "
        f"in. Each session moves a control every {THINK_SECONDS:.0f} s on average.\n"
    )
    header = ["sessions open", "PSS in all", "server", "warm processes", "a session", "one more",
              "controls", "answered, median", "95th percentile",
              "processor time of a control", "client"]  # fmt: skip
    say(table(header, [one.row(steps[0]) for one in steps]))
    say(machine())
    if plot:
        draw(steps, plot)
    return steps


async def come_in(server: Portal, people: list[Visitor], count: int) -> list[BaseException]:
    """Open sessions up to a count, several at a time; return what the others failed of."""
    new = mixed(server, len(people), count - len(people))
    await log_in_all(new)
    turn = asyncio.Semaphore(_OPENED_TOGETHER)

    async def come(one: Visitor) -> None:
        async with turn:
            await one.open()

    came = await asyncio.gather(*(come(one) for one in new), return_exceptions=True)
    people += [one for one, how in zip(new, came, strict=True) if how is None]
    return [how for how in came if how is not None]


async def grow(server: Portal, counts: Sequence[int], seconds: float) -> list[Step]:
    """Return the steps."""
    people: list[Visitor] = []
    found = []
    for count in counts:
        if failed := await come_in(server, people, count):
            raise RuntimeError(f"{len(failed)} of {count} did not come in: {failed[0]!r}")
        await asyncio.to_thread(server.settle)
        before = server.ticks()
        times, client = await load(people, seconds)
        work = (server.ticks() - before) / TICKS / len(times)
        await asyncio.sleep(_IDLE_SECONDS)
        sessions = [memory(pid).pss for pid in server.sessions()]
        if len(sessions) != count:
            raise RuntimeError(f"{len(sessions)} sessions are left of {count}")
        warm = sum(memory(pid).pss for pid in server.warm())
        own = memory(server.process.pid).pss
        found.append(Step(count, own, warm, sum(sessions) / count, times, client, work))
    return found


async def load(people: Sequence[Visitor], seconds: float) -> tuple[list[float], float]:
    """Return the times of controls moved now and then by everybody, and the client's share."""
    draw = random.Random(SEED)
    times: list[float] = []
    begin, busy = time.perf_counter(), time.process_time()
    end = begin + seconds
    think = THINK_SECONDS if seconds >= THINK_SECONDS else seconds / 4

    async def live(one: Visitor, pauses: random.Random) -> None:
        while (wait := pauses.expovariate(1 / think)) + time.perf_counter() < end:
            await asyncio.sleep(wait)
            one.turn += 1
            times.append(await one.control(one.turn))

    await asyncio.gather(*(live(one, random.Random(draw.random())) for one in people))
    if not times:
        people[0].turn += 1
        times.append(await people[0].control(people[0].turn))
    return times, (time.process_time() - busy) / (time.perf_counter() - begin)


def draw(steps: list[Step], file: Path) -> None:
    """Draw memory and answered controls against sessions."""
    import matplotlib

    matplotlib.use("agg")
    matplotlib.rcParams["svg.hashsalt"] = "sessions"
    import matplotlib.pyplot as plt

    sessions = [one.sessions for one in steps]
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.5))
    left.plot(sessions, [one.mega for one in steps], marker="o")
    left.set_ylabel("PSS in all (MB)")
    right.plot(sessions, [1000 * one.late for one in steps], marker="o", label="95th percentile")
    middle = [1000 * statistics.median(one.seconds) for one in steps]
    right.plot(sessions, middle, marker="s", linestyle="--", label="median")
    right.axhline(300, linestyle=":", color="grey", label="goal: 300 ms")
    right.set_ylabel("control answered (ms)")
    right.legend()
    for axis in (left, right):
        axis.set_xlabel("sessions open")
        axis.set_ylim(bottom=0)
        axis.grid(visible=True, alpha=0.3)
    figure.tight_layout()
    figure.savefig(file, metadata={"Date": None})
