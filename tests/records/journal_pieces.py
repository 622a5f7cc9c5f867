"""A small journal for the tests, and what somebody who writes the database can do to it."""

import contextlib

from sqlalchemy import text

from iprof_kit.records import database as db
from iprof_kit.records.journal import audit
from iprof_kit.records.journal.seals import seal

TABLES = ("audit", "audit_words", "audit_names", "audit_seals", "marks")


def note(when, number=1, *, subject="dossier:D0001", **said):
    """Note some readings in one transaction."""
    with db.writing() as session:
        for _ in range(number):
            audit.note(
                session, at=when, actor="jdupont", action="dossier_lu", subject=subject, **said
            )


def three_batches(when):
    """Twelve lines in three batches, then two that wait: 1-4, 5-8, 9-12, 13 and 14."""
    for first in (1, 5, 9):
        note(when, 3)
        note(when, detail=f"mot {first}", address="192.0.2.7")
        seal(when)
    note(when, 2)


def sql(*orders):
    with db.writing() as session:
        for order in orders:
            session.execute(text(order))


def without_guards(engine):
    """Take the guards away, as whoever owns the database can."""
    if engine == "sqlite":
        names = ("line_change", "line_seal", "line_delete", "seal_change", "seal_delete")
        sql(*(f"DROP TRIGGER journal_{name}" for name in names))
    else:
        names = (
            "line_change", "line_delete", "line_empty", "seal_change", "seal_delete", "seal_empty",
        )  # fmt: skip
        sql(*(f"DROP FUNCTION journal_{name} CASCADE" for name in names))


@contextlib.contextmanager
def put_back():
    """Put every row of the journal back as it was."""
    with db.reading() as session:
        rows = {
            table: [dict(row) for row in session.execute(text(f"SELECT * FROM {table}")).mappings()]
            for table in TABLES
        }
    yield
    with db.writing() as session:
        for table in ("audit_words", "audit", "audit_names", "audit_seals", "marks"):
            session.execute(text(f"DELETE FROM {table}"))
        for table, former in rows.items():
            if former:
                columns = ", ".join(former[0])
                values = ", ".join(f":{name}" for name in former[0])
                session.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"), former)


def everything():
    """Return all that the database holds, table by table, as one text."""
    with db.reading() as session:
        found = [
            repr([tuple(row) for row in session.execute(text(f"SELECT * FROM {name}"))])
            for name in audit.Base.metadata.tables
        ]
    return "\n".join(found)
