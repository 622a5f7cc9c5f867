"""How fast the reports of every academy are made: pages, on a generated population.

python benchmarks/reports.py [--people N] [--format html,pdf]
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

import iprof_kit
from iprof_kit.analytics.reports.batch import DONE, Asked, jobs, made

WHY = "mesure de la durée des rapports"


def main() -> None:
    """Print a table: processes, seconds for all the academies, seconds a report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--format", default="html")
    given = parser.parse_args()
    people = iprof_kit.generate(given.people, 1)
    formats = tuple(f".{one}" for one in given.format.split(","))
    print(f"{len(people)} personnes, rapports en {given.format}, corps pe.")
    print("| processus | rapports | secondes | par rapport | processeur | déjà faits |")
    print("|---|---|---|---|---|---|")
    for processes in (1, 2):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["IPROF_VAR"] = f"{folder}/var"
            asked = Asked(
                Path(folder) / "rapports", 2027, WHY, formats, options={"suppose": "dernier_connu"}
            )
            wanted = jobs(people, asked, ["pe"], ["hors_classe"])
            begin, before = time.perf_counter(), sum(os.times()[:4])
            states = [one.state for one in made(people, wanted, processes)]
            first, cpu = time.perf_counter() - begin, sum(os.times()[:4]) - before
            again = [one.state for one in made(people, wanted, processes)]
            second = time.perf_counter() - begin - first
        assert set(states) == {DONE}, states
        assert DONE not in again
        each = first / len(states)
        print(
            f"| {processes} | {len(states)} | {first:.1f} | {each:.2f} | {cpu:.1f} | {second:.1f} |"
        )


if __name__ == "__main__":
    main()
