"""How many wrong codes a place may try; on a clock of the test."""

from iprof_kit.server.limits.codes import WrongCodes

ROOM, ELSEWHERE = "192.0.2.1", "192.0.2.2"


class Clock:
    def __init__(self):
        self.seconds = 1000.0

    def __call__(self):
        return self.seconds


def guessed(codes, number, place=ROOM):
    for one in range(number):
        codes.wrong(place, f"Z{one}")


def test_who_has_tried_too_many_codes_waits_and_other_places_do_not():
    clock = Clock()
    codes = WrongCodes(3, 10.0, clock)
    guessed(codes, 2)
    assert codes.wait(ROOM, "KJ7M4") == 0
    guessed(codes, 1)
    assert codes.wait(ROOM, "KJ7M4") == 10
    assert codes.wait(ELSEWHERE, "KJ7M4") == 0
    clock.seconds += 10
    assert codes.wait(ROOM, "KJ7M4") == 0


def test_right_codes_are_never_counted():
    codes = WrongCodes(3, 10.0, Clock())
    for _ in range(500):
        codes.right(ROOM, "KJ7M4")
    assert codes.wait(ROOM, "AUTRE") == 0


def test_a_lesson_that_a_place_has_seen_stays_open_to_all_who_sit_there():
    codes = WrongCodes(3, 10.0, Clock())
    codes.right(ROOM, "KJ7M4")
    guessed(codes, 50)
    assert codes.wait(ROOM, "KJ7M4") == 0
    assert codes.wait(ROOM, "AUTRE") == 10


def test_thirty_phones_that_look_at_a_lesson_which_has_ended_have_guessed_nothing():
    codes = WrongCodes(3, 10.0, Clock())
    codes.right(ROOM, "KJ7M4")
    for _ in range(30):
        codes.wrong(ROOM, "KJ7M4")
    assert codes.wait(ROOM, "AUTRE") == 0
