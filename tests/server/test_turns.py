"""Who sends many requests holds up nobody else: the order of turns, without any clock."""

import asyncio
import threading

import pytest

from iprof_kit.base.errors import Unavailable
from iprof_kit.server.limits.turns import Allowance, FairThreads, SharedThreads, Turns


class Scene:
    """People who take turns; `served` tells who, in order."""

    def __init__(self, turns):
        self.turns, self.served, self.tasks = turns, [], {}

    async def ask(self, name):
        async def work():
            async with self.turns.turn(name[0]):
                self.served.append(name)
                await ends.wait()

        ends = asyncio.Event()
        self.tasks[name] = (asyncio.create_task(work()), ends)
        await settle()

    async def end(self, name):
        self.tasks[name][1].set()
        await settle()

    async def give_up(self, name):
        self.tasks[name][0].cancel()
        await settle()

    async def end_all(self):
        while any(
            not ends.is_set() for name, (_, ends) in self.tasks.items() if name in self.served
        ):
            for name in tuple(self.served):
                await self.end(name)


async def settle():
    for _ in range(5):
        await asyncio.sleep(0)


def played(scenario, at_once=1, waiting=10, in_all=100):
    """Return who was served, in order, once everybody has been."""

    async def play():
        scene = Scene(Turns(at_once, waiting, in_all))
        await scenario(scene)
        await scene.end_all()
        return scene.served

    return asyncio.run(play())


def test_one_request_comes_second_behind_somebody_with_many():
    async def scenario(scene):
        for number in range(5):
            await scene.ask(f"a{number}")
        await scene.ask("b0")

    assert played(scenario) == ["a0", "b0", "a1", "a2", "a3", "a4"]


def test_turns_go_round_all_who_wait():
    async def scenario(scene):
        for name in ("a0", "a1", "a2", "b0", "b1", "c0"):
            await scene.ask(name)

    assert played(scenario) == ["a0", "b0", "c0", "a1", "b1", "a2"]


def test_one_person_is_served_once_at_a_time_though_there_is_room():
    async def scenario(scene):
        for name in ("a0", "a1", "b0"):
            await scene.ask(name)
        assert scene.served == ["a0", "b0"]

    assert played(scenario, at_once=3) == ["a0", "b0", "a1"]


def test_who_gives_up_while_waiting_leaves_the_queue():
    async def scenario(scene):
        for name in ("a0", "b0", "c0"):
            await scene.ask(name)
        await scene.give_up("b0")

    assert played(scenario) == ["a0", "c0"]


def test_who_gives_up_when_the_turn_comes_passes_it_on():
    async def scenario(scene):
        for name in ("a0", "b0", "c0"):
            await scene.ask(name)
        scene.tasks["a0"][1].set()
        for _ in range(10):  # at each step of the loop until b0 would be served
            if scene.tasks["b0"][0].cancel():
                break
        await settle()

    assert played(scenario) == ["a0", "c0"]


def test_too_many_waiting_are_refused_the_others_are_not():
    async def scenario(scene):
        for number in range(3):
            await scene.ask(f"a{number}")
        with pytest.raises(Unavailable, match="trop de vos demandes"):
            await scene.turns.take("a")
        await scene.ask("b0")

    assert played(scenario, waiting=2) == ["a0", "b0", "a1", "a2"]


def test_everybody_together_waits_within_a_bound():
    async def scenario(scene):
        for name in ("a0", "b0", "c0"):
            await scene.ask(name)
        with pytest.raises(Unavailable, match="le service reçoit trop de demandes") as refusal:
            await scene.turns.take("d")  # who asked for nothing else is told of nothing of hers
        assert "précédentes" not in str(refusal.value)

    assert played(scenario, in_all=2) == ["a0", "b0", "c0"]


def test_a_request_given_up_keeps_its_turn_until_its_thread_ends():
    async def play():
        threads, ends = FairThreads("essai", Turns(2, 5), 2, Allowance()), threading.Event()
        with pytest.raises(TimeoutError):
            await threads.run("a", 0.05, ends.wait)
        assert threads.late == 1
        with pytest.raises(Unavailable, match="demande précédente n’est pas terminée"):
            await threads.run("a", 5, lambda: 1)
        assert await threads.run("b", 5, lambda: 2) == 2
        ends.set()
        while threads.is_late("a"):
            await asyncio.sleep(0.01)
        assert await threads.run("a", 5, lambda: 3) == 3

    asyncio.run(play())


