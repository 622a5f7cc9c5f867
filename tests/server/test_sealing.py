"""The server seals the journal by itself, and at its end."""

import asyncio
import logging

import pytest

from iprof_kit.base.clock import utc_now
from iprof_kit.records import database as db
from iprof_kit.records.journal import audit, keys
from iprof_kit.records.journal.verify import verify
from iprof_kit.server import sealing


@pytest.fixture
def journal(tmp_path, monkeypatch):
    """A journal with one line that waits."""
    monkeypatch.setenv("IPROF_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("IPROF_DATABASE_URL", raising=False)
    db.prepare_database()
    note()
    yield
    db.engine().dispose()


def note():
    with db.writing() as session:
        audit.note(session, at=utc_now(), actor="x", action="dossier_lu", subject="dossier:D1")


async def sealed_by_itself():
    sealer = sealing.Sealer()
    sealer.start()
    while verify().waiting:
        await asyncio.sleep(0.01)
    sealer.close()


def test_the_server_seals_while_it_runs(journal, monkeypatch):
    monkeypatch.setattr(sealing, "EVERY_SECONDS", 0.02)
    asyncio.run(asyncio.wait_for(sealed_by_itself(), 60))
    assert verify().faults == []


def test_the_server_seals_at_its_end(journal):
    sealing.Sealer().close()
    assert verify().waiting == 0


def test_why_nothing_is_sealed_is_logged_once_and_does_not_stop_the_server(journal, caplog):
    sealer = sealing.Sealer()
    sealer.seal()
    note()
    for path in keys.journal_folder().glob("scelle-*.json"):
        path.unlink()
    with caplog.at_level(logging.WARNING):
        sealer.seal()
        sealer.seal()
    assert [record.getMessage() for record in caplog.records].count(caplog.messages[0]) == 1
    assert "aucun scellé n’est gardé" in caplog.messages[0]
    sealer.close()
