"""PostgreSQL is restarted, fails over, has no connection left, under people who act on two copies.

What was acknowledged is there afterwards: each act has a mark of its own, which is read back.
"""

import threading
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from operator import ge

import psycopg
import pytest
from copies import ACCOUNTS, Acting, enters, marks_of_entries
from playwright.sync_api import expect
from pooler import PgBouncer
from portal_client import Client
from portal_server import free_port, until
from postgres_servers import Pair, PostgresServer, address_of
from proxy_programs import Haproxy

from iprof_kit.base.errors import Unavailable
from iprof_kit.records import patience
from iprof_kit.services.access.accounts import open_session, session_of
from iprof_kit.services.guichet.operations import run

from .conftest import addressed

pytestmark = [pytest.mark.postgres, pytest.mark.soak]
ENOUGH = 6
"""Acts of each person that are awaited before and after the fault."""


@pytest.fixture(scope="module")
def servers():
    pair = Pair()
    yield pair
    pair.remove()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("copies")


@pytest.fixture(scope="module")
def address(servers):
    return address_of(servers.acting, servers.standby)


@pytest.fixture(scope="module")
def copies(open_portal, address, folder):
    both = [open_portal(folder, database=address, proxies=["127.0.0.1"]) for _ in range(2)]
    yield both
    for one in both:
        one.stop()


@pytest.fixture
def site(copies, tmp_path):
    with Haproxy(tmp_path, *(one.port for one in copies)) as proxy:
        until(lambda: Client(proxy.port).get("/readyz").status == 200)
        yield proxy


def writes(compte):
    """Return an act: this account adds the mark to a thread of hers.

    An order that was not acknowledged is given again under the same key, as a page does.
    """
    now = datetime.now(UTC)
    identity = session_of(open_session(compte, now), now)
    letter = {"nature": "question", "objet": "Un fil", "texte": "Bonjour.", "cle": f"cle-{compte}"}
    thread = run(identity, "courrier_ecrire", letter, now).lu.fil.id
    given = []

    def act(mark):
        if not given:
            given.append(mark)
        key = "cle-" + given[0].replace(".", "-")
        order = {"id": thread, "acte": "completer", "texte": given[0], "cle": key}
        try:
            with patience.patience(5):
                answer = run(identity, "courrier_agir", order, datetime.now(UTC))
        except Unavailable as error:
            if "a base de données ne répond pas" not in str(error):
                raise
            return None
        assert not answer.erreurs, answer.erreurs
        return given.pop()

    return act


@contextmanager
def acting(site, address, folder):
    """Three people enter again and again by the site, two write letters, until the block ends."""
    with addressed(folder / "var", address):
        people = [Acting(enters(site.port, one)) for one in ACCOUNTS[:3]]
        writers = [Acting(writes(one), rest=0.5) for one in ACCOUNTS[:2]]
        everybody = people + writers
        for one in everybody:
            one.start()
        try:
            all_act_again(everybody)
            yield people, writers
            all_act_again(everybody)
        finally:
            for one in everybody:
                one.end()


def all_act_again(people):
    enough = [len(one.acknowledged) + ENOUGH for one in people]

    def enough_or_wrong():
        acts = [len(one.acknowledged) for one in people]
        return all(map(ge, acts, enough)) or any(one.wrong for one in people)

    until(enough_or_wrong, 120)
    assert [one.wrong for one in people] == [[] for _ in people]


def nothing_is_lost(people, writers, server):
    entered = set(marks_of_entries(server))
    assert {mark for one in people for mark in one.acknowledged} <= entered
    written = [one for (one,) in server.say("SELECT text FROM case_events", dbname="kit")]
    for mark in (mark for one in writers for mark in one.acknowledged):
        assert written.count(mark) == 1


def restarted(servers):
    servers.restart()


def stopped_then_started(servers):
    servers.acting.stop("fast")
    threading.Event().wait(8)  # HAProxy has seen both copies without their database
    servers.acting.start()


def failed_over(servers):
    servers.fail_over()


def without_connections(servers):
    """Somebody else's program takes all that an ordinary account is given, then gives it back."""
    with ExitStack() as taken:
        link = {"host": "127.0.0.1", "port": servers.acting.port, "user": "kit", "dbname": "kit"}
        for turn in range(2):
            with suppress(psycopg.OperationalError):
                while True:
                    taken.enter_context(psycopg.connect(**link))
            if not turn:  # those of the kit are closed: it has to ask for others
                ours = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                servers.acting.say(f"{ours} WHERE application_name = 'iprof'")
        threading.Event().wait(8)


FAULTS = [restarted, stopped_then_started, without_connections, failed_over]


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_acknowledged_is_lost_and_a_letter_goes_on(
    fault, servers, copies, site, address, folder, person
):
    for one in copies:
        one.get_warm()
    jean = Client(site.port)
    assert jean.log_in("jdupont").status == 303
    page = person(site, jean).open("/courrier?nouveau=1")
    words = page.get_by_role("textbox", name="Message", exact=True)
    page.get_by_label("Objet").fill(fault.__name__)
    words.fill("La moitié")
    with acting(site, address, folder) as (people, writers):
        fault(servers)
        words.press_sequentially(" puis la fin.")
    nothing_is_lost(people, writers, servers.acting)
    assert sum(one.put_off for one in (*people, *writers)) > 0
    page.get_by_role("button", name="Envoyer au service").click()
    page.locator("#recu").wait_for()
    expect(page.get_by_text("La moitié puis la fin.")).to_be_visible()
    assert "Journal intact" in copies[0].command("journal", "verify")
    assert Client(site.port).get("/readyz").status == 200


@pytest.fixture
def pooled(open_portal, tmp_path):
    """Two copies that reach one base through PgBouncer, which a test may restart."""
    base, port = PostgresServer.made(), free_port()
    address = f"postgresql://kit@127.0.0.1:{port}/kit"
    with ExitStack() as ended:
        ended.callback(base.remove)
        between = PgBouncer(base.home, port, host="127.0.0.1", behind=base.port)
        ended.enter_context(between)
        both = [open_portal(tmp_path, database=address, proxies=["127.0.0.1"]) for _ in range(2)]
        for one in both:
            ended.callback(one.stop)
        yield base, between, address, both


def test_with_pgbouncer_between_two_copies_nothing_is_lost_when_it_restarts(pooled, tmp_path):
    base, between, address, copies = pooled
    proxied = tmp_path / "proxy"
    proxied.mkdir()
    with Haproxy(proxied, *(one.port for one in copies)) as proxy:
        until(lambda: Client(proxy.port).get("/readyz").status == 200)
        with acting(proxy, address, tmp_path) as (people, writers):
            between.stop()
            everybody = (*people, *writers)
            until(lambda: any(one.put_off for one in everybody), 60)  # and each told in French
            between.start()
    nothing_is_lost(people, writers, base)
    for one in copies:
        assert "Journal intact" in one.command("journal", "verify")
