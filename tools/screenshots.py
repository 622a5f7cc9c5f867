"""Every screen of the portal as a picture, at two widths, in a folder outside the repository.

`python3 bootstrap.py screenshots FOLDER [--only /guides] [--address http://…] [--dark]` opens the
portal with the fictitious people (or uses the one at the address) and walks, as somebody of each
role, every address of the menu, of the help and of the foot; the gallery as nobody in particular.
It writes `guides-paie-1280.png`, `guides-paie-390.png`…
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from iprof_kit.ui.shared.menu import ATELIER, BUREAU, CV, EVALUATION, GALLERY, PORTAL, answered

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDTHS = (1280, 390)
PASSWORD, TODAY = "demonstration-libre", "2026-11-25"
WALKS = {
    "jdupont": (PORTAL, CV),
    "ggestionnaire": (BUREAU,),
    "iinspectrice": (EVALUATION,),
    "fformateur": (ATELIER,),
    "": (GALLERY,),
}
"""Who looks at the screens of which notebooks; without account, what everybody may see."""


def main() -> int:
    """Take the pictures; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="/", help="head of the addresses wanted")
    parser.add_argument("--address", help="a portal that is already open")
    parser.add_argument("--dark", action="store_true")
    words = parser.parse_args()
    folder: Path = words.folder.resolve()
    if folder.is_relative_to(ROOT):
        print("Choisissez un dossier hors du dépôt.", file=sys.stderr)
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    walks = {
        account: [
            path
            for notebook in notebooks
            for path in answered(notebook)
            if path.startswith(words.only)
        ]
        for account, notebooks in WALKS.items()
    }
    with portal(words.address) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for account, paths in walks.items():
            if paths:
                page = browser.new_page(
                    locale="fr-FR", color_scheme="dark" if words.dark else "light"
                )
                page.set_default_timeout(60_000)
                if account:
                    log_in(page, address, account)
                _take(page, address, paths, folder, "-dark" if words.dark else "")
                page.close()
        browser.close()
    print(f"{sum(map(len, walks.values())) * len(WIDTHS)} images dans {folder}")
    return 0


def _take(page: Page, address: str, paths: list[str], folder: Path, suffix: str) -> None:
    for path in paths:
        page.goto(address + path)
        page.locator(".screen:not([aria-busy]) h1").first.wait_for()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            name = f"{path.strip('/').replace('/', '-')}-{width}{suffix}.png"
            page.screenshot(path=folder / name, full_page=True)


def log_in(page: Page, address: str, account: str) -> None:
    """Log in as a fictitious person."""
    page.goto(f"{address}/connexion")
    page.get_by_label("Compte utilisateur").fill(account)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.locator("main h1").wait_for()


@contextmanager
def portal(address: str | None) -> Iterator[str]:
    """Yield the address of a portal: the one given, or one opened for the time of the pictures."""
    if address:
        yield address
        return
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = chosen.getsockname()[1]
    command = [sys.executable, "-m", "iprof_kit", "serve", "--sample", "--port", str(port)]
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [*command, "--today", TODAY],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"IPROF_VAR": folder, "PYTHONUNBUFFERED": "1"},
        )
        try:
            for line in server.stdout or ():  # the accounts are printed once it listens
                if "Administrateur" in line:
                    break
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)


if __name__ == "__main__":
    sys.exit(main())
