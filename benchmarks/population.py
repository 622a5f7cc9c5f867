"""How long a fictitious population takes: growth from 10³ to 10⁶ rows, seconds and memory.

python benchmarks/population.py [--largest N] [--growth FILE.svg]
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import time
from pathlib import Path

import matplotlib.pyplot as plt

from iprof_kit import calibrate, generate

SEED = 20261126
WITHIN = "dans la tolérance"
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)


def measure(size: int) -> tuple[float, float, float, int]:
    """Return seconds of a population, then of one with its calibration, the peak in MB, figures."""
    generate(10, SEED)  # the tables are read before
    begin = time.perf_counter()
    generate(size, SEED)
    middle = time.perf_counter()
    held = int((calibrate(size, SEED)["resultat"] == WITHIN).sum())
    end = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return middle - begin, end - middle, peak, held


def main() -> None:
    """Measure each size in a process of its own, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=SIZES[-1])
    parser.add_argument("--growth", type=Path)
    chosen = parser.parse_args()
    sizes = [size for size in SIZES if size <= chosen.largest]
    found = []
    print(f"{'lignes':>9} {'tirage s':>9} {'et calage':>9} {'Mo':>7} {'tenus':>6} {'µs/ligne':>9}")
    for size in sizes:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            drawn, compared, peak, held = pool.apply(measure, (size,))
        found.append((drawn, peak))
        print(
            f"{size:>9} {drawn:>9.2f} {compared:>9.2f} {peak:>7.0f} {held:>6} "
            f"{drawn / size * 1e6:>9.1f}",
            flush=True,
        )
    if chosen.growth:
        _plot(sizes, found, chosen.growth)


def _plot(sizes: list[int], found: list[tuple[float, float]], path: Path) -> None:
    figure, (seconds, memory) = plt.subplots(1, 2, figsize=(9, 3.5))
    seconds.loglog(sizes, [drawn for drawn, _ in found], "o-")
    memory.loglog(sizes, [peak for _, peak in found], "o-")
    seconds.set(xlabel="lignes", ylabel="secondes", title="Tirage")
    memory.set(xlabel="lignes", ylabel="Mo", title="Mémoire, pic")
    figure.tight_layout()
    figure.savefig(path)


if __name__ == "__main__":
    main()
