"""Run one benchmark in turn on two trees, and print medians and ratios.

python tools/paired.py [--times 5] BEFORE AFTER benchmarks/law.py [its own options]

Has the newer slowed? A tree is a folder of the project (`git worktree add ../before HEAD~1`). Each
runs its own copy of the script, which must be the same but for `internals.py`, with this Python.
First the whole of it, by the clock and by the processor, then each number that its tables print,
lines matched by place. On a busy machine believe the processor, and the ratio of the least of each:
others only ever add. A ratio of medians under the spread that is said means nothing.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

Figures = dict[str, float]
_NUMBER = re.compile(r"^[×< ]*(\d[\d\u00a0\u202f ]*(?:[.,]\d+)?)")


def figures(printed: str) -> Figures:
    """Return the numbers of the tables that a benchmark prints, by line and column."""
    found: Figures = {}
    for place, row in enumerate(one for one in printed.splitlines() if one.startswith("|")):
        label, *cells = (cell.strip() for cell in row.strip("|\n").split("|"))
        for column, cell in enumerate(cells, 1):
            if number := _NUMBER.match(cell):
                digits = re.sub(r"\s", "", number[1]).replace(",", ".")
                found[f"{place:02d} {label[:50]} [{column}]"] = float(digits)
    return found


def run(tree: Path, command: list[str]) -> Figures:
    """Run a benchmark of a tree once."""
    environment = os.environ | {"PYTHONPATH": str(tree)}
    began, used = time.perf_counter(), os.times()
    done = subprocess.run(
        [sys.executable, *command], cwd=tree, env=environment, check=True, stdout=subprocess.PIPE
    )
    took, now = time.perf_counter() - began, os.times()
    worked = now.children_user + now.children_system - used.children_user - used.children_system
    whole = {"whole, clock (s)": took, "whole, processor (s)": worked}
    return whole | figures(done.stdout.decode())


def differing(trees: list[Path], script: str) -> bool:
    """Tell whether the scripts of two trees differ."""
    first, second = ((tree / script).read_bytes() for tree in trees)
    return first != second


def main() -> None:
    """Compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trees", nargs=2, type=Path)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    given = parser.parse_args()
    trees = [tree.resolve() for tree in given.trees]
    if differing(trees, given.command[0]):
        print("WARNING: the two trees do not have the same script.", flush=True)
    runs: tuple[list[Figures], list[Figures]] = ([], [])
    for _ in range(given.times):
        for tree, kept in zip(trees, runs, strict=True):
            kept.append(run(tree, given.command))
    print(f"{given.times} runs each, in turn; load {os.getloadavg()[0]:.1f}\n")
    print("| | before | after | ratio | spread of before | ratio of the least |")
    print("|---|---:|---:|---:|---:|---:|")
    for name in sorted(runs[0][0].keys() & runs[1][0].keys(), key=list(runs[0][0]).index):
        before, after = ([one[name] for one in kept if name in one] for kept in runs)
        middle, later = statistics.median(before), statistics.median(after)
        if middle:
            spread = (max(before) - min(before)) / middle
            least = f"{min(after) / min(before):.2f}" if min(before) else ""
            row = (
                name,
                f"{middle:g}",
                f"{later:g}",
                f"{later / middle:.2f}",
                f"{spread:.0%}",
                least,
            )
            print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
