"""What a first answer costs a session of somebody whom no warm process has shown.

Each is drawn by `serving/crowd.py`; each answer is given by a process forked from one that has
rehearsed, as sessions are. Processor time, which a busy machine still slows; calls of functions,
which it does not; and the memory of its own that ten levers leave. `IPROF_SEED` draws the same
people again. `.venv/test/bin/python benchmarks/first_answers.py`
"""

import cProfile
import ctypes
import gc
import json
import os
import pstats
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parent / "serving"))

from crowd import SEED, drawn
from internals import Portal, Understudy, paris_today, rehearse

PEOPLE, COUNTED, LEVERS = 15, 8, 10
PROMOTIONS = "/perspectives/promotions"
SCREENS = (
    "/accueil",
    PROMOTIONS,
    "/perspectives/et-si",
    "/perspectives/ma-paie",
    "/perspectives/retraite",
    "/perspectives/autres-parcours",
)
_LIBC = ctypes.CDLL(None)


def main() -> None:
    """Measure and print two tables."""
    started = time.process_time()
    rehearse()
    print(f"Rehearsal: {time.process_time() - started:.1f} s of processor. Seed: {SEED}.\n")
    people = drawn(SEED)[:PEOPLE]
    _give_back()
    gc.freeze()
    print(
        "| screen | processor, median | least | most | calls, median |\n|---|---:|---:|---:|---:|"
    )
    for path in SCREENS:
        times = [in_a_fork(took, one, path) for one in people]
        calls = [in_a_fork(called, one, path) for one in people[:COUNTED]]
        middle, low, high = statistics.median(times), min(times), max(times)
        counted = f"{statistics.median(calls):,.0f}"
        print(f"| {path} | {middle:.0f} ms | {low:.0f} ms | {high:.0f} ms | {counted} |")
    print("\n| memory of its own | median |\n|---|---:|")
    kept = [in_a_fork(memory, one) for one in people[:COUNTED]]
    names = ("forked", "first answer", f"{LEVERS} levers")
    for name, column in zip(names, zip(*kept, strict=True), strict=True):
        print(f"| {name} | {statistics.median(column):.1f} MB |")


def in_a_fork(measure: Callable[..., Any], *words: Any) -> Any:
    """Return what a process forked from this one measures."""
    end, own = os.pipe()
    if not os.fork():
        try:
            os.write(own, json.dumps(measure(*words)).encode())
        finally:
            os._exit(0)
    os.close(own)
    with os.fdopen(end, "rb") as answer:
        measured = json.loads(answer.read())
    os.wait()
    return measured


def portal_of(person: Any) -> Any:
    """Return the portal of somebody; her guichet keeps nothing."""
    return Portal(lambda: Understudy(person, paris_today()))


def took(person: Any, path: str) -> float:
    """Return the milliseconds of processor of a first answer."""
    portal, started = portal_of(person), time.process_time()
    portal.handle({"kind": "route", "path": path})
    return 1000 * (time.process_time() - started)


def called(person: Any, path: str) -> int:
    """Return how many functions a first answer calls."""
    portal, profile = portal_of(person), cProfile.Profile()
    profile.runcall(portal.handle, {"kind": "route", "path": path})
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


def memory(person: Any) -> list[float]:
    """Return the memory of its own of a session: at its fork, after an answer, after ten levers."""
    portal, sizes = portal_of(person), [_own()]
    portal.handle({"kind": "route", "path": PROMOTIONS})
    sizes.append(_own())
    for turn in range(LEVERS):
        values = {"hors_classe-B": str(2030 + turn), "quotite-B": ("50", "80", "100")[turn % 3]}
        portal.handle(
            {"kind": "intent", "name": "scenarios", "path": PROMOTIONS, "values": values,
             "changed": "hors_classe-B"}
        )  # fmt: skip
    return [*sizes, _own()]


def _own() -> float:
    _give_back()
    rows = Path("/proc/self/smaps_rollup").read_text(encoding="utf-8").splitlines()
    own = [
        int(row.split()[1]) for row in rows if row.startswith(("Private_Clean", "Private_Dirty"))
    ]
    return sum(own) * 1024 / 1e6


def _give_back() -> None:
    gc.collect()
    _LIBC.malloc_trim(0)


if __name__ == "__main__":
    main()
