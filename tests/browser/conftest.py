"""A real browser in front of the real server, and what is checked of every page it visits."""

import os
import re
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
import readable
from playwright.sync_api import expect, sync_playwright

ARGUMENTS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDTHS = (1280, 390)
TODAY = "2026-11-25"
PASSWORD = "demonstration-libre"
BANNER = re.compile(
    "^Kit libre, non officiel. (Simulation\u00a0: rien n’est transmis|.* rien n’entre dans I-Prof)"
)
"""What every page says; where a service reads, that nothing is transmitted would be false."""
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def program():
    """Return a finder of programs; without one, its tests skip by name, never in CI."""

    def find(name):
        path = shutil.which(name)
        if not path and os.environ.get("CI") == "true":
            pytest.fail(f"{name} is missing")
        if not path:
            pytest.skip(f"{name} is missing")
        return path

    return find


@pytest.fixture(scope="session")
def chromium(program):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def node_modules(program, tmp_path_factory):
    """Return the folder of the packages that the browser's tests borrow from npm."""
    npm = program("npm")
    folder = tmp_path_factory.mktemp("npm")
    for file in (Path(__file__).parent / "npm").iterdir():
        shutil.copy(file, folder)
    subprocess.run([npm, "ci"], cwd=folder, check=True, capture_output=True)
    return folder / "node_modules"


class Portal:
    """The real portal, as `iprof serve --sample` opens it, on a frozen day."""

    def __init__(self, folder):
        self.folder = folder
        with socket.socket() as chosen:
            chosen.bind(("127.0.0.1", 0))
            port = chosen.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "iprof_kit", "serve", "--sample", "--port", str(port)]
        self.process = subprocess.Popen(
            [*command, "--today", TODAY],
            env=os.environ | {"IPROF_VAR": str(folder), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            text=True,
        )
        self.printed = []
        for line in self.process.stdout:  # printed once it listens; the accounts come last
            self.printed.append(line)
            if "Administrateur" in line:
                return
        pytest.fail("".join(self.printed) or "the portal did not open")

    def secret(self, compte):
        """Return what the start printed for a demonstration account."""
        line = next(line for line in self.printed if line.split()[:1] == [compte])
        return line.split(":")[1].split()[0]

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    running = Portal(tmp_path_factory.mktemp("portal"))
    yield running
    running.stop()


class Visitor:
    """One person at a browser; `check` looks at the page as a whole, at two widths."""

    def __init__(self, context, address):
        self.context = context
        self.address = address
        self.faults = []
        self.expected = []
        self._page = context.new_page()
        self._next = None
        self._page.on("console", self._console)
        self._page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self._page.on("request", self._request)

    @property
    def page(self):
        """The page: that of a login, where she went nowhere else."""
        if self._next:
            self.go(self._next)
        return self._page

    @page.setter
    def page(self, other):
        self._page, self._next = other, None

    def _console(self, message):
        said = f"console: {message.text} {message.location.get('url', '')}"
        if message.type == "error" and not any(part in said for part in self.expected):
            self.faults.append(said)

    def _request(self, request):
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"outside: {request.url}")

    def go(self, path):
        """Go to an address, in a place of its own, and wait for its screen.

        A page of this address that was just left would be come back to (`test_coming_back`): what
        it shows would say nothing of what is kept.
        """
        self._next = None
        # A page that opens anew says nothing when it goes: it may still say so after the cookies
        # below are cleared, and the test would come back to it.
        self._page.evaluate("() => { window.kitOpensAnew = true; }")
        self._page.goto("about:blank")
        self.context.clear_cookies(name=re.compile("^iprof_retour"))
        self._page.goto(self.address + path)
        self._page.locator("main h1").wait_for()
        return self._page

    def anew(self):
        """Open the page's own address in another place: what is there was kept."""
        return self.go(self._page.url.removeprefix(self.address))

    def open(self, path):
        """Go to an address, wait for its screen, check the page."""
        self.go(path)
        self.check()
        return self._page

    def follow(self, name, title):
        """Follow a link of the page and wait for the screen it leads to."""
        self.page.get_by_role("link", name=name, exact=True).locator("visible=true").first.click()
        self.page.locator("main h1", has_text=title).wait_for()
        self.check()

    def log_in(self, compte="jdupont", to=None):
        """Give her a session and open an address; by default, the one that her test asks first.

        A form filled each time would cost a minute of this folder: who looks at it fills it.
        """
        self.context.request.get(f"{self.address}/connexion")
        token = next(c["value"] for c in self.context.cookies() if c["name"] == "_xsrf")
        form = {"_xsrf": token, "compte": compte, "mdp": PASSWORD}
        answer = self.context.request.post(f"{self.address}/connexion", form=form, max_redirects=0)
        assert answer.status == 303, answer.text()
        self._next = "/accueil"
        return self.go(to) if to else self._page

    def log_in_by_the_form(self, compte="jdupont", password=PASSWORD, to="/accueil"):
        """Log in as a person does."""
        page = self.open(f"/connexion?suite={to}")
        page.get_by_label("Compte utilisateur").fill(compte)
        page.get_by_label("Mot de passe").fill(password)
        page.get_by_role("button", name="Se connecter").click()
        page.locator("main h1").wait_for()
        return page

    def check(self):
        """Axe, headings, language, banner, no sideways scroll from 390 to 1600 pixels."""
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            assert readable.faults(self.page) == []
        for width in (*WIDTHS, 1600):
            self.page.set_viewport_size({"width": width, "height": 900})
            wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert self.page.evaluate(wide) <= 0, f"{self.page.url} scrolls sideways at {width}"
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        assert self.page.locator("h1").count() == 1
        assert self.page.locator("html").get_attribute("lang") == "fr"
        expect(self.page.get_by_text(BANNER)).to_be_visible()


@contextmanager
def _visitors(chromium, portal):
    """Make visitors; whatever they met that was wrong fails the test."""
    visitors = []

    def visitor(**words):
        words = {"viewport": {"width": WIDTHS[0], "height": 900}, "locale": "fr-FR"} | words
        context = chromium.new_context(**words)
        context.set_default_timeout(30_000)
        visitors.append(Visitor(context, portal.address))
        return visitors[-1]

    yield visitor
    for each in visitors:
        each.context.close()
    faults = [fault for each in visitors for fault in each.faults]
    assert not faults, "\n".join(faults)


@pytest.fixture
def visit(chromium, portal):
    """Return a maker of visitors."""
    with _visitors(chromium, portal) as visitor:
        yield visitor


@pytest.fixture(scope="module")
def visit_apart(chromium, tmp_path_factory):
    """Return a maker of visitors of a portal that is this file's own, and its folder."""
    running = Portal(tmp_path_factory.mktemp("apart"))
    with _visitors(chromium, running) as visitor:
        yield visitor, running.folder
    running.stop()


@pytest.fixture
def someone(visit):
    """A visitor who is not logged in."""
    return visit()


@pytest.fixture
def jean(visit):
    """Jean Dupont, logged in."""
    visitor = visit()
    visitor.log_in()
    return visitor


@pytest.fixture(scope="session")
def makers():
    """Return what opens another portal, and who visits one."""
    return Portal, Visitor
