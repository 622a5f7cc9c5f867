"""Two copies of the kit on one PostgreSQL, behind the files of `deploy/`: they are one service."""

import email
import email.policy
from collections import Counter

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import expect
from portal_client import Client
from portal_server import free_port, until
from postgres_servers import PostgresServer, address_of
from proxy_programs import Haproxy, Nginx
from real_portal import reopen

from iprof_kit.base.paths import SAMPLE

pytestmark = [pytest.mark.postgres, pytest.mark.soak]
MAILED = """travaux:
  courriels: {expediteur: kit@academie.example, adresse: "https://kit.example"}
"""


class Letters:
    """What a mail server takes, by the name that each letter has."""

    def __init__(self):
        self.names = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.names.append(letter["Message-ID"])
        return "250 OK"


@pytest.fixture(scope="module")
def letters():
    taken = Letters()
    taken.port = free_port()
    server = Controller(taken, hostname="127.0.0.1", port=taken.port)
    server.start()
    yield taken
    server.stop()


@pytest.fixture(scope="module")
def base():
    one = PostgresServer.made()
    yield one
    one.remove()


@pytest.fixture(scope="module")
def copies(open_portal, base, letters, tmp_path_factory):
    folder = tmp_path_factory.mktemp("copies")
    academies = folder / "academies.yml"
    academies.write_text(MAILED + (SAMPLE / "academies.yml").read_text("utf-8"), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPROF_ACADEMIES", str(academies))
        patch.setenv("IPROF_SMTP", f"smtp://127.0.0.1:{letters.port}")
        both = [
            open_portal(folder, database=address_of(base), proxies=["127.0.0.1"]) for _ in range(2)
        ]
    yield both
    for one in both:
        one.stop()


@pytest.fixture(params=[Haproxy, Nginx])
def site(request, copies, tmp_path):
    for one in copies:
        if one.process.poll() is not None:
            one.start()
    with request.param(tmp_path, *(one.port for one in copies)) as proxy:
        until(lambda: Client(proxy.port).get("/readyz").status == 200)
        yield proxy


def test_who_enters_is_known_by_each_copy_and_so_is_her_end(copies, site):
    client = Client(site.port)
    assert client.log_in("scohen").status == 303
    for one in (site, *copies):
        client.port = one.port
        assert client.get("/accueil").status == 200
    kept = dict(client.cookies)
    client.post("/quitter")
    client.cookies = kept
    for one in (site, *copies):
        client.port = one.port
        assert client.get("/accueil").place.startswith("/connexion")


def test_who_guesses_waits_whichever_copy_she_asks(copies):
    statuses = []
    guesser = Client(copies[0].port, source="127.0.7.7")
    for turn in range(8):
        guesser.port = copies[turn % 2].port
        statuses.append(guesser.log_in("jdupont", "faux").status)
    assert statuses[-2:] == [429, 429], statuses
    assert statuses.count(429) >= 5


def test_there_is_one_journal_with_one_chain_of_seals(copies, base):
    for turn in range(6):
        entering = Client(copies[turn % 2].port, source=f"127.0.8.{turn + 1}")
        assert entering.log_in("lfontaine").status == 303
    waiting = "SELECT count(*) FROM audit WHERE batch IS NULL"
    until(lambda: base.say(waiting, dbname="kit") == [(0,)])
    numbers = [one for (one,) in base.say("SELECT number FROM audit_seals", dbname="kit")]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    for one in copies:
        assert "Journal intact" in one.command("journal", "verify")
        one.command("doctor")  # ends with 1 where the journal is not to be believed


def test_a_letter_half_written_outlives_the_copy_that_was_killed(copies, site, person):
    for one in copies:
        one.get_warm()
    jean = Client(site.port)
    assert jean.log_in("jdupont").status == 303
    seat = person(site, jean)
    page = seat.open("/courrier?nouveau=1")
    [holder] = [one for one in copies if one.sessions()]
    words = page.get_by_role("textbox", name="Message", exact=True)
    page.get_by_label("Objet").fill(f"Lettre {site.program}")
    words.fill("Madame, la moitié")
    page.get_by_text("Brouillon enregistré le").wait_for()
    words.press_sequentially(" de ma lettre")
    holder.kill()
    page.get_by_text("Cette page ne calcule plus depuis").wait_for()
    reopen(page)
    expect(words).to_have_value("Madame, la moitié de ma lettre")
    page.get_by_label("question", exact=False).first.check(force=True)
    words.press_sequentially(" est écrite.")
    page.get_by_role("button", name="Envoyer au service").click()
    page.locator("#recu").wait_for()
    expect(page.get_by_text("Madame, la moitié de ma lettre est écrite.")).to_be_visible()


def test_each_job_is_done_by_one_copy_and_each_notice_leaves_once(copies, base, letters):
    rows = "SELECT id FROM accounts ORDER BY id LIMIT 40"
    accounts = [one for (one,) in base.say(rows, dbname="kit")]
    base.say(
        *(
            "INSERT INTO mails (key, account_id, address, waiting, state, prepared_at, next_at,"
            f" attempts, reply) VALUES ('message:{number}:{account}', {account},"
            " 'jean@example.org', 1, 'prepare', now(), now(), 0, '')"
            for account in accounts
            for number in range(200 // len(accounts))
        ),
        dbname="kit",
    )
    (sent,) = base.say("SELECT count(*) FROM mails", dbname="kit")[0]
    until(lambda: len(letters.names) >= sent, 200)
    left = "SELECT count(*) FROM mails WHERE state <> 'remis'"
    until(lambda: base.say(left, dbname="kit") == [(0,)])
    assert set(Counter(letters.names).values()) == {1}
