"""What setting pages in processes of their own costs, and what a hostile text costs.

python benchmarks/typesetting.py [--times N]

One preview (SVG) and one PDF, one word changed each time, here and in a bounded process; what the
process holds; texts that no CV holds, each in the process; then honest previews beside nine threads
of one person who asks for pages that never come in time.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event, Thread

import psutil
from documents_person import document
from internals import (
    TYPESETTERS,
    BoundedProcess,
    Document,
    KitError,
    Press,
    render,
    start_typesetter,
)

HOSTILE = {
    "one word of 90 kB": "a" * 90_000,
    "90 words of 1,000": " ".join(["b" * 1_000] * 90),
    "900 words of 100": " ".join(["c" * 100] * 900),
    "16,000 items of a list": "- a\n" * 16_000,
    "75,000 items of a list": "- a\n" * 75_000,
}


def changed(number: int) -> Document:
    """Return the CV as after another key."""
    return replace(document(), headline=f"Professeure {number}")


def median(work: Callable[[Document], object], times: int) -> float:
    """Return the median of some wall times, in milliseconds."""
    taken = []
    for number in range(times):
        made, begin = changed(number), time.perf_counter()
        work(made)
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken) * 1000


def memory(process: BoundedProcess) -> str:
    """Return the resident and the proportional memory of a process."""
    lines = Path(f"/proc/{process.pid}/smaps_rollup").read_text("ascii").splitlines()
    held = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
    return f"{held['Rss'] // 1024} MB resident, {held['Pss'] // 1024} MB proportional"


def processor(process: BoundedProcess) -> float:
    """Return the seconds of processor that a process has used."""
    used = psutil.Process(process.pid).cpu_times()
    return float(used.user + used.system)


def main() -> None:
    """Print the measures."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--times", type=int, default=30)
    times = options.parse_args().times
    started: list[BoundedProcess] = []

    def kept() -> BoundedProcess:
        started.append(start_typesetter())
        return started[-1]

    press = Press(kept)
    begin = time.perf_counter()
    press.pages_svg(document())
    first = (time.perf_counter() - begin) * 1000
    render.pages_svg(document())
    print(f"load {os.getloadavg()[0]:.1f}; first pages, the process started: {first:.0f} ms")
    for name, here, there in (
        ("SVG", render.pages_svg, press.pages_svg),
        ("PDF", render.pdf, press.pdf),
    ):
        print(f"{name}: {median(here, times):.1f} ms here, {median(there, times):.1f} ms there")
    print(f"the process after {2 * times + 1} sheets: {memory(started[0])}")
    for name, text in HOSTILE.items():
        press.pages_svg(document())  # a process is there
        begin, before, said = time.perf_counter(), processor(started[-1]), "drawn"
        try:
            press.pages_svg(replace(document(), summary=text))
            said += f", processor {processor(started[-1]) - before:.2f} s"
        except KitError as error:
            said = type(error).__name__
        print(f"{name}: {time.perf_counter() - begin:.2f} s, {said}")
    press.close()
    print(f"honest previews alone: {honest(times)}")
    print(f"beside a hostile person: {attacked(times)}")


def honest(times: int) -> str:
    """Return how long a preview takes through the line that everybody shares."""
    taken = []
    for number in range(times):
        made, begin = changed(number), time.perf_counter()
        TYPESETTERS.made("honnête", partial(_drawn, made))
        taken.append((time.perf_counter() - begin) * 1000)
    taken.sort()
    return f"median {taken[times // 2]:.0f} ms, 95th percentile {taken[int(times * 0.95)]:.0f} ms"


def attacked(times: int) -> str:
    """Return the same while one person asks without end for what is too heavy."""
    over = Event()
    heavy = replace(document(), summary=HOSTILE["16,000 items of a list"])

    def ask() -> None:
        while not over.wait(0.05):
            with suppress(KitError):
                TYPESETTERS.made("hostile", partial(_drawn, heavy))

    threads = [Thread(target=ask) for _ in range(9)]
    for one in threads:
        one.start()
    try:
        return honest(times)
    finally:
        over.set()
        for one in threads:
            one.join()


def _drawn(made: Document, press: Press) -> list[str]:
    return press.pages_svg(made)


if __name__ == "__main__":
    main()
