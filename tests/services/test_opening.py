"""What people give, opened for each in turn: a process a file, and one's file once."""

import os
from threading import Event

import pytest
from tiring_pictures import many_scans

from iprof_kit.base.errors import Unavailable
from iprof_kit.given import elsewhere
from iprof_kit.given.bounded_process import BoundedProcess, Bounds, Ended, Faulty
from iprof_kit.services.workers import opening
from iprof_kit.services.workers.opening import OPENING, Opening, paper_of


@pytest.fixture
def line():
    made = Opening(processes=1)
    yield made
    made.close()


def test_w12_the_same_file_asked_again_waits_once(line):
    gate, begun = Event(), []
    first = line.submit("a", "piece", lambda: begun.append(gate.wait(30)))
    again = line.submit("a", "piece", lambda: begun.append("a second time"))
    assert again is first
    gate.set()
    first.result(30)
    assert begun == [True]


def test_w12_what_was_found_is_kept_for_who_could_not_wait_and_what_failed_is_asked_again():
    hours = [0.0]
    line = Opening(processes=1, clock=lambda: hours[0])
    assert line.submit("a", "piece", lambda: "found").result(30) == "found"
    assert line.submit("a", "piece", lambda: "again").result(30) == "found"
    hours[0] = opening.KEPT_SECONDS + 1
    assert line.submit("a", "piece", lambda: "again").result(30) == "again"
    with pytest.raises(ZeroDivisionError):
        line.submit("a", "other", lambda: 1 // 0).result(30)
    assert line.submit("a", "other", lambda: "told").result(30) == "told"
    line.close()


def test_w12_one_s_files_are_bounded_and_another_s_are_opened(line):
    gate = Event()
    asked = [line.submit("a", f"piece {n}", gate.wait) for n in range(3)]
    with pytest.raises(Unavailable, match="trop de fichiers s’ouvrent"):
        line.submit("a", "piece de trop", gate.wait)
    other = line.submit("b", "autre", lambda: "b")
    gate.set()
    assert other.result(30) == "b"
    assert all(one.result(30) for one in asked)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (many_scans((7000, 7000), 400), "trop longue à décoder"),
        (many_scans((900, 900), 5_000), "trop longue à décoder"),
    ],
)
def test_w01_a_small_picture_that_takes_long_is_refused_with_its_reason(content, words):
    kind, (what, remedy) = paper_of(content)
    assert (kind, words in what) == ("", True)
    assert "Enregistrez-la" in remedy


@pytest.mark.parametrize("content", [many_scans((6900, 7100), 2), b"%PDF-1.7"])
def test_w01_a_file_on_which_its_process_ends_is_refused(monkeypatch, content):
    class Fallen:
        def __init__(self, module, bounds):
            assert bounds == Bounds(opening.LONGEST_SECONDS, opening.MOST_MEMORY)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def ask(self, _content):
            raise Ended

    monkeypatch.setattr(elsewhere, "BoundedProcess", Fallen)
    kind, fault = paper_of(content)
    assert kind == ""
    assert fault[0].startswith(("Ce PDF est trop compliqué", "Cette image est trop longue"))


def test_w10_a_part_that_is_not_installed_is_said_and_no_paper_is_blamed(monkeypatch):
    class Lacking(BoundedProcess):
        def ask(self, _content):
            raise Faulty("ModuleNotFoundError")

    monkeypatch.setattr(elsewhere, "BoundedProcess", Lacking)
    with pytest.raises(Unavailable, match="il lui manque une partie"):
        paper_of(b"%PDF-1.7")


def test_w12_a_paper_that_a_busy_machine_kept_waiting_is_not_called_complicated(monkeypatch):
    class Waiting(BoundedProcess):
        def ask(self, _content):
            ended = Ended()
            ended.kept_waiting = True
            raise ended

    monkeypatch.setattr(elsewhere, "BoundedProcess", Waiting)
    with pytest.raises(Unavailable, match="la machine est très occupée") as refused:
        paper_of(b"%PDF-1.7")
    assert "de nouveau" in refused.value.remedy


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process is forked here")
def test_w12_a_process_that_was_forked_opens_files_of_its_own():
    assert OPENING.submit("a", "before", lambda: "here").result(30) == "here"
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = 0 if OPENING.submit("a", "after", lambda: "there").result(10) == "there" else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
