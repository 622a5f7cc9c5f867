"""Phones in a lesson, on the real server: without account, by a mark of that lesson alone."""

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from live_pieces import ESTIMATE, KEEP, ONE, ORDER, SEVERAL, WORDS, Trainer
from portal_client import Client
from portal_server import until

from iprof_kit.services.contract.lecons import MOST_PARTICIPANTS

MARK = "iprof_lecon"


class Phone:
    """A phone that was shown a code, with its own cookies."""

    def __init__(self, server, code):
        self.client, self.code, self.address = Client(server.port), code, f"/lecon/{code}"
        self.client.get("/lecon")

    def post(self, address=None, **form):
        return self.client.post(address or self.address, **form)

    def join(self):
        assert self.post(acte="rejoindre").status == 303
        return self

    def answer(self, screen, **given):
        return self.post(f"{self.address}/etat", acte="repondre", ecran=screen, **given)

    def state(self, tag=None):
        headers = {"If-None-Match": tag} if tag else {}
        return self.client.get(f"{self.address}/etat", headers=headers)

    def until(self, words):
        """Look until it is shown: what the server has read of a lesson is good for a second."""
        return until(lambda: words in (answer := self.state()).text and answer, 20)


@pytest.fixture(scope="module")
def trainer(server):
    return Trainer(server.environment)


@pytest.fixture
def led(trainer):
    return trainer.open()


@pytest.fixture
def phone(server, led):
    return Phone(server, led.code).join()


def test_a_phone_types_the_code_without_account_and_waits(server, led):
    client = Client(server.port)
    typed = f" {led.code[:3].lower()} {led.code[3:]}"
    answer = client.post("/lecon", code=typed)
    assert (answer.status, answer.place) == (303, f"/lecon/{led.code}")
    page = client.get(answer.place)
    assert "Vous y êtes" in page.text
    assert '<b data-vif="presents">1 personne</b>' in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert "noindex" in page.headers["X-Robots-Tag"]


def test_the_address_of_the_code_offers_the_way_in_and_takes_no_place_by_itself(server, led):
    client = Client(server.port)
    page = client.get(f"/lecon/{led.code.lower()}")
    assert (page.status, page.place) == (303, f"/lecon/{led.code}")
    page = client.get(f"/lecon/{led.code}")
    assert "Rejoindre" in page.text
    assert led.ask("lecon.etat").presents == 0


def test_the_mark_is_private_to_the_lesson_and_its_pages_know_nobody(server, led):
    teacher = Client(server.port)
    teacher.log_in("jdupont")
    answer = teacher.post(f"/lecon/{led.code}", acte="rejoindre")
    cookie = next(one for one in answer.headers.get_all("Set-Cookie") if MARK in one)
    for words in ("HttpOnly", "SameSite=Lax", f"Path=/lecon/{led.code}"):
        assert words in cookie
    assert "Dupont" not in teacher.get(f"/lecon/{led.code}").text


@pytest.mark.parametrize(
    ("screen", "given", "shown"),
    [
        (ONE, {"choix": "2"}, ">C</text>"),
        (ESTIMATE, {"valeur": "75"}, "75\u00a0%"),
        (ESTIMATE, {"valeur": "75,0"}, "75\u00a0%"),
    ],
)
def test_an_answer_is_counted_and_shown_again(phone, led, screen, given, shown):
    led.go(screen, chrono=60)
    phone.until("Envoyer")
    answer = phone.answer(screen, **given)
    assert answer.status == 200
    assert "Réponse comptée" in answer.text
    assert shown in answer.text
    assert "1 sur 1 a répondu. La réponse" in re.sub(r"<[^>]+>", "", answer.text)
    assert led.ask("lecon.etat").reponses == 1


def test_several_and_an_order_are_counted_as_they_were_sent(phone, led):
    for screen, sent in ((SEVERAL, ["0", "2"]), (ORDER, ["2", "0", "1"])):
        led.go(screen)
        phone.until("Envoyer")
        form = [("_xsrf", phone.client.cookies["_xsrf"]), ("acte", "repondre"), ("ecran", screen)]
        assert (
            phone.client.ask(
                "POST", phone.address, form=[*form, *(("choix", one) for one in sent)]
            ).status
            == 303
        )
        assert "Réponse comptée" in phone.client.get(phone.address).text
    compte = led.go(ORDER, revele=True).compte
    assert compte.ordres == (((2, 0, 1), 1),)
    assert led.go(SEVERAL, revele=True).compte.choix == (1, 0, 1)


def test_without_a_script_a_line_of_an_order_goes_up_by_a_form_and_nothing_is_counted(phone, led):
    led.go(ORDER)
    phone.until("Envoyer cet ordre")
    form = [("_xsrf", phone.client.cookies["_xsrf"]), ("acte", "monter-2"), ("ecran", ORDER)]
    form += [("choix", one) for one in "012"]
    moved = phone.client.ask("POST", phone.address, form=form)
    assert moved.status == 303
    page = phone.client.get(moved.place)
    assert re.findall(r'name="choix" value="(\d)"', page.text) == ["0", "2", "1"]
    assert led.ask("lecon.etat").reponses == 0


