"""What phones look at is read once for all of them, and never older than their own answer."""

import asyncio
from datetime import UTC, datetime

import pytest
from live_pieces import LESSON

from iprof_kit.base.errors import Unavailable
from iprof_kit.server.lessons import rooms as module
from iprof_kit.server.lessons.rooms import Rooms
from iprof_kit.services.lessons.phones import Joined
from iprof_kit.services.lessons.room import Room

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
CODE = "KJ7M4"


async def settled():
    """Let every task that can go on do so."""
    for _ in range(10):
        await asyncio.sleep(0)


class Database:
    """Threads of the test: each reading waits until the test lets it go."""

    def __init__(self):
        self.asked, self.gates, self.fails = [], [], False

    async def ask(self, person, work, *args):
        gate = asyncio.Event()
        self.asked.append(person)
        self.gates.append(gate)
        before = work(*args)
        await gate.wait()
        if self.fails:
            raise Unavailable("la base ne répond pas.")
        return before

    def go(self):
        for gate in self.gates:
            gate.set()


@pytest.fixture
def clock():
    return [100.0]


@pytest.fixture
def lesson(monkeypatch, clock):
    """The rooms, their database, and the phones that are in the lesson now."""
    phones = set()

    def look(code, now, known=None):
        return Room(1, code, LESSON, NOW, True, 1, False, None, frozenset(phones), {})

    monkeypatch.setattr(module, "look", look)
    database = Database()
    return Rooms(database, lambda: clock[0]), database, phones


def test_a_crowd_that_looks_at_once_is_one_question_of_the_database(lesson, clock):
    rooms, database, _ = lesson

    async def crowd():
        looks = [asyncio.create_task(rooms.room(CODE, NOW, "ici")) for _ in range(500)]
        await settled()
        database.go()
        await asyncio.gather(*looks)
        await rooms.room(CODE, NOW, "ici")
        assert len(database.asked) == 1
        clock[0] += 1.0
        later = asyncio.create_task(rooms.room(CODE, NOW, "ici"))
        await settled()
        database.go()
        await later

    asyncio.run(crowd())
    assert database.asked == ["ici", f"lecon:{CODE}"]


def test_a_reading_that_began_before_a_change_is_not_kept(lesson):
    rooms, database, phones = lesson

    async def race():
        early = asyncio.create_task(rooms.room(CODE, NOW, "ici"))
        await settled()
        change = asyncio.create_task(rooms.change(CODE, "elle", phones.add, "elle"))
        await settled()
        database.gates[1].set()
        await change
        database.gates[0].set()
        assert (await early).phones == frozenset()
        after = asyncio.create_task(rooms.room(CODE, NOW, "ici"))
        await settled()
        database.go()
        assert (await after).phones == {"elle"}

    asyncio.run(race())


def test_what_could_not_be_read_is_asked_again(lesson):
    rooms, database, _ = lesson

    async def twice():
        database.fails = True
        first = asyncio.create_task(rooms.room(CODE, NOW, "ici"))
        await settled()
        database.go()
        with pytest.raises(Unavailable):
            await first
        database.fails = False
        again = asyncio.create_task(rooms.room(CODE, NOW, "ici"))
        await settled()
        database.go()
        assert (await again).code == CODE

    asyncio.run(twice())


def test_once_the_room_is_full_those_at_the_door_are_told_without_the_database(
    lesson, clock, monkeypatch
):
    rooms, database, _ = lesson
    monkeypatch.setattr(module, "join", lambda code, now, mark: Joined(None, mark))
    monkeypatch.setattr(module, "leave", lambda code, mark, now: None)

    async def door():
        waiting = [asyncio.create_task(rooms.enter(CODE, "x", "", NOW)) for _ in range(200)]
        await settled()
        database.go()
        outcomes = await asyncio.gather(*waiting)
        assert [one is None for one in outcomes] == [False] + [True] * 199
        assert len(database.asked) == 1
        leaving = asyncio.create_task(rooms.leave(CODE, "x", "marque", NOW))
        await settled()
        database.go()
        await leaving
        again = asyncio.create_task(rooms.enter(CODE, "x", "", NOW))
        await settled()
        database.go()
        assert await again is not None

    asyncio.run(door())
