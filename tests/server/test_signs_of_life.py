"""A sign of life is written in the background, together with others, or forgotten."""

import threading
from datetime import UTC, datetime, timedelta

from iprof_kit.base.errors import Unavailable
from iprof_kit.server.signs_of_life import SignsOfLife

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


class Base:
    """What is written; the first writing waits until it is let go."""

    def __init__(self):
        self.written, self.begun, self.goes = [], threading.Semaphore(0), threading.Semaphore(0)

    def write(self, sessions, now):
        self.begun.release()
        assert self.goes.acquire(timeout=30)
        self.written.append((set(sessions), now))


def test_nobody_waits_and_what_comes_meanwhile_is_written_together():
    base = Base()
    signs = SignsOfLife(base.write)
    signs.note(1, NOW)  # returns though nothing can be written
    assert base.begun.acquire(timeout=30)
    for number in (2, 3, 2):
        signs.note(number, NOW + timedelta(seconds=number))
    base.goes.release()
    assert base.begun.acquire(timeout=30)
    base.goes.release()
    signs.close()
    assert base.written == [({1}, NOW), ({2, 3}, NOW + timedelta(seconds=3))]


def test_what_cannot_be_written_is_forgotten_and_the_next_is_tried():
    tried = []

    def write(sessions, _now):
        tried.append(set(sessions))
        raise Unavailable("la base de données ne répond pas.")

    signs = SignsOfLife(write)
    signs.note(1, NOW)
    signs.close()
    assert tried == [{1}]