def test_an_order_that_nobody_gave_is_told_and_a_doubt_is_marked_once(phone, led):
    led.go(ORDER, revele=True)
    shown = phone.until("le corps d’abord").text
    assert "Personne n’a répondu." in shown
    assert "Sur 0" not in shown
    assert re.findall("vérifier", shown) == ["vérifier"]


def test_an_answer_is_changed_until_the_reveal_which_shows_it_in_the_distribution(phone, led):
    led.go(ONE)
    phone.until("Envoyer")
    phone.answer(ONE, choix="0")
    again = phone.client.get(f"{phone.address}?changer=1").text
    assert re.search(r'value="0"[^>]* checked', again)
    phone.answer(ONE, choix="1")
    assert led.go(ONE, revele=True).compte.choix == (0, 1, 0, 0)
    shown = phone.until("8 405\u00a0€ nets").text
    assert shown.count("votre réponse") == 1
    assert "Décret 72-581. Droit du 27 novembre 2026." in shown
    late = phone.answer(ONE, choix="3")
    assert late.status == 409
    assert "sont closes. Votre dernière réponse comptée reste comptée." in late.text


def test_what_has_not_changed_is_answered_by_304_and_what_has_by_its_new_state(phone, led):
    led.go(WORDS)
    tag = phone.until("Ce que l’on va voir").headers["Etag"]
    same = phone.state(tag)
    assert (same.status, same.text) == (304, "")
    led.go(ONE)
    phone.until("Envoyer")
    assert phone.state(tag).status == 200


@pytest.mark.parametrize(("screen", "shown", "promised"), [
    (WORDS, "Ce que l’on va voir", True), (KEEP, "À retenir", False),
])  # fmt: skip
def test_a_question_is_promised_where_one_comes(phone, led, screen, shown, promised):
    led.go(screen)
    assert ("la question suivante arrivera ici" in phone.until(shown).text) is promised


def test_late_and_lost_phones_come_to_the_question_of_the_moment(server, phone, led):
    led.go(SEVERAL)
    late = Phone(server, led.code).join()
    for one in (phone, late):
        one.until("Une ou plusieurs réponses")
    lost = dict(phone.client.cookies)
    back = Phone(server, led.code)
    back.client.cookies = lost
    assert "Une ou plusieurs réponses" in back.client.get(back.address).text
    assert led.ask("lecon.etat").presents == 2


def test_a_code_that_is_none_is_said_in_french_with_what_was_typed(visit):
    client = visit()
    unknown = client.post("/lecon", code="ZZZZZ")
    assert unknown.status == 404
    assert "Aucune leçon en cours avec le code ZZZ\u00a0ZZ. Vérifiez l’écran." in unknown.text
    assert 'value="ZZZZZ"' in unknown.text
    for typed, words in (("", "Tapez le code affiché"), ("IO01<b>", "sans I ni O")):
        refused = client.post("/lecon", code=typed)
        assert refused.status == 400
        assert words in refused.text
        assert "<b>" not in refused.text.partition("code-form")[2].partition("priv")[0]
    assert client.get("/lecon/ZZZZZ/etat").status == 404


def test_the_cookie_of_another_lesson_answers_nothing_here(server, phone, led, trainer):
    other = dict(phone.client.cookies)
    led.open()
    led.go(ONE)
    stranger = Phone(server, led.code)
    stranger.client.cookies[MARK] = other[MARK]
    refused = stranger.answer(ONE, choix="0")
    assert refused.status == 403
    assert "n’est pas dans cette leçon" in refused.text
    assert led.ask("lecon.etat").reponses == 0


@pytest.mark.parametrize("act", ["rejoindre", "repondre", "quitter"])
def test_another_site_cannot_make_a_phone_act(phone, led, act):
    led.go(ONE)
    cookies = {MARK: phone.client.cookies[MARK]}
    form = {"acte": act, "ecran": ONE, "choix": "0"}
    for address in (phone.address, f"{phone.address}/etat"):
        assert phone.client.ask("POST", address, form=form, cookies=cookies).status == 403
    assert phone.client.ask("POST", "/lecon", form={"code": led.code}, cookies={}).status == 403
    state = led.ask("lecon.etat")
    assert (state.presents, state.reponses) == (1, 0)


@pytest.mark.parametrize(
    "hostile",
    [
        {"ecran": "99", "choix": "0"},
        {"ecran": "", "choix": "0"},
        {"ecran": "1", "choix": "-1"},
        {"ecran": "1", "choix": "7"},
        {"ecran": "1", "choix": "0' OR 1=1"},
        {"ecran": "1", "valeur": "nan"},
        {"ecran": "1", "valeur": "1e999"},
        {"ecran": "1", "choix": "<script>"},
        {"ecran": "1"},
    ],
)
def test_a_hostile_answer_is_refused_in_french_and_the_lesson_goes_on(phone, led, hostile):
    led.go(ONE)
    phone.until("Envoyer")
    refused = phone.post(f"{phone.address}/etat", acte="repondre", **hostile)
    assert refused.status in {400, 409}
    assert 'role="alert"' in refused.text
    assert "<script>" not in refused.text
    assert led.ask("lecon.etat").reponses == 0


