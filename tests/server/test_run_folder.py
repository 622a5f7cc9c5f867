"""The folder of a run: private, locked while its server lives, removed once it is dead."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from iprof_kit.server.kernels.run_folder import remove_abandoned, run_folder

KILLED = """
import os, pathlib, sys, tempfile
tempfile.tempdir = sys.argv[1]
from iprof_kit.server.kernels.run_folder import run_folder
with run_folder() as folder:
    (folder / "liens").mkdir()
    (folder / "noyaux").symlink_to(sys.argv[2])
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    found = tmp_path / "tmp"
    found.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(found))
    return found


@pytest.fixture
def other(place, tmp_path):
    """Another server, and the folder that it made."""
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "ailleurs" / "gardé").touch()
    command = [sys.executable, "-c", KILLED, str(place), str(tmp_path / "ailleurs")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as one:
        one.folder = one.stdout.readline().strip()
        yield one
        one.kill()


def test_what_a_killed_server_left_goes_at_the_next_start(place, other, tmp_path):
    other.kill()
    other.wait()
    assert Path(other.folder).is_dir()
    with run_folder() as folder:
        assert [one.name for one in place.iterdir()] == [folder.name]
        assert folder.stat().st_mode & 0o777 == 0o700
    assert list(place.iterdir()) == []
    assert (tmp_path / "ailleurs" / "gardé").exists()


def test_the_folder_of_a_living_server_stays(place, other):
    with run_folder() as folder:
        assert {str(one) for one in place.iterdir()} == {str(folder), other.folder}


def test_only_our_own_folders_are_removed(place, tmp_path):
    target = tmp_path / "cible"
    target.mkdir(mode=0o700)
    (target / "serveur.verrou").touch()
    (place / "iprof-lien").symlink_to(target)
    (place / "iprof-autre").mkdir(mode=0o700)
    shared = place / "iprof-commun"
    shared.mkdir()
    shared.chmod(0o755)
    (shared / "serveur.verrou").touch()
    linked = place / "iprof-verrou-lie"
    linked.mkdir(mode=0o700)
    (linked / "serveur.verrou").symlink_to(target / "serveur.verrou")
    assert remove_abandoned() == []
    assert len(list(place.iterdir())) == 4
    assert target.exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="gives files away")
def test_the_folder_of_another_user_stays(place):
    theirs = place / "iprof-autrui"
    theirs.mkdir(mode=0o700)
    (theirs / "serveur.verrou").touch()
    os.chown(theirs, 65534, 65534)
    assert remove_abandoned() == []
