"""A page loaded again comes back to the kernel that it left: hers, at that address, or none."""

import asyncio
from http.cookies import SimpleCookie
from types import SimpleNamespace

import pytest

from iprof_kit.server.kernels.owned import OPENING, Ended, KernelsOfVisitors, Opening
from iprof_kit.server.kernels.places import Places
from iprof_kit.server.kernels.returning import Left, cookie_of, left_here
from iprof_kit.server.settings import Settings
from iprof_kit.server.visitors import Visitor

KIT = Settings(kernels_in_all=6, kernels_without_account=3)
HERS = Visitor("session:sarah", "token", "scohen")
STATE = {"html": "", "routed": True}
PAGE = {"views": [{"model_id": "m"}], "states": {"state": {"m": {"state": STATE}}}}
WIDGETS = PAGE | {"views": [{"model_id": "m"}, {"model_id": "n"}]}


class Kernels(KernelsOfVisitors):
    """Kernels without processes: what is ended is written down."""

    def __init__(self, visitor=HERS, page=PAGE, *, stuck=False, kit=KIT):
        super().__init__(kit=kit)
        self.over, self.watched = [], []
        session = SimpleNamespace(page=page, is_stuck=lambda _seconds: stuck)
        self._sessions["k1"] = session
        self.places = self._places
        self.places.take("k1", visitor.key, "198.51.100.1")
        self.places.show("k1")

    async def shutdown_kernel(self, kernel_id, now=False, restart=False, why=Ended.ALONE):
        self.over.append(kernel_id)
        self.places.give_back(kernel_id)

    def end_if_abandoned(self, kernel_id, seconds):
        self.watched.append((kernel_id, seconds))


def back(kernels, visitor=HERS, *, kernel_id="k1", anew=False):
    """Return what the page of the kernel that a visitor comes back to is made of."""

    async def asked():
        OPENING.set(Opening(visitor))
        return await kernels.come_back(Left(kernel_id, anew), "/courrier")

    return asyncio.run(asked())


def test_w14_who_loads_her_page_again_comes_back_to_her_kernel():
    kernels = Kernels()
    assert back(kernels) is PAGE
    kernels.places.hide("k1", farewell=True)  # the former page, which goes a moment later
    kernels.places.show("k1")
    assert (kernels.over, kernels.kernels_of(HERS.key)) == ([], ["k1"])


def test_w14_a_place_that_was_left_waits_for_the_page_that_is_sent():
    kernels = Kernels()
    kernels.places.hide("k1", farewell=True)
    assert back(kernels) is PAGE
    assert kernels.watched == [("k1", 2 * KIT.opening_seconds)]


@pytest.mark.parametrize(
    "other", [Visitor("session:other", "t", "jdupont"), Visitor("session:again", "t2", "scohen"),
              Visitor(Visitor.OPEN + "x", None)],
)  # fmt: skip
def test_w14_nobody_else_comes_back_to_it_nor_ends_it(other):
    kernels = Kernels()
    assert back(kernels, other) is None
    assert (kernels.over, kernels.kernels_of(HERS.key)) == ([], ["k1"])


@pytest.mark.parametrize(
    "given", [{"page": WIDGETS}, {"page": None}, {"stuck": True}, {"kit": Settings(develop=True)}]
)
def test_w14_what_cannot_be_come_back_to_ends_so_that_a_page_never_holds_two_places(given):
    kernels = Kernels(**given)
    assert back(kernels) is None
    assert (kernels.over, list(kernels.places)) == (["k1"], [])


def test_w14_who_asks_for_a_new_page_by_ctrl_f5_gets_one():
    kernels = Kernels()
    assert back(kernels, anew=True) is None
    assert (kernels.over, list(kernels.places)) == (["k1"], [])


def test_w14_without_account_nobody_finds_what_another_left_on_that_browser():
    stranger = Visitor(Visitor.OPEN + "x", None)
    kernels = Kernels(stranger)
    assert back(kernels, stranger) is None
    assert kernels.over == ["k1"]


def test_w14_a_kernel_that_is_no_more_is_not_come_back_to():
    kernels = Kernels()
    assert back(kernels, kernel_id="../k1") is None
    assert kernels.over == []


def test_w14_the_kernel_last_come_back_to_is_not_the_first_to_be_ended():
    places = Places(KIT)
    for name in ("k1", "k2", "k3"):
        places.take(name, HERS.key, "198.51.100.1")
        places.show(name)
    places.await_page("k1")
    assert places.of(HERS.key) == ["k2", "k3", "k1"]


class Handler:
    """A request for a page, with its cookies."""

    def __init__(self, path, cookies, **headers):
        self.request = SimpleNamespace(path=path, headers=headers)
        self.cookies, self.cleared = SimpleCookie(cookies), []

    def get_cookie(self, name):
        return self.cookies[name].value if name in self.cookies else None

    def clear_cookie(self, name, path):
        self.cleared.append((name, path))


def test_w14_what_was_left_is_of_one_address_and_said_once():
    both = f"{cookie_of('/services/siac')}=k2; {cookie_of('/services')}=k1"
    handler = Handler("/services", both)
    assert left_here(handler) == Left("k1", anew=False)
    assert handler.cleared == [(cookie_of("/services"), "/services")]
    assert left_here(Handler("/courrier", both)) is None
    assert left_here(Handler("/services", both, **{"Cache-Control": "no-cache"})).anew