def test_who_sends_answers_without_end_is_told_to_wait_and_the_last_one_counts(server, phone, led):
    other = Phone(server, led.code).join()
    led.go(ONE)
    phone.until("Envoyer")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: phone.answer(ONE, choix=str(n % 3)), range(40)))
    refused = [one for one in answers if one.status == 429]
    assert len(refused) > 15
    assert all("Trop d’envois" in one.text for one in refused)
    assert all(int(one.headers["Retry-After"]) > 0 for one in refused)
    assert other.answer(ONE, choix="3").status == 200
    assert led.go(ONE, revele=True).compte.reponses == 2


def test_codes_are_not_guessed_and_who_sits_there_still_comes_in(server, led):
    place = "127.0.0.9"  # of its own: the other tests ask from one address
    first = Client(server.port, place)
    assert first.post("/lecon", code=led.code).status == 303
    signs = "ABCDEFGHJ"
    codes = [f"ZZZ{one}{other}" for one in signs for other in signs]
    with ThreadPoolExecutor(8) as pool:
        answers = [*pool.map(lambda code: Client(server.port, place).get(f"/lecon/{code}"), codes)]
    assert {one.status for one in answers} == {404, 429}
    assert "Trop de codes ont été essayés" in next(one for one in answers if one.status == 429).text
    for _ in range(30):
        assert Client(server.port, place).post("/lecon", code=led.code).status == 303
    assert first.get(f"/lecon/{led.code}").status == 200
    assert Client(server.port).get("/lecon/ZZZAA").status == 404


@pytest.mark.parametrize("path", ["/lecon", "/lecon/{code}", "/lecon/{code}/etat"])
def test_other_methods_and_long_or_crooked_addresses_do_nothing(server, phone, led, path):
    led.go(ONE)
    address = path.format(code=led.code)
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        assert phone.client.ask(method, address).status in {403, 405}, method
    assert Client(server.port).ask("HEAD", address).status in {200, 403, 405}
    stranger = Client(server.port)
    for crooked in ("/..%2f..%2fetc%2fpasswd", "/%00", "/x.ipynb", "//", "/%F0%9F%92%A5"):
        assert stranger.get(f"{address}{crooked}").status in {400, 404}, crooked
    assert stranger.get(f"{address}?ordre={'0,' * 20_000}").status in {200, 400, 403, 414}
    assert led.ask("lecon.etat").reponses == 0


def test_the_end_is_told_and_leaves_no_cookie(phone, led):
    led.ask("lecon.fermer", code=led.code)
    gone = until(lambda: (answer := phone.state()).status == 410 and answer, 20)
    assert "La leçon est terminée" in gone.text
    assert phone.client.cookies.get(MARK) == ""


def test_who_leaves_is_forgotten_and_told(phone, led):
    left = phone.post(acte="quitter")
    assert (left.status, left.place) == (303, "/lecon?quittee=1")
    assert "Vous avez quitté la leçon." in phone.client.get(left.place).text
    assert led.ask("lecon.etat").presents == 0


def test_a_full_room_is_told_and_shown_and_the_others_play(server, phone, led):
    fill(server, led.code, MOST_PARTICIPANTS - 1)
    led.go(ONE)
    phone.until("Envoyer")
    late = Phone(server, led.code).join()
    page = late.client.get(late.address)
    assert "La salle est complète\u00a0: 120 téléphones y répondent." in page.text
    assert "Promue un an plus tôt" in page.text
    assert MARK not in late.client.cookies
    assert late.answer(ONE, choix="0").status == 403
    assert phone.answer(ONE, choix="0").status == 200
    led.go(ONE, revele=True)
    assert "votre réponse" not in late.until("8 405\u00a0€ nets").text


def fill(server, code, number):
    with closing(sqlite3.connect(server.people, timeout=30)) as link, link:
        lesson = link.execute("SELECT id FROM live_lessons WHERE code = ?", (code,)).fetchone()[0]
        link.executemany(
            "INSERT INTO lesson_phones (lesson_id, mark_hash) VALUES (?, ?)",
            [(lesson, f"{code}-{one}") for one in range(number)],
        )


def test_the_log_and_the_database_hold_neither_code_mark_nor_place(server, phone, led):
    led.go(ONE)
    phone.until("Envoyer")
    phone.answer(ONE, choix="0")
    log = server.log.read_text()
    assert led.code not in log
    mark = phone.client.cookies[MARK]
    with closing(sqlite3.connect(server.people)) as link:
        tables = [
            row[0] for row in link.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        lines = [str(row) for table in tables for row in link.execute(f'SELECT * FROM "{table}"')]
    assert not any(mark in line for line in lines)
    own = [row for row in lines if led.code in row]
    assert len(own) == 1  # the lesson itself
