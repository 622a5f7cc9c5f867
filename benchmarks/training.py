"""The search of a plan of training: 300, 5,000 and 20,000 sessions; the import of each.

`training.py [ADDRESS]`: in a new local file, or in an empty PostgreSQL database of that address.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime

SIZES, SEARCHES = (300, 5_000, 20_000), 60
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
HEAD = "dispositif;module;intitule;theme;niveau;debut;heures;lieu;modalite\n"
ASKED = (
    ("all of it", {}),
    ("two words", {"texte": "lire album"}),
    ("a word that nothing has", {"texte": "xylophone"}),
    ("theme, place and remote", {"theme": "Thème 3", "lieu": "Ville 5", "modalite": "distance"}),
    ("the hundredth page", {"page": 100}),
)


def main(address: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["IPROF_VAR"] = folder
        os.environ.pop("IPROF_DATABASE_URL", None)
        if address:
            os.environ["IPROF_DATABASE_URL"] = address
        measure()


def measure() -> None:
    from internals import Identity, Plan, import_plan, load_sample, run
    from internals import database as db

    db.prepare_database()
    load_sample(NOW)
    jean = Identity(1, "jdupont", ("enseignant",), "D0001")
    for size in SIZES:
        content = HEAD + "".join(map(row, range(size)))
        begun = time.perf_counter()
        import_plan(content.encode(), Plan("06", 2026), "benchmark", NOW, replace=True)
        print(f"{size} sessions: imported in {time.perf_counter() - begun:.2f} s")
        for name, asked in ASKED:
            spent = timed(lambda asked=asked: run(jean, "formation_chercher", dict(asked), NOW))
            print(f"  {name}: {spent}")


def row(number: int) -> str:
    day = f"2027-{1 + number % 6:02d}-{1 + number % 28:02d}"
    remote = ("présentiel", "à distance", "hybride")[number % 3]
    return (
        f"26Z{number // 4:07d};{number};Lire un album, session {number};Thème {number % 12};"
        f"Niveau {number % 7};{day};6;Ville {number % 40};{remote}\n"
    )


def timed(act: Callable[[], object]) -> str:
    spent = []
    for _ in range(SEARCHES):
        begun = time.perf_counter()
        act()
        spent.append((time.perf_counter() - begun) * 1000)
    spent.sort()
    return (
        f"{statistics.median(spent):.1f} ms, 95 in 100 under {spent[int(SEARCHES * 0.95)]:.1f} ms"
    )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
