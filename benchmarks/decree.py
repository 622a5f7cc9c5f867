"""How long `iprof law diff` takes to say what a decree changes, and for whom.

python benchmarks/decree.py [--sizes 2000 20000] [--times 3]

A fictitious decree is entered in a copy of the tables: the points of index from a month, a shorter
échelon from another. The command is run as a person would, its start counted: the rows alone, a
question of a payslip, then fictitious people, on the months where a row changes. The least of
several runs: clock, processor with that of its processes, and the largest of them in memory.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

IPROF = Path(sys.executable).with_name("iprof")
REFERENCE = Path(__file__).parents[1] / "data" / "reference"
SEVENTH = {"corps": "pe", "grade": "classe_normale", "echelon": "7", "valide_au": ""}
PAYSLIP = {
    "date": "2027-01-01",
    "corps": "pe",
    "grade": "classe_normale",
    "echelon": "7",
    "zone": 3,
}


def entered(folder: Path) -> Path:
    """Copy the tables and enter the decree, as docs/update-the-law.md says."""
    shutil.copytree(REFERENCE, folder)
    rewritten(
        folder / "point_indice.csv",
        lambda row: not row["valide_au"],
        {"valide_au": "2026-12-31"},
        {"valide_du": "2027-01-01", "valeur_annuelle_point": "60.0000",
         "valeur_annuelle_indice_100": "6000.00", "valeur_mensuelle_point": "5.00000"},
    )  # fmt: skip
    rewritten(
        folder / "durees_echelon.csv",
        lambda row: SEVENTH.items() <= row.items(),
        {"valide_au": "2027-08-31"},
        {"valide_du": "2027-09-01", "duree_mois": "30"},
    )
    return folder


def rewritten(
    file: Path,
    chosen: Callable[[dict[str, str]], bool],
    closed: dict[str, str],
    opened: dict[str, str],
) -> None:
    """Close the one row that is chosen, and open another after it."""
    with file.open(encoding="utf-8", newline="") as reading:
        rows = list(csv.DictReader(reading))
    ((place, row),) = [(place, row) for place, row in enumerate(rows) if chosen(row)]
    rows[place : place + 1] = [row | closed, row | opened]
    with file.open("w", encoding="utf-8", newline="") as writing:
        out = csv.DictWriter(writing, list(rows[0]))
        out.writeheader()
        out.writerows(rows)


def measured(command: Sequence[str], times: int) -> tuple[float, float, float]:
    """Return the least clock and processor of several runs, seconds, and the memory, MB."""
    clocks, processors, memory = [], [], 0.0
    for _ in range(times):
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        if status:
            raise SystemExit(f"failed: {' '.join(command)}")
        clocks.append(time.perf_counter() - begin)
        processors.append(used.ru_utime + used.ru_stime)
        memory = max(memory, used.ru_maxrss / 1024)
    return min(clocks), min(processors), memory


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2000, 20000])
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        after, question = entered(Path(folder) / "after"), Path(folder) / "pay.json"
        question.write_text(json.dumps(PAYSLIP), encoding="utf-8")
        diff = [str(IPROF), "law", "diff", str(REFERENCE), str(after)]
        alone = [*diff, "--sans-population"]
        asked: list[tuple[str, list[str]]] = [
            ("rows alone", alone),
            ("rows and a payslip", [*alone, "--exemple", "pay", str(question)]),
        ]
        asked += [
            (f"{size} fictitious people", [*diff, "--taille", str(size)]) for size in options.sizes
        ]
        print("| `iprof law diff` | clock | processor | memory |\n|---|---:|---:|---:|")
        for label, command in asked:
            clock, processor, memory = measured(command, options.times)
            print(f"| {label} | {clock:.1f} s | {processor:.1f} s | {memory:.0f} MB |")


if __name__ == "__main__":
    main()
