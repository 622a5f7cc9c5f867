"""How often one place may open a shared CV; on a clock of the test."""

from iprof_kit.server.limits.readers import Readers

HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


class Clock:
    def __init__(self):
        self.seconds = 1000.0

    def __call__(self):
        return self.seconds


def counted(burst=3, every=10.0, **more):
    clock = Clock()
    return Readers(burst, every, clock, **more), clock


def test_a_place_opens_its_burst_and_then_waits():
    door, _ = counted()
    assert [door.wait(HERE) for _ in range(5)] == [0, 0, 0, 10, 10]


def test_one_opening_comes_back_each_time_the_delay_has_passed():
    door, clock = counted()
    for _ in range(3):
        door.wait(HERE)
    clock.seconds += 4
    assert door.wait(HERE) == 6
    clock.seconds += 6
    assert [door.wait(HERE) for _ in range(2)] == [0, 10]


def test_a_refused_opening_does_not_lengthen_the_wait():
    door, clock = counted()
    for _ in range(50):
        door.wait(HERE)
    clock.seconds += 10
    assert door.wait(HERE) == 0


def test_a_long_silence_gives_the_burst_back_and_no_more():
    door, clock = counted()
    for _ in range(3):
        door.wait(HERE)
    clock.seconds += 10_000
    assert [door.wait(HERE) for _ in range(4)] == [0, 0, 0, 10]


def test_another_place_does_not_wait():
    door, _ = counted()
    for _ in range(4):
        door.wait(HERE)
    assert door.wait(ELSEWHERE) == 0


def test_the_addresses_of_one_network_count_together():
    door, _ = counted()
    waits = [door.wait(f"2001:db8:1:2::{n}") for n in range(1, 5)]
    assert waits == [0, 0, 0, 10]


def test_the_memory_of_places_is_bounded_and_forgets_the_longest_silent():
    door, _ = counted(burst=1, most=2)
    for place in (HERE, ELSEWHERE, "192.0.2.3"):
        assert door.wait(place) == 0
    assert door.wait(ELSEWHERE) == 10
    assert door.wait(HERE) == 0
