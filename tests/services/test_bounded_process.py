"""A process that hostile content may not make more of than its bounds."""

import json
import os
import socket
import sys
from pathlib import Path

import pytest

from iprof_kit.given.bounded_process import BoundedProcess, Bounds, Ended, Faulty, put_walls

HERE = str(Path(__file__).parent)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="other systems bound or show less")


def started(seconds=30.0, memory=400_000_000):
    put_walls(None)  # a command run by another test names some: here its own bounds are looked at
    bounds = Bounds(seconds, memory, longest=1_000_000)
    return BoundedProcess("bounded_probe", bounds, {"PYTHONPATH": HERE})


@pytest.fixture(scope="module")
def process():
    with started() as one:
        yield one


def answered(process, name, said=None):
    return json.loads(process.ask(json.dumps([name, said]).encode()))


def test_it_answers_one_message_after_another(process):
    assert [answered(process, "echo", "é" * n) for n in (0, 1, 90_000)] == ["", "é", "é" * 90_000]


def test_what_it_prints_is_no_answer(process):
    assert answered(process, "printing") == "said"


def test_of_an_error_the_kind_alone_comes_back_and_it_can_be_asked_again(process):
    with pytest.raises(Faulty) as told:
        answered(process, "fault")
    assert str(told.value) == "KeyError"
    assert answered(process, "echo", "x") == "x"


def test_it_holds_no_secret_of_the_server(monkeypatch):
    monkeypatch.setenv("IPROF_DATABASE_URL", "postgresql://kit:secret@base/kit")
    with started() as one:
        assert "secret" not in str(answered(one, "environment"))


@LINUX
def test_it_inherits_no_descriptor_of_the_server(tmp_path):
    with (tmp_path / "base.sqlite").open("w") as base, socket.socket() as link:
        os.set_inheritable(base.fileno(), True)
        os.set_inheritable(link.fileno(), True)
        with started() as one:
            held = answered(one, "descriptors").values()
    kinds = {name.partition(":")[0] for name in held if not name.startswith("/proc/")}
    assert kinds == {"/dev/null", "pipe"}


@LINUX
def test_its_memory_is_bounded(process):
    with pytest.raises(Faulty, match="MemoryError"):
        answered(process, "memory")


@LINUX
def test_it_writes_no_file(process, tmp_path):
    with pytest.raises(Faulty, match="OSError"):
        answered(process, "file", str(tmp_path / "new"))


def test_it_is_killed_at_its_time_and_nothing_is_left_of_it():
    with started(seconds=0.5) as one:
        with pytest.raises(Ended):
            answered(one, "never")
        assert not one.alive


def test_a_message_beyond_its_bound_ends_it():
    with started() as one:
        with pytest.raises(Ended):
            one.ask(b"x" * 1_000_001)
        assert not one.alive


@LINUX
@pytest.mark.parametrize(("doing", "waited"), [("asleep", True), ("never", False)])
def test_w12_who_ended_it_knows_whether_it_worked_or_was_kept_waiting(doing, waited):
    with started(seconds=2.0) as one:
        assert answered(one, "echo", "it has started") == "it has started"
        with pytest.raises(Ended) as ended:
            answered(one, doing)
    assert ended.value.kept_waiting is waited
