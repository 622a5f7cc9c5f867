"""Copies of the kit on one database, each with a folder of its own: one journal, one opinion."""

import shutil
from datetime import timedelta

import pytest
from journal_pieces import note, three_batches

from iprof_kit.base.errors import Unavailable
from iprof_kit.records import database as db
from iprof_kit.records import marks
from iprof_kit.records.journal import copies, outside
from iprof_kit.records.journal.keys import key_file
from iprof_kit.records.journal.seals import is_due, seal
from iprof_kit.records.journal.verify import verify
from iprof_kit.services.journal import resume

DAY = timedelta(days=1)


@pytest.fixture
def folders(database, tmp_path, monkeypatch):
    """Return a function: from then on, the kit is the copy of this folder; the base is one."""
    monkeypatch.setenv(
        "IPROF_DATABASE_URL", db.database_url().render_as_string(hide_password=False)
    )

    def be(name):
        monkeypatch.setenv("IPROF_VAR", str(tmp_path / name))

    be("one")
    return be


@pytest.fixture
def shared_key(folders, now, monkeypatch):
    """Two copies with one secret; the first has sealed, the second has just joined."""
    three_batches(now)
    seal(now)
    monkeypatch.setenv("IPROF_JOURNAL_KEY", key_file().read_text("ascii").strip())
    folders("two")
    return folders


def test_a_copy_that_joins_agrees_then_keeps_a_seal_of_its_own(shared_key, now):
    assert verify(now=now).faults == []
    note(now, 2)
    assert seal(now) == 2
    kept = outside.kept_outside(_journal())
    assert kept.lot == 5
    shared_key("one")
    assert outside.kept_outside(_journal()).lot == 4  # late, and no fault
    assert verify(now=now).faults == []
    note(now)
    assert seal(now) == 1
    shared_key("two")
    assert verify(now=now).faults == []


def test_a_copy_that_lost_the_seal_that_it_kept_is_named(shared_key, now, tmp_path):
    seal(now)
    outside.file_of(_journal()).unlink()
    [fault] = verify(now=now).faults
    assert f"par cette copie ({copies.name_of_this_copy()})" in fault
    assert str(tmp_path / "two") in fault
    with pytest.raises(Unavailable, match="aucun scellé"):
        seal(now)
    shared_key("one")
    assert verify(now=now).faults == []
    shared_key("two")
    resume("dossier perdu", "test", now)
    assert verify(now=now).faults == []


def test_a_database_with_nobody_behind_it_is_not_believed(shared_key, now):
    """A dump that is restored elsewhere: what the copies said is past, a person must say which."""
    [fault] = verify(now=now + DAY).faults
    assert "Aucun scellé" in fault


def test_what_was_removed_at_the_end_is_seen_by_the_copy_that_knew_it(shared_key, now):
    seal(now)
    shutil.copy(outside.file_of(_journal()), outside.file_of(_journal()).with_suffix(".kept"))
    shared_key("three")
    with db.writing() as session:
        session.execute(db.text("DELETE FROM marks WHERE name LIKE 'sceau:%'"))
    assert verify(now=now).faults  # nobody is behind it any more
    shared_key("two")
    assert verify(now=now).faults == []


@pytest.mark.parametrize("change", ["other", "moment", "short"])
def test_who_writes_the_database_cannot_speak_for_a_copy(shared_key, now, change):
    with db.writing() as session:
        mark = next(one for one in session.query(marks.Mark) if one.name.startswith("sceau:"))
        moment, said = mark.value.split(" ")
        if change == "other":
            session.add(marks.Mark(name="sceau:0123456789abcdef", value=mark.value))
            session.delete(mark)
        else:
            later = (now + DAY).isoformat(timespec="seconds")
            mark.value = moment if change == "short" else f"{later} {said}"
    assert "Aucun scellé" in verify(now=now).faults[0]


def test_a_copy_says_again_that_it_keeps_the_seal_though_nothing_waits(folders, now):
    note(now)
    with db.reading() as session:
        assert is_due(session, now)
    seal(now)
    with db.reading() as session:
        assert not is_due(session, now + copies.AGAIN - timedelta(seconds=1))
        assert is_due(session, now + copies.AGAIN)
    assert seal(now + copies.AGAIN) == 0
    folders("two")  # without the secret, it is no copy
    assert verify_says_no_key(now)


def verify_says_no_key(now):
    with pytest.raises(Unavailable, match="clé du journal"):
        verify(now=now + copies.AGAIN)
    return True


def _journal():
    with db.reading() as session:
        return outside.journal_of(session)
