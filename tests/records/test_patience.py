"""A transaction ends in time, whatever the database does; nothing that hangs is used again."""

import sqlite3
import time
from contextlib import closing
from threading import Thread

import pytest
from sqlalchemy import text

from iprof_kit.base.errors import Unavailable
from iprof_kit.records import database as db
from iprof_kit.records.patience import limit_statements, patience

LONG = 5.0
"""Far below the wait without deadline, far above what is expected, on a busy machine."""
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
on_postgres = pytest.mark.parametrize(
    "database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


def one():
    with db.reading() as session:
        return session.scalar(text("SELECT 1"))


def refused(work, seconds=0.3):
    """Return the French reason of a refusal that came in time."""
    begin = time.monotonic()
    with pytest.raises(Unavailable) as said, patience(seconds):
        work()
    assert time.monotonic() - begin < LONG
    return said.value.message


def write():
    with db.writing() as session:
        session.execute(text("SELECT 1"))


@on_sqlite
@pytest.mark.parametrize("held", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_who_is_in_a_hurry_does_not_wait_for_another_writer(database, held):
    write()
    with closing(sqlite3.connect(db.database_url().database, isolation_level=None)) as other:
        other.execute(held)
        assert "occupée par une autre opération" in refused(write)
        assert one() == 1
    write()


@on_sqlite
def test_a_statement_that_does_not_end_is_given_up(database):
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"

    def count():
        with db.reading() as session:
            session.scalar(text(endless))

    assert "pas répondu à temps" in refused(count)
    with patience(LONG):
        assert one() == 1


@on_postgres
def test_a_database_that_hangs_is_not_waited_for_and_comes_back(database, hang):
    assert one() == 1
    with db.engine().connect() as link:
        kept = link.connection.dbapi_connection
    with hang():
        assert "pas répondu à temps" in refused(one)
        assert kept.closed
        assert "pas répondu à temps" in refused(one), "no new connection is awaited for ever"
    assert one() == 1


@on_postgres
def test_a_thread_whose_database_hangs_in_the_middle_of_a_transaction_ends(database, hang):
    said = []

    def work():
        with db.reading() as session:
            session.execute(text("SELECT 1"))
            with hang():
                session.execute(text("SELECT 2"))

    thread = Thread(target=lambda: said.append(refused(work)))
    thread.start()
    thread.join(LONG)
    assert not thread.is_alive()
    assert "pas répondu à temps" in said[0]
    assert one() == 1


@on_postgres
def test_a_server_limits_every_statement(database):
    limit_statements(0.3)
    try:
        with pytest.raises(Unavailable, match="pas répondu à temps"), db.reading() as session:
            session.execute(text("SELECT pg_sleep(20)"))
        assert one() == 1
    finally:
        db.engine().dispose()
        limit_statements(None)


@on_postgres
def test_a_command_is_cut_by_no_limit_not_even_that_of_the_database(database):
    with db.engine().begin() as link:
        name = db.database_url().database
        link.execute(text(f"ALTER DATABASE {name} SET statement_timeout = '100ms'"))
    db.engine().dispose()
    with db.reading() as session:
        session.execute(text("SELECT pg_sleep(0.3)"))
