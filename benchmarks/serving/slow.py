"""A cheap phone far away: a slow network and a slow processor in front of every screen."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass, field, replace

from chrome import Screen, chromium, log_in, new_context, opening, redraw
from contenders import OWN, PEERS_ALONE, SAME, STOCK, Contender
from crowd import accounts
from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import TimeoutError as Late
from servers import Server, portal
from slow_link import Link, relay
from tables import machine, say, spread, table

ROUND_TRIP, RATE, SLOWER = 0.150, 200_000, 4
"""Seconds; bytes a second (1.6 Mbit/s); times slower than this processor."""
OPENINGS, MOVES = 5, 5
_HOME = ".screen h1"


@dataclass
class Far:
    """What one screen gave."""

    name: str
    first: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    moved: list[float] = field(default_factory=list)
    received: list[int] = field(default_factory=list)
    connections: list[int] = field(default_factory=list)

    def row(self) -> list[str]:
        """Return the row of the table."""
        return [
            self.name,
            spread(self.first),
            spread(self.again),
            f"{statistics.median(self.moved) * 1000:.0f} ms" if self.moved else "",
            f"{statistics.median(self.received) / 1000:.0f} kB",
            f"{statistics.median(self.connections):.0f}",
        ]


def measure(*, quick: bool = False) -> None:
    """Measure and print."""
    times = 1 if quick else OPENINGS
    with chromium() as browser:
        shown = [_home(browser, times)]
        for one in (OWN,) if quick else _ALL:
            try:
                shown.append(_screen(browser, one, times))
            except (RuntimeError, Late) as error:  # the others are told all the same
                say(f"**{one.name}: not measured: {error}**\n")
    say(
        f"## A slow network and a slow processor\n\nRound trip {ROUND_TRIP * 1000:.0f} ms, "
        f"{RATE * 8 / 1e6:.1f} Mbit/s each way, Chromium {SLOWER} times slower than it is; "
        f"{times} openings each, in new contexts, then a second visit in each.\n"
    )
    header = ["", "first visit", "second visit", "a control", "received, first visit",
              "connections"]  # fmt: skip
    say(table(header, [one.row() for one in shown]))
    say(machine())


_ALL: tuple[Contender, ...] = (STOCK, *PEERS_ALONE, SAME, OWN)


def _home(browser: Browser, times: int) -> Far:
    """Accueil, until its title is read; nothing is moved on it."""
    far = Far("this portal, Accueil shown")
    with portal() as server:
        for number in range(times):
            link = Link(ROUND_TRIP, RATE)
            context = new_context(browser, log_in(browser, server, accounts()[number]))
            with relay(server.port, link) as port:
                for kept in (far.first, far.again):
                    page = _slow_page(context)
                    begin = time.perf_counter()
                    page.goto(f"http://127.0.0.1:{port}/accueil", wait_until="commit")
                    page.locator(_HOME).first.wait_for()
                    kept.append(time.perf_counter() - begin)
                    _settle(page, far, link, first=kept is far.first)
            context.close()
    return far


def _screen(browser: Browser, contender: Contender, times: int) -> Far:
    """A contender's screen, until a control has answered, then its controls."""
    far = Far(contender.name + ", a control answered")
    with contender.start() as server:
        for number in range(times):
            link = Link(ROUND_TRIP, RATE)
            cookies = log_in(browser, server, accounts()[number]) if contender.account else []
            context = new_context(browser, cookies)
            with relay(server.port, link) as port:
                screen = _through(contender.screen(server), server, port)
                for kept in (far.first, far.again):
                    page = _slow_page(context)
                    kept.append(opening(page, screen))
                    if kept is far.again:
                        far.moved += [redraw(page, screen, move) for move in range(1, MOVES + 1)]
                    _settle(page, far, link, first=kept is far.first)
            context.close()
    return far


def _slow_page(context: BrowserContext) -> Page:
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def _settle(page: Page, far: Far, link: Link, *, first: bool) -> None:
    """Note what has come, and close the page."""
    page.wait_for_timeout(500)
    page.close()
    if first:
        far.received.append(link.received)
        far.connections.append(link.connections)


def _through(screen: Screen, server: Server, port: int) -> Screen:
    """Return the same screen at the other end of the link."""
    return replace(screen, address=screen.address.replace(str(server.port), str(port)))
