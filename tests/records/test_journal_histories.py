"""Whatever happened in whatever order, the journal verifies and forgets whom it must."""

import contextlib
import tempfile
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from journal_pieces import everything, note

from iprof_kit.base.errors import InputError
from iprof_kit.records import database as db
from iprof_kit.records.journal import outside
from iprof_kit.records.journal.seals import read_lines, seal, written_lines
from iprof_kit.records.journal.verify import verify
from iprof_kit.services.academies import Conservation
from iprof_kit.services.dossier.sample import sample_dossiers
from iprof_kit.services.dossier.storing import save_dossier
from iprof_kit.services.own_data import erasure, retention

START = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
KEPT = Conservation(journal_mois=2, adresses_mois=1)
PEOPLE = {dossier.numero: dossier for dossier in sample_dossiers()}
STEPS = st.sampled_from(["note", "words", "address", "seal", "crash", "erase", "month", "retain"])


@settings(max_examples=10)
@given(steps=st.lists(st.tuples(STEPS, st.sampled_from(["D0001", "D0003"])), max_size=25))
def test_any_history_verifies(steps):
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPROF_VAR", folder)
        patch.delenv("IPROF_DATABASE_URL", raising=False)
        db.prepare_database()
        now, gone = START, set()
        for step, numero in steps:
            now += timedelta(days=31) if step == "month" else timedelta(seconds=1)
            act(step, numero, now, patch)
            gone = gone | {numero} if step == "erase" else gone - {numero} if noted(step) else gone
            assert verify().faults == [], step
        left = everything()
        assert not [numero for numero in gone if numero in left]
        db.engine().dispose()


def noted(step):
    return step in {"note", "words", "address"}


def act(step, numero, now, patch):
    subject = f"dossier:{numero}"
    if noted(step):
        said = {"words": {"detail": "mots"}, "address": {"address": "192.0.2.7"}}.get(step, {})
        note(now, 2, subject=subject, **said)
    elif step == "seal":
        seal(now)
    elif step == "crash":
        with patch.context() as one, contextlib.suppress(OSError):
            one.setattr(outside, "keep", _crash)
            seal(now)
    elif step == "erase":
        save_dossier(PEOPLE[numero], "test", now)
        with contextlib.suppress(InputError):
            erasure.erase(numero, "demande", "iprof effacer", now)
    elif step == "retain":
        retention.sweep(KEPT, "iprof retention", now)


def _crash(*_):
    raise OSError


@given(numbers=st.sets(st.integers(1, 200), min_size=1))
def test_the_lines_of_a_batch_are_told_shortly_and_read_again(numbers):
    ordered = sorted(numbers)
    assert list(read_lines(written_lines(ordered))) == ordered
