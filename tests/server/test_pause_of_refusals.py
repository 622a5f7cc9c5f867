"""Who is refused for asking too often waits for it, and so cannot ask without a pause."""

import asyncio
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from tornado.httpclient import AsyncHTTPClient
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port

from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.records import database as db
from iprof_kit.server.kernels import routes as kernel_routes
from iprof_kit.server.kernels.notebooks import NotebookPage
from iprof_kit.server.kernels.owned import Opening
from iprof_kit.server.kernels.places import Full
from iprof_kit.server.kernels.websockets import Websockets
from iprof_kit.server.lessons.pages import LessonPage
from iprof_kit.server.limits.login_turns import LoginTurns
from iprof_kit.server.limits.refusals import Refusals
from iprof_kit.server.pages.door import Login
from iprof_kit.server.pages.gate import KitApplication
from iprof_kit.server.settings import Settings
from iprof_kit.server.visitors import Visitor

KIT = Settings(refusal_seconds=7.25, websockets_per_visitor=1)
"""A wait that is nothing else's."""
TRIES = 20


@pytest.fixture
def pauses(monkeypatch):
    """Return the waits of those who were refused, which last nothing here."""
    really, met = asyncio.sleep, []

    async def sleep(seconds, *args):
        if seconds == KIT.refusal_seconds:
            met.append(seconds)
        await really(0, *args)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return met


def test_refusals_of_one_asker_are_told_one_after_the_other(monkeypatch):
    """Four who were refused at the same instant asked again together, and held up everybody."""
    really, waits = asyncio.sleep, []

    async def sleep(seconds):
        waits.append(seconds)
        await really(0)

    async def scene():
        refusals = Refusals(0.5, most=3)
        await asyncio.gather(*(refusals.wait(asker) for asker in ("a", "a", "a", "a", "b")))
        await refusals.wait("a")

    monkeypatch.setattr(asyncio, "sleep", sleep)
    asyncio.run(scene())
    assert waits == [0.5, 1.0, 1.5, 1.5, 0.5, 0.5]


def test_a_websocket_too_many_is_refused_after_a_pause(pauses, monkeypatch):
    monkeypatch.setattr(kernel_routes, "refuse_other_kernels", lambda *_: "jean")
    websockets = Websockets(KIT)
    headers = {"Sec-WebSocket-Protocol": kernel_routes.V1}
    page = SimpleNamespace(
        request=SimpleNamespace(headers=headers),
        settings={"kit": KIT, "websockets": websockets, "refusals": Refusals(KIT.refusal_seconds)},
    )
    websockets.enter("a page that is open", "k", "jean")
    with pytest.raises(Unavailable, match="trop de pages ouvertes"):
        asyncio.run(kernel_routes.OwnChannels.get(page, "k"))
    assert len(pauses) == 1


@pytest.mark.parametrize("account", [None, "jdupont"])
def test_who_finds_no_place_hears_it_after_a_pause(pauses, account):
    """One address that opened pages without a cookie was refused 720 times a second."""

    async def no_place():
        raise Full("toutes les places sont prises pour le moment.", "Réessayez.", 3)

    page = SimpleNamespace(
        _send_ready=no_place, settings={"refusals": Refusals(KIT.refusal_seconds)}
    )
    opening = Opening(Visitor("visiteur:a", None, account), "192.0.2.9")
    with pytest.raises(Full):
        asyncio.run(NotebookPage.open(page, opening))
    assert len(pauses) == 1


def test_a_phone_that_is_refused_hears_it_after_a_pause(pauses):
    """Six phones that joined and answered without a pause made a lesson three times as slow."""

    class Page(LessonPage):
        def __init__(self):
            self.application = SimpleNamespace(settings={"refusals": Refusals(KIT.refusal_seconds)})
            self.request = SimpleNamespace(remote_ip="192.0.2.9")

        def mark(self):
            return "inconnu"

        def _again(self, *_):
            """Nothing is shown here."""

    asyncio.run(Page().refuse(SimpleNamespace(phones={}), InputError("non.", remedy="Non.")))
    assert len(pauses) == 1


@pytest.fixture
def log_in(tmp_path, monkeypatch):
    """Return a function: the answers to wrong passwords, the last one typed too soon."""
    monkeypatch.setenv("IPROF_VAR", str(tmp_path))
    monkeypatch.delenv("IPROF_DATABASE_URL", raising=False)
    db.prepare_database()

    async def answers():
        settings = {"login_turns": LoginTurns(1), "refusals": Refusals(KIT.refusal_seconds)}
        server = HTTPServer(
            KitApplication([("/connexion", Login)], kit=KIT, sign_on=None, **settings)
        )
        sock, port = bind_unused_port()
        server.add_sockets([sock])
        client = AsyncHTTPClient(force_instance=True)
        form = urlencode({"compte": "jdupont", "mdp": "ce n’est pas lui"})
        url, told = f"http://127.0.0.1:{port}/connexion", []
        try:
            while len(told) < TRIES and told.count(429) < 2:
                answer = await client.fetch(url, method="POST", body=form, raise_error=False)
                told.append(answer.code)
        finally:
            client.close()
            server.stop()
            await server.close_all_connections()
        return told

    yield lambda: asyncio.run(answers())
    db.engine().dispose()


def test_who_has_to_wait_before_another_password_is_told_so_after_a_pause(log_in, pauses):
    *looked_at, too_soon = log_in()
    assert (looked_at[0], looked_at[-1], too_soon) == (401, 429, 429)
    assert len(pauses) == 1, "of the one that was not looked at"
