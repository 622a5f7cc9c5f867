"""What the journal costs: a line, a reading with its line, sealing, verifying, room on the disk.

`journal.py [ADDRESS]`: in a new local file, or in an empty PostgreSQL database of that address. A
version of the kit without seals is measured by its lines and readings alone.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime

ACTS, LINES = 200, 4_000


def main(address: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["IPROF_VAR"] = folder
        os.environ.pop("IPROF_DATABASE_URL", None)
        if address:
            os.environ["IPROF_DATABASE_URL"] = address
        measure()


def measure() -> None:
    from internals import Identity, audit, load_sample, run
    from internals import database as db

    now = datetime.now(UTC)
    db.prepare_database()
    load_sample(now)
    jean = Identity(1, "jdupont", ("enseignant",), "D0001")

    def one_line() -> None:
        with db.writing() as session:
            audit.note(
                session, at=now, actor="jdupont", action="dossier_lu", subject="dossier:D0001"
            )

    def with_words() -> None:
        with db.writing() as session:
            audit.note(
                session,
                at=now,
                actor="jdupont",
                action="connexion",
                subject="compte:jdupont",
                address="192.0.2.7",
                detail="mots",
            )

    said = {
        "a transaction with one line": one_line,
        "a transaction with one line, address and words": with_words,
        "reading a file (dossier.lire)": lambda: run(jean, "dossier.lire", {}, now),
        "who read my file (consultations)": lambda: run(jean, "consultations", {}, now),
    }
    for name, act in said.items():
        waited, worked = medians(act)
        print(f"| {name} | {waited:.2f} ms | {worked:.2f} ms |", flush=True)
    with db.writing() as session:
        for _ in range(LINES):
            audit.note(
                session, at=now, actor="jdupont", action="dossier_lu", subject="dossier:D0001"
            )
    sealed(now)


def sealed(now: datetime) -> None:
    try:
        from internals import seal
        from internals import verify_journal as verify
    except ImportError:
        return
    counted = []
    for name, act in (
        ("sealing 1,000 lines", lambda: counted.append(seal(now))),
        ("verifying 1,000 lines", verify),
    ):
        started = time.perf_counter(), time.process_time()
        act()
        waited, worked = time.perf_counter() - started[0], time.process_time() - started[1]
        each = 1e6 / counted[0]
        print(f"| {name} | {waited * each:.0f} ms | {worked * each:.0f} ms |", flush=True)
    assert not verify().faults
    waited, worked = medians(lambda: seal(now))
    print(f"| nothing to seal | {waited:.2f} ms | {worked:.2f} ms |")


def medians(act: Callable[[], object]) -> tuple[float, float]:
    """Return milliseconds, medians: until it is done, and of our own processor time."""
    act()
    times = []
    for _ in range(ACTS):
        started = time.perf_counter(), time.process_time()
        act()
        times.append((time.perf_counter() - started[0], time.process_time() - started[1]))
    return tuple(statistics.median(some) * 1000 for some in zip(*times, strict=True))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
