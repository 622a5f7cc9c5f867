"""The pages of the second factor: nobody is inside before it; codes, passkeys, what is refused."""

import html
import json
import re
import time

import pyotp
import pytest
from every_address import READ, SENT
from portal_client import Client
from portal_server import Server
from soft_key import PRESENT, SoftKey

PROOF, FIRST, FACTORS = "/connexion/preuve", "/connexion/premiere-preuve", "/connexion/preuves"
COOKIE = "iprof_preuve"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    running = Server(
        tmp_path_factory.mktemp("second_factor"),
        second_factor=["gestionnaire", "evaluateur", "administrateur"],
    )
    try:
        running.wait()
        yield running
    finally:
        running.stop()


class Named(Client):
    """A visitor who types the name of the site, for which alone a passkey is made."""

    def ask(self, method, path, *, headers=None, **words):
        host = {"Host": f"localhost:{self.port}"}
        return super().ask(method, path, headers=host | (headers or {}), **words)

    @property
    def origin(self):
        return f"http://localhost:{self.port}"


@pytest.fixture
def visitor(portal):
    return lambda: Named(portal.port)


def options(page):
    return json.loads(html.unescape(re.search(r'data-options="([^"]*)"', page.text)[1]))


def key_of(page):
    return re.search(r"<code>([A-Z2-7 ]+)</code>", page.text)[1].replace(" ", "")


def recovery_codes(page):
    return re.findall(r"<code>([0-9A-Y]{4}(?:-[0-9A-Y]{4}){6})</code>", page.text)


def add_application(client, page=FIRST):
    """Add an application where a log-in waits for one; return its key and the answer."""
    key = key_of(client.get(page))
    return key, client.post(page, code=pyotp.TOTP(key).now())


def a_later_code(key):
    """Return a code that was not taken yet: that of the period to come is admitted."""
    return pyotp.TOTP(key).at(time.time() + 30)


def with_passkey(client, compte):
    """Log somebody in who adds a passkey as her first factor; return it and the answer."""
    assert client.log_in(compte).place == FIRST
    asked = options(client.get(FIRST))
    key = SoftKey(asked["rp"]["id"])
    return key, client.post(FIRST, cle=key.made(asked["challenge"], client.origin), nom="Bureau")


def proves(client, key):
    """Sign what the page asks for now."""
    asked = options(client.get(PROOF))
    return client.post(PROOF, cle=key.signed(asked["challenge"], client.origin))


def remove_all(portal, compte):
    portal.command(
        "account", "facteur", "retirer", "--compte", compte, "--motif", "téléphone perdu"
    )


def test_nobody_is_asked_whose_role_is_not_named(visitor):
    client = visitor()
    assert client.log_in("jdupont").place == "/accueil"
    assert COOKIE not in client.cookies


def test_who_is_asked_adds_one_before_anything_else(visitor, portal):
    client = visitor()
    answer = client.log_in("ggestionnaire")
    assert (answer.status, answer.place) == (303, FIRST)
    assert not client.cookies.get("iprof_session")
    waiting = dict(client.cookies)
    wrong = client.post(FIRST, code="000000")
    assert wrong.status == 400
    assert "n’est pas celui de la clé affichée" in wrong.text
    key, done = add_application(client)
    assert done.status == 200
    codes = recovery_codes(done)
    assert len(codes) == 10
    assert client.get("/accueil").status == 200
    again = visitor()
    again.cookies = waiting  # the log-in that waited is over
    assert again.get(FIRST).place == "/connexion"

    second = visitor()
    assert second.log_in("ggestionnaire").place == PROOF
    assert second.get("/accueil").status == 302
    assert second.post(PROOF, code="00000").status == 400
    wrong = second.post(PROOF, code="000000")
    assert wrong.status == 401
    assert "Si votre téléphone n’est pas à l’heure" in wrong.text
    entered = second.post(PROOF, code=a_later_code(key))
    assert (entered.status, entered.place) == (303, "/accueil")
    assert second.get("/accueil").status == 200

    third = visitor()
    third.log_in("ggestionnaire")
    assert third.post(PROOF, code=codes[0]).place == FACTORS
    assert "encore&nbsp;: 9" in third.get(FACTORS).text
    remove_all(portal, "ggestionnaire")
    assert third.get("/accueil").status == 302
    last = visitor()
    assert last.log_in("ggestionnaire").place == FIRST
    assert "ont été retirées par l’administration" in last.get(FIRST).text


def test_every_route_takes_who_waits_for_a_stranger(visitor):
    waiting, stranger = visitor(), visitor()
    assert waiting.log_in("gcollegue").place == FIRST
    stranger.get("/connexion")
    own = (PROOF, FIRST)
    for path in READ:
        if path not in own:
            hers, theirs = waiting.get(path), stranger.get(path)
            assert (hers.status, hers.place) == (theirs.status, theirs.place), path
            assert not waiting.cookies.get("iprof_session"), path
    for path in SENT:
        if path not in (*own, "/quitter"):
            hers, theirs = waiting.post(path), stranger.post(path)
            assert (hers.status, hers.place) == (theirs.status, theirs.place), path
    assert waiting.get(PROOF).status == 200


