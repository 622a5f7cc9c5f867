"""Turns at the hashing: one at once for a place, places in turn, refused when there is no room."""

import asyncio
import threading

import pytest

from iprof_kit.base.errors import Unavailable
from iprof_kit.server.limits.login_turns import LoginTurns


class Hashing:
    """Hashes that end when the test says so, and what is under way."""

    def __init__(self):
        self.order, self.now, self.most = [], set(), 0
        self.go = threading.Semaphore(0)

    def of(self, place):
        def work():
            assert place not in self.now
            self.now.add(place)
            self.most = max(self.most, len(self.now))
            self.order.append(place)
            self.go.acquire()
            self.now.discard(place)
            return True

        return work


async def asked(turns, hashing, places):
    """Ask for one hash after the other, let them end, and return the order in which they ran."""
    work = [asyncio.ensure_future(turns.take(place, hashing.of(place))) for place in places]
    await asyncio.sleep(0)
    hashing.go.release(len(places))
    assert await asyncio.gather(*work) == [True] * len(places)
    return hashing.order


def test_a_quiet_place_waits_for_the_hash_under_way_only():
    async def scene():
        turns, busy = LoginTurns(1), [*"abcdefgh"]
        await asked(turns, Hashing(), busy)  # they were all served lately
        return await asked(turns, Hashing(), [*busy, *busy, "quiet"])

    order = asyncio.run(scene())
    assert order.index("quiet") == 1
    assert len(order) == 17


def test_one_place_never_hashes_twice_at_once():
    hashing = Hashing()
    asyncio.run(asked(LoginTurns(4), hashing, ["a"] * 6))
    assert hashing.most == 1


def test_no_more_run_at_once_than_there_are_threads():
    hashing = Hashing()
    asyncio.run(asked(LoginTurns(2), hashing, list("abcdef")))
    assert hashing.most <= 2
    assert sorted(hashing.order) == list("abcdef")


def test_who_gives_up_leaves_the_turn_to_the_next():
    async def scene():
        turns, hashing = LoginTurns(1), Hashing()
        first = asyncio.ensure_future(turns.take("a", hashing.of("a")))
        gone = asyncio.ensure_future(turns.take("b", hashing.of("b")))
        await asyncio.sleep(0)
        gone.cancel()
        last = asyncio.ensure_future(turns.take("c", hashing.of("c")))
        await asyncio.sleep(0)
        hashing.go.release(2)
        assert await asyncio.gather(first, last) == [True, True]
        assert hashing.order == ["a", "c"]

    asyncio.run(scene())


def test_no_room_is_said_in_french_and_other_places_have_theirs():
    turns = LoginTurns(1, in_place=2, in_all=3)
    with turns.room("a"), turns.room("a"):
        with pytest.raises(Unavailable, match="en même temps") as full, turns.room("a"):
            pass
        assert "Réessayez" in full.value.remedy
        with turns.room("b"), pytest.raises(Unavailable), turns.room("c"):
            pass
    with turns.room("a"):
        pass
