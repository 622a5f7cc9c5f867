"""Two copies of the kit on one PostgreSQL, behind the files of `deploy/`: they are one service."""

import email
import email.policy
import json
import secrets
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
    client = entered(site, "scohen")
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
    page = person(site, entered(site, "jdupont")).open("/courrier?nouveau=1")
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


def test_a_proxy_that_is_restarted_takes_nothing_from_a_page(copies, site, person):
    for one in copies:
        one.get_warm()
    page = person(site, entered(site, "jdupont2")).open("/courrier?nouveau=1")
    words = page.get_by_role("textbox", name="Message", exact=True)
    page.get_by_label("Objet").fill(f"Mandataire {site.program}")
    words.fill("Avant")
    site.stop()
    words.press_sequentially(", pendant")
    page.get_by_text("Connexion perdue").wait_for()
    site.start()
    page.get_by_text("Connexion rétablie").wait_for()
    words.press_sequentially(", après.")
    page.get_by_role("button", name="Envoyer au service").click()
    page.locator("#recu").wait_for()
    expect(page.get_by_text("Avant, pendant, après.")).to_be_visible()


def entered(site, compte):
    client = Client(site.port)
    assert client.log_in(compte).status == 303
    return client


def test_a_copy_that_lacks_the_journal_s_key_says_so_and_gets_nobody(
    copies, base, open_portal, tmp_path
):
    """It was given a folder of its own; a new key would make a second journal of one base."""
    alone = open_portal(tmp_path, database=address_of(base), proxies=["127.0.0.1"])
    try:
        means = json.loads(Client(alone.port).get("/readyz").text)
        assert (means["pret"], means["base"], means["cle_du_journal"]) == (False, True, False)
        assert "e service est arrêté pour le moment" in Client(alone.port).get("/connexion").text
        refused = Client(alone.port).log_in("scohen")
        assert (refused.status, "a clé du journal" in refused.text) == (503, True)
        with Haproxy(tmp_path, copies[0].port, alone.port) as proxy:
            until(lambda: "Server kit/deux is DOWN" in proxy.said.read_text())
            for compte in ("scohen", "lfontaine", "fformateur"):
                assert entered(proxy, compte).get("/accueil").status == 200
    finally:
        alone.stop()
    assert "Journal intact" in copies[0].command("journal", "verify")


def test_a_journal_s_key_that_is_changed_refuses_in_french_until_each_copy_starts_again(copies):
    """An old key notes nothing false: what would need a line is refused, and nobody loses hers."""
    key = copies[0].folder / "var" / "journal" / "cle"
    former = entered(copies[0], "ichevalier")
    key.write_text(secrets.token_hex(32), "ascii")
    copies[0].command("journal", "reprendre", "--motif", "clé changée")
    for one in copies:
        refused = Client(one.port).log_in("scohen")
        assert (refused.status, "a clé du journal" in refused.text) == (503, True)
        assert until(lambda: Client(one.port).get("/readyz").status == 503)  # noqa: B023
        one.stop()
        one.start()
        assert entered(one, "scohen").get("/accueil").status == 200
        former.port = one.port
        assert former.get("/accueil").status == 200
    assert "Journal intact" in copies[0].command("journal", "verify")


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
