"""How long a projection takes: at size, beside bare arithmetic, repeated, and its growth.

Times are those of the processor, so that other programs weigh less; repetitions are on the clock.

python benchmarks/projection.py [--people N] [--years N] [--repeated N] [--growth FILE.svg]
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import time
from pathlib import Path

import matplotlib.pyplot as plt
from law import bare
from law import population as agents_of

from iprof_kit import generate, projeter, repeter

SEED = 20261126
FIRST = 2026
SIZES = (1_000, 10_000, 100_000, 1_000_000)


def measure(size: int, years: int) -> dict[str, float]:
    """Return processor seconds of the bare arithmetic, of the projection, of its tables; MB."""
    agents = agents_of(size, years)
    bare(agents)
    begin = time.process_time()
    bare(agents)
    plain = time.process_time() - begin
    people = generate(size, SEED, FIRST)
    projeter(people.head(200), FIRST + 1, graine=SEED)  # the tables of the law are read before
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begin = time.process_time()
    made = projeter(people, FIRST + years - 1, graine=SEED)
    middle = time.process_time()
    tables = made.tableaux()
    end = time.process_time()
    lived = int(made.sommes.stock.query("moment == 1")["effectif"].sum())
    assert len(tables["budget"])
    return {
        "plain": plain,
        "walk": middle - begin,
        "tables": end - middle,
        "lived": lived,
        "before": before,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def apart(size: int, years: int) -> dict[str, float]:
    """Measure in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, (size, years))


def repeated(size: int, years: int) -> None:
    """Print ten repetitions on one and two processes."""
    people = generate(size, SEED, FIRST)
    projeter(people.head(200), FIRST + 1, graine=SEED)
    print(f"\nDix répétitions, {size} personnes × {years} ans\n")
    print("| Processus | Temps | Rapport | Temps de processeur |\n|---:|---:|---:|---:|")
    base = 0.0
    for workers in (1, 2):
        begin, busy = time.perf_counter(), _processor()
        repeter(
            people, FIRST + years - 1, repetitions=10, graine=SEED, processus=workers, progres=False
        )
        spent = time.perf_counter() - begin
        base = base or spent
        print(
            f"| {workers} | {spent:.1f} s | {spent / base:.2f} | {_processor() - busy:.1f} s |",
            flush=True,
        )


def _processor() -> float:
    """Return the processor seconds of this process and of those that it started and that ended."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in both)


def growth(years: int, file: Path) -> None:
    """Print and draw the time and the memory from a thousand people to a million."""
    found = [apart(size, years) for size in SIZES]
    print("\n| Personnes | Projection et tableaux | Nu | Rapport | Mémoire au plus haut |")
    print("|---:|---:|---:|---:|---:|")
    totals = [each["walk"] + each["tables"] for each in found]
    for size, total, each in zip(SIZES, totals, found, strict=True):
        print(
            f"| {size} | {total:.1f} s | {each['plain']:.2f} s | {total / each['plain']:.0f} "
            f"| {each['peak']:.0f} Mo |",
            flush=True,
        )
    figure, (seconds, memory) = plt.subplots(1, 2, figsize=(9, 3.5))
    seconds.loglog(SIZES, totals, "o-", label="projection")
    seconds.loglog(SIZES, [each["plain"] for each in found], "s--", label="dates d’échelon nues")
    seconds.legend()
    memory.loglog(SIZES, [each["peak"] for each in found], "o-")
    seconds.set(xlabel=f"personnes × {years} ans", ylabel="secondes", title="Temps")
    memory.set(xlabel=f"personnes × {years} ans", ylabel="Mo", title="Mémoire, pic")
    figure.tight_layout()
    figure.savefig(file)


def main() -> None:
    """Print the measures as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=900_000)
    parser.add_argument("--years", type=int, default=40)
    parser.add_argument("--repeated", type=int, default=20_000)
    parser.add_argument("--growth", type=Path)
    chosen = parser.parse_args()
    found = apart(chosen.people, chosen.years)
    total = found["walk"] + found["tables"]
    print(
        f"{chosen.people} personnes × {chosen.years} ans, {found['lived']:.0f} années-personnes\n"
    )
    print("| | Temps | Rapport |\n|---|---:|---:|")
    for label, spent in (
        ("dates d’échelon seules, tableau nu", found["plain"]),
        ("projection : campagnes par académie, entrées, sorties, retraites", found["walk"]),
        ("tableaux : structure, masse, budget", found["tables"]),
        ("ensemble", total),
    ):
        print(f"| {label} | {spent:.2f} s | {spent / found['plain']:.1f} |")
    print(
        f"\n{total / found['lived'] * 1e6:.2f} µs par année-personne ; mémoire au plus haut "
        f"{found['peak']:.0f} Mo ({found['before']:.0f} Mo avant)",
        flush=True,
    )
    repeated(chosen.repeated, chosen.years)
    if chosen.growth:
        growth(chosen.years, chosen.growth)


if __name__ == "__main__":
    main()
