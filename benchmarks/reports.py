"""How fast the reports of every academy are made: pages, on a generated population.

python benchmarks/reports.py [--people N] [--format html,pdf]

Each line is a run of `iprof rapports`, its start and the reading of the table included. With few
people (hundreds) an academy has nobody to list, and the command says so and fails.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import iprof_kit

IPROF = Path(sys.executable).with_name("iprof")
WHY = "mesure de la durée des rapports"


def main() -> None:
    """Print a table: processes, seconds for all the academies, seconds a report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--format", default="html")
    given = parser.parse_args()
    formats = given.format.split(",")
    people = iprof_kit.generate(given.people, 1)
    print(f"{len(people)} personnes, rapports en {given.format}, corps pe.")
    print("| processus | rapports | secondes | par rapport | processeur | déjà faits |")
    print("|---|---|---|---|---|---|")
    for processes in (1, 2):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["IPROF_VAR"] = f"{folder}/var"
            table, pages = Path(folder) / "gens.parquet", Path(folder) / "rapports"
            people.to_parquet(table, index=False)
            command = [
                IPROF,
                "rapports",
                table,
                "--corps",
                "pe",
                "--annee",
                "2027",
                "--suppose",
                "dernier_connu",
                "--motif",
                WHY,
                "--format",
                given.format,
                "--vers",
                pages,
                "--processus",
                str(processes),
            ]
            first, cpu = ran(command)
            written = made(pages)
            second, _ = ran(command)
            assert written
            assert made(pages) == written  # nothing is made twice
        count = len(written) / len(formats)
        print(
            f"| {processes} | {count:.0f} | {first:.1f} | {first / count:.2f} | {cpu:.1f} "
            f"| {second:.1f} |",
            flush=True,
        )


def made(pages: Path) -> dict[str, int]:
    """Return the files of reports of a folder, each with the moment of its writing."""
    found = (one for kind in ("html", "pdf") for one in pages.glob(f"*.{kind}"))
    return {page.name: page.stat().st_mtime_ns for page in found}


def ran(command: list[str | Path]) -> tuple[float, float]:
    """Run a command and return its seconds, and those of the processor."""
    begin, before = time.perf_counter(), sum(os.times()[2:4])
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin, sum(os.times()[2:4]) - before


if __name__ == "__main__":
    main()
