"""Entering, changing the first password, being refused, leaving."""

import html
import re
import sqlite3

import pytest
from portal_client import PASSWORD

from iprof_kit.services.access.passwords import SHORTEST

CHOSEN = "trois-mots-tranquilles"


def test_the_login_works_without_javascript_and_opens_a_session(visit):
    client = visit()
    page = client.get("/connexion")
    assert page.status == 200
    assert re.search(r'<label for="mdp">Mot de passe</label>', page.text)
    assert client.cookies["_xsrf"] in page.text or 'name="_xsrf"' in page.text
    answer = client.log_in("jdupont")
    assert (answer.status, answer.place) == (303, "/accueil")


def test_a_password_is_masked_and_its_keeper_may_fill_it_in(visit):
    for path, keeper in (("/connexion", "current-password"), ("/mot-de-passe-oublie", None)):
        page = visit().get(path).text
        fields = re.findall(r'<input[^>]*name="mdp2?"[^>]*>', page)
        assert bool(fields) == bool(keeper)
        assert all('type="password"' in one and f'autocomplete="{keeper}"' in one for one in fields)
        assert not re.search(r"onpaste|onkeydown|['\"]paste['\"]", page)


def test_the_session_cookie_is_private(visit):
    cookies = " ".join(visit().log_in("jdupont").headers.get_all("Set-Cookie"))
    session = next(part for part in cookies.split("iprof_") if part.startswith("session="))
    assert "HttpOnly" in session
    assert "SameSite=Lax" in session
    assert "expires" not in session.lower()  # it ends with the browser
    assert "Secure" not in session  # plain http on this machine; see the unit test for https


def test_a_wrong_password_keeps_the_account_and_says_how_long_to_wait(visit):
    client = visit()
    first = client.log_in("rinconnu", "faux-mot-de-passe")
    assert first.status == 401
    assert "Compte ou mot de passe inconnu." in first.text
    assert 'value="rinconnu"' in first.text
    assert "faux-mot-de-passe" not in first.text
    client.log_in("rinconnu", "faux")
    third = client.log_in("rinconnu", "faux")
    assert third.status == 429
    assert re.search(r"Nouvel essai possible dans \d+ secondes\.", third.text)
    assert "iprof_session" not in client.cookies


def test_an_unknown_account_and_a_wrong_password_are_told_the_same(visit):
    def told(compte):
        text = visit().log_in(compte, "faux").text
        return re.sub(r'(value|nonce)="[^"]*"', "", text[text.index("<main") :])

    assert told("tpersonne") == told("mlaurent")


def test_hostile_text_is_shown_as_text(visit):
    answer = visit().log_in('"><script>alert(1)</script>', "x")
    assert answer.status == 401
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text
    assert visit().log_in("\x00é" * 5000, "\ud83d" * 0 + "é" * 90_000).status == 401


@pytest.mark.parametrize(
    "suite",
    [
        "https://ailleurs.example",
        "//ailleurs.example",
        "/api",
        "javascript:x",
        "",
        "//ailleurs.example/atelier?s=a",
        "/\\ailleurs.example",
        "/atelier/../api",
        "/quitter",
        "/atelier@ailleurs.example?s=a",
        "?s=a",
        "/accueil\r\nSet-Cookie: a=b",
    ],
)
def test_the_login_leads_nowhere_else(visit, suite):
    client = visit()
    answer = client.post("/connexion", compte="jdupont", mdp=PASSWORD, suite=suite)
    assert answer.place == "/accueil"


def test_the_login_leads_to_the_page_that_was_asked_for(visit):
    client = visit()
    page = client.get("/connexion?suite=/dossier/carriere")
    assert 'name="suite" value="/dossier/carriere"' in page.text
    answer = client.post("/connexion", compte="jdupont", mdp=PASSWORD, suite="/dossier/carriere")
    assert answer.place == "/dossier/carriere"


