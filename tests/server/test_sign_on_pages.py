"""Entering by a provider, linking one's account, leaving it, being told that one has left there."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

import pyotp
import pytest
from fake_provider import CLIENT, SECRET
from loop_watch import SAID
from portal_client import PASSWORD, Client
from portal_server import Server
from provider_over_http import ProviderOverHttp

OUT, BACK, LINKING = "/connexion/fournisseur", "/connexion/retour", "/connexion/relier"
END = "/connexion/fin"
FACTORS = "/connexion/preuves"


def served(there, folder, **changes):
    named = {
        "name": "l’annuaire", "issuer": there.issuer, "client": CLIENT, "secret": SECRET,
        "site": "http://localhost",
    }  # fmt: skip
    return Server(folder, sign_on=named | changes)


@pytest.fixture(scope="module")
def there():
    provider = ProviderOverHttp()
    yield provider
    provider.close()


@pytest.fixture(scope="module")
def portal(there, tmp_path_factory):
    running = served(
        there,
        tmp_path_factory.mktemp("sign_on"),
        link_claim="identifiant",
        roles_claim="realm_access.roles",
        roles={"bureau": "gestionnaire", "admin": "administrateur"},
    )
    try:
        running.wait()
        yield running
    finally:
        running.stop()


@pytest.fixture(autouse=True)
def _as_usual(there):
    there.claims, there.down = {}, False
    yield
    there.down = False


@pytest.fixture
def visitor(portal):
    return lambda: Client(portal.port)


def goes(client, there, subject, suite="/accueil", **claims):
    """Go to the provider as somebody, and return the address that the browser comes back to."""
    there.subject, there.sid, there.claims = subject, f"la session de {subject}", claims
    out = client.get(f"{OUT}?{urlencode({'suite': suite})}")
    assert out.status == 303
    return f"{BACK}?{urlencode(there.authorize(out.place))}"


def sign_on(client, there, subject, **words):
    return client.get(goes(client, there, subject, **words))


def lines(portal):
    return portal.command("account", "journal")


def test_the_login_leads_to_the_provider_and_to_the_form(visitor):
    page = visitor().get("/connexion?suite=/dossier/carriere").text
    assert f'href="{OUT}?suite=/dossier/carriere"' in page
    assert "Se connecter avec l’annuaire" in page
    assert 'id="mdp"' in page


def test_a_guaranteed_claim_links_its_account_at_the_first_time(visitor, there, portal):
    client = visitor()
    answer = sign_on(client, there, "a1", suite="/dossier/carriere", identifiant="jdupont")
    assert (answer.status, answer.place) == (303, "/dossier/carriere")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Jean Dupont" in client.get("/accueil").text
    again = visitor()
    assert sign_on(again, there, "a1").place == "/accueil"
    assert "Jean Dupont" in again.get("/accueil").text
    assert lines(portal).count("identite_reliee  compte:jdupont") == 1


def test_an_account_has_one_person_there_and_nobody_takes_it_over(visitor, there):
    assert sign_on(visitor(), there, "a2", identifiant="ichevalier").status == 303
    client = visitor()
    answer = sign_on(client, there, "un-autre", identifiant="ichevalier")
    assert answer.status == 403
    assert "est déjà relié à un autre" in answer.text
    assert client.get("/accueil").status == 302


def test_who_is_unknown_links_her_account_by_its_password_once(visitor, there, portal):
    client = visitor()
    assert sign_on(client, there, "a3", suite="/courrier").place == LINKING
    assert client.get("/accueil").status == 302  # not inside yet
    assert "Relier votre compte" in client.get(LINKING).text
    wrong = client.post(LINKING, compte="scohen", mdp="autre chose")
    assert wrong.status == 401
    assert "Compte ou mot de passe inconnu." in wrong.text
    answer = client.post(LINKING, compte="scohen", mdp=PASSWORD)
    assert (answer.status, answer.place) == (303, "/courrier")
    assert "Sarah Cohen" in client.get("/accueil").text
    assert sign_on(visitor(), there, "a3").place == "/accueil"
    assert "scohen  identite_reliee  compte:scohen" in lines(portal)


def test_nobody_links_what_somebody_else_has(visitor, there):
    assert sign_on(visitor(), there, "a4", identifiant="lfontaine").status == 303
    client = visitor()
    sign_on(client, there, "a5")
    answer = client.post(LINKING, compte="lfontaine", mdp=PASSWORD)
    assert answer.status == 403
    assert "est déjà relié à un autre" in answer.text
    assert client.get("/accueil").status == 302


def test_the_form_of_linking_is_of_who_has_just_come_back(visitor):
    client = visitor()
    assert client.get(LINKING).place == "/connexion"
    client.cookies["iprof_a_relier"] = "W10.7fffffff.faux"
    assert client.post(LINKING, compte="scohen", mdp=PASSWORD).place == "/connexion"
    assert client.get("/accueil").status == 302


def test_linking_asks_for_the_word_of_its_form(visitor, there):
    client = visitor()
    sign_on(client, there, "a3")
    assert client.ask("POST", LINKING, form={"compte": "scohen", "mdp": PASSWORD}).status == 403


def test_the_numen_links_nothing_and_opens_nothing_once_somebody_has_signed_on(visitor, there):
    numen = "06E0854321LMN"
    client = visitor()
    sign_on(client, there, "a6")
    answer = client.post(LINKING, compte="mlaurent", mdp=numen)
    assert answer.status == 403
    assert "NUMEN, qui ne suffit pas" in answer.text
    assert sign_on(visitor(), there, "a6").place == LINKING  # nothing was linked
    client = visitor()
    assert sign_on(client, there, "a6", identifiant="mlaurent").place == "/accueil"
    assert "Marie Laurent" in client.get("/accueil").text
    assert visitor().log_in("mlaurent", numen).status == 401


def test_a_password_alone_links_nobody_who_has_a_second_factor(visitor, there):
    owner = visitor()
    owner.log_in("cchef")
    key = re.search(r"<code>([A-Z2-7 ]+)</code>", owner.get(FACTORS).text)[1].replace(" ", "")
    assert owner.post(FACTORS, code=pyotp.TOTP(key).now()).status == 200
    thief = visitor()
    assert sign_on(thief, there, "a9").place == LINKING
    answer = thief.post(LINKING, compte="cchef", mdp=PASSWORD)
    assert answer.status == 403
    assert "un mot de passe ne suffit pas" in answer.text
    assert sign_on(visitor(), there, "a9").place == LINKING  # nothing was linked
    assert sign_on(owner, there, "a10").place == LINKING  # who has just proved it links hers
    assert owner.post(LINKING, compte="cchef", mdp=PASSWORD).place == "/accueil"
    assert sign_on(visitor(), there, "a10").place == "/accueil"


def test_one_comes_back_once_and_in_the_browser_that_left(visitor, there):
    client = visitor()
    address = goes(client, there, "a7", identifiant="fformateur")
    left_with = dict(client.cookies)
    stranger = visitor().get(address)
    assert stranger.status == 403
    assert "n’a pas été demandée d’ici" in stranger.text
    assert client.get(address).status == 303
    assert client.get(address).status == 403
    client.cookies = left_with  # as if the cookie had been kept
    again = client.get(address)
    assert again.status == 403
    assert "n’a pas été demandée d’ici" in again.text  # before the provider is asked for anything


def test_a_state_of_somebody_else_is_refused(visitor, there):
    client, other = visitor(), visitor()
    goes(client, there, "a8", identifiant="fformateur")
    theirs = goes(other, there, "a9", identifiant="cchef")
    answer = client.get(theirs)
    assert answer.status == 403
    assert "n’a pas été demandée d’ici" in answer.text
    assert "iprof_session" not in client.cookies


def test_who_gives_up_there_is_told_so(visitor, there):
    client = visitor()
    state = dict(parse_qsl(urlsplit(goes(client, there, "a10")).query))["state"]
    answer = client.get(f"{BACK}?error=access_denied&state={state}")
    assert answer.status == 403
    assert "n’a pas abouti chez le fournisseur" in answer.text


@pytest.mark.parametrize("claims", [{"nonce": "autre"}, {"aud": "autre"}, {"exp": 1}])
def test_a_token_that_lies_opens_nothing(visitor, there, claims):
    client = visitor()
    answer = sign_on(client, there, "a1", **claims)
    assert answer.status == 403
    assert "n’a pas pu être vérifiée" in answer.text
    assert "iprof_session" not in client.cookies


def test_the_provider_is_down_and_nobody_who_is_in_is_out(visitor, there):
    inside, outside = visitor(), visitor()
    sign_on(inside, there, "a1", identifiant="jdupont")
    address = goes(outside, there, "a1")
    there.down = True
    assert "Jean Dupont" in inside.get("/accueil").text
    answer = outside.get(address)
    assert answer.status == 503
    assert "L’annuaire ne répond pas." in answer.text
    assert "ne répondait pas il y a un instant" not in answer.text  # said once a page
    assert "ne répondait pas il y a un instant" in visitor().get("/connexion").text
    assert visitor().log_in("aadministrateur").place == "/accueil"
    assert inside.post("/quitter").status in (200, 303)
    assert inside.get("/accueil").status == 302


def test_leaving_here_leads_to_leaving_there(visitor, there):
    client = visitor()
    sign_on(client, there, "a1", identifiant="jdupont")
    token = client.cookies["iprof_jeton"]
    answer = client.post("/quitter")
    place = answer.headers["Refresh"].removeprefix("0;url=")
    words = dict(parse_qsl(urlsplit(place).query))
    assert place.startswith(f"{there.issuer}/fin?")
    assert words["id_token_hint"] == token
    assert words["post_logout_redirect_uri"] == "http://localhost/connexion"
    assert "Vous avez quitté le kit" in answer.text
    assert "Jean Dupont" not in answer.text
    assert client.get("/accueil").status == 302


def test_who_entered_by_a_password_leaves_as_before(visitor):
    client = visitor()
    client.log_in("jdupont2")
    answer = client.post("/quitter")
    assert (answer.status, answer.place) == (303, "/connexion")


def test_the_token_is_sent_to_no_other_page_than_that_of_leaving(visitor, there):
    kept = " ".join(sign_on(visitor(), there, "a1").headers.get_all("Set-Cookie"))
    token = re.search(r"iprof_jeton=[^;]+;(.*?)(?=iprof_|$)", kept)[1]
    assert "Path=/quitter" in token
    assert "HttpOnly" in token


def told(visitor, token):
    """Have the provider say that somebody has left: no cookie, no word of a form."""
    return visitor().ask("POST", END, form={"logout_token": token})


def test_leaving_there_ends_what_it_opened_here_and_nothing_else(visitor, there):
    jean, marie, typed = visitor(), visitor(), visitor()
    sign_on(jean, there, "a1", identifiant="jdupont")
    kernel = jean.get("/accueil").kernel
    sign_on(marie, there, "a2", identifiant="ichevalier")
    typed.log_in("jdupont")
    there.subject, there.sid = "a1", "la session de a1"
    token = there.logout_token()
    assert told(visitor, token).status == 200
    assert jean.get("/accueil").status == 302
    assert jean.socket_status(kernel) in (403, 404)
    assert marie.get("/accueil").status == 200
    assert typed.get("/accueil").status == 200
    sign_on(jean, there, "a1")
    assert told(visitor, token).status == 400  # once
    assert jean.get("/accueil").status == 200


def test_leaving_there_may_name_the_person_or_the_session_alone(visitor, there):
    for named in ({"sid": None}, {"sub": None}):
        client = visitor()
        sign_on(client, there, "a1", identifiant="jdupont")
        other = there.logout_token(**named | {"sid": "une autre"}) if "sub" in named else None
        if other:
            assert told(visitor, other).status == 200
            assert client.get("/accueil").status == 200
        assert told(visitor, there.logout_token(**named)).status == 200
        assert client.get("/accueil").status == 302


@pytest.mark.parametrize("token", ["", "a.b.c", "é", "x" * 30_000])
def test_who_makes_up_a_word_of_leaving_ends_nothing(visitor, token):
    answer = told(visitor, token)
    assert answer.status == 400
    assert "Traceback" not in answer.text


def test_a_token_of_entering_ends_nothing(visitor, there):
    client = visitor()
    sign_on(client, there, "a1", identifiant="jdupont")
    assert told(visitor, client.cookies["iprof_jeton"]).status == 400
    assert client.get("/accueil").status == 200


def roles(portal, account):
    listed = portal.command("account", "list")
    return re.search(rf"^{account} +([^;]*)\s;", listed, re.MULTILINE)[1].split(", ")


def test_the_roles_of_a_claim_are_given_and_taken_and_no_other(visitor, there, portal):
    words = {"identifiant": "jdupont2"}
    sign_on(visitor(), there, "a11", realm_access={"roles": ["bureau", "autre"]}, **words)
    assert roles(portal, "jdupont2") == ["enseignant", "gestionnaire"]
    sign_on(visitor(), there, "a11", realm_access={"roles": []}, **words)
    assert roles(portal, "jdupont2") == ["enseignant"]


def test_the_last_administrator_stays_one(visitor, there, portal):
    assert sign_on(visitor(), there, "a12", identifiant="aadministrateur").status == 303
    assert "administrateur" in roles(portal, "aadministrateur")


def test_where_no_provider_is_named_none_of_these_addresses_exists(visit):
    for path in (OUT, BACK, LINKING, END):
        assert visit().get(path).status == 404
    for path in (LINKING, END):
        assert visit().post(path).status == 404
    assert "fournisseur" not in visit().get("/connexion").text


def test_where_passwords_are_for_administrators_others_are_shown_the_other_way(
    there, tmp_path_factory
):
    folder = tmp_path_factory.mktemp("reserved")
    running = served(there, folder, passwords="administrateurs", typed_once=False)
    try:
        running.wait()
        visitor = lambda: Client(running.port)  # noqa: E731
        teacher = visitor().log_in("jdupont")
        assert teacher.status == 403
        assert "n’entre pas par un mot de passe" in teacher.text
        assert visitor().log_in("jdupont", "faux").status == 401  # said to nobody else
        assert visitor().log_in("aadministrateur").status == 303
        nobody = sign_on(visitor(), there, "inconnu")
        assert nobody.status == 403
        assert "Aucun compte n’est relié à cette identité" in nobody.text
    finally:
        running.stop()


def test_the_log_holds_neither_secret_nor_token_nor_person(visitor, there, portal):
    client = visitor()
    address = goes(client, there, "a1", identifiant="jdupont")
    client.get(address)
    code = dict(parse_qsl(urlsplit(address).query))["code"]
    log = portal.log.read_text()
    for word in (SECRET, code, "eyJ", "la session de"):
        assert word not in log, word
    assert SAID not in log  # nor did anything ask the database on the loop
