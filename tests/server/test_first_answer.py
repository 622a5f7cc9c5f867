"""The first answer of a session goes into the page, once, for the person who is still there."""

import asyncio
from types import SimpleNamespace

import pytest
from seated import Page, message, seated, told

from iprof_kit.base.errors import Unavailable
from iprof_kit.server.kernels import notebooks
from iprof_kit.server.kernels.first_answer import question_of
from iprof_kit.server.kernels.notebooks import NotebookPage
from iprof_kit.server.kernels.owned import OPENING, Opening
from iprof_kit.server.visitors import Visitor

PAGE = {
    "views": [{"model_id": "écran"}],
    "states": {"state": {"écran": {"state": {"html": "", "routed": True}}}},
}
QUESTION = question_of(PAGE, "/accueil")
PARENT = {"msg_id": QUESTION.number, "msg_type": "comm_msg"}
UPDATE = {"method": "update", "state": {"html": "<h1>Accueil</h1>"}}
DONE = {"method": "custom", "content": {"kind": "done", "seq": QUESTION.number}}


def comm(data, model="écran", **more):
    return message("comm_msg", {"comm_id": model, "data": data}, PARENT, **more)


def status(state):
    return message("status", {"execution_state": state}, PARENT)


ANSWER = [status("busy"), comm(UPDATE), comm(DONE), status("idle")]


@pytest.mark.parametrize(
    ("views", "state"),
    [
        ([], {"html": "", "routed": True}),
        ([{"model_id": "écran"}] * 2, {"html": "", "routed": True}),
        ([{"model_id": "écran"}], {"value": 3}),
        ([{"model_id": "autre"}], {"html": "", "routed": True}),
    ],
)
def test_only_a_page_of_one_screen_is_asked_for(views, state):
    page = {"views": views, "states": {"state": {"écran": {"state": state}}}}
    assert question_of(page, "/accueil") is None


def test_what_goes_into_the_page_is_brought_by_no_websocket(tmp_path):
    async def story():
        async with seated(tmp_path) as (forked, session, _, _):
            asking = asyncio.ensure_future(session.first_answer(QUESTION, 20))
            await asyncio.sleep(0)
            page = Page(session, "a")
            await page.link.connect()  # it may come before the answer
            for each in ANSWER:
                forked.says(each)
            assert await asking == {"html": "<h1>Accueil</h1>"}
            forked.says(later := message("comm_msg", {"n": 2}))
            assert await page.hears(1) == [later]

    told(story())


@pytest.mark.parametrize("early", [True, False])
def test_what_comes_too_late_for_the_page_is_brought_by_its_websocket_once(tmp_path, early):
    async def story():
        async with seated(tmp_path) as (forked, session, _, _):
            page, other = Page(session, "a"), Page(session, "b")
            if early:
                await page.link.connect()
            asking = asyncio.ensure_future(session.first_answer(QUESTION, 0.05))
            forked.says(ANSWER[0])
            assert await asking is None
            for each in ANSWER[1:]:
                forked.says(each)
            if not early:
                while len(session.unheard) < len(ANSWER):
                    await asyncio.sleep(0.01)
                await page.link.connect()
            assert await page.hears(len(ANSWER)) == ANSWER
            await other.link.connect()
            assert other.heard == []

    told(story())


@pytest.mark.parametrize(
    "odd",
    [
        comm({"method": "update", "state": {"html": 3}}),
        comm({"method": "update", "state": {"html": "", "routed": False}}),
        comm({"method": "update", "state": {"pictures": [3]}}),
        comm({"method": "custom", "content": {"kind": "file", "name": "x"}}, size=5),
        comm({"method": "custom", "content": 3}),
        comm(UPDATE, model="autre"),
        comm("rien"),
    ],
)
def test_an_answer_that_is_not_all_of_a_screen_is_left_to_the_websocket(tmp_path, odd):
    async def story():
        async with seated(tmp_path) as (forked, session, _, _):
            asking = asyncio.ensure_future(session.first_answer(QUESTION, 20))
            said = [ANSWER[0], odd, *ANSWER[1:]]
            for each in said:
                forked.says(each)
            assert await asking is None
            page = Page(session, "a")
            await page.link.connect()
            assert await page.hears(len(said)) == said

    told(story())


def test_a_session_that_speaks_without_end_fills_nothing(tmp_path):
    async def story():
        async with seated(tmp_path) as (forked, session, _, _):
            asking = asyncio.ensure_future(session.first_answer(QUESTION, 20))
            piece = message("comm_msg", {"n": 1}, size=9_000)
            await asyncio.to_thread(lambda: [forked.says(piece) for _ in range(40)])
            assert await asking is None
            assert sum(len(each) for _, each in session.unheard) <= 100_000

    told(story())


class Database:
    def __init__(self, found):
        self.found = found

    async def ask(self, _turn, _work):
        if isinstance(self.found, Exception):
            raise self.found
        return self.found


@pytest.mark.parametrize(
    ("owner", "found", "hers"),
    [
        ("session:jean", SimpleNamespace(compte="jean"), True),
        ("session:jean", None, False),  # she has left, or was shut out
        ("session:jean", SimpleNamespace(compte="marie"), False),
        ("session:jean", Unavailable("la base ne répond pas."), False),
        ("session:marie", SimpleNamespace(compte="jean"), False),
        (None, SimpleNamespace(compte="jean"), False),  # the session has ended
    ],
)
def test_who_is_there_is_looked_at_again_before_the_answer_is_written(
    monkeypatch, owner, found, hers
):
    handler = SimpleNamespace(
        settings={"kernel_manager": SimpleNamespace(owner_of=lambda _kernel: owner)}
    )
    monkeypatch.setattr(notebooks, "database_of", lambda _handler: Database(found))

    async def look():
        OPENING.set(Opening(Visitor("session:jean", "jeton", "jean")))
        return await NotebookPage.is_still_hers(handler, "noyau")

    assert asyncio.run(look()) is hers