SEANCE = f"s={'aB3_-' * 900}"
"""As long as an address of the atelier may be."""


@pytest.mark.parametrize(
    "address",
    [
        "/perspectives/et-si?lien=eyJ4.a-b_c",
        "/guides/themes?q=hors+classe",
        "/guides/themes?q=d%C3%A9tachement&page=2",
        f"/atelier?{SEANCE}",
        "/scenarios",
        "/tableau-promotions",
    ],
)
def test_an_address_comes_back_whole_after_the_login(visit, address):
    client = visit()
    asked = client.get(address)
    assert asked.status == 302
    form = re.search(r'name="suite" value="([^"]*)"', client.get(asked.place).text)
    suite = html.unescape(form[1])
    assert suite == address
    answer = client.post("/connexion", compte="fformateur", mdp=PASSWORD, suite=suite)
    assert (answer.status, answer.place) == (303, address)


@pytest.mark.parametrize(
    "query",
    [
        "q=//ailleurs.example",
        "q=%0d%0aSet-Cookie:+a=b",
        "q=%0D%0Ax",
        "q=%00",
        "q=a\r\nSet-Cookie: a=b",
        "q=<script>alert(1)</script>",
        'q="onfocus=alert(1)',
        "q=a#/ailleurs",
        "q=\\\\ailleurs.example",
        "q=é",
        "s=" + "a" * 5_000,
    ],
)
def test_a_hostile_argument_is_dropped_at_the_login_and_the_page_opens(visit, query):
    client = visit()
    suite = f"/guides/themes?{query}"
    answer = client.post("/connexion", compte="jdupont", mdp=PASSWORD, suite=suite)
    assert (answer.status, answer.place) == (303, "/guides/themes")
    assert not any(line.startswith("a=b") for line in answer.headers.get_all("Set-Cookie"))


def test_no_page_of_a_person_is_indexed(opened):
    assert opened[1].headers["X-Robots-Tag"].startswith("noindex")


@pytest.mark.parametrize(
    "path",
    ["/connexion", "/premiere-connexion", "/quitter", "/reinitialiser", "/reinitialiser/choisir"],
)
@pytest.mark.parametrize("token", [None, "", "autre"])
def test_a_form_without_its_token_is_refused_in_french(visit, path, token):
    client = visit()
    client.get("/connexion")
    form = {"compte": "jdupont", "mdp": PASSWORD} | ({} if token is None else {"_xsrf": token})
    answer = client.ask("POST", path, form=form)
    assert answer.status == 403
    assert "Accès refusé" in answer.text
    assert "iprof_session" not in client.cookies


def test_leaving_by_a_mere_link_is_impossible(visit):
    client = visit()
    client.log_in("jdupont2")
    assert client.get("/quitter").status == 405
    assert client.ask("POST", "/quitter").status == 403
    assert client.get("/premiere-connexion").place == "/accueil"  # still logged in


def test_the_numen_opens_nothing_but_the_change_of_password(visit):
    client = visit()
    answer = client.log_in("mlaurent", "06e0854321lmn")  # any case
    assert (answer.status, answer.place) == (303, "/premiere-connexion")
    for path in ("/accueil", "/dossier/synthese"):
        assert client.get(path).place == "/premiere-connexion"
    page = client.get("/premiere-connexion")
    assert "06E0854321LMN" not in page.text.upper()
    assert "Marie Laurent" in page.text
    assert "Votre accueil s’ouvre" in page.text  # what comes next
    assert 'id="montrer" aria-pressed="false" hidden' in page.text  # shown by its script alone
    assert f'data-moins="{SHORTEST}"' in page.text
    refused = client.post("/premiere-connexion", mdp=CHOSEN, mdp2="autre chose")
    assert refused.status == 400
    assert "Les deux saisies diffèrent." in refused.text
    again = client.post("/premiere-connexion", mdp="06E0854321LMN", mdp2="06E0854321LMN")
    assert again.status == 400
    assert "06E0854321LMN" not in again.text
    answer = client.post("/premiere-connexion", mdp=CHOSEN, mdp2=CHOSEN)
    assert (answer.status, answer.place) == (303, "/accueil")
    assert client.get("/accueil").status == 200
    assert visit().log_in("mlaurent", "06E0854321LMN").status == 401
    assert visit().log_in("mlaurent", CHOSEN).place == "/accueil"


