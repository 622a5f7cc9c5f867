"""One browser for everybody: openings in turn, redraws, bytes, memory."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from chrome import Screen, Traffic, chromium, log_in, new_context, opening, redraw, visit
from contenders import ALL, Contender
from crowd import accounts
from playwright.sync_api import Browser, BrowserContext
from servers import TICKS, Server, settle
from tables import machine, say, spread, table

OPENINGS, MOVES, HELD = 10, 10, 5
_REFILLED_SECONDS = 3.0
"""A pool of Voilà is filled again after a second; our sessions give memory back after 0.4 s."""


@dataclass
class Met:
    """One contender while it is met, and what it gave."""

    contender: Contender
    server: Server
    screen: Screen
    opened: list[float] = field(default_factory=list)
    moved: list[float] = field(default_factory=list)
    visits: list[Traffic] = field(default_factory=list)
    mega: float = 0.0
    idle: float = 0.0
    work: list[float] = field(default_factory=list)
    """Processor time of the server's side for one opening and its control, in seconds."""
    people: int = 0
    """How many people have come: each opening is somebody else's."""

    @property
    def name(self) -> str:
        """The contender's name."""
        return self.contender.name

    def context(self, browser: Browser) -> BrowserContext:
        """Return a context with nothing in its cache, of somebody who may come in."""
        cookies = []
        if self.contender.account:
            self.people += 1
            cookies = log_in(browser, self.server, accounts()[self.people % len(accounts())])
        return new_context(browser, cookies)

    def row(self, base: Met) -> list[str]:
        """Return the row of the table, with ratios to another's."""
        opened, moved = statistics.median(self.opened), statistics.median(self.moved)
        return [
            self.name,
            spread(self.opened),
            f"{opened / statistics.median(base.opened):.2f}",
            f"{statistics.median(self.work) * 1000:.0f} ms",
            f"{moved * 1000:.0f} ms",
            f"{moved / statistics.median(base.moved):.2f}",
            f"{self.mega:.1f} MB",
            f"{self.mega / base.mega:.2f}",
            f"{self.idle:.0f} MB",
        ]

    def bytes_row(self, base: Met) -> list[str]:
        """Return the row of the table of bytes."""
        words = [
            f"{one.http / 1000:.0f} + {one.socket / 1000:.0f} kB, {one.requests}"
            for one in self.visits
        ]
        return [self.name, *words, f"{self.visits[1].whole / base.visits[1].whole:.2f}"]


def meet_all(contenders: Sequence[Contender], openings: int, held: int) -> list[Met]:
    """Open everybody's screen in turn, so that a noise of the machine falls upon all of them."""
    with ExitStack() as stack:
        met = []
        for contender in contenders:
            server = stack.enter_context(contender.start())
            screen = contender.screen(server)
            met.append(Met(contender, server, screen))
        browser = stack.enter_context(chromium())
        servers = [one.server for one in met]
        settle(*servers)
        for one in met:
            one.idle = one.server.pss()
        for number in range(openings + 1):
            for one in met:
                context = one.context(browser)  # a password is no part of an opening
                settle(*servers)
                before = one.server.ticks()
                seconds = opening(context.new_page(), one.screen)
                context.close()
                one.server.settle()
                work = (one.server.ticks() - before) / TICKS
                one.opened += [seconds] if number else []  # once loaded, what is loaded once
                one.work += [work] if number else []
        for one in met:
            settle(*servers)
            context = one.context(browser)
            one.visits = [visit(context.new_page(), one.screen) for _ in range(2)]
            context.close()
            _hold(browser, one, held)
    return met


def _hold(browser: Browser, one: Met, held: int) -> None:
    """Redraw several sessions and keep them open: their memory, shared parts once."""
    time.sleep(_REFILLED_SECONDS)
    one.server.settle()
    before, contexts = one.server.pss(), []
    for _ in range(held):
        contexts.append(one.context(browser))
        page = contexts[-1].new_page()
        opening(page, one.screen)
        one.moved += [redraw(page, one.screen, index) for index in range(1, MOVES + 1)]
    time.sleep(_REFILLED_SECONDS)
    one.server.settle()
    one.mega = (one.server.pss() - before) / held
    for context in contexts:
        context.close()


def measure(*, quick: bool = False) -> dict[str, Met]:
    """Measure, print, and return what each gave by its name."""
    openings, held = (1, 1) if quick else (OPENINGS, HELD)
    met = meet_all(ALL, openings, held)
    say(
        f"## One browser\n\n{openings} openings each, in turn, each in a new context, from the "
        f"link to a moved control whose answer and figure are shown; {held} sessions kept open, "
        f"{MOVES} redraws each. Ratios are to cold Voilà.\n"
    )
    memory = f"memory a session, {MOVES} redraws (PSS)"
    header = ["", "link to interactive, median", "ratio", "processor of the server",
              "key to redraw", "ratio", memory, "ratio",
              "server, nobody there"]  # fmt: skip
    say(table(header, [one.row(met[0]) for one in met]))
    say(
        table(
            ["transferred: HTTP + websocket, requests", "first visit", "second visit", "ratio"],
            [one.bytes_row(met[0]) for one in met],
        )
    )
    say(machine())
    return {one.name: one for one in met}
