"""Control groups: on an imitated tree for the limits, on the real one for the end of a session."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from iprof_kit.base.errors import InputError
from iprof_kit.server.kernels.control_groups import LIMITS, ControlGroups, given

REAL = (Path("/sys/fs/cgroup/unified"), Path("/sys/fs/cgroup"))


@pytest.fixture
def imitated(tmp_path):
    (tmp_path / "cgroup.controllers").write_text("cpu io memory pids\n")
    (tmp_path / "cgroup.subtree_control").touch()
    return tmp_path


def enclosed(folder, monkeypatch, groups):
    """Enclose a process in a group whose files exist beforehand, as the system makes them."""
    make = Path.mkdir

    def with_files(path, *args, **words):
        make(path, *args, **words)
        limits = (limit for controller in groups.controllers for limit in LIMITS[controller])
        for name in (*limits, "cgroup.procs", "cgroup.kill"):
            (path / name).touch()

    monkeypatch.setattr(Path, "mkdir", with_files)
    groups.enclose("session-1", 4242)
    return {file.name: file.read_text() for file in (folder / "session-1").iterdir()}


def test_a_session_is_bounded_as_a_whole(imitated, monkeypatch):
    written = enclosed(imitated, monkeypatch, ControlGroups(imitated))
    assert written["cgroup.procs"] == "4242"
    for limits in LIMITS.values():
        assert limits.items() <= written.items()


def test_a_controller_that_is_not_given_is_missed_and_the_others_serve(imitated, monkeypatch):
    (imitated / "cgroup.controllers").write_text("pids\n")
    groups = ControlGroups(imitated)
    assert groups.missing == ["memory", "cpu"]
    written = enclosed(imitated, monkeypatch, groups)
    assert written["pids.max"] == LIMITS["pids"]["pids.max"]
    assert "memory.max" not in written


def test_what_is_not_a_control_group_is_refused_in_french(tmp_path, monkeypatch):
    monkeypatch.setenv("IPROF_CGROUP", str(tmp_path))
    with pytest.raises(InputError, match="n’est pas utilisable"):
        given()
    monkeypatch.delenv("IPROF_CGROUP")
    assert given() is None


@pytest.fixture
def real():
    """A group of the real tree, which only root may make."""
    root = next((place for place in REAL if (place / "cgroup.procs").exists()), None)
    if root is None or os.getuid() != 0:
        pytest.skip("no control group of the second version can be made here")
    folder = root / f"iprof-essai-{os.getpid()}"
    folder.mkdir()
    groups = ControlGroups(folder)
    yield groups
    groups.end("session-1")
    while not groups.forget("session-1"):
        pass
    folder.rmdir()


@pytest.mark.parametrize("before", [False, True], ids=["enclosed first", "forked first"])
def test_all_that_a_session_started_ends_with_it(real, before):
    """An ordinary kernel may go on as a child before its group is made."""
    script = "import os; input(); os.fork(); os.write(1, b'%d\\n' % os.getpid()); input()"
    started = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert started.stdin is not None
    assert started.stdout is not None
    if not before:
        real.enclose("session-1", started.pid)
    started.stdin.write("fork\n")
    started.stdin.flush()
    both = {int(started.stdout.readline()), int(started.stdout.readline())}
    if before:
        real.enclose("session-1", started.pid)
    watches = [os.pidfd_open(pid) for pid in both]
    assert real.forget("session-1") is False  # it is still inhabited
    real.end("session-1")
    started.wait()
    for watch in watches:
        assert select.select([watch], [], [], 20)[0], "a process outlived its session"
        os.close(watch)
