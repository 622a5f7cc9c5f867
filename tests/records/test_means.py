"""What a probe sees of the database, of its tables and of the key of the journal."""

import pytest
from sqlalchemy import text

from iprof_kit.base.clock import utc_now
from iprof_kit.records import database as db
from iprof_kit.records.journal import audit, keys
from iprof_kit.records.outbox import Job
from iprof_kit.services.health import JobState, Means, expected_revision, means, waiting


@pytest.fixture
def noted(database):
    """A database whose journal has begun."""
    with db.writing() as session:
        audit.note(session, at=utc_now(), actor="x", action="dossier_lu", subject="dossier:D1")


def test_nothing_is_missing_before_and_after_the_first_line_of_the_journal(database, request):
    assert means() == Means(database=True, tables=True, key=True)
    request.getfixturevalue("noted")
    assert means().whole


def test_a_look_writes_nothing(database):
    means()
    assert not keys.key_file().exists()


@pytest.mark.parametrize(("revision", "served"), [("0001", False), ("9999", True)])
def test_older_tables_are_not_served_and_later_ones_are(database, revision, served):
    with db.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})
    assert means().tables is served


def test_this_version_expects_the_revision_that_it_migrates_to(database):
    with db.reading() as session:
        revision = session.scalar(text("SELECT version_num FROM alembic_version"))
    assert revision == expected_revision()


def test_a_database_without_tables_is_not_ready(empty_database):
    assert not means().whole


@pytest.mark.parametrize(
    "database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
def test_a_database_that_is_only_read_is_not_ready(database):
    """As a standby that no `pg_promote` has made the first."""
    name = db.database_url().database
    with db.engine().begin() as link:
        link.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    db.engine().dispose()
    assert means() == Means(database=False, tables=True, key=True)


def test_a_key_that_is_lost_is_missed_though_it_was_read(noted):
    keys.key_file().unlink()
    assert means() == Means(database=True, tables=True, key=False)


def test_the_key_of_another_journal_is_not_the_key(noted, monkeypatch):
    monkeypatch.setenv("IPROF_JOURNAL_KEY", "ab" * 32)
    assert not means().key


def test_what_waits_is_told_without_a_name(database):
    now = utc_now()
    with db.writing() as session:
        session.add(Job(name="sauvegarder", due_at=now, ended_at=now, failures=2))
    assert waiting().jobs == (JobState("sauvegarder", now, 2),)
    assert waiting().mails == 0
