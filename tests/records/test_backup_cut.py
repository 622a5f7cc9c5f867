"""Killed, or without room on the disk: a backup and a restoration leave nothing half done."""

import os
import resource
import sys
from pathlib import Path

import pytest
from backup_pieces import (
    KEPT,
    came_back,
    die,
    disk_full,
    files,
    fill,
    killed,
    restore,
    rows,
    save,
    write_files,
)

from iprof_kit.base.configuration.data_folder import restoration_mark, var_dir
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.records import database as db
from iprof_kit.records import snapshots
from iprof_kit.records.readiness import database_fault
from iprof_kit.services.backup import archive as archives
from iprof_kit.services.backup import kept, restoring, secrecy
from iprof_kit.services.backup.checking import verify
from iprof_kit.services.backup.secrecy import Closing, Opening

linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are killed on Linux only")


@pytest.fixture
def full(jean, draft, now):
    fill(jean, draft, now)


@pytest.fixture
def archive(database, full, now, tmp_path):
    save(tmp_path / "sauvegarde", now)
    return tmp_path / "sauvegarde"


@linux
def test_a_backup_that_is_killed_leaves_no_file(database, full, now, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(archives.Packing, "finish", die)
        killed(lambda: save(tmp_path / "sauvegarde", now))
    assert not (tmp_path / "sauvegarde").exists()
    assert list(var_dir().glob(f"{kept.WORKING}*"))  # a copy of the database, which goes next time
    save(tmp_path / "sauvegarde", now)
    assert not list(var_dir().glob(f"{kept.WORKING}*"))
    verify(tmp_path / "sauvegarde", Opening())


def places_a_file_and_dies(source, place):
    found = replaced(source, place)
    if place != restoration_mark():
        die()
    return found


def dies_before_the_mark_goes(path, **more):
    if path == restoration_mark():
        die()
    unlinked(path, **more)


replaced, unlinked = Path.replace, Path.unlink
POINTS = {
    "after the first file": (Path, "replace", places_a_file_and_dies),
    "before the database": (restoring, "copy_in", die),
    "once all is there": (Path, "unlink", dies_before_the_mark_goes),
}


@linux
@pytest.mark.parametrize("point", POINTS)
def test_a_restoration_that_is_killed_serves_nobody_and_begins_again(
    point, database, archive, elsewhere, now, monkeypatch
):
    with elsewhere(database):
        with monkeypatch.context() as patch:
            patch.setattr(*POINTS[point])
            killed(lambda: restore(archive, now))
        with pytest.raises(Unavailable, match="relancez iprof restaurer"):
            db.prepare_database()
        assert "relancez iprof restaurer" in str(database_fault())
        restore(archive, now)
        assert came_back() == KEPT
        assert database_fault() is None
        assert [row["action"] for row in rows()["audit"]].count("restauration") == 1


@linux
def test_a_cut_restoration_of_another_base_is_not_undone_here(
    database, archive, elsewhere, now, monkeypatch
):
    with elsewhere(database):
        restoration_mark().parent.mkdir(exist_ok=True)
        restoration_mark().write_text('{"base": "une autre", "fichiers": []}')
        with pytest.raises(InputError, match="vers une autre base"):
            restore(archive, now)
        assert snapshots.is_empty()


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_full_disk_leaves_no_backup(encrypted, database, full, now, tmp_path, monkeypatch):
    how = Closing((secrecy.recipient(secrecy.new_key()[0]),)) if encrypted else Closing()
    monkeypatch.setattr(archives.Digested, "write", disk_full)
    with pytest.raises(Unavailable, match="le disque est plein"):
        save(tmp_path / "sauvegarde", now, how)
    assert not (tmp_path / "sauvegarde").exists()
    assert rows()["audit"][-1]["action"] != "sauvegarde_faite"


def has_no_room_for_a_file(source, place):
    return replaced(source, place) if place == restoration_mark() else disk_full()


STEPS = {
    "a file": (Path, "replace", has_no_room_for_a_file),
    "the database": (restoring, "close_what_was_open", disk_full),
    "all at once": (os, "sync", disk_full),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_full_disk_leaves_the_place_empty(step, database, archive, elsewhere, now, monkeypatch):
    with elsewhere(database):
        with monkeypatch.context() as patch:
            patch.setattr(*STEPS[step])
            with pytest.raises(Unavailable, match="le disque est plein"):
                restore(archive, now)
        assert snapshots.is_empty()
        assert files() == {}
        restore(archive, now)
        assert came_back() == KEPT


@linux
@pytest.mark.parametrize("encrypted", [False, True])
def test_a_real_limit_of_the_system_is_told(encrypted, elsewhere, now, tmp_path):
    how = Closing((secrecy.recipient(secrecy.new_key()[0]),)) if encrypted else Closing()
    with elsewhere("sqlite"):
        db.prepare_database()
        write_files({"exports.jsonl": bytes(3_000_000)})
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, before[1]))
        try:
            with pytest.raises(Unavailable, match="le disque est plein"):
                save(tmp_path / "sauvegarde", now, how)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not (tmp_path / "sauvegarde").exists()


def test_two_at_a_time_are_one_too_many(database, now, tmp_path, monkeypatch):
    def another(*_words):
        with pytest.raises(Unavailable, match="déjà en cours"):
            save(tmp_path / "autre", now)
        return take(*_words)

    take = snapshots.take
    monkeypatch.setattr(snapshots, "take", another)
    save(tmp_path / "sauvegarde", now)
    assert not (tmp_path / "autre").exists()
