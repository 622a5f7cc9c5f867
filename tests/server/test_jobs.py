"""The server does what is due by itself, and seals the journal at its end."""

import asyncio
import logging

import pytest

from iprof_kit.base.clock import utc_now
from iprof_kit.records import database as db
from iprof_kit.records.journal import audit, keys
from iprof_kit.records.journal.verify import verify
from iprof_kit.server import jobs
from iprof_kit.services.jobs.runner import prepare
from iprof_kit.services.jobs.tasks import TASKS


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
    worker = jobs.Worker()
    worker.start()
    while verify().waiting:
        await asyncio.sleep(0.01)
    worker.close()


def test_the_server_does_what_is_due_while_it_runs(journal, monkeypatch):
    monkeypatch.setattr(jobs, "LOOK_SECONDS", 0.02)
    asyncio.run(asyncio.wait_for(sealed_by_itself(), 60))
    assert verify().faults == []


def test_a_server_told_to_leave_jobs_apart_does_none_but_seals_at_its_end(journal):
    worker = jobs.Worker({})
    worker.start()
    worker.work()
    assert verify().waiting == 1
    worker.close()
    assert verify().waiting == 0


def test_why_the_end_cannot_seal_is_logged_and_does_not_stop_the_server(journal, caplog):
    jobs.Worker().close()
    note()
    for path in keys.journal_folder().glob("scelle-*.json"):
        path.unlink()
    with caplog.at_level(logging.WARNING):
        jobs.Worker().close()
    assert "aucun scellé n’est gardé" in caplog.messages[0]


def test_a_database_that_does_not_answer_is_logged_once(journal, monkeypatch, caplog, tmp_path):
    prepare(TASKS.values(), utc_now())
    worker = jobs.Worker()
    monkeypatch.setenv("IPROF_VAR", str(tmp_path / "nowhere"))
    (tmp_path / "nowhere").write_text("no folder")
    with caplog.at_level(logging.WARNING):
        worker.work()
        worker.work()
    assert len(caplog.messages) == 1
