"""What the threads of a base cost: list, search, counts, a thread read and written, the desk.

`courrier.py [MOST] [ADDRESS]`: 100 threads, then ten times more as far as MOST (100,000 by
default), in a new local file or in an empty PostgreSQL database of that address. A tenth of them
are one person's, a thousand at most; all the others are another's, whom no school has: the worst
case. Milliseconds, medians: until it is done, and of this process's own time.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
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
STATES = ("clos", "repondu", "envoye", "pris_en_charge", "piece_demandee")
SHARES = (9_800, 150, 20, 20, 10)
"""What becomes of threads with the years: nearly all are closed; 400 of 100,000 wait for a desk."""


def main(most: int, address: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["IPROF_VAR"] = folder
        os.environ.pop("IPROF_DATABASE_URL", None)
        if address:
            os.environ["IPROF_DATABASE_URL"] = address
        measure(most)


def measure(most: int) -> None:
    from internals import database as db
    from internals import load_sample, open_session, session_of

    now = datetime.now(UTC)
    db.prepare_database()
    load_sample(now)
    names = {"hers": "jdupont", "the worst case": "jdupont2"}
    people = {whose: session_of(open_session(name, now), now) for whose, name in names.items()}
    desk = session_of(open_session("ggestionnaire", now), now)
    print("| threads | whose | act | waited (ms) | worked (ms) | |\n|---|---|---|---|---|---|")
    held, size = 0, SMALLEST
    while size <= most:
        fill(held, size, now)
        held = size
        for whose, identity in people.items():
            told(size, whose, acts_of(identity, size, now))
        told(size, "the desk", acts_of_desk(desk, now))
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


def told(size: int, whose: str, acts: Iterator[tuple[str, Callable[[], object]]]) -> None:
    for name, act in acts:
        waited, worked = medians(act)
        late = "" if waited < GOAL else f"over {GOAL}"
        print(f"| {size:,} | {whose} | {name} | {waited:.1f} | {worked:.1f} | {late} |", flush=True)


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
        "opened_at": at, "service": "Équipe B", "title": " ".join(dice.choices(WORDS, k=4)),
        "last_at": at, "last_role": "service" if new else "demandeur",
        "unseen_by_owner": new, "unseen_by_service": 1 - new, "folded": folded_words("", *texts),
    }  # fmt: skip
    events = [
        {"case_id": number + 1, "act": name, "at": at, "role": role, "service": "Équipe B",
         "text": text, "seen_at": at if seen else None}
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


def medians(act: Callable[[], object]) -> tuple[float, float]:
    act()
    times = []
    for _ in range(ACTS):
        started = time.perf_counter(), time.process_time()
        act()
        times.append((time.perf_counter() - started[0], time.process_time() - started[1]))
    waited, worked = zip(*times, strict=True)
    return statistics.median(waited) * 1000, statistics.median(worked) * 1000


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        int(given.pop(0)) if given and given[0].isdigit() else MOST, given.pop(0) if given else None
    )
