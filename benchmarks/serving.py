"""Time the portal as a person meets it: `python benchmarks/serving.py [--from-nothing]`.

Prints a Markdown table. Needs Chromium. `--from-nothing` also clones the project and times
`bootstrap.py serve` until the login page answers, environment included.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
OPENINGS, MOVES, CALLS = 5, 10, 500


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from-nothing", action="store_true")
    rows: list[tuple[str, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        if parser.parse_args().from_nothing:
            rows.append(
                ("`make serve`, from a clone to the login page", f"{from_nothing(folder):.0f} s")
            )
        os.environ["IPROF_VAR"] = str(Path(folder) / "var")
        with Server([sys.executable, "-m", "iprof_kit", "serve", "--sample"], ROOT) as server:
            rows.append(("start of the server to the login page", f"{server.ready:.1f} s"))
            rows += in_a_browser(server)
        rows += [guichet_call()]
    print("| measured | value |\n|---|---|")
    for what, value in rows:
        print(f"| {what} | {value} |")


class Server:
    """A portal on a free port, with the time it took to answer."""

    def __init__(self, command: list[str], folder: Path) -> None:
        with socket.socket() as chosen:
            chosen.bind(("127.0.0.1", 0))
            self.port = chosen.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        started = time.perf_counter()
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)], cwd=folder, stdout=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        while not self._answers():
            assert self.process.poll() is None, "the server ended"
        self.ready = time.perf_counter() - started

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(self.address + "/connexion", timeout=10).close()
        except urllib.error.URLError:
            time.sleep(0.05)
            return False
        return True

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)  # bootstrap and its server alike
        self.process.wait(timeout=30)

    def kernels(self) -> list[int]:
        """Return the processes of the kernels, oldest first."""
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            try:
                parent = int(path.joinpath("stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            if parent == self.process.pid:
                found.append(int(path.name))
        return sorted(found)


def from_nothing(folder: str) -> float:
    """Return the seconds from a fresh clone to the login page."""
    clone = Path(folder) / "clone"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    with Server(["python3", "bootstrap.py", "serve"], clone) as server:
        return server.ready


def in_a_browser(server: Server) -> list[tuple[str, str]]:
    """Return openings, redraws and memory of the promotions screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context()
        page = context.new_page()
        page.goto(server.address + "/connexion")
        page.get_by_label("Compte utilisateur").fill("jdupont")
        page.get_by_label("Mot de passe").fill("demonstration-libre")
        page.get_by_role("button", name="Valider").click()
        page.locator("main h1").wait_for()
        page.context.request.get(server.address + "/connexion")
        cookies = context.cookies()
        cold = []
        for _ in range(OPENINGS):  # a new context: empty browser cache
            fresh = browser.new_context()
            fresh.add_cookies(cookies)
            cold.append(opening(fresh.new_page(), server))
            fresh.close()
        warm = [opening(page, server) for _ in range(OPENINGS)]
        moves = [redraw(page, index) for index in range(MOVES)]
        memory = pss(server.kernels()[-1])
        browser.close()
    return [
        ("link to interactive, empty browser cache", spread(cold)),
        ("link to interactive, warm browser cache", spread(warm)),
        ("control to redraw", spread(moves)),
        (f"memory of a session after {MOVES} redraws (PSS)", f"{memory:.0f} MB"),
    ]


def opening(page: Page, server: Server) -> float:
    """Return the seconds from a link to a control that has answered."""
    started = time.perf_counter()
    page.goto(server.address + "/perspectives/promotions", wait_until="commit")
    page.locator("form[data-live] select").first.wait_for()
    redraw(page, 0)
    return time.perf_counter() - started


def redraw(page: Page, index: int) -> float:
    """Return the seconds from a change of scenario B's hours to the new amounts."""
    control = page.locator("form[data-live] tr").nth(1).locator("select").nth(1)
    before = page.locator("table.scen tbody").evaluate("body => body.innerText")
    value = ("70", "60", "50")[index % 3]
    current = control.input_value()
    started = time.perf_counter()
    control.select_option(value if value != current else "90")
    page.wait_for_function(
        "before => document.querySelector('table.scen tbody').innerText !== before"
        " && !document.querySelector('.screen[aria-busy]')", arg=before,
    )  # fmt: skip
    return time.perf_counter() - started


def guichet_call() -> tuple[str, str]:
    """Return the time of one operation through a socket pair and the real services."""
    from iprof_kit.server.guichet import Guichet
    from iprof_kit.services.accounts import open_session, session_of
    from iprof_kit.services.clock import utc_now
    from iprof_kit.services.operations import run
    from iprof_kit.ui.guichet import Guichet as Client

    token = open_session("jdupont", utc_now())
    ours, theirs = socket.socketpair()
    guichet = Guichet(run, utc_now)
    serving = guichet.serve(ours, lambda: session_of(token, utc_now()))
    threading.Thread(target=asyncio.run, args=(serving,), daemon=True).start()
    client = Client(theirs)
    times = {}
    for op in ("session.qui", "dossier.lire"):
        client.ask(op)
        started = time.perf_counter()
        for _ in range(CALLS):
            client.ask(op)
        times[op] = (time.perf_counter() - started) / CALLS * 1000
    said = ", ".join(f"`{op}` {value:.1f} ms" for op, value in times.items())
    return ("guichet call, services and SQLite included", said)


def pss(pid: int) -> float:
    """Return the proportional memory of a process, in megabytes."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1000


def spread(seconds: list[float]) -> str:
    """Return median, minimum and maximum."""
    middle = statistics.median(seconds)
    return f"{middle:.2f} s ({min(seconds):.2f} to {max(seconds):.2f})"


if __name__ == "__main__":
    main()
