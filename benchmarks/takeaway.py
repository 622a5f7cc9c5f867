"""The HTML file to take away: its size, and how long a slow phone takes to open it; goal 2 s.

Chromium on a phone's screen, its processor slowed four and six times through CDP, the network off,
the file on the disk: from the address to the figure drawn, medians of some openings.
`.venv/test/bin/python benchmarks/takeaway.py`
"""

import statistics
import tempfile
import time
from pathlib import Path

from internals import Seance, html_of, lessons, of_lesson, of_seances, personas, played
from playwright.sync_api import sync_playwright

GOAL_S, TIMES, SLOWER = 2, 7, (1, 4, 6)
PEOPLE = ("claire_vasseur", "karim_benali", "hugo_lambert", "elodie_martin")
PHONE = {"width": 390, "height": 844}
DRAWN = "document.querySelector('#figure svg, #score') !== null"


def main() -> None:
    """Measure and print a line for each file."""
    print("| file | kB | made in | " + " | ".join(f"opened, ×{n}" for n in SLOWER) + " |")
    print("|---|---:|---:|" + "---:|" * len(SLOWER))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        for name, taken in files().items():
            start = time.perf_counter()
            page = html_of(taken)
            made = time.perf_counter() - start
            file = Path(folder) / "page.html"
            file.write_bytes(page)
            took = [opened(browser, file.as_uri(), slower) for slower in SLOWER]
            shown = " | ".join(f"{one:.2f} s" for one in took)
            print(f"| {name} | {len(page) / 1000:.0f} | {made:.2f} s | {shown} |")


def files() -> dict[str, object]:
    """Return what is taken away: one person, four, the lesson that shows most."""
    given = {key: Seance.of(personas()[key]) for key in PEOPLE}
    lesson = max(map(played, lessons().values()), key=lambda one: len(one.ecrans))
    return {
        "one person": of_seances([given[PEOPLE[0]]]),
        "four people": of_seances(list(given.values())),
        f"lesson, {len(lesson.ecrans)} screens": of_lesson(lesson),
    }


def opened(browser: object, address: str, slower: int) -> float:
    """Return the seconds from the address to the figure, the processor slowed."""
    took = []
    for _ in range(TIMES):
        context = browser.new_context(viewport=PHONE, offline=True)
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
        start = time.perf_counter()
        page.goto(address)
        page.wait_for_function(DRAWN)
        took.append(time.perf_counter() - start)
        context.close()
    return statistics.median(took)


if __name__ == "__main__":
    main()
