"""A private file is whole or absent, its owner's alone, and over nothing."""

import os
import signal
import subprocess
import sys

import pytest

from iprof_kit.base import private_files
from iprof_kit.base.errors import InputError
from iprof_kit.base.private_files import new_private_file

KILLED = """
import os, signal, sys
from pathlib import Path
from iprof_kit.base.private_files import new_private_file
with new_private_file(Path(sys.argv[1])) as out:
    out.write(b"x" * 100_000)
    out.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(params=["without a name", "under another name"])
def way(request, monkeypatch):
    """Both ways of writing: what is not finished has no name, or another one."""
    if request.param == "under another name":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)


def names(folder):
    return [path.name for path in folder.iterdir()]


def write(path, content=b"la moitie", then=lambda: None):
    with new_private_file(path) as out:
        out.write(content)
        then()


def disk_full():
    raise OSError(28, "No space left on device")


def test_it_has_its_name_once_whole(way, tmp_path):
    path = tmp_path / "fichier"
    with new_private_file(path) as out:
        out.write(b"tout")
        assert not path.exists()
    assert path.read_bytes() == b"tout"
    assert path.stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["fichier"]


def test_what_fails_on_the_way_leaves_nothing(way, tmp_path):
    with pytest.raises(OSError, match="No space"):
        write(tmp_path / "fichier", then=disk_full)
    assert names(tmp_path) == []


def test_it_never_takes_the_place_of_another(way, tmp_path):
    path = tmp_path / "fichier"
    path.write_bytes(b"avant")
    with pytest.raises(InputError, match="existe déjà"):
        write(path)
    assert path.read_bytes() == b"avant"
    path.unlink()
    with pytest.raises(InputError, match="existe déjà"):
        write(path, then=lambda: path.write_bytes(b"un autre, entre-temps"))
    assert path.read_bytes().decode() == "un autre, entre-temps"
    assert names(tmp_path) == ["fichier"]


def test_it_does_not_follow_a_link(way, tmp_path):
    (tmp_path / "fichier").symlink_to(tmp_path / "ailleurs")
    with pytest.raises(InputError, match="existe déjà"):
        write(tmp_path / "fichier")
    assert not (tmp_path / "ailleurs").exists()


def test_a_disk_without_second_names_is_written_too(tmp_path, monkeypatch):
    def refused(*_names, **_more):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    monkeypatch.setattr(private_files.os, "link", refused)
    with new_private_file(tmp_path / "fichier") as out:
        out.write(b"tout")
    assert (tmp_path / "fichier").read_bytes() == b"tout"


@pytest.mark.skipif(sys.platform != "linux", reason="files without a name are of Linux")
def test_a_process_that_is_killed_leaves_nothing(tmp_path):
    done = subprocess.run([sys.executable, "-c", KILLED, tmp_path / "fichier"], check=False)
    assert done.returncode == -signal.SIGKILL
    assert names(tmp_path) == []
