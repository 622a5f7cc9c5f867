"""The file of the database becomes smaller while others write."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from iprof_kit.records import compaction
from iprof_kit.records import database as db

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
SECRET = b"erased-word"


@pytest.fixture
def grown(database):
    """A file most of which is what has just been removed."""
    with db.writing() as session:
        session.execute(text("CREATE TABLE heaps (content BLOB)"))
        for _ in range(40):
            session.execute(text("INSERT INTO heaps VALUES (:c)"), {"c": SECRET * 10_000})
    compaction.reclaim()
    return Path(db.database_url().database)


def empty():
    with db.writing() as session:
        session.execute(text("DELETE FROM heaps"))


def test_others_write_between_two_steps(grown, monkeypatch):
    before, written = grown.stat().st_size, []

    def write_at_once(_seconds):
        with closing(sqlite3.connect(grown, timeout=0)) as other:
            other.execute("UPDATE marks SET name = name")
            other.commit()
        written.append(1)

    monkeypatch.setattr(compaction.time, "sleep", write_at_once)
    empty()
    assert compaction.reclaim()
    assert len(written) > 3
    assert grown.stat().st_size < before / 4


def test_what_is_removed_is_overwritten_at_once(grown):
    empty()
    with closing(sqlite3.connect(grown)) as link:
        link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert SECRET not in grown.read_bytes()


def test_a_large_file_of_a_former_version_is_not_written_anew_while_people_are_served(
    grown, monkeypatch
):
    monkeypatch.setattr(compaction, "SMALL", 0)
    empty()
    db.engine().dispose()
    with closing(sqlite3.connect(grown, isolation_level=None)) as link:
        link.execute("PRAGMA auto_vacuum = NONE")
        link.execute("VACUUM")
    assert not compaction.reclaim()
    assert compaction.reclaim(whole=True)
    assert compaction.reclaim()
