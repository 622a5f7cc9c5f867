"""What the board of a campaign costs: read, a group's preview, one act on all of a group.

python benchmarks/campagne_bureau.py [--most N] [--database ADDRESS]

50 people who have each sent a paper, then as many more as 500, the most that one act takes, and
2,000, where the board alone is read. In a new local file, or in an empty PostgreSQL database of
this machine. The operations are those of the guichet, the journal included. Milliseconds: until it
is done (the median), of processors (the mean), this process's and PostgreSQL's together; and the
statements that it says to the database, which no load changes. An act is done on new threads each
time: each run has a group that nobody has answered.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

SIZES, RUNS = (50, 500, 2_000), 5
CAMPAIGN, MOST = "interdepartemental_1d_2027", 500
ACTS = {
    "ask for a paper": {"acte": "demander_piece", "texte": "Bonjour {prenom}, il manque {pieces}."},
    "note admissible": {"acte": "admettre", "texte": "Bonjour {prenom}, votre demande est notée."},
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=SIZES[-1])
    parser.add_argument("--database")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["IPROF_VAR"] = folder
        os.environ.pop("IPROF_DATABASE_URL", None)
        if chosen.database:
            os.environ["IPROF_DATABASE_URL"] = chosen.database
            os.environ["PGOPTIONS"] = "-c max_parallel_workers_per_gather=0"  # to be counted
        measure(chosen.most)


def measure(most: int) -> None:
    from internals import database as db
    from internals import load_sample, open_session, session_of

    now = datetime.now(UTC)
    db.prepare_database()
    load_sample(now)
    desk = session_of(open_session("ggestionnaire", now), now)
    print("| people | act | waited (ms) | worked (ms) | statements |\n|---:|---|---:|---:|---:|")
    for size in (one for one in SIZES if one <= most):
        for name, before, act in acts_of(desk, size, now):
            waited, worked, statements = taken(before, act)
            print(f"| {size:,} | {name} | {waited:.0f} | {worked:.0f} | {statements} |", flush=True)


def acts_of(
    desk: Any, size: int, now: datetime
) -> Iterator[tuple[str, Callable[[], None], Callable[[], object]]]:
    """Yield what is measured, each with what puts the people back as they were."""
    from internals import run

    def again() -> None:
        fill(size, now)

    def ask(op: str, **args: object) -> Any:
        return run(desk, op, {"campagne": CAMPAIGN, "groupe": "tous", **args}, now)

    yield "the board, first page", again, lambda: ask("bureau_campagnes")
    if size > MOST:
        return
    yield "preview", again, lambda: ask("bureau_campagne_apercu", **ACTS["ask for a paper"])
    for name, order in ACTS.items():
        seen: list[Any] = []

        def prepare(order: dict[str, str] = order, seen: list[Any] = seen) -> None:
            again()
            seen[:] = [ask("bureau_campagne_apercu", **order)]

        def do(order: dict[str, str] = order, seen: list[Any] = seen) -> None:
            answer = ask(
                "bureau_campagne_agir", **order, premier=seen[0].premier, compte=size,
                empreinte=seen[0].empreinte, cle=os.urandom(12).hex(),
            )  # fmt: skip
            if answer.faits != size:
                raise SystemExit(f"the act was not done: {answer}")

        yield f"act: {name}", prepare, do


def fill(size: int, now: datetime) -> None:
    """Put in `size` people of the first degree, each with a new thread; the former threads go."""
    from internals import METADATA
    from internals import database as db

    tables = METADATA.tables
    agents, cases = tables["agents"], tables["cases"]
    with db.writing() as session:
        jean = session.execute(agents.select().where(agents.c.numero == "D0001")).mappings().one()
        session.execute(cases.delete().where(cases.c.kind == "campagne"))
        session.execute(agents.delete().where(agents.c.numero.like("B%")))
        copied = {name: value for name, value in jean.items() if name != "id"}
        session.execute(agents.insert(), [copied | {"numero": numero(n)} for n in range(size)])
        session.execute(cases.insert(), [thread(n, now) for n in range(size)])
        made = session.execute(
            cases.select().with_only_columns(cases.c.id, cases.c.numero)
            .where(cases.c.kind == "campagne")
        ).all()  # fmt: skip
        session.execute(tables["case_events"].insert(), [
            {"case_id": one, "act": "envoyer", "at": now, "role": "demandeur", "service": "Équipe",
             "text": "Pièces jointes"} for one, _ in made
        ])  # fmt: skip
        session.execute(tables["campaign_sendings"].insert(), [
            {"numero": hers, "case_id": one, "campaign": CAMPAIGN, "steps": [],
             "papers": {"union": now.isoformat()}, "announced": []} for one, hers in made
        ])  # fmt: skip


def numero(number: int) -> str:
    return f"B{number:05d}"


def thread(number: int, now: datetime) -> dict[str, Any]:
    return {
        "version": 1, "name": os.urandom(12).hex(), "numero": numero(number), "kind": "campagne",
        "state": "envoye", "since": now, "opened_at": now, "service": "Équipe", "title": "Pièces",
        "last_at": now, "last_role": "demandeur", "unseen_by_owner": 0, "unseen_by_service": 1,
        "folded": "pieces jointes demande signee union",
    }  # fmt: skip


def taken(before: Callable[[], None], act: Callable[[], object]) -> tuple[float, float, int]:
    """Return the milliseconds until an act is done, those of processors, and its statements."""
    from courrier import engine_seconds

    waited, worked, statements = [], [], 0
    for _ in range(RUNS + 1):  # the first warms up
        before()
        with counted_statements() as asked:
            clock, own, engine = time.perf_counter(), time.process_time(), engine_seconds()
            statements = len(asked)
            act()
            waited.append(time.perf_counter() - clock)
            statements = len(asked) - statements
            worked.append(time.process_time() - own + engine_seconds() - engine)
    return statistics.median(waited[1:]) * 1000, statistics.mean(worked[1:]) * 1000, statements


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """Gather what is asked of the database; one statement for many rows counts once."""
    from internals import database as db
    from sqlalchemy import event

    asked: list[str] = []

    def keep(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(db.engine(), "before_cursor_execute", keep)
    try:
        yield asked
    finally:
        event.remove(db.engine(), "before_cursor_execute", keep)


if __name__ == "__main__":
    main()
