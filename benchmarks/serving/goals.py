"""What sessions must reach, beside what a run gave: one compact table.

`serving.py goals` measures all of it, for people drawn at random and never rehearsed; `peers`
ends with the same table.
"""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from browse import HELD, MOVES, OPENINGS, Met, meet_all
from clicks import Clicks, first_clicks
from contenders import OWN, PANEL
from growth import THINK_SECONDS, Step, grow
from rush import OURS_AT_ONCE, QUICK, Rush, mixed, one_rush
from servers import portal
from tables import machine, say, table

SESSIONS, LOAD_SECONDS = 200, 60.0


@dataclass(frozen=True)
class Row:
    """One goal, what was measured, and the processor that it took, in seconds."""

    what: str
    goal: float
    value: float
    unit: str
    work: float | None = None
    digits: int = 0
    more: bool = False

    def cells(self) -> list[str]:
        """Return the row of the table."""
        reached = self.value >= self.goal if self.more else self.value <= self.goal
        return [
            self.what,
            f"{self.goal:g} {self.unit}",
            f"{self.value:.{self.digits}f} {self.unit}",
            "reached" if reached else "**not reached**",
            "" if self.work is None else f"{self.work * 1000:.0f} ms",
        ]


def measure(*, quick: bool = False) -> None:
    """Measure what the goals are about, and print the table."""
    say("# Goals\n\n" + machine())
    rows: list[Sequence[Row]] = []
    try:
        for part in (_openings, _rush, _clicks, _load):
            rows.append(part(quick))
    finally:  # what was measured is printed, whatever the rest came to
        show(*rows)
        say(machine())


def _openings(quick: bool) -> list[Row]:
    openings, kept = (1, 1) if quick else (OPENINGS, HELD)
    panel, own = meet_all((PANEL, OWN), openings, kept)
    return opened(own, panel)


def _rush(quick: bool) -> list[Row]:
    with portal() as server:
        people = mixed(server, 0, QUICK if quick else OURS_AT_ONCE)
        return rushes(asyncio.run(one_rush(OWN.name, server, people)))


def _clicks(quick: bool) -> list[Row]:
    with portal() as server:  # nobody has moved a control there: what one keeps would not change
        return clicks_rows(asyncio.run(first_clicks(server, quick=quick)))


def _load(quick: bool) -> list[Row]:
    with portal() as server:
        counts, seconds = ((QUICK,), 8.0) if quick else ((SESSIONS,), LOAD_SECONDS)
        (step,) = asyncio.run(grow(server, counts, seconds))
    return sessions(step)


def show(*rows: Sequence[Row]) -> None:
    """Print the table of the goals that were measured."""
    header = ["", "goal", "measured", "", "processor of the server, each"]
    say("## The goals\n")
    say(table(header, [one.cells() for part in rows for one in part]))


def opened(own: Met, panel: Met) -> list[Row]:
    """Return what one browser says."""
    seconds = statistics.median(own.opened)
    ratio = seconds / statistics.median(panel.opened)
    work = statistics.median(own.work)
    return [
        Row("Promotions, link to interactive, unrehearsed, median", 0.7, seconds, "s", work, 2),
        Row("the same beside Panel, in this run", 0.7, ratio, "times Panel’s", digits=2),
        Row(f"memory a session after {MOVES} redraws (PSS)", 25, own.mega, "MB", digits=1),
    ]


def rushes(one: Rush) -> list[Row]:
    """Return what many at once say."""
    count = len(one.seconds) + one.refused
    return [Row(f"openings a second, {count} at once", 10, one.rate, "/s", one.work, 1, more=True)]


def sessions(one: Step) -> list[Row]:
    """Return what many sessions say."""
    what = f"{one.sessions} sessions, a control each {THINK_SECONDS:.0f} s, 95th percentile"
    return [Row(what, 200, one.late * 1000, "ms", one.work)]


def clicks_rows(clicked: Clicks) -> list[Row]:
    """Return what one person after the other says."""
    lever, work = statistics.median(clicked.levers), statistics.median(clicked.lever_work)
    path, seconds = clicked.slowest()
    return [
        Row(f"first click on a screen, the slowest screen’s median ({path})", 150,
            seconds * 1000, "ms", statistics.median(clicked.work[path])),
        Row("a lever of Promotions with its figure, fresh value, median", 100, lever * 1000,
            "ms", work),
    ]  # fmt: skip
