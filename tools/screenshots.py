"""Every screen of the portal as a picture, at two widths, in a folder outside the repository.

`python3 bootstrap.py screenshots FOLDER [--only /guides] [--address http://…] [--dark]` opens the
portal with the fictitious people (or uses the one at the address), logs in, walks every address of
the menu, of the help and of the foot, and writes `guides-paie-1280.png`, `guides-paie-390.png`…
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

from iprof_kit.ui.shared.menu import CV, answered

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDTHS = (1280, 390)
ACCOUNT, PASSWORD, TODAY = "jdupont", "demonstration-libre", "2026-11-25"


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
    paths = [p for p in (*answered(), *answered(CV)) if p.startswith(words.only)]
    with _portal(words.address) as address:
        _take(address, paths, folder, dark=words.dark)
    print(f"{len(paths) * len(WIDTHS)} images dans {folder}")
    return 0


def _take(address: str, paths: list[str], folder: Path, *, dark: bool) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(locale="fr-FR", color_scheme="dark" if dark else "light")
        page.set_default_timeout(60_000)
        _log_in(page, address)
        for path in paths:
            page.goto(address + path)
            page.locator(".screen:not([aria-busy]) h1").wait_for()
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                name = f"{path.strip('/').replace('/', '-')}-{width}{'-dark' if dark else ''}.png"
                page.screenshot(path=folder / name, full_page=True)
        browser.close()


def _log_in(page: Page, address: str) -> None:
    page.goto(f"{address}/connexion")
    page.get_by_label("Compte utilisateur").fill(ACCOUNT)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.locator("main h1").wait_for()


@contextmanager
def _portal(address: str | None) -> Iterator[str]:
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
