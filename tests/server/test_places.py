"""A place left is a place free: who holds one, who gives it back, whose is taken back first."""

from dataclasses import replace

import pytest

from iprof_kit.server.kernels.places import Full, Places
from iprof_kit.server.limits.refusals import OnceAMinute
from iprof_kit.server.settings import Settings

KIT = Settings(kernels_in_all=6, kernels_without_account=3)
LATE = KIT.opening_seconds / 2
HERE, ELSEWHERE, FAR = "198.51.100.1", "198.51.100.2", "198.51.100.3"


class House:
    """Places whose clock moves when it is told to."""

    def __init__(self, kit=KIT):
        self.now = 1000.0
        self.places = Places(kit, lambda: self.now)

    def person(self, name, *roles, shown=True):
        return self._taken(name, f"session:{name}", HERE, *roles, shown=shown)

    def stranger(self, name, address, *, shown=True):
        return self._taken(name, f"visiteur:{name}", address, shown=shown)

    def _taken(self, name, owner, address, *roles, shown):
        former = self.places.take(name, owner, address, roles)
        if shown:
            self.places.show(name)
        return former

    def goes(self, name, *, said=True):
        return self.places.hide(name, farewell=said)


@pytest.fixture
def house():
    return House()


@pytest.fixture
def full(house):
    """Six people, each with her page."""
    for number in range(6):
        house.person(f"p{number}")
    return house


@pytest.mark.parametrize(
    ("said", "seconds"), [(True, KIT.left_seconds), (False, KIT.abandoned_seconds)]
)
def test_w14_a_page_closed_gives_its_place_back_soon_one_cut_off_late(house, said, seconds):
    house.person("one")
    assert house.goes("one", said=said) == seconds
    house.now += seconds - 1
    assert not house.places.is_over("one")
    house.now += 1
    assert house.places.is_over("one")


def test_w14_who_comes_back_in_time_finds_her_place(house):
    house.person("one")
    house.goes("one")
    house.now += KIT.left_seconds - 1
    house.places.show("one")
    house.now += 100
    assert not house.places.is_over("one")
    house.goes("one", said=False)  # cut off now: she has the time of who is cut off
    house.now += KIT.left_seconds + 1
    assert not house.places.is_over("one")


def test_w14_a_place_that_is_come_back_to_waits_for_its_page_as_a_new_one_does(house):
    house.person("one")
    house.goes("one")
    assert house.places.await_page("one") == 2 * KIT.opening_seconds
    house.now += KIT.left_seconds + 1
    assert not house.places.is_over("one")
    house.now += 2 * KIT.opening_seconds
    assert house.places.is_over("one")


def test_w14_a_kernel_that_another_page_holds_stays(house):
    house.person("one")
    house.places.show("one")
    assert house.goes("one") is None
    assert house.places.is_shown("one")


def test_w14_a_full_house_of_pages_refuses_and_says_how_long(full):
    with pytest.raises(Full, match="toutes les places sont prises") as refusal:
        full.person("late")
    assert refusal.value.seconds == 60
    assert "60 secondes" in refusal.value.remedy
    assert "late" not in full.places


def test_w14_the_wait_is_that_of_the_first_page_that_should_have_come(house):
    for number in range(6):
        house.person(f"p{number}", shown=False)
        house.now += 1
    with pytest.raises(Full) as refusal:
        house.person("late")
    assert refusal.value.seconds == LATE - 6
    house.now += refusal.value.seconds
    assert house.person("late") == "p0"


def test_w14_the_lost_go_first_then_the_left_then_those_that_never_came(full):
    full.places.give_back("p5")
    full.person("opening", shown=False)
    full.now += LATE
    full.goes("p0", said=True)
    full.goes("p1", said=False)
    full.now += 1
    full.goes("p2", said=False)
    assert [full.person(f"new{number}") for number in range(4)] == ["p1", "p2", "p0", "opening"]
    with pytest.raises(Full):
        full.person("late")


def test_w14_one_address_holds_a_third_of_the_places_of_strangers(house):
    house.stranger("a", HERE)
    with pytest.raises(Full, match="trop de pages sans compte sont ouvertes d’ici"):
        house.stranger("b", HERE)
    assert house.stranger("c", ELSEWHERE) is None
    house.goes("a")
    assert house.stranger("d", HERE) == "a"  # her own that is left, before anybody's


def test_w14_strangers_take_no_place_back_from_who_is_logged_in(full):
    full.goes("p0", said=False)
    with pytest.raises(Full):
        full.stranger("s", ELSEWHERE)
    assert full.person("late") == "p0"


def test_w14_who_is_logged_in_takes_a_stranger_s_place_first(house):
    for number in range(5):
        house.person(f"p{number}")
    house.goes("p0", said=False)
    house.stranger("s", ELSEWHERE)
    house.goes("s")
    assert house.person("late") == "s"


def test_w14_a_school_stands_behind_one_address(house):
    assert [house.person(f"p{number}") for number in range(6)] == [None] * 6


@pytest.fixture
def bounded():
    """A house where two pages of case managers, and one of evaluators, are open at most."""
    return House(replace(KIT, kernels_by_role={"gestionnaire": 2, "evaluateur": 1}))


def test_a_role_at_its_bound_is_refused_and_another_enters(bounded):
    bounded.person("one", "gestionnaire")
    bounded.person("two", "gestionnaire")
    with pytest.raises(Full, match=r"prévues pour ce rôle sont prises \(gestionnaire\)") as refusal:
        bounded.person("three", "gestionnaire")
    assert "Une place se libère quand une page se ferme" in refusal.value.remedy
    assert bounded.person("teacher", "enseignant") is None
    assert bounded.stranger("s", ELSEWHERE) is None


def test_a_role_at_its_bound_takes_back_a_place_of_its_own_that_has_no_page(bounded):
    bounded.person("teacher", "enseignant")
    bounded.person("one", "gestionnaire")
    bounded.person("two", "gestionnaire")
    bounded.goes("teacher")
    bounded.goes("two")
    assert bounded.person("three", "gestionnaire") == "two"
    with pytest.raises(Full):
        bounded.person("four", "gestionnaire")


def test_who_has_several_roles_enters_by_the_one_that_has_room(bounded):
    both = ("evaluateur", "gestionnaire")
    assert [bounded.person(f"p{number}", *both) for number in range(3)] == [None] * 3
    with pytest.raises(Full):
        bounded.person("late", *both)
    assert bounded.person("free", *both, "enseignant") is None  # no bound holds that one
    with pytest.raises(Full):
        bounded.person("manager", "gestionnaire")


def test_a_house_that_is_full_refuses_whatever_room_a_role_has(bounded):
    for number in range(6):
        bounded.person(f"p{number}", "enseignant")
    with pytest.raises(Full, match="toutes les places sont prises pour le moment"):
        bounded.person("manager", "gestionnaire")


def test_w02_what_is_refused_is_one_line_a_minute_with_its_count():
    lines, now = [], [0.0]
    counted = OnceAMinute(lines.append, clock=lambda: now[0])
    for _ in range(500):
        counted.note()
        now[0] += 0.25
    assert lines == [1, 240, 240]
