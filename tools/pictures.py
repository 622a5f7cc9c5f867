"""The pictures of the README and of `docs/`, in light and in dark, of the portal of this tree.

`python3 tools/pictures.py` opens the portal with the fictitious people on a frozen day, or uses
the one at `--address`, and writes each picture of the table below in `docs/images`.
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from screenshots import ARGUMENTS, CHROMIUM, log_in, portal

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images"
PICTURES = {
    "jdupont": {
        "accueil": ("/accueil", 1280, 540),  # of the README, which shows one of 600 pixels at most
        "perspectives": ("/perspectives", 1100, 800),
        "et-si": ("/perspectives/et-si", 1100, 800),
        "ma-paie": ("/perspectives/ma-paie", 1100, 800),
    },
    "ggestionnaire": {"bureau": ("/bureau/portefeuille", 1100, 800)},
    "iinspectrice": {"evaluation": ("/evaluation", 1100, 740)},
    "fformateur": {"atelier": ("/atelier", 1100, 800)},
}
"""For each account, the pictures: their name, the page that they show, their width and height."""
COLOURS = 128


def main() -> int:
    """Take the pictures; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", help="a portal that is already open")
    words = parser.parse_args()
    with portal(words.address) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for account, pictures in PICTURES.items():
            page = browser.new_page(locale="fr-FR")
            page.set_default_timeout(60_000)
            log_in(page, address, account)
            for name, (path, width, height) in pictures.items():
                page.set_viewport_size({"width": width, "height": height})
                page.goto(address + path)
                page.locator(".screen:not([aria-busy]) h1").first.wait_for()
                _write(page, FOLDER / f"{name}.png", FOLDER / f"{name}-dark.png")
            page.close()
        browser.close()
    return 0


def _write(page: Page, light: Path, dark: Path) -> None:
    """Write what the window shows, in both colours; few shades, half the bytes."""
    for path, scheme in ((light, "light"), (dark, "dark")):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        taken.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