def test_only_who_has_entered_with_a_numen_may_choose_there(visit):
    assert visit().get("/premiere-connexion").place == "/connexion"
    stranger = visit().post("/premiere-connexion", mdp=CHOSEN, mdp2=CHOSEN)
    assert (stranger.status, stranger.place) == (303, "/connexion")
    teacher = visit()
    teacher.log_in("jdupont2")
    answer = teacher.post("/premiere-connexion", mdp=CHOSEN, mdp2=CHOSEN)
    assert answer.place == "/accueil"
    assert visit().log_in("jdupont2").status == 303  # nothing has changed


def test_who_has_forgotten_is_told_whom_to_ask(visit):
    page = visit().get("/mot-de-passe-oublie")
    assert page.status == 200
    assert re.search(r'href="tel:\d+"', page.text)
    assert 'href="mailto:' in page.text
    assert page.text.index("Contactez votre assistance") < page.text.index(
        "choisissez un mot de passe"
    )


def test_a_link_that_does_not_work_says_so(visit):
    client = visit()
    for link in ("/reinitialiser#" + "a" * 43, "/reinitialiser#", "/reinitialiser#a"):
        page = client.follow(link)
        assert page.status == 404
        assert "Lien sans effet" in page.text
    answer = client.post("/reinitialiser/choisir", mdp=CHOSEN, mdp2=CHOSEN)
    assert answer.status == 400
    assert "Ce lien a déjà servi" in answer.text


def test_a_link_of_the_administrator_works_once(visit, server):
    link = server.command("account", "reset", "iinspecteur").splitlines()[0]
    secret = link.partition("#")[2]
    before = visit()
    assert before.get(f"/reinitialiser/{secret}").place == "/reinitialiser/choisir"
    assert before.get("/reinitialiser/choisir").status == 200  # given before: its path holds it
    client = visit()
    assert client.follow(link).status == 200
    path = "/reinitialiser/choisir"
    assert client.post(path, mdp="court", mdp2="court").status == 400
    answer = client.post(path, mdp=CHOSEN, mdp2=CHOSEN)
    assert (answer.status, answer.place) == (303, "/connexion")
    assert client.follow(link).status == before.get(path).status == 404
    assert visit().log_in("iinspecteur", CHOSEN).status == 303
    assert secret not in server.log.read_text()


def test_entering_again_closes_the_session_before(visit):
    client = visit()
    client.log_in("ichevalier")
    page = client.get("/accueil")
    before = dict(client.cookies)
    client.log_in("scohen")
    client.cookies, after = before, client.cookies
    assert client.get("/accueil").status == 302
    assert client.socket_status(page.kernel) == 403
    client.cookies = after
    assert "Sarah Cohen" in client.get("/accueil").text


def test_private_pages_stay_in_no_cache_and_reload_when_shown_again(opened, visit):
    for page in (opened[1], visit().get("/connexion")):
        assert "no-store" in page.headers["Cache-Control"]
        assert "event.persisted" in page.text


def test_a_database_that_is_busy_is_said_in_french_and_nobody_enters(visit, server):
    client = visit()
    client.get("/connexion")
    busy = sqlite3.connect(server.people, isolation_level=None)
    busy.execute("BEGIN IMMEDIATE")
    try:
        answer = client.log_in("jdupont")
    finally:
        busy.close()
    assert answer.status == 503
    assert "elle est occupée par une autre opération" in answer.text
    assert "Traceback" not in answer.text
    assert "iprof_session" not in client.cookies
    assert client.log_in("jdupont").status == 303