def test_who_waits_too_long_for_a_turn_holds_no_thread():
    async def play():
        threads, ends = FairThreads("essai", Turns(1, 5), 1, Allowance()), threading.Event()
        first = asyncio.create_task(threads.run("a", 5, ends.wait))
        await settle()
        with pytest.raises(TimeoutError):
            await threads.run("b", 0.05, lambda: 1)
        assert threads.late == 0
        ends.set()
        await first
        assert await threads.run("b", 5, lambda: 2) == 2

    asyncio.run(play())


class Clock:
    """A clock that the test moves."""

    now = 1000.0

    def __call__(self):
        return self.now


def test_who_keeps_within_the_burst_never_rests():
    allowance = Allowance(share=0.25, burst=1.0, now=Clock())
    assert [allowance.rest("a", 0.25) for _ in range(4)] == [0, 0, 0, 0]


def test_who_always_asks_gets_a_share_and_no_more():
    clock = Clock()
    allowance, begun, taken = Allowance(share=0.25, burst=1.0, now=clock), clock.now, 0.0
    while clock.now < begun + 100:
        clock.now += 0.1 + allowance.rest("a", 0.1)
        taken += 0.1
    assert taken == pytest.approx(100 * 0.25 + 1.0, rel=0.05)
    assert allowance.rest("b", 0.1) == 0, "others have their own"


def test_who_has_waited_has_the_whole_burst_again():
    clock = Clock()
    allowance = Allowance(share=0.25, burst=1.0, now=clock)
    assert allowance.rest("a", 1.25) == 1.0
    clock.now += 1.0 + 4.0
    assert allowance.rest("a", 1.0) == 0


def test_a_request_of_a_minute_is_not_paid_with_minutes():
    allowance = Allowance(share=0.25, burst=1.0, now=Clock())
    assert allowance.rest("a", 60.0) == Allowance.LONGEST_REST
    assert Allowance(share=1, now=Clock()).rest("a", 60.0) == 0


def test_who_rests_lets_everybody_else_pass():
    async def play():
        turns, served = Turns(2, 5), []

        async def ask(name):
            await turns.take(name[0])
            served.append(name)

        await ask("a0")
        turns.leave("a", 0.05)
        late = asyncio.create_task(ask("a1"))
        await settle()
        for name in ("b0", "c0"):
            await asyncio.wait_for(ask(name), 1)
            turns.leave(name[0])
        assert served == ["a0", "b0", "c0"]
        await late
        return served

    assert asyncio.run(play())[-1] == "a1"


def test_the_work_of_a_thread_is_counted_to_who_asked_for_it():
    counted = []

    class Noted(Allowance):
        def rest(self, person, taken):
            counted.append((person, taken))
            return super().rest(person, taken)

    async def play():
        threads = FairThreads("essai", Turns(1, 5), 1, Noted())
        await threads.run("a", 5, lambda: sum(range(200_000)))
        await threads.run("b", 5, threading.Event().is_set)

    asyncio.run(play())
    assert [person for person, _ in counted] == ["a", "b"]
    assert counted[0][1] > counted[1][1] > 0


def test_threads_that_share_an_allowance_rest_before_the_next_work_whoever_asks(monkeypatch):
    """Four people who took all their data without a pause kept a core, and readers waited 82 ms."""
    clock, naps = Clock(), []

    def nap(seconds):
        naps.append(seconds)
        clock.now += seconds

    class Worked(Allowance):
        def rest(self, person, taken):
            return super().rest(person, 1.5)

    async def scene():
        threads = SharedThreads("essai", 1, Worked(0.25, 1.0, clock), clock, nap)
        return [await threads.run(lambda one=one: one) for one in ("a", "b", "c")]

    assert asyncio.run(scene()) == ["a", "b", "c"]
    assert naps == [0, 2.0, 2.0], "half a second beyond the burst is two at a quarter of a core"
