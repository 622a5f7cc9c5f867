"""No handler asks the database on the event loop, where one slow answer would hold up everybody."""

import asyncio
import json
import re

import pytest
from every_address import NO_KERNEL, READ, SENT
from loop_watch import SAID, forget, watch
from sqlalchemy import text

from iprof_kit.records import database as db


def journey(client, kernel):
    """Go to every address, read and send; the session ends with it."""
    for path in READ:
        client.get(path)
    client.socket_status(kernel)
    client.get(f"/api/kernels/{kernel}")
    for path in SENT:
        client.post(path, compte="personne", mdp="une phrase sans lien", mdp2="une autre phrase")


def test_a_journey_over_every_route_leaves_the_loop_free(server, visit):
    stranger, teacher, analyst, new = (visit() for _ in range(4))
    teacher.log_in("jdupont2")
    analyst.log_in("aanalyste")
    account, numen = re.search(r"  (\S+) +NUMEN, première connexion\s: (\S+)", log(server)).groups()
    new.log_in(account, numen)
    new.get("/premiere-connexion")
    analyst.get("/tableau-promotions")
    analyst.get("/scenarios")
    journey(stranger, NO_KERNEL)
    journey(teacher, teacher.get("/accueil").kernel)
    assert SAID not in log(server)


def test_the_journey_goes_to_every_route(server):
    [routes] = re.findall("^routes: (.*)$", log(server), re.MULTILINE)
    seen = [*READ, *SENT, f"/api/kernels/{NO_KERNEL}/channels"]
    left = [one for one in json.loads(routes) if not any(re.fullmatch(one, path) for path in seen)]
    assert not left


def test_what_asks_on_the_loop_is_found(tmp_path, monkeypatch):
    monkeypatch.setenv("IPROF_DATABASE_URL", f"sqlite:///{tmp_path / 'base.sqlite'}")
    found = []
    look = watch(found.append)

    async def ask():
        with db.reading() as session:
            session.scalar(text("SELECT 1"))

    try:
        asyncio.run(ask())
    finally:
        forget(look)
        db.engine().dispose()
    assert len(found) >= 2
    assert all(one.startswith(SAID) for one in found)


@pytest.fixture(scope="module", autouse=True)
def _nothing_before(server):
    """What other tests of this folder made the server do counts too."""
    yield
    assert SAID not in log(server)


def log(server):
    return server.log.read_text()
