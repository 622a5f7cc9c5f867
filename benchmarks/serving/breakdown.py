"""Where the remaining milliseconds and megabytes of our own promotions screen go."""

from __future__ import annotations

import asyncio
import os
import statistics
from collections.abc import Callable
from pathlib import Path

from chrome import chromium, log_in, marked, new_context
from contenders import promotions
from crowd import accounts
from protocol import Teacher, Visitor
from rush import log_in_all
from servers import KIB, Portal, memory, portal, ticks
from tables import machine, say, table

OPENINGS, SESSIONS, REDRAWS = 8, 10, 10
_IDLE_SECONDS = 2.0
_MILLISECONDS = 1000 / os.sysconf("SC_CLK_TCK")
MOMENTS = (
    ("first byte of the page: who is there, the fork, the page’s head", "first"),
    ("websocket open", "open"),
    ("last byte of the page, its first answer included", "last"),
    ("screen shown, before any script", "answered"),
    ("last byte of the scripts", "script"),
    ("scripts run, the screen is theirs", "built"),
    ("one control changed and shown; driving of the browser", "whole"),
)


def measure(*, quick: bool = False) -> None:
    """Measure and print."""
    say("## Where the rest goes\n\nOur own promotions screen.\n")
    with portal() as server:
        say(milliseconds(server, 1 if quick else OPENINGS))
    with portal() as server:
        asyncio.run(_crowd(server, 2 if quick else SESSIONS))
    say(machine())


def milliseconds(server: Portal, openings: int) -> str:
    """Return the moments of an opening in a browser, each the median of several."""
    marks = []
    with chromium() as browser:
        for number in range(openings + 1):
            context = new_context(browser, log_in(browser, server, accounts()[number]))
            server.settle()
            marks.append(marked(context, promotions(server)))
            context.close()
    del marks[0]
    rows = []
    for label, name in MOMENTS:
        rows.append([label, f"{statistics.median(mark[name] for mark in marks):.0f} ms"])
    return table([f"opening in a new context ({openings}), from the link", "median"], rows)


async def _crowd(server: Portal, count: int) -> None:
    people: list[Visitor] = [Teacher(server.address) for _ in range(count)]
    await log_in_all(people)
    await asyncio.to_thread(server.settle)
    stages, work = [_fixed(server)], []
    steps = (
        ("page sent, websocket open, nothing asked", lambda one: one.enter()),
        ("screen answered", lambda one: one.begin()),
        ("after one control", lambda one: one.control(1)),
        (f"after {REDRAWS} controls", _redraws),
    )
    for label, step in steps:
        before = _work(server)
        for one in people:
            await step(one)
        spent = [now - then for now, then in zip(_work(server), before, strict=True)]
        work.append([label, *(f"{one * _MILLISECONDS / count:.0f} ms" for one in spent)])
        await asyncio.sleep(_IDLE_SECONDS)
        stages.append(_stage(server, label))
    say(
        table(
            [
                f"processor time of a session, one after the other ({count})",
                "server",
                "warm process",
                "session",
            ],
            work,
        )
    )
    say(table([f"memory of a session, {count} open, idle", "PSS", "of its own (USS)"], stages))
    say(_mappings(server.sessions()))


async def _redraws(one: Visitor) -> None:
    for index in range(2, REDRAWS + 1):
        await one.control(index)


def _work(server: Portal) -> tuple[int, int, int]:
    sessions = sum(ticks(pid) for pid in server.sessions())
    return ticks(server.process.pid), sum(ticks(pid) for pid in server.warm()), sessions


def _fixed(server: Portal) -> list[str]:
    each = [memory(pid).pss for pid in server.warm()]
    own = memory(server.process.pid).pss
    return [
        f"(before anybody: server {own:.0f} MB, {len(each)} processes to fork from)",
        f"{own + sum(each):.0f} MB",
        "",
    ]


def _stage(server: Portal, label: str) -> list[str]:
    each = [memory(pid) for pid in server.sessions()]
    return [
        label,
        f"{statistics.median(one.pss for one in each):.1f} MB",
        f"{statistics.median(one.uss for one in each):.1f} MB",
    ]


def _mappings(pids: list[int]) -> str:
    """Return the table of what a session's memory is, by kind of mapping."""
    sums: dict[str, list[float]] = {}
    for pid in pids:
        kind = ""
        for line in Path(f"/proc/{pid}/smaps").read_text().splitlines():
            words = line.split()
            if not words[0].endswith(":"):
                kind = _kind(words[5] if len(words) > 5 else "")
            elif words[0] in _COUNTED:
                row = sums.setdefault(kind, [0.0, 0.0])
                row[_COUNTED[words[0]]] += int(words[1]) * KIB / len(pids)
    rows = sorted(sums.items(), key=lambda one: -one[1][0])
    cells = [[kind, f"{pss:.1f} MB", f"{uss:.1f} MB"] for kind, (pss, uss) in rows]
    return table(["what it is, after the controls", "PSS", "of its own (USS)"], cells)


_COUNTED = {"Pss:": 0, "Private_Clean:": 1, "Private_Dirty:": 1}
_KINDS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("objects of Python (anonymous memory)", lambda name: not name),
    ("the C heap", lambda name: name == "[heap]"),
    ("stack and the system’s own pages", lambda name: name.startswith("[")),
    ("code and data of libraries", lambda name: ".so" in name),
)


def _kind(name: str) -> str:
    return next((kind for kind, holds in _KINDS if holds(name)), "the interpreter, other files")
