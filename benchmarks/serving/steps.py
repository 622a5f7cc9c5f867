"""What each step of ours brings: the same screen with a step left out."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial

from browse import Met, meet_all
from contenders import SAME, STOCK, Contender, same_screen
from internals import line
from rush import Rush, one_rush
from tables import machine, say, spread, table

OPENINGS, HELD, AT_ONCE = 5, 3, 10
_KEEP = f"{line('session')}\nsession.give_back = lambda: None\n"


def _variant(name: str, **settings: object) -> Contender:
    return replace(SAME, name=name, start=partial(same_screen, **settings))  # type: ignore[arg-type]


VARIANTS = (
    STOCK,
    _variant("this portal: cold kernels, Voilà’s front end", warm=0, without=["warm", "light"]),
    _variant("+ light front end", warm=0, without=["warm"]),
    _variant("+ warm process and page made ahead, nothing given back", header=_KEEP),
    _variant("+ memory given back when idle: what is delivered"),
)


def measure(*, quick: bool = False) -> None:
    """Measure and print."""
    met = meet_all(VARIANTS, 1 if quick else OPENINGS, 1 if quick else HELD)
    rushes = [_rush(one, 2 if quick else AT_ONCE) for one in VARIANTS]
    say(
        "## Step by step\n\nThe same screen, each line with what the one above has. "
        f"{OPENINGS} openings, {HELD} sessions kept open, {AT_ONCE} at once.\n"
    )
    header = ["", "link to interactive", "second visit", "memory a session (PSS)", "openings/s"]
    say(table(header, [_row(one, two) for one, two in zip(met, rushes, strict=True)]))
    say(machine())


def _rush(contender: Contender, count: int) -> Rush:
    with contender.start() as server:
        people = [contender.visitor(server.address) for _ in range(count)]
        return asyncio.run(one_rush(contender.name, server, people))


def _row(met: Met, rush: Rush) -> list[str]:
    return [
        met.name,
        spread(met.opened),
        f"{met.visits[1].whole / 1000:.0f} kB",
        f"{met.mega:.1f} MB",
        f"{rush.rate:.2f}",
    ]
