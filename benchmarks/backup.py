"""How long a backup, its check and its restoration take, and what a receipt costs.

python benchmarks/backup.py [--papers 10000] [--size 20000] [--source URL --target URL]

A base of fictitious people with so many papers, and as many files beside it, is saved while nobody
writes, checked, and restored into an empty place; in clear and encrypted for a key. Without URLs
both places are local files; with them, two empty PostgreSQL databases. The cost of a receipt is
that of a transaction of one row, by the setting of `synchronous`.
"""

from __future__ import annotations

import argparse
import os
import resource
import secrets
import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import insert

from iprof_kit.records import database as db
from iprof_kit.records.reports import ReportFile
from iprof_kit.services.backup import restoring, saving, secrecy
from iprof_kit.services.backup.checking import verify
from iprof_kit.services.backup.secrecy import Closing, Opening
from iprof_kit.services.dossier.sample import load_sample

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
            session.execute(insert(ReportFile), rows)
    for number in range(papers):
        path = db.var_dir() / "publications" / f"{number % 100:02d}" / f"{number:05d}.npz"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(secrets.token_bytes(size // 10))


def timed(what: str, act: Callable[[], object], weight: float) -> None:
    """Do something and print how long it took."""
    began, used = time.perf_counter(), time.process_time()
    act()
    took, processor = time.perf_counter() - began, time.process_time() - used
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
    public, secret = secrecy.new_key()
    ways = {
        "in clear": (Closing(), Opening()),
        "encrypted": (
            Closing((secrecy.recipient(public),)),
            Opening((secrecy.identity(secret.decode()),)),
        ),
    }
    with TemporaryDirectory(prefix="iprof-backup-") as home:
        folder = Path(home)
        place(folder / "from", asked.source)
        fill(asked.papers, asked.size)
        for name, (how, key) in ways.items():
            file = folder / name
            place(folder / "from", asked.source)
            weight = asked.papers * asked.size * 1.1 / 1e6
            timed(f"save, {name}", lambda f=file, h=how: saving.save(f, h, "mesure", NOW), weight)
            timed(f"check, {name}", lambda f=file, k=key: verify(f, k), weight)
        place(folder / "to", asked.target)
        timed("restore, encrypted", lambda: restoring.restore(file, key, "mesure", NOW), weight)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        print(f"{file.stat().st_size / 1e6:.0f} MB; the process held {most:.0f} MB at most.")
        if not asked.source:
            receipts(folder)


if __name__ == "__main__":
    main()