def test_a_log_in_that_waits_is_that_of_one_browser(visitor):
    client, other = visitor(), visitor()
    client.log_in("gcollegue")
    for path in (PROOF, FIRST):
        assert other.get(path).place == "/connexion"
        assert other.post(path, code="123456").place == "/connexion"
    other.cookies[COOKIE] = "x" * 43
    assert other.get(FIRST).place == "/connexion"
    session = visitor()
    session.cookies["iprof_session"] = client.cookies[COOKIE]
    assert session.get("/accueil").status == 302


def test_a_session_that_was_there_before_is_not_the_one_that_the_proof_opens(visitor):
    client = visitor()
    client.log_in("jdupont")
    before = client.cookies["iprof_session"]
    assert client.log_in("aadministrateur").place == FIRST
    add_application(client)
    assert client.cookies["iprof_session"] not in {before, ""}
    gone = visitor()
    gone.cookies["iprof_session"] = before
    assert gone.get("/accueil").status == 302


def test_a_passkey_is_added_and_enters(visitor, portal):
    client = visitor()
    key, done = with_passkey(client, "iinspectrice")
    assert len(recovery_codes(done)) == 10
    assert client.get("/accueil").status == 200
    again = visitor()
    assert again.log_in("iinspectrice").place == PROOF
    assert options(again.get(PROOF))["userVerification"] == "required"
    assert proves(again, key).place == "/accueil"
    assert "facteur_utilise" in portal.command("account", "journal")
    remove_all(portal, "iinspectrice")


@pytest.mark.parametrize("lie", ["origin", "site", "challenge", "reused", "unverified", "count"])
def test_a_passkey_that_does_not_sign_what_was_asked_is_refused(visitor, portal, lie):
    key, _ = with_passkey(visitor(), "iinspectrice")
    client = visitor()
    client.log_in("iinspectrice")
    challenge, origin, words = options(client.get(PROOF))["challenge"], client.origin, {}
    if lie == "origin":
        origin = "https://ailleurs.example"
    elif lie == "site":
        key.site = "ailleurs.example"
    elif lie == "challenge":
        challenge = "A" * 86
    elif lie == "reused":
        client.post(PROOF, cle=key.signed(challenge, "https://ailleurs.example"))
    elif lie == "unverified":
        words = {"flags": PRESENT}
    elif lie == "count":
        client.post(PROOF, cle=key.signed(challenge, origin))
        client = visitor()
        client.log_in("iinspectrice")
        challenge, key.count = options(client.get(PROOF))["challenge"], 0
    answer = client.post(PROOF, cle=key.signed(challenge, origin, **words))
    assert answer.status == 401
    assert "n’est pas la bonne" in answer.text
    key.site, key.count = "localhost", 10
    assert proves(client, key).place == "/accueil"
    remove_all(portal, "iinspectrice")


def test_another_person_s_passkey_opens_nothing(visitor, portal):
    with_passkey(visitor(), "iinspectrice")
    other, _ = with_passkey(visitor(), "cchef")
    client = visitor()
    client.log_in("iinspectrice")
    assert proves(client, other).status == 401
    for compte in ("iinspectrice", "cchef"):
        remove_all(portal, compte)


@pytest.mark.parametrize("answer", ["{", "[]", "{}", '{"id": 1}', "x" * 30_000, '{"id": null}'])
def test_what_no_browser_answers_is_refused(visitor, portal, answer):
    client = visitor()
    client.log_in("cchef")
    client.get(FIRST)
    assert client.post(FIRST, cle=answer).status == 400
    key, _ = with_passkey(client, "cchef")
    client.log_in("cchef")
    client.get(PROOF)
    assert client.post(PROOF, cle=answer).status == 401
    assert proves(client, key).place == "/accueil"
    remove_all(portal, "cchef")


def test_anybody_may_add_one_and_remove_it(visitor):
    client = visitor()
    assert client.get(FACTORS).place == f"/connexion?suite={FACTORS}"
    client.log_in("lfontaine")
    _key, done = add_application(client, FACTORS)
    assert len(recovery_codes(done)) == 10
    asked = options(client.get(FACTORS))
    passkey = SoftKey(asked["rp"]["id"])
    made = passkey.made(asked["challenge"], client.origin)
    assert client.post(FACTORS, cle=made, nom="Téléphone").place == FACTORS
    page = client.get(FACTORS).text
    assert "Téléphone" in page
    number = re.search(r'name="numero" value="(\d+)"', page)[1]
    stranger = visitor()
    stranger.log_in("jdupont2")
    assert stranger.post(FACTORS, acte="retirer", numero=number).status == 400
    assert client.post(FACTORS, acte="retirer", numero=number).place == FACTORS
    assert client.post(FACTORS, acte="retirer", numero="").place == FACTORS
    assert visitor().log_in("lfontaine").place == "/accueil"


def test_no_passkey_is_offered_at_a_number(portal):
    client = Client(portal.port)
    client.log_in("gcollegue")
    page = client.get(FIRST).text
    assert "Une application de codes" in page
    assert "data-options" not in page
