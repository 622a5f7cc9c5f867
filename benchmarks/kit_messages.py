"""What the kit's own messages cost: the first round over people, then rounds with less to do.

`kit_messages.py [PEOPLE] [ADDRESS]`: so many files and accounts (10,000 by default), made of the
sample's, in a new local file or in an empty PostgreSQL database of that address. The day is that
on which most of the sample has something to be told. Seconds of this process, of the process that
holds the law, and until it is done.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from typing import Any

PEOPLE, AT_ONCE = 10_000, 500
DAY = datetime(2027, 1, 15, 9, 0, tzinfo=UTC)


def main(people: int, address: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["IPROF_VAR"] = folder
        os.environ.pop("IPROF_DATABASE_URL", None)
        if address:
            os.environ["IPROF_DATABASE_URL"] = address
        measure(people)


def measure(people: int) -> None:
    from internals import database as db

    db.prepare_database()
    fill(people)
    print("| round | ours (s) | the law (s) | waited (s) | said |\n|---|---|---|---|---|")
    told("first", DAY)
    told("nothing due", DAY + timedelta(hours=1))
    change(people // 100)
    told("one file in a hundred imported anew", DAY + timedelta(hours=2))


def told(name: str, now: datetime) -> None:
    from internals import write_kit_messages

    ours, law, begun = time.process_time(), spent_by_children(), time.perf_counter()
    said = write_kit_messages(now) or "rien"
    waited = time.perf_counter() - begun
    ours, law = time.process_time() - ours, spent_by_children() - law
    print(f"| {name} | {ours:.1f} | {law:.1f} | {waited:.1f} | {said} |", flush=True)


def spent_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def fill(people: int) -> None:
    from internals import METADATA, Agent, sample_dossiers, save_files, utc_now
    from internals import database as db

    sample = sample_dossiers()
    for start in range(0, people, AT_ONCE):
        files = [
            sample[number % len(sample)].model_copy(update={"numero": f"B{number:06d}"})
            for number in range(start, min(start + AT_ONCE, people))
        ]
        save_files(files, {}, "benchmark", utc_now())
        with db.writing() as session:
            numeros = [one.numero for one in files]
            rows = session.query(Agent).filter(Agent.numero.in_(numeros))
            accounts = [account(row) for row in rows]
            session.execute(METADATA.tables["accounts"].insert(), accounts)


def account(row: Any) -> dict[str, object]:
    return {
        "version": 1, "compte": f"b{row.numero[1:]}", "agent_id": row.id, "password_hash": None,
        "first_password": False, "demo": False,
    }  # fmt: skip


def change(people: int) -> None:
    from internals import Agent
    from internals import database as db

    with db.writing() as session:
        for row in session.query(Agent).order_by(Agent.id).limit(people):
            row.version += 1


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        int(given.pop(0)) if given and given[0].isdigit() else PEOPLE,
        given.pop(0) if given else None,
    )
