"""Pages drawn in processes of their own: who asks for what never ends holds up nobody else."""

import os
import re
import sys
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from iprof_kit.base.errors import Unavailable
from iprof_kit.documents import render, sheets
from iprof_kit.documents.model import Document
from iprof_kit.documents.typesetting import pages_sheet
from iprof_kit.given.bounded_process import BoundedProcess, Bounds, Ended
from iprof_kit.services.workers.typesetters import TooHeavy, Typesetters, start

TODAY = date(2026, 11, 25)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="other systems show less")


def document(text="Professeure d’anglais"):
    return Document(title="CV", author="Jean", date=TODAY, name="Jean Dupont", summary=text)


class Stuck:
    """A process that never answers; its end comes when the test says."""

    def __init__(self):
        self.begun, self.deadline, self.alive = Event(), Event(), True

    def ask(self, _message):
        self.begun.set()
        self.deadline.wait()
        raise Ended

    def close(self):
        self.alive = False
        self.deadline.set()


class Quick:
    """A process that answers at once."""

    def __init__(self):
        self.alive, self.asked = True, 0

    def ask(self, message):
        self.asked += 1
        return len(message).to_bytes(8, "big") + message

    def close(self):
        self.alive = False


@pytest.fixture
def make():
    """Typesetters whose processes are these, in their order."""
    made = []

    def build(*processes, **words):
        waiting = list(processes)
        made.append(Typesetters(lambda: waiting.pop(0), **words))
        return made[-1]

    yield build
    for one in made:
        one.close()


@pytest.fixture(scope="module")
def real():
    made = Typesetters(start, processes=1)
    yield made
    made.close()


def drawn(press):
    return press.pages_svg(document())


def test_what_never_ends_delays_nobody_else(make):
    stuck, quick = Stuck(), Quick()
    line = make(stuck, quick)
    held = line.submit("hostile", drawn)
    stuck.begun.wait(30)
    for asker in "abcde":
        assert line.made(asker, drawn)
    assert not held.done()
    stuck.deadline.set()  # its time has come
    assert isinstance(held.exception(30), TooHeavy)
    assert not stuck.alive


def test_a_process_that_is_gone_is_replaced(make):
    fallen, next_one = Quick(), Quick()
    line = make(fallen, next_one, processes=1)
    line.made("a", drawn)
    fallen.alive = False
    assert line.made("a", drawn)
    assert (fallen.asked, next_one.asked) == (1, 1)


def test_one_process_is_used_again_and_others_are_not_started_without_need(make):
    only = Quick()
    line = make(only)
    for _ in range(3):
        line.made("a", drawn)
    assert only.asked == 3


def test_the_line_is_bounded_and_refuses_in_french(make):
    stuck = Stuck()
    line = make(stuck, processes=1, waiting=1, of_one=1)
    line.submit("a", drawn)
    stuck.begun.wait(30)
    line.submit("b", drawn)
    with pytest.raises(Unavailable) as refused:
        line.submit("c", drawn)
    assert refused.value.message == "trop de pages se préparent en ce moment."
    stuck.deadline.set()


def test_pages_are_those_that_documents_draws(real):
    made = document()
    assert real.made("a", lambda press: press.pages_svg(made)) == render.pages_svg(made)
    assert real.made("a", lambda press: press.pdf(made)) == render.pdf(made)


def test_a_real_process_that_works_too_long_is_killed_and_the_next_one_answers():
    slow = BoundedProcess(sheets.__name__, Bounds(0.2, 600_000_000))
    waiting = [slow]
    line = Typesetters(lambda: waiting.pop() if waiting else start(), processes=1)
    long = document("\n\n".join(["- mot"] * 8_000))
    try:
        with pytest.raises(TooHeavy):
            line.made("a", lambda press: press.pages_svg(long))
        with pytest.raises(ProcessLookupError):
            os.kill(slow.pid, 0)
        assert line.made("b", drawn) == render.pages_svg(document())
    finally:
        line.close()


@LINUX
def test_the_process_that_sets_pages_is_bounded_and_holds_no_secret(monkeypatch):
    monkeypatch.setenv("IPROF_DATABASE_URL", "postgresql://kit:secret@base/kit")
    with start() as one:
        one.ask(sheets.packed(pages_sheet(document(), "classique")))
        of_it = Path(f"/proc/{one.pid}")
        assert b"secret" not in (of_it / "environ").read_bytes()
        limits = (of_it / "limits").read_text()
        links = [str(link.readlink()) for link in (of_it / "fd").iterdir()]
        libraries = (of_it / "maps").read_text()
    assert re.search(r"Max address space +600000000 ", limits)
    assert {name.partition(":")[0] for name in links} <= {"/dev/null", "pipe"}
    assert "sqlalchemy" not in libraries
    assert "sqlite" not in libraries
