"""How long a publication under secrecy takes, against the same counts by pandas, in one run.

python benchmarks/secret.py [--people N ...]
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

import pandas as pd

import iprof_kit

CROSSED = (("academie", "corps"), ("academie", "corps", "sexe"), ("departement", "grade", "sexe"))


def main() -> None:
    """Print a table: what is crossed, cells, hidden, seconds, times pandas."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[10_000, 100_000])
    sizes = parser.parse_args().people
    print("| personnes | croisement | cases | masquées | secondes | pandas seul | fois |")
    print("|---:|---|---:|---:|---:|---:|---:|")
    for size in sizes:
        people = iprof_kit.generate(size, seed=1)
        for crossed in CROSSED:
            with tempfile.TemporaryDirectory() as folder:
                os.environ["IPROF_VAR"] = folder
                print(_row(people, crossed, Path(folder) / "table.csv"), flush=True)


def _row(people: pd.DataFrame, crossed: tuple[str, ...], output: Path) -> str:
    begin = time.perf_counter()
    people.groupby(list(crossed), as_index=False).size().to_csv(output.with_name("nu.csv"))
    middle = time.perf_counter()
    published = iprof_kit.publier(
        people, crossed, motif="mesure de durée", sortie=output, source="fictive"
    )
    end = time.perf_counter()
    table = published.tableau
    hidden = int((table["effectif"] == "secret").sum())
    bare, whole = middle - begin, end - middle
    return (
        f"| {len(people)} | {' × '.join(crossed)} | {len(table)} | {hidden} | {whole:.2f} | "
        f"{bare:.3f} | {whole / bare:.0f} |"
    )


if __name__ == "__main__":
    main()
