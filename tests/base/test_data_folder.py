"""Where the kit writes: said by who runs it, by systemd, by the project, else by the system."""

from pathlib import Path

import pytest

from iprof_kit.base.configuration.data_folder import data_line, var_dir
from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import ROOT


@pytest.fixture
def elsewhere(monkeypatch, tmp_path):
    """Stand in an empty folder where nobody says anything, with a home of one's own."""
    for name in ("IPROF_VAR", "STATE_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path


def test_where_nobody_says_nothing_is_written_where_one_stands(elsewhere):
    assert var_dir() == elsewhere / "home" / "iprof"
    assert list(Path.cwd().iterdir()) == []


def test_who_stands_in_the_project_keeps_its_folder(elsewhere, monkeypatch):
    monkeypatch.chdir(ROOT / "iprof_kit")
    assert var_dir() == ROOT / "var"


@pytest.mark.parametrize("name", ["iprof.sqlite", "journal/cle", "publications/RECTORAT/a.npz"])
def test_what_a_version_before_wrote_here_is_neither_used_nor_left_aside(
    elsewhere, name, monkeypatch
):
    written = Path.cwd() / "var" / name
    written.parent.mkdir(parents=True)
    written.write_bytes(b"")
    with pytest.raises(InputError) as refused:
        var_dir()
    named = f"IPROF_VAR={Path.cwd() / 'var'}"
    assert named in refused.value.remedy
    monkeypatch.setenv(*named.split("="))
    assert var_dir() == Path.cwd() / "var"


@pytest.mark.parametrize("name", ["log", "iprof.sqlite-wal"])
def test_another_programs_folder_of_this_name_is_left_alone(elsewhere, name):
    (Path.cwd() / "var" / name).mkdir(parents=True)
    assert var_dir() == elsewhere / "home" / "iprof"


def test_systemd_gives_a_folder_and_who_runs_it_stands_above(elsewhere, monkeypatch):
    monkeypatch.setenv("STATE_DIRECTORY", "/var/lib/iprof:/var/lib/autre")
    assert data_line() == "/var/lib/iprof (STATE_DIRECTORY, donné par systemd)"
    monkeypatch.setenv("IPROF_VAR", str(elsewhere / "mine"))
    assert data_line() == f"{elsewhere / 'mine'} (IPROF_VAR)"
