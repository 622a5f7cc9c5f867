"""The real portal in a process of its own, that a test may hurt, and people in front of it."""

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from portal_client import Client
from portal_server import free_port, listens, until

from iprof_kit.server.kernels.notebooks import LIGHT

HERE = Path(__file__).parent
ZYGOTE = b"iprof_kit.kernel.zygote"
WARM_LINE = re.compile(r"^warm (\d+) (\S+)\.$", re.MULTILINE)
PREPARED = "application/vnd.jupyter.widget-state+json"
PROMOTIONS = "/perspectives/promotions"


def children(pid):
    """Return the living children of a process."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:  # it has just ended
            continue
        if int(parent) == pid and state != "Z":
            found.add(int(entry.name))
    return found


def lives(pid):
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def command_of(pid):
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_bytes()
    except OSError:
        return b""


class RealPortal:
    """A portal whose address and data outlive its process; copies of it share a folder."""

    def __init__(self, folder, database=None, smtp=None, **settings):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.folder, self.people = folder, folder / "people.sqlite"
        self.log = folder / f"server-{self.port}.log"
        self.settings = settings
        self.clients = []
        self.environment = os.environ | {
            "IPROF_VAR": str(folder / "var"),
            "IPROF_DATABASE_URL": database or f"sqlite:///{self.people}",
            **({"IPROF_SMTP": smtp} if smtp else {}),
        }
        self.start()

    def start(self):
        words = json.dumps(self.settings | {"port": self.port})
        command = [sys.executable, str(HERE / "open_real_portal.py"), words]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        until(self._listens, 300)

    def _listens(self):
        assert self.process.poll() is None, self.log.read_text()
        return listens(self.port)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)

    def zygotes(self):
        """The zygote, ready or not."""
        return {pid for pid in children(self.process.pid) if ZYGOTE in command_of(pid)}

    def warm(self):
        """The warm processes that pages are forked from, all screens shown, by their notebooks."""
        told = self.log.read_text().rpartition("start.\n")[2].partition("rehearsed.\n")[2]
        found = {int(pid): name for pid, name in WARM_LINE.findall(told)}
        return {pid: name for pid, name in found.items() if ZYGOTE in command_of(pid)}

    def sessions(self):
        """The processes of sessions: forked, or ordinary kernels."""
        forked = set().union(*(children(pid) for pid in self.warm()))
        return forked | (children(self.process.pid) - self.zygotes())

    def command(self, *words):
        """Return what `iprof …` says on the data of this portal."""
        command = [sys.executable, "-m", "iprof_kit", *words]
        asked = {"env": self.environment, "capture_output": True, "text": True, "check": True}
        return subprocess.run(command, **asked).stdout

    def get_warm(self):
        """Wait until every page can come prepared ahead, and nobody is there."""
        until(lambda: set(self.warm().values()) >= LIGHT, 400)
        until(lambda: not self.sessions())

    def visitor(self):
        """Somebody without account, who has not come yet."""
        return Client(self.port)

    def logged_in(self, compte="jdupont"):
        client = Client(self.port)
        assert client.log_in(compte).status == 303
        self.clients.append(client)
        return client

    def send_everybody_home(self):
        for client in self.clients:
            with suppress(OSError):  # the server is gone, and their sessions with it
                client.post("/quitter")
        self.clients.clear()


class Person:
    """Somebody at a browser, with the session of a client who logged in."""

    def __init__(self, chromium, address, client, timezone_id="Europe/Paris"):
        self.address, self.client = address, client
        self.context = chromium.new_context(locale="fr-FR", timezone_id=timezone_id)
        self.context.set_default_timeout(30_000)
        self.context.add_cookies(
            [
                {"name": name, "value": value, "url": address}
                for name, value in client.cookies.items()
            ]
        )

    def leave(self):
        """Close the browser, and leave no session behind."""
        cookies = {each["name"]: each["value"] for each in self.context.cookies()}
        self.context.close()
        self.client.cookies = cookies
        with suppress(OSError):  # the server is gone
            self.client.post("/quitter")

    def open(self, path=PROMOTIONS):
        """Open a page and wait until its screen has been calculated."""
        page = self.context.new_page()
        page.goto(self.address + path)
        page.locator(".screen:not([aria-busy]) h1").wait_for()
        return page


def hours(page):
    """Return the hours chosen: the control that the tests move."""
    return page.locator(".levers input[name=quotite]:checked").get_attribute("value")


def choose_hours(page, value):
    """Choose hours, whether or not somebody answers: the screen may be another at once."""
    page.locator(f".levers input[name=quotite][value='{value}']").click()


def amounts(page):
    return page.locator("table.scen tbody").inner_text()


def change(page, value):
    """Move the control, wait for the new amounts, return them; it may stand there already."""
    before = amounts(page)
    if hours(page) == value:
        return before
    choose_hours(page, value)
    page.wait_for_function(
        "before => document.querySelector('table.scen tbody')?.innerText !== before"
        " && !document.querySelector('.screen[aria-busy]')",
        arg=before,
    )
    return amounts(page)


def reopen(page):
    """Follow « Rouvrir cet écran », and wait until what was entered is there again."""
    page.get_by_role("link", name="Rouvrir cet écran").click()
    page.get_by_text("Votre saisie a été reprise.").wait_for()
