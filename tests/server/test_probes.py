"""What a proxy asks: does the server live, may people be sent to it."""

import asyncio
import http.client
import json
import signal

import pytest
from portal_client import Client
from portal_server import Server, until

from iprof_kit.base.errors import Unavailable
from iprof_kit.kernel.frames import parts
from iprof_kit.server.kernels.framing import STOPS, header_of
from iprof_kit.server.pages.probes import Readiness
from iprof_kit.services.health import Means

ALL_THERE = {
    "pret": True, "base": True, "tables": True, "cle_du_journal": True, "arret_en_cours": False,
}  # fmt: skip
WHOLE = Means(database=True, tables=True, key=True)
BOTH = ("/healthz", "/readyz")


class Threads:
    """What looks at the database, counted."""

    def __init__(self, *answers):
        self._answers = list(answers)
        self.looks = 0

    async def ask(self, _person, _work):
        self.looks += 1
        await asyncio.sleep(0)
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_however_many_ask_the_database_is_looked_at_once():
    threads = Threads(WHOLE)

    async def many():
        readiness = Readiness(threads)
        return await asyncio.gather(*(readiness.means() for _ in range(100)))

    assert asyncio.run(many()) == [WHOLE] * 100
    assert threads.looks == 1


def test_a_database_that_does_not_answer_is_a_look_too():
    threads = Threads(Unavailable("elle ne répond pas.", remedy="Attendez."))
    assert asyncio.run(Readiness(threads).means()) == Means()


def asked(port, path, host="127.0.0.1", method="GET"):
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    link.putrequest(method, path, skip_host=True)
    link.putheader("Host", host)
    link.endheaders()
    answer = link.getresponse()
    return answer, answer.read()


@pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3:8866", "ailleurs.example"])
def test_a_server_that_lives_and_is_ready_says_so_under_any_name(server, host):
    lives, ready = (asked(server.port, path, host) for path in BOTH)
    assert (lives[0].status, json.loads(lives[1])) == (200, {"vivant": True})
    assert (ready[0].status, json.loads(ready[1])) == (
        200,
        ALL_THERE,
    )


@pytest.mark.parametrize("path", BOTH)
def test_a_probe_learns_the_same_whoever_asks_and_is_given_no_cookie(opened, others, path):
    told = {client.get(path).text for client in (opened[0], *others.values())}
    assert len(told) == 1
    answer, body = asked(opened[0].port, path, method="HEAD")
    assert (answer.status, body, answer.getheader("Set-Cookie")) == (200, b"", None)
    assert answer.getheader("Cache-Control") == "no-store"


@pytest.mark.parametrize("path", BOTH)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_probe_only_reads(visit, path, method):
    assert visit().ask(method, path).status in {403, 405}


def test_told_to_stop_it_is_ready_for_nobody_more_and_ends_what_it_has(tmp_path):
    """A second word does not wait for the end of the first one's delay."""
    portal = Server(tmp_path, grace_seconds=600)
    portal.wait()
    try:
        person = Client(portal.port)
        assert person.log_in("jdupont").status == 303
        page = person.socket(person.get("/accueil").kernel)
        portal.process.send_signal(signal.SIGTERM)
        leaving = ALL_THERE | {"pret": False, "arret_en_cours": True}
        until(lambda: readiness(portal.port) == (503, leaving))
        assert asked(portal.port, "/healthz")[0].status == 200
        assert 500 < stop_heard(page) <= 600
        assert 500 < stop_heard(person.socket(person.get("/accueil").kernel)) <= 600
        portal.process.send_signal(signal.SIGTERM)
        assert portal.process.wait(timeout=30) == 0
    finally:
        portal.stop()


def stop_heard(page):
    """Return in how many seconds the server stops, as it says to a page among all that it hears."""
    while True:
        message = page.recv()
        if header_of(message).get("msg_type") == STOPS:
            return json.loads(parts(message)[4])["seconds"]


def readiness(port):
    """Return what is said now: a database that a busy machine holds up is missing for a second."""
    answer, body = asked(port, "/readyz")
    return answer.status, json.loads(body)
