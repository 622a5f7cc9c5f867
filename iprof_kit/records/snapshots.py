"""One consistent state of the database in a file, while others write; and back again.

Each engine copies itself: SQLite by `VACUUM INTO`, PostgreSQL by `pg_dump`. A file of one is not
read by the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, inspect, text
from sqlalchemy.orm import Session

from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.records import snapshot_postgres, snapshot_sqlite
from iprof_kit.records.database import engine, reading
from iprof_kit.records.readiness import check_prepared, revision_of

NAMES = {"sqlite": "iprof.sqlite", "postgresql": "iprof.dump"}
"""How the file of each engine is called."""


@dataclass(frozen=True)
class Snapshot:
    """What a file holds: of which engine, of which revision, how many rows of each table."""

    engine: str
    revision: str
    rows: Mapping[str, int]


def engine_name() -> str:
    """Return the engine of the kit's database, as `NAMES` calls it."""
    return engine().dialect.name


def check_saveable() -> None:
    """Refuse a database that is not of this version of the kit: it is migrated first, or saved so.

    Raises
    ------
    Unavailable
        The database does not answer, or its tables are missing, older or newer.
    """
    if is_empty():
        raise Unavailable(
            "la base n’est pas préparée : il n’y a rien à sauvegarder.",
            remedy="Vérifiez IPROF_VAR et IPROF_DATABASE_URL.",
        )
    with reading() as session:
        check_prepared(session.connection())


def take(file: Path) -> Snapshot:
    """Write the database as it is at one moment in a file that is empty; writers go on.

    Raises
    ------
    Unavailable
        The database does not answer, or there is no room.
    """
    if engine_name() == "sqlite":
        snapshot_sqlite.take(file)
        return _snapshot_of(snapshot_sqlite.opened(file))
    with snapshot_postgres.one_moment() as (session, moment):
        snapshot = _counted(session)
        snapshot_postgres.take(session, moment, file)
    return snapshot


def count(name: str, file: Path) -> Mapping[str, int]:
    """Return how many rows of each table a file of an engine holds, having read all of it.

    Raises
    ------
    InputError
        The file is damaged.
    Unavailable
        A program that reads it is missing.
    """
    if name == "sqlite":
        snapshot_sqlite.check(file)
        return _snapshot_of(snapshot_sqlite.opened(file)).rows
    if name == "postgresql":
        return snapshot_postgres.count(file)
    raise InputError(
        f"le moteur de base « {name[:20]} » n’est pas connu du kit.",
        remedy="Le kit lit les sauvegardes de sqlite et de postgresql.",
    )


def is_empty() -> bool:
    """Return whether the kit's database has no table, or no file yet."""
    path = Path(engine().url.database or "")
    if engine_name() == "sqlite" and (not path.exists() or path.stat().st_size == 0):
        return True
    with reading() as session:
        return not inspect(session.connection()).get_table_names()


def _snapshot_of(bind: Engine) -> Snapshot:
    try:
        with Session(bind) as session:
            return _counted(session)
    finally:
        bind.dispose()


def _counted(session: Session) -> Snapshot:
    connection = session.connection()
    tables = sorted(inspect(connection).get_table_names())
    quoted = connection.dialect.identifier_preparer.quote
    rows = {
        name: session.scalar(text(f"SELECT count(*) FROM {quoted(name)}")) or 0  # noqa: S608
        for name in tables
    }
    return Snapshot(connection.dialect.name, revision_of(connection) or "", rows)
