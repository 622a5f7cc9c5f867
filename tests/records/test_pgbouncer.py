"""PgBouncer between the kit and PostgreSQL, in session mode: the settings of a connection hold."""

import os

import pytest
from backup_pieces import save
from pooler import PgBouncer
from portal_server import free_port
from sqlalchemy import text

from iprof_kit.records import database as db
from iprof_kit.services.backup.checking import verify
from iprof_kit.services.backup.secrecy import Opening
from iprof_kit.services.health import means

pytestmark = [pytest.mark.postgres, pytest.mark.soak]


@pytest.fixture
def pooled(empty_database, postgres, monkeypatch):
    """The kit reaches its PostgreSQL through PgBouncer."""
    port = free_port()
    address = os.environ["IPROF_DATABASE_URL"]
    with PgBouncer(postgres, port, host=postgres, behind=5432):
        monkeypatch.setenv("IPROF_DATABASE_URL", f"{address}&port={port}")
        yield
        db.engine().dispose()


@pytest.mark.parametrize("empty_database", ["postgres"], indirect=True)
def test_the_kit_prepares_reads_writes_and_saves_through_pgbouncer(pooled, now, tmp_path):
    db.prepare_database()
    assert means().whole
    for opened in (db.reading, db.writing):
        with opened() as session:
            assert session.scalar(text("SHOW synchronous_commit")) == "on"
            assert session.scalar(text("SHOW lock_timeout")) == "5s"
    save(tmp_path / "sauvegarde", now)
    manifest, _digest = verify(tmp_path / "sauvegarde", Opening())
    assert manifest.moteur == "postgresql"
