"""How long a backup, its check and its restoration take, and what a receipt costs.

python benchmarks/backup.py [--papers 10000] [--size 20000] [--source URL --target URL]

A base of fictitious people with so many papers, and as many files beside it, is saved while nobody
writes, checked, and restored into an empty place; in clear and encrypted for a key, by the commands
`iprof sauvegarder`, `verifier` and `restaurer`, whose start is counted. Without URLs both places
are local files; with them, two empty PostgreSQL databases. The cost of a receipt is that of a
transaction of one row, by the setting of `synchronous`.
"""

from __future__ import annotations

import argparse
import os
import resource
import secrets
import sqlite3
import statistics
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from internals import Paper, load_sample
from internals import database as db
from sqlalchemy import insert

IPROF = Path(sys.executable).with_name("iprof")
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
BATCH = 500


def place(var: Path, url: str | None) -> None:
    """Let the kit use a folder, and an address or a file of the folder."""
    os.environ["IPROF_VAR"] = str(var)
    os.environ.pop("IPROF_DATABASE_URL", None)
    if url:
        os.environ["IPROF_DATABASE_URL"] = url


def fill(papers: int, size: int) -> None:
    """Write the sample, papers that do not compress, and files of a tenth of their size."""
    db.prepare_database()
    load_sample(NOW)
    for first in range(0, papers, BATCH):
        rows = [
            {
                "version": 1,
                "name": f"papier-{number}",
                "numero": "D0001",
                "place": "signalement",
                "file_name": "scan.png",
                "media_type": "image/png",
                "size": size,
                "slices": 1,
                "made_at": NOW,
                "content": secrets.token_bytes(size),
            }
            for number in range(first, min(first + BATCH, papers))
        ]
        with db.writing() as session:
            session.execute(insert(Paper), rows)
    for number in range(papers):
        path = db.var_dir() / "publications" / f"{number % 100:02d}" / f"{number:05d}.npz"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(secrets.token_bytes(size // 10))


def timed(what: str, weight: float, *words: str | Path) -> None:
    """Run a command and print how long it took, and its processor time."""
    began, used = time.perf_counter(), sum(os.times()[2:4])
    subprocess.run([IPROF, *words], check=True, capture_output=True)
    took, processor = time.perf_counter() - began, sum(os.times()[2:4]) - used
    print(f"| {what} | {took:.1f} s | {processor:.1f} s | {weight / took:.0f} MB/s |", flush=True)


def receipts(folder: Path, times: int = 300) -> None:
    """Print what a transaction of one row costs, by `synchronous`."""
    for setting in ("OFF", "NORMAL", "FULL"):
        with closing(sqlite3.connect(folder / f"{setting}.sqlite", isolation_level=None)) as link:
            link.execute("PRAGMA journal_mode = WAL")
            link.execute(f"PRAGMA synchronous = {setting}")
            link.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, word TEXT)")
            took = []
            for number in range(times):
                began = time.perf_counter()
                link.execute("BEGIN IMMEDIATE")
                link.execute("INSERT INTO notes (word) VALUES (?)", (f"mot {number}" * 20,))
                link.execute("COMMIT")
                took.append(time.perf_counter() - began)
        median, slow = statistics.median(took) * 1e3, sorted(took)[int(times * 0.95)] * 1e3
        print(f"| synchronous = {setting} | {median:.2f} ms | {slow:.2f} ms |", flush=True)


def main() -> None:
    """Measure both ways of writing a backup."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--size", type=int, default=20_000)
    parser.add_argument("--source", help="an empty PostgreSQL database")
    parser.add_argument("--target", help="another one")
    asked = parser.parse_args()
    weight = asked.papers * asked.size * 1.1 / 1e6
    with TemporaryDirectory(prefix="iprof-backup-") as home:
        folder = Path(home)
        place(folder / "from", asked.source)
        fill(asked.papers, asked.size)
        db.engine().dispose()
        key = folder / "key"
        made = subprocess.run(
            [IPROF, "cle-sauvegarde", key], check=True, capture_output=True, text=True
        )
        for name, sealed, opened in (
            ("in clear", (), ()),
            ("encrypted", ("--destinataire", made.stdout.strip()), ("--cle", key)),
        ):
            file = folder / name
            timed(f"save, {name}", weight, "sauvegarder", file, *sealed)
            timed(f"check, {name}", weight, "verifier", file, *opened)
        place(folder / "to", asked.target)
        timed("restore, encrypted", weight, "restaurer", file, "--cle", key)
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
        print(f"{file.stat().st_size / 1e6:.0f} MB; a command held {most:.0f} MB at most.")
        if not asked.source:
            receipts(folder)


if __name__ == "__main__":
    main()
