"""What a « Pourquoi ? » costs: from its message to the HTML, and from a click to its last line.

People are drawn by `serving/crowd.py` (`IPROF_SEED` draws the same again). In process, each answer
is given by a process forked from one that has rehearsed, as sessions are, that has opened the
screen: no reason was ever asked of it. In a browser, each kind is opened once for each of a few
people, in a page of their own. The goal is of the message.
`.venv/test/bin/python benchmarks/reasons.py [--no-browser]`
"""

import gc
import re
import statistics
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

sys.path.append(str(Path(__file__).parent / "serving"))

from crowd import SEED, accounts, drawn
from first_answers import in_a_fork, portal_of
from internals import rehearse

PEOPLE, AT_A_BROWSER, GOAL = 25, 6, 60
Kind = tuple[str, str, tuple[tuple[str, dict[str, str]], ...], str]
KINDS: tuple[Kind, ...] = (
    ("a date of Promotions", "/perspectives/promotions", (), r"\d{4}-\d\d-\d\d"),
    ("a grade of Promotions", "/perspectives/promotions", (), r"[a-z]+_[a-z]+"),
    ("a line of Ma paie", "/perspectives/ma-paie", (), r"(?!toutes)[\w-]+"),
    ("a wish", "/perspectives/autres-affectations",
     (("lieu", {}), ("voeu_ajouter", {})), r"[^\"]+"),
    ("another path", "/perspectives/autres-parcours", (("parcours_voir", {}),), r"[^\"]+"),
    ("a competition", "/services/siac?concours=AGREG_INT", (), r"[^\"]+"),
    ("a seniority", "/dossier/anciennetes", (), r"[^\"]+"),
    ("hours of training", "/services/formation", (), r"[^\"]+"),
    ("a pension", "/perspectives/retraite",
     (("retraite", {"autres_trimestres": "12", "rfr": "30000", "parts": "2"}),), r"[^\"]+"),
)  # fmt: skip
"""Its name, the screen, what is done there before (what it is of is drawn), what may be asked."""
_CLICKED = """(of) => new Promise((resolve) => {
  const asks = document.querySelector(`.screen [data-asks=pourquoi][data-of="${of}"]`);
  const button = asks.matches("details") ? asks.querySelector("summary") : asks;
  for (let fold = asks.parentElement.closest("details"); fold;
       fold = fold.parentElement.closest("details")) fold.open = true;
  const id = asks.getAttribute("aria-controls") ?? asks.id;
  const told = () => document.getElementById(id)?.querySelector(".res dd");
  const began = performance.now();
  const watch = new MutationObserver(() => {
    if (!told()) return;
    watch.disconnect();
    requestAnimationFrame(() => resolve(performance.now() - began));
  });
  watch.observe(document.querySelector(".screen"), { subtree: true, childList: true });
  button.click();
})"""


def main() -> None:
    """Measure and print two tables."""
    rehearse()
    gc.freeze()
    people = drawn(SEED)[:PEOPLE]
    print(f"Seed: {SEED}. Goal of a message: {GOAL} ms.\n")
    print("| message, to its HTML | people | processor, median | 95 % | clock, median | 95 % |")
    print("|---|---:|---:|---:|---:|---:|")
    for kind in KINDS:
        measured = [in_a_fork(opened, one, kind, rank) for rank, one in enumerate(people)]
        print(line(kind[0], [one for one in measured if one]))
    if "--no-browser" not in sys.argv:
        in_a_browser()


def line(name: str, measured: list[list[float]]) -> str:
    """Return a line of the table: how many, then median and 95 % of each column."""
    cells = []
    for column in zip(*measured, strict=True):
        ordered = sorted(column)
        late = ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)]
        cells += [f"{statistics.median(ordered):.0f} ms", f"{late:.0f} ms"]
    return f"| {name} | {len(measured)} | {' | '.join(cells) or 'not offered'} |"


def opened(person: Any, kind: Kind, rank: int) -> list[float]:
    """Return the milliseconds of processor and of clock of a reason; nothing without one."""
    _, address, acts, pattern = kind
    path, _, query = address.partition("?")
    portal, draw = portal_of(person), Random(SEED + rank)
    html = portal.handle({"kind": "route", "path": path, "query": f"?{query}"}).html
    for name, values in acts:
        html = portal.handle(intent(path, name, values or {**chosen(html, name, draw)})).html
    asked = re.findall(rf'data-asks="pourquoi" data-of="({pattern})"', html)
    if not asked:
        return []
    message = intent(path, "pourquoi", {"of": draw.choice(asked)})
    began, worked = time.perf_counter(), time.process_time()
    answer = portal.handle(message).html
    taken = [1000 * (time.process_time() - worked), 1000 * (time.perf_counter() - began)]
    if 'class="res"' not in answer:
        raise RuntimeError(f"{address}: {message['values']} has no reason")
    return taken


def intent(path: str, name: str, values: dict[str, str]) -> dict[str, Any]:
    """Return the message of an act."""
    return {"kind": "intent", "name": name, "path": path, "values": values, "changed": ""}


def chosen(html: str, name: str, draw: Random) -> dict[str, str]:
    """Return what an act is of, drawn among what the screen offers."""
    if name == "lieu":
        return {"lieu": draw.choice(re.findall(r'name="lieu" value="([^"]+)"', html))}
    offered = re.findall(rf'data-intent="{name}" data-of="([^"]+)"', html)
    return {"of": draw.choice(offered)} if offered else {}


def in_a_browser() -> None:
    """Open each kind in a page, and print the time from the click to the last line shown."""
    from chrome import chromium, log_in, new_context
    from servers import portal

    print("\n| in a browser, from the click to the last line | people | clock, median | 95 % |")
    print("|---|---:|---:|---:|")
    with portal() as server, chromium() as browser:
        pages = []
        for account in accounts()[:AT_A_BROWSER]:
            page = new_context(browser, log_in(browser, server, account)).new_page()
            page.goto(f"{server.address}/accueil")
            pages.append(page)
        for name, address, acts, pattern in KINDS:
            if acts:
                continue  # what must be tried first is measured in process
            times = []
            for page in pages:
                page.goto(server.address + address)
                page.locator(".screen h1").wait_for()
                asked = page.locator(".screen [data-asks=pourquoi]").evaluate_all(
                    "(every) => every.map((one) => one.dataset.of)"
                )
                fit = [of for of in asked if re.fullmatch(pattern, of)]
                if fit:
                    times.append([float(page.evaluate(_CLICKED, Random(SEED).choice(fit)))])
            print(line(name, times))


if __name__ == "__main__":
    main()
