"""One browser script for every server: open, move a control, see the new values, count bytes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright
from protocol import PASSWORD
from servers import Server

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    # Not by intercepting requests, which would turn the browser's cache off.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
WAIT_MILLISECONDS = 90_000
_LATE_BYTES_MILLISECONDS = 500
_DEEP = """
const deep = (selector, root = document) => {
  const found = [...root.querySelectorAll(selector)];
  for (const part of root.querySelectorAll("*")) {
    if (part.shadowRoot) found.push(...deep(selector, part.shadowRoot));
  }
  return found;
};
"""
"""Some peers show their widgets in shadow roots."""
_STATE = """() => ({
  kernel: { ...document.documentElement.dataset },
  scripts: !!document.querySelector("[data-kit-screen]"),
  waiting: !!document.querySelector(".screen[aria-busy]"),
  levers: [...document.querySelectorAll(".levers input")]
    .filter((one) => one.type === "range" || one.checked)
    .map((one) => [one.name, one.min, one.value, one.max].join(" ")),
  said: document.querySelector(".screen-status, main")?.innerText.slice(0, 200),
})"""
_WATCH = """([before, patience]) => new Promise((resolve, reject) => {
  const holds = (before) => { BODY };
  const seen = new Set();
  const watch = new MutationObserver(look);
  const often = setInterval(look, 250);
  const late = setTimeout(() => end(() => reject(new Error("late"))), patience);
  function end(then) {
    watch.disconnect();
    clearInterval(often);
    clearTimeout(late);
    then();
  }
  function look() {
    if (holds(before)) end(() => requestAnimationFrame(() => resolve()));
    else for (const root of roots()) follow(root);
  }
  function roots(root = document) {
    const hosts = [...root.querySelectorAll("*")].filter((part) => part.shadowRoot);
    return [root, ...hosts.flatMap((host) => roots(host.shadowRoot))];
  }
  function follow(root) {
    if (seen.has(root)) return;
    seen.add(root);
    const every = { subtree: true, childList: true, attributes: true, characterData: true };
    watch.observe(root, every);
  }
  look();
})"""
"""Looks when the page has changed, not at each frame, which a slow processor spends on looking."""
_MARKS = """
(() => {
  const marks = (window.kitMarks = {});
  const mark = (name) => { marks[name] ??= performance.now(); };
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...words) {
      super(...words);
      mark("asked");
      this.addEventListener("open", () => mark("open"));
    }
  };
  new MutationObserver(() => {
    if (document.querySelector("[data-kit-screen]")) mark("built");
    if (document.querySelector(".levers input")) mark("answered");
  }).observe(document, { childList: true, subtree: true });
})();
"""
_READ_MARKS = """
() => {
  const [page] = performance.getEntriesByType("navigation");
  const scripts = performance.getEntriesByType("resource").filter((r) => r.name.includes("front/"));
  return { ...window.kitMarks, first: page.responseStart, last: page.responseEnd,
    script: Math.max(0, ...scripts.map((r) => r.responseEnd)), size: page.decodedBodySize };
}
"""


@dataclass(frozen=True)
class Screen:
    """How to use one server's screen.

    `seen` is a JavaScript expression for what a change of the control alters; `control` names the
    control, `move` changes it for the nth time.
    """

    address: str
    control: str
    move: Callable[[Page, int], None]
    seen: tuple[str, ...]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a browser that reaches this machine only."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def new_context(browser: Browser, cookies: list[dict[str, object]]) -> BrowserContext:
    """Return a context of its own: nothing in its cache, and the cookies given."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(WAIT_MILLISECONDS)
    context.add_cookies(cookies)  # type: ignore[arg-type]
    return context


def opening(page: Page, screen: Screen) -> float:
    """Return the seconds from a link to a control that has answered."""
    begin = time.perf_counter()
    page.goto(screen.address, wait_until="commit")
    page.locator(screen.control).first.wait_for(state="attached")  # Solara's has no size
    redraw(page, screen, 0)
    return time.perf_counter() - begin


def redraw(page: Page, screen: Screen, index: int) -> float:
    """Return the seconds from a change of the control until all that it alters has changed."""
    seen = "[" + ", ".join(f"String({part})" for part in screen.seen) + "]"
    body = f"{_DEEP} return {seen};"
    _wait(page, "nothing is shown", f"{_DEEP} return {seen}.every((part) => part.length > 9);")
    before = page.evaluate(f"() => {{ {body} }}")
    begin = time.perf_counter()
    screen.move(page, index)
    changed = f"{_DEEP} return {seen}.every((part, i) => part !== before[i]);"
    _wait(page, f"control moved for the {index + 1}th time, nothing has changed", changed, before)
    return time.perf_counter() - begin


def _wait(page: Page, otherwise: str, body: str, before: list[str] | None = None) -> None:
    """Wait for a condition of the page; where it does not come, say what the page was like."""
    try:
        page.evaluate(_WATCH.replace("BODY", body), [before, WAIT_MILLISECONDS])
    except Error as error:
        raise RuntimeError(f"{page.url}: {otherwise}; {page.evaluate(_STATE)}") from error


def marked(context: BrowserContext, screen: Screen) -> dict[str, float]:
    """Return the moments of one opening, in milliseconds since its link."""
    context.add_init_script(_MARKS)
    page = context.new_page()
    whole = opening(page, screen)
    moments: dict[str, float] = page.evaluate(_READ_MARKS)
    return moments | {"whole": whole * 1000}


def visit(page: Page, screen: Screen) -> Traffic:
    """Return the bytes of one visit, up to its first answered control."""
    traffic = Traffic(page)
    opening(page, screen)
    page.wait_for_timeout(_LATE_BYTES_MILLISECONDS)
    page.close()
    return traffic


def log_in(browser: Browser, server: Server, account: str) -> list[dict[str, object]]:
    """Return the cookies of somebody who has just logged in to the portal; no page is opened."""
    context = browser.new_context()
    address = server.address + "/connexion"
    context.request.get(address)
    marks = {cookie["name"]: cookie["value"] for cookie in context.cookies()}
    form = {"_xsrf": marks["_xsrf"], "compte": account, "mdp": PASSWORD}
    answer = context.request.post(address, form=form, max_redirects=0)  # type: ignore[arg-type]
    if answer.status not in (302, 303):
        raise RuntimeError(f"{account}: {answer.status}")
    cookies: list[dict[str, object]] = [dict(cookie) for cookie in context.cookies()]
    context.close()
    return cookies


class Traffic:
    """The bytes that a page receives: over HTTP, headers included, and over its websockets."""

    def __init__(self, page: Page) -> None:
        self.http = self.socket = self.requests = 0
        link = page.context.new_cdp_session(page)
        link.send("Network.enable")
        link.on("Network.loadingFinished", self._loaded)
        link.on("Network.webSocketFrameReceived", self._framed)

    def _loaded(self, event: dict[str, float]) -> None:
        self.http += int(event["encodedDataLength"])
        self.requests += bool(event["encodedDataLength"])

    def _framed(self, event: dict[str, dict[str, object]]) -> None:
        frame = event["response"]
        size = len(str(frame["payloadData"]))
        self.socket += size if frame["opcode"] == 1 else size * 3 // 4  # binary comes in base 64

    @property
    def whole(self) -> int:
        """All bytes."""
        return self.http + self.socket
