"""How fast an extract becomes a population table, against pandas reading the same file bare.

python benchmarks/imports.py [--rows N]
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from internals import CELLS, YEAR, echelon_duration, rentree, to_dates

from iprof_kit import load_reference

SEED = 20261126
YEAR_SEEN = 2026
CORPS = ("pe", "certifie", "agrege", "peps", "plp", "cpe", "psyen")
DEFECTS = 0.02
"""Share of the rows that have a lost zero, and of those whose dates contradict each other."""


def extract(rows: int) -> pd.DataFrame:
    """Return a fictitious extract as its file writes it: texts, French dates, some defects."""
    draw = np.random.default_rng(SEED)
    cells = np.flatnonzero(np.isin(CELLS.corps, CORPS) & (CELLS.grade == "classe_normale"))
    cell = draw.choice(cells, rows)
    today = rentree(YEAR_SEEN)
    lasts = echelon_duration(cell, today)
    held = today - 1 - (draw.random(rows) * np.where(lasts, lasts - 1, 4 * YEAR)).astype(np.int64)
    entered = held - draw.integers(0, 20 * YEAR, rows)
    born = entered - draw.integers(23 * YEAR, 35 * YEAR, rows)
    wrong = draw.random(rows) < DEFECTS
    places = load_reference("departements")["code_insee"].to_numpy(str)
    dept = draw.choice(np.char.zfill(places[places < "96"], 2), rows)
    lost = draw.random(rows) < DEFECTS
    dept = np.where(lost, np.char.lstrip(dept, "0"), dept)
    numbers = np.arange(rows)
    return pd.DataFrame(
        {
            "numero": np.char.add("A", np.char.zfill(numbers.astype(str), 7)),
            "nom": np.char.add("NOM", (numbers % 20_000).astype(str)),
            "prenom": np.char.add("Prénom", (numbers % 400).astype(str)),
            "sexe": draw.choice(["F", "H"], rows, p=[0.7, 0.3]),
            "date_naissance": _french(born),
            "corps": CELLS.corps[cell].astype(str),
            "grade": CELLS.grade[cell].astype(str),
            "echelon": CELLS.echelon[cell].astype(str),
            "date_effet": _french(held),
            "entree_grade": _french(np.where(wrong, held + YEAR, entered)),
            "entree_corps": _french(entered),
            "departement": dept,
            "discipline": draw.choice(["L1300", "L0202", "L0422", "L1000"], rows),
            "uai": np.char.add(np.char.zfill((numbers % 9_000).astype(str), 7), "X"),
            "quotite": draw.choice(["100", "80", "50"], rows, p=[0.9, 0.08, 0.02]),
            "ags": np.char.add((numbers % 40).astype(str), ",5"),
        }
    )


def _french(axis: np.ndarray) -> np.ndarray:
    return pd.Series(to_dates(axis)).dt.strftime("%d/%m/%Y").to_numpy(str)


def measure(what: str, file: Path) -> None:
    """Read one file one way and print seconds, peak memory and rows, in JSON."""
    if what == "bare":
        pd.read_csv(io.StringIO("a;b\n1;2"), sep=";")
        read = {
            ".csv": lambda: pd.read_csv(file, sep=";", encoding="latin-1"),
            ".parquet": lambda: pd.read_parquet(file),
        }[file.suffix]
    else:
        from iprof_kit import read_extract

        read_extract(Path(__file__).parents[1] / "tests/analytics/extracts/utf8.csv")  # imports

        def read() -> pd.DataFrame:
            found = read_extract(file)
            counts.update(found.report.counts)
            return found.table

    counts: dict[str, int] = {}
    begin = time.perf_counter()
    table = read()
    seconds = time.perf_counter() - begin
    print(json.dumps({"seconds": seconds, "peak": _peak(), "rows": len(table), "counts": counts}))


def _peak() -> float:
    """Return the highest memory of this process alone, in megabytes (not that of its parent)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    """Print the measures as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=900_000)
    parser.add_argument("--measure", nargs=2, metavar=("WAY", "FILE"))
    options = parser.parse_args()
    if options.measure:
        measure(options.measure[0], Path(options.measure[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        table = extract(options.rows)
        files = [Path(folder) / "extrait.csv", Path(folder) / "extrait.parquet"]
        table.to_csv(files[0], sep=";", index=False, encoding="latin-1")
        table.to_parquet(files[1], index=False)
        del table
        print(
            "| Fichier | pandas nu | import | Rapport | Mémoire nue | Mémoire import "
            "| Lignes = acceptées + réparées + refusées |"
        )
        print("|---|---:|---:|---:|---:|---:|---|")
        for file in files:
            bare, ours = (_run(way, file) for way in ("bare", "ours"))
            counts = ours["counts"]
            sums = " + ".join(str(counts[n]) for n in ("acceptees", "reparees", "refusees"))
            print(
                f"| {file.name}, {file.stat().st_size / 1e6:.0f} Mo | {bare['seconds']:.2f} s "
                f"| {ours['seconds']:.2f} s | {ours['seconds'] / bare['seconds']:.1f} "
                f"| {bare['peak']:.0f} Mo | {ours['peak']:.0f} Mo "
                f"| {counts['lignes']} = {sums} |"
            )


def _run(way: str, file: Path) -> dict:
    done = subprocess.run(
        [sys.executable, __file__, "--measure", way, str(file)],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
