"""Works of several askers: in turn, bounded, refused in French."""

from threading import Event

import pytest

from iprof_kit.base.errors import Unavailable
from iprof_kit.services.workers.fair_pool import FairPool


@pytest.fixture
def gate():
    """Opened at the end, so that no thread stays."""
    opened = Event()
    yield opened
    opened.set()


def pool(threads=2, waiting=10, of_one=5):
    return FairPool("essai", threads, waiting, of_one)


def test_one_asker_never_has_two_threads(gate):
    line = pool()
    line.submit("a", gate.wait)
    second = line.submit("a", lambda: "a")
    assert line.submit("b", lambda: "b").result(30) == "b"
    assert not second.done()
    gate.set()
    assert second.result(30) == "a"


def test_who_waits_with_many_lets_who_waits_with_one_pass(gate):
    line, done = pool(threads=1), []
    line.submit("x", gate.wait)
    asked = [line.submit("a", lambda n=n: done.append(f"a{n}")) for n in range(3)]
    asked.append(line.submit("b", lambda: done.append("b")))
    gate.set()
    for one in asked:
        one.result(30)
    assert done == ["a0", "b", "a1", "a2"]


def test_too_many_of_one_are_refused_and_of_another_are_not(gate):
    line = pool(of_one=2)
    line.submit("a", gate.wait)
    line.submit("a", gate.wait)
    with pytest.raises(Unavailable, match="trop de pages se préparent"):
        line.submit("a", gate.wait)
    assert line.submit("b", lambda: 1).result(30) == 1


def test_too_many_in_all_are_refused_at_once(gate):
    line = pool(threads=1, waiting=2)
    for asker in "abc":  # one is done, two wait
        line.submit(asker, gate.wait)
    with pytest.raises(Unavailable) as refused:
        line.submit("d", gate.wait)
    assert refused.value.remedy == "Réessayez dans une minute."


def test_an_error_is_given_to_who_asked_and_the_thread_goes_on():
    line = pool(threads=1)
    failed = line.submit("a", lambda: 1 / 0)
    assert isinstance(failed.exception(30), ZeroDivisionError)
    assert line.submit("a", lambda: 1).result(30) == 1


def test_what_is_given_up_is_not_done(gate):
    line, done = pool(threads=1), []
    line.submit("x", gate.wait)
    asked = line.submit("a", lambda: done.append("a"))
    assert asked.cancel()
    gate.set()
    line.submit("b", lambda: None).result(30)
    assert done == []


def test_w12_who_has_had_the_least_goes_first_however_many_accounts_wait(gate):
    moment = [0.0]
    line = FairPool("essai", 1, 20, 3, clock=lambda: moment[0])
    done = []

    def long(asker):
        moment[0] += 6.0
        done.append(asker)

    for asker in "abcdef":  # each account takes six seconds
        line.submit(asker, lambda asker=asker: long(asker)).result(30)
    line.submit("x", gate.wait)
    waiting = [line.submit(asker, lambda asker=asker: long(asker)) for asker in "abcdef"]
    waiting.append(line.submit("honest", lambda: done.append("honest")))
    gate.set()
    for one in waiting:
        one.result(30)
    assert done[6:] == ["honest", *"abcdef"]


def test_w12_what_one_has_had_is_forgotten(gate):
    moment = [0.0]
    line = FairPool("essai", 1, 20, 3, clock=lambda: moment[0])
    done = []

    def take(asker, seconds):
        moment[0] += seconds
        done.append(asker)

    line.submit("before", lambda: take("before", 5.0)).result(30)
    line.submit("y", lambda: None).result(30)  # of one thread: the former work is counted
    moment[0] += 600.0
    line.submit("x", gate.wait)
    asked = [line.submit(one, lambda one=one: take(one, 0.0)) for one in ("before", "after")]
    gate.set()
    for one in asked:
        one.result(30)
    assert done == ["before", "before", "after"]
