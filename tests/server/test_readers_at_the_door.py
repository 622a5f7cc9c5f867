"""The pages of the links behind their count, without the rest of the portal."""

import asyncio

import pytest
from tornado.httpclient import AsyncHTTPClient
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port

from iprof_kit.records import database as db
from iprof_kit.server.database_threads import DatabaseThreads
from iprof_kit.server.limits.readers import Readers
from iprof_kit.server.limits.refusals import Refusals
from iprof_kit.server.pages.gate import KitApplication
from iprof_kit.server.pages.shared_cv import SHARED_ROUTES
from iprof_kit.server.settings import Settings

LINK = "/cv/" + "x" * 43
KIT = Settings(refusal_seconds=7.25)
"""A wait that is nothing else's."""


@pytest.fixture
def pauses(monkeypatch):
    """Return the waits of those who were refused, which last nothing here."""
    really, met = asyncio.sleep, []

    async def sleep(seconds, *args):
        if seconds == KIT.refusal_seconds:
            met.append(seconds)
            seconds = 0
        await really(seconds, *args)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return met


@pytest.fixture
def knock(tmp_path, monkeypatch, pauses):
    """Return a function: the answers to some addresses, asked one after the other."""
    monkeypatch.setenv("IPROF_VAR", str(tmp_path))
    monkeypatch.delenv("IPROF_DATABASE_URL", raising=False)
    db.prepare_database()

    async def answers(*paths):
        threads = DatabaseThreads(2, 10.0)
        refusals = Refusals(KIT.refusal_seconds)
        settings = {"kit": KIT, "readers": Readers(3, 600.0), "refusals": refusals}
        settings["database"] = threads
        server = HTTPServer(KitApplication(SHARED_ROUTES, **settings))
        sock, port = bind_unused_port()
        server.add_sockets([sock])
        client = AsyncHTTPClient(force_instance=True)
        try:
            return [
                await client.fetch(f"http://127.0.0.1:{port}{path}", raise_error=False)
                for path in paths
            ]
        finally:
            client.close()
            server.stop()
            await server.close_all_connections()

    yield lambda *paths: asyncio.run(answers(*paths))
    db.engine().dispose()


def test_a_place_that_opens_too_much_is_told_to_wait(knock):
    *before, refused = knock(LINK, LINK + "/pdf", "/cv/" + "y" * 43, LINK)
    assert [answer.code for answer in before] == [404, 404, 404]
    assert refused.code == 429
    assert 590 < int(refused.headers["Retry-After"]) <= 600
    assert "Trop de pages ont été ouvertes depuis cette adresse." in refused.body.decode()
    assert "noindex" in refused.headers["X-Robots-Tag"]
    assert refused.headers["Cache-Control"] == "no-store"


def test_guessing_costs_as_much_as_reading(knock):
    guesses = knock(*(f"/cv/{number:043}" for number in range(6)))
    assert [answer.code for answer in guesses] == [404, 404, 404, 429, 429, 429]


def test_who_is_refused_waits_for_it_and_so_cannot_ask_without_a_pause(knock, pauses):
    knock(LINK, LINK, LINK)
    assert pauses == []
    knock(LINK, LINK, LINK, LINK, LINK)
    assert len(pauses) == 2
