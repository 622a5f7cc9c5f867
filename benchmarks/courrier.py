"""What the threads of a base cost: list, search, counts, a thread read and written, the desk.

python benchmarks/courrier.py [--most N] [--database ADDRESS] [--growth FILE.svg]

100 threads, then ten times more as far as N, in a new local file or in an empty PostgreSQL database
of this machine. A tenth of them are one person's, a thousand at most; all the others are another's,
whom no school has: the worst case. Milliseconds: until it is done (the median), and of processors
(the mean), this process's and those of PostgreSQL's server together. The goal is of the latter: a
machine that does something else at the same time does not change it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

SMALLEST, MOST, ACTS = 100, 100_000, 15
HERS, GOAL = 1_000, 150
WORDS = [
    "affectation", "arrêté", "bonification", "congé", "carrière", "départ", "dossier", "échelon",
    "école", "élève", "établissement", "formation", "grade", "indemnité", "liste", "mutation",
    "notification", "paie", "pension", "promotion", "quotité", "rectorat", "rentrée", "service",
    "temps", "titularisation", "traitement", "vœu",
]  # fmt: skip
RARE = "zéphyrin"
SERVICE = "Service des enseignants du premier degré, équipe B"
"""That of the desk which is measured: its delays are made of every answer of the month."""
STATES = ("clos", "repondu", "envoye", "pris_en_charge", "piece_demandee")
SHARES = (9_800, 150, 20, 20, 10)
"""What becomes of threads with the years: nearly all are closed; 400 of 100,000 wait for a desk."""


Row = tuple[int, str, str, float, float]
"""Threads, whose, act, milliseconds waited, milliseconds of processors."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=MOST)
    parser.add_argument("--database")
    parser.add_argument("--growth", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["IPROF_VAR"] = folder
        os.environ.pop("IPROF_DATABASE_URL", None)
        if chosen.database:
            os.environ["IPROF_DATABASE_URL"] = chosen.database
            os.environ["PGOPTIONS"] = "-c max_parallel_workers_per_gather=0"  # to be counted
        rows = list(measure(chosen.most))
    if chosen.growth:
        plot(rows, chosen.growth)


def measure(most: int) -> Iterator[Row]:
    from internals import database as db
    from internals import load_sample, open_session, session_of

    now = datetime.now(UTC)
    db.prepare_database()
    load_sample(now)
    names = {"hers": "jdupont", "the worst case": "jdupont2"}
    people = {whose: session_of(open_session(name, now), now) for whose, name in names.items()}
    desk = session_of(open_session("ggestionnaire", now), now)
    print("| threads | whose | act | waited (ms) | worked (ms) | |\n|---|---|---|---:|---:|---|")
    present, size = 0, SMALLEST
    while size <= most:
        fill(present, size, now)
        present = size
        for whose, identity in people.items():
            yield from shown(size, whose, acts_of(identity, size, now))
        yield from shown(size, "the desk", acts_of_desk(desk, now))
        size *= 10


def acts_of(identity: Any, size: int, now: datetime) -> Iterator[tuple[str, Callable[[], object]]]:
    from internals import run

    def ask(op: str, **args: object) -> Callable[[], Any]:
        return lambda: run(identity, op, args, now)

    yield "list", ask("courrier")
    yield "list, closed, last page", ask("courrier", vue="clos", page=size * 4 // 500)
    yield "counts", ask("courrier_comptes")
    for name, sought in (("common", "arrete ecole"), ("rare", RARE), ("absent", "xyzzy")):
        yield f"search, {name} words", ask("courrier", cherche=sought)
    first = ask("courrier")().fils[0].id
    yield "a thread read", ask("courrier_fil", id=first)


def acts_of_desk(identity: Any, now: datetime) -> Iterator[tuple[str, Callable[[], object]]]:
    from internals import run

    yield "list and delays", lambda: run(identity, "bureau", {}, now)
    yield "search", lambda: run(identity, "bureau", {"cherche": "arrete ecole"}, now)


def shown(size: int, whose: str, acts: Iterator[tuple[str, Callable[[], object]]]) -> Iterator[Row]:
    for name, act in acts:
        waited, worked = taken(act)
        late = "" if worked < GOAL else f"over {GOAL}"
        print(f"| {size:,} | {whose} | {name} | {waited:.1f} | {worked:.1f} | {late} |", flush=True)
        yield size, whose, name, waited, worked


def plot(rows: list[Row], path: Path) -> None:
    """Draw the time of processors of each act against the number of threads."""
    import matplotlib.pyplot as plt

    figure, drawings = plt.subplots(1, 3, figsize=(11, 4), sharey=True)
    for drawing, whose in zip(drawings, dict.fromkeys(row[1] for row in rows), strict=True):
        for act in dict.fromkeys(row[2] for row in rows if row[1] == whose):
            line = [(row[0], row[4]) for row in rows if row[1:3] == (whose, act)]
            drawing.loglog(*zip(*line, strict=True), "o-", label=act)
        drawing.axhline(GOAL, linestyle="--", color="black", linewidth=1)
        drawing.set(xlabel="threads", title=whose)
        drawing.legend(fontsize=7)
    drawings[0].set(ylabel="milliseconds of processors")
    figure.tight_layout()
    figure.savefig(path)


def fill(held: int, size: int, now: datetime) -> None:
    """Put in as many threads as are missing, each with its events, in the tables themselves."""
    from internals import database as db

    for start in range(held, size, 2_000):
        cases, events = [], []
        for number in range(start, min(start + 2_000, size)):
            case, hers = thread(number, now)
            cases.append(case)
            events += hers
        with db.writing() as session:
            tables = metadata()
            session.execute(tables["cases"].insert(), cases)
            session.execute(tables["case_events"].insert(), events)
    settle()


def thread(number: int, now: datetime) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return one thread as its tables hold it: a question, an answer or not."""
    from internals import folded_words

    dice = Random(number)
    state = dice.choices(STATES, SHARES)[0]
    at = now - timedelta(minutes=number % 500_000)
    texts = [" ".join(dice.choices(WORDS, k=dice.randint(20, 60))) for _ in range(2)]
    if number % 997 == 0:
        texts[0] += f" {RARE}"
    new = int(dice.random() < 0.05)
    hers = number % 10 == 0 and number < 10 * HERS
    case = {
        "id": number + 1, "version": 1, "name": f"{number:024x}",
        "numero": "D0001" if hers else "D0003", "kind": "question", "state": state, "since": at,
        "opened_at": at, "service": SERVICE, "title": " ".join(dice.choices(WORDS, k=4)),
        "last_at": at, "last_role": "service" if new else "demandeur",
        "unseen_by_owner": new, "unseen_by_service": 1 - new, "folded": folded_words("", *texts),
    }  # fmt: skip
    events = [
        {"case_id": number + 1, "act": name, "at": at, "role": role, "service": SERVICE,
         "waited_days": number % 15 if role == "service" else None, "text": text,
         "seen_at": at if seen else None}
        for name, role, text, seen in (
            ("envoyer", "demandeur", texts[0], False), ("repondre", "service", texts[1], not new),
        )
    ]  # fmt: skip
    return case, events


def metadata() -> Any:
    from internals import METADATA

    return METADATA.tables


def settle() -> None:
    """Let the engine look at what it holds, as it does by itself in time."""
    from internals import database as db

    with db.bare() as raw:
        cursor = raw.cursor()
        cursor.execute("ANALYZE")
        if hasattr(raw, "commit"):
            raw.commit()


def taken(act: Callable[[], object]) -> tuple[float, float]:
    """Return the milliseconds until an act is done, and those of processors that it takes."""
    act()
    waited, engine = [], engine_seconds()
    worked = time.process_time()
    for _ in range(ACTS):
        started = time.perf_counter()
        act()
        waited.append(time.perf_counter() - started)
    worked = time.process_time() - worked + engine_seconds() - engine
    return statistics.median(waited) * 1000, worked / ACTS * 1000


def engine_seconds() -> float:
    """Return the time of processors of PostgreSQL's processes that serve this one, if any."""
    from internals import database as db

    if db.engine().dialect.name != "postgresql":
        return 0.0
    with db.bare() as raw:
        cursor = raw.cursor()
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        pids = [pid for (pid,) in cursor.fetchall()]
        raw.rollback()
    return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in pids) / 1e9


if __name__ == "__main__":
    main()
