"""Websockets cost the server files: nobody takes those of the others."""

from types import SimpleNamespace

import pytest
import websocket

from iprof_kit.base.errors import Unavailable
from iprof_kit.server.kernels.owned import Ended
from iprof_kit.server.kernels.routes import OwnChannels
from iprof_kit.server.kernels.websockets import Websockets
from iprof_kit.server.limits.room import files_needed, fitted, lack
from iprof_kit.server.settings import Settings

KIT = Settings(websockets_per_kernel=2, websockets_per_visitor=5, websockets_in_all=7)


class Page:
    """A websocket that remembers why it was closed."""

    def __init__(self):
        self.codes = []

    def close(self, code=None, reason=None):
        self.codes.append(code)


@pytest.fixture
def websockets():
    return Websockets(KIT)


@pytest.fixture
def enter(websockets):
    def one(kernel="k", owner="jean"):
        page = Page()
        websockets.enter(page, kernel, owner)
        return page

    return one


def test_the_oldest_of_a_kernel_is_closed_with_a_word_that_its_page_understands(enter, websockets):
    first, second, third = (enter() for _ in range(3))
    assert (first.codes, second.codes, third.codes) == ([Ended.REPLACED], [], [])
    assert websockets.is_replaced(first)
    fourth = enter()
    assert (second.codes, fourth.codes) == ([Ended.REPLACED], [])
    assert first.codes == [Ended.REPLACED], "it is closed once"


def test_one_of_another_kernel_is_left_alone(enter):
    other, _, _, _ = enter("other"), *(enter() for _ in range(3))
    assert other.codes == []


def test_what_is_being_closed_counts_until_it_has_gone(enter, websockets):
    pages = [enter() for _ in range(5)]
    with pytest.raises(Unavailable, match="trop de pages ouvertes"):
        enter()
    websockets.leave(pages[0])
    websockets.leave(pages[0])
    enter()


def test_who_opens_and_closes_without_end_is_slowed_and_nobody_else():
    seconds = iter([0.0] * 22 + [1.0] * 3)
    websockets = Websockets(Settings(websocket_openings=20), lambda: next(seconds))

    def come_and_go(owner):
        page = Page()
        websockets.enter(page, "k", owner)
        websockets.leave(page)

    for _ in range(20):
        come_and_go("jean")
    with pytest.raises(Unavailable):
        come_and_go("jean")
    come_and_go("marie")
    for _ in range(2):
        come_and_go("jean")
    with pytest.raises(Unavailable):
        come_and_go("jean")


def test_the_others_have_their_own_share(enter):
    for _ in range(5):
        enter()
    enter("theirs", "marie")


def test_all_together_are_bounded(enter, websockets):
    pages = [enter(f"k{number}", f"owner{number}") for number in range(7)]
    with pytest.raises(Unavailable, match="toutes les places sont prises"):
        enter("k8", "owner8")
    websockets.leave(pages[0])
    enter("k8", "owner8")


def test_a_server_asks_for_the_files_of_all_its_limits():
    kit = Settings()
    assert files_needed(kit) > 32 * kit.kernels_in_all + 9 * kit.websockets_in_all


def test_where_the_system_gives_less_there_are_fewer_places_and_it_is_said():
    kit = Settings()
    enough = files_needed(kit)
    assert fitted(kit, enough) == kit
    assert lack(kit, kit, enough) is None
    less = fitted(kit, 4096)
    assert files_needed(less) <= 4096
    assert 0 < less.kernels_in_all < kit.kernels_in_all
    said = lack(kit, less, 4096)
    assert f"que 4096 fichiers ouverts, il en faudrait {enough}" in said
    assert f"{less.kernels_in_all} pages" in said


def test_one_visitor_opening_sixty_takes_nothing_from_the_others(server, visit):
    greedy, other = visit(), visit()
    kernel, links, refusals = greedy.get("/ma-situation").kernel, [], []
    for number in range(60):
        try:
            links.append(greedy.socket(kernel, session=f"s{number}"))
        except websocket.WebSocketBadStatusException as refusal:
            refusals.append(refusal)
    assert len(links) >= Settings().websockets_per_visitor
    assert refusals
    assert {one.status_code for one in refusals} == {503}
    said = refusals[0]
    assert said.resp_headers["retry-after"] == "60"
    assert "Vous avez trop de pages ouvertes" in said.resp_body.decode()
    assert other.socket_status(other.get("/ma-situation").kernel) == 101
    opcode, data = last_frame(links[0])
    assert opcode == websocket.ABNF.OPCODE_CLOSE
    assert int.from_bytes(data[:2], "big") == Ended.REPLACED
    for link in links:
        link.close()
    assert "Too many open files" not in server.log.read_text()


def last_frame(link):
    while True:
        opcode, data = link.recv_data(control_frame=True)
        if opcode == websocket.ABNF.OPCODE_CLOSE:
            return opcode, data


def test_a_page_that_goes_away_before_it_is_known_ends_no_kernel():
    OwnChannels.on_close(SimpleNamespace(settings={"kernel_manager": None}))
