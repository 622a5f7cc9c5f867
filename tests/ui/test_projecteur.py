"""The wall: a lesson led step by step, found again where it stood, going on without its server."""

import re

import pytest
import ui_lessons as lessons
from ui_html import check

from iprof_kit.base.errors import InputError
from iprof_kit.calculate.atelier.files import personas
from iprof_kit.calculate.atelier.seance import Seance, packed
from iprof_kit.services.contract.lecons import Compte, EtatLecon
from iprof_kit.ui.kit.render import render
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.lecons.screen import Lecons, Offer, lesson_missing
from iprof_kit.ui.screens.projecteur import counted, led
from iprof_kit.ui.screens.projecteur.screen import Projecteur
from iprof_kit.ui.screens.projecteur.view import address_of
from iprof_kit.ui.shared.messages import Intent

ORIGIN = "https://exemple.fr"


def play(known):
    if known != "hors_classe":
        raise lesson_missing(known)
    return lessons.lesson()


@pytest.fixture
def server():
    return lessons.Server()


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(led, "utc_now", lambda: lessons.NOON)
    monkeypatch.setattr("iprof_kit.ui.screens.projecteur.view.utc_now", lambda: lessons.NOON)


class Room:
    """A trainer before the wall: addresses opened, keys pressed."""

    def __init__(self, server, query=None):
        self.visit = Visit(lambda: server)
        self.screen = Projecteur(self.visit, play)
        self.open(query or {})

    def open(self, query):
        self.visit.begin()
        self.visit.read_again()
        self.visit.query = query
        return self.shown()

    def shown(self):
        template, self.view = self.screen.show("/atelier/projecteur")
        self.html = render(template, self.view)
        return self.view

    def press(self, name, **values):
        self.screen.receive(Intent(name, values))
        return self.shown()

    def on(self, times=1):
        for _ in range(times):
            self.press("pj_suite")
        return self.view


@pytest.fixture
def live(server):
    server.lecon_ouvrir(lessons.lesson().model_dump(mode="json"))
    return Room(server)


def test_a_whole_lesson_is_played_by_one_key_and_phones_follow(live, server):
    kinds = [live.view.kind]
    while live.view.forward:
        kinds.append(live.on().kind)
        assert "kit non officiel" in check(live.html).text
    asked = ["question", "revealed", "value"]
    figured = [*asked, "figure"]
    assert kinds == ["join", "words", *figured, *asked, *asked, "words", "keep", "end"]
    moved = [(args["ecran"], args["revele"]) for op, args in server.asked if op == "lecon.aller"]
    assert moved == [
        (0, False), (1, False), (1, True), (2, False), (2, True), (3, False), (3, True),
        (4, False), (5, False),
    ]  # fmt: skip


def test_the_value_comes_after_the_answers_and_before_the_figure(live):
    live.on(2)
    assert live.view.figure is None
    assert not any(one.right for one in live.view.choices)
    live.on()
    assert [one.letter for one in live.view.choices if one.right] == ["B"]
    live.on()
    assert live.view.title == "8 405 € nets"
    assert live.view.figure is None
    assert "revient à chaque échelon" in check(live.html).text
    live.on()
    assert live.view.figure is not None
    assert "A : Hors classe 2026" in check(live.html).text.replace(
        "\u00a0", " "
    )  # whose line it is
    assert "Droit du 25 novembre 2026" in check(live.html).text


def test_nothing_of_the_answer_is_in_the_page_before_it_is_revealed(live, server):
    server.join(23, 17)
    live.on(2)
    live.press("pj_etat", origin=ORIGIN)
    assert live.view.answered == "17 réponses sur 23"
    for hidden in ("8\u00a0405", "c’est cela", "45 mois", "right"):
        assert hidden not in live.html


def test_a_distribution_says_how_many_of_those_who_answered(live, server):
    server.counts[1] = Compte(reponses=20, choix=(3, 5, 10, 2))
    live.on(3)
    assert [one.count for one in live.view.choices] == [f"{n} sur 20" for n in (3, 5, 10, 2)]
    assert live.view.choices[2].share == "50.0%"
    assert live.view.spoken.endswith("Justes : 5 sur 20.")


def test_each_person_is_a_dot_over_what_she_set(live, server):
    values = ((60.0, 1), (80.0, 9), (85.0, 2))
    server.counts[2] = Compte(reponses=12, valeurs=values)
    live.on(7)
    for figure in live.view.figure.widths:
        assert figure.count("<circle") == 12
        assert "85,7 %" in figure
        places = [float(cx) for cx in re.findall(r'<circle cx="([\d.]+)"', figure)]
        assert len(set(places)) == len(values)


@pytest.mark.parametrize("size", [counted.WIDE, counted.NARROW])
def test_a_hundred_and_twenty_people_who_agree_stay_under_the_value(size):
    question, revealed = (
        getattr(lessons.lesson().ecrans[2], n) for n in ("question", "revelation")
    )
    crowd = Compte(reponses=120, valeurs=((85.0, 120),))
    figure = counted.dotted(question, revealed, crowd, size)
    heights = [float(cy) for cy in re.findall(r'cy="([\d.]+)"', figure)]
    assert len(heights) == 120
    assert min(heights) > size.letters * 1.5


def test_a_value_said_at_length_is_its_figure_over_the_axis():
    ecran = lessons.lesson().ecrans[2]
    long = ecran.revelation.model_copy(
        update={"valeur": "85,7 % du traitement, soit 2 371 € bruts"}
    )
    figure = counted.dotted(ecran.question, long, None, counted.NARROW)
    assert ">85,7\u00a0%</text>" in figure


def test_an_order_is_shown_right_with_those_that_were_given(live, server):
    server.counts[3] = Compte(reponses=9, ordres=(((0, 1, 2), 6), ((1, 0, 2), 3)))
    live.on(10)
    assert [one.letter for one in live.view.choices] == ["B", "A", "C"]
    assert [(one.count, one.right) for one in live.view.orders] == [
        ("6 sur 9", False), ("3 sur 9", True),
    ]  # fmt: skip


def test_who_chose_every_right_answer_of_several_is_not_invented():
    question = lessons.lesson().ecrans[1].question.model_copy(update={"forme": "plusieurs"})
    revealed = lessons.answer(1, 2)
    counts = Compte(reponses=10, choix=(0, 9, 9, 0))
    assert "Justes" not in counted.in_words(question, revealed, counts)


def test_a_page_lost_in_mid_lesson_comes_back_to_the_same_step(live, server):
    live.on(4)
    address = dict(one.split("=") for one in live.view.address.partition("?")[2].split("&"))
    before = live.view.kind, live.view.title
    again = Room(server, address)
    assert (again.view.kind, again.view.title) == before
    elsewhere = Room(server)  # another machine: what the server knows, the same question
    assert elsewhere.view.kind == "revealed"
    assert elsewhere.view.number == again.view.number


def test_two_pages_of_one_trainer_show_the_same_question(live, server):
    other = Room(server)
    live.on(6)
    other.press("pj_etat", origin=ORIGIN)
    assert other.view.title == live.view.title == "À 80 %, quelle part du traitement est payée ?"


def test_the_lesson_goes_on_where_the_server_is_silent_and_joins_it_again(live, server):
    live.on(2)
    server.silent = True
    live.on()
    assert live.view.kind == "revealed"
    assert live.view.trouble == "Le serveur ne répond pas. La leçon continue sans téléphones."
    assert live.view.answered == ""
    live.on(3)
    assert live.view.kind == "question"
    server.silent = False
    live.press("pj_etat", origin=ORIGIN)
    assert live.view.trouble == ""
    assert live.view.kind == "question"
    assert (server.state.ecran, server.state.revele) == (2, False)


def test_a_page_reloaded_while_the_server_is_silent_finds_its_lesson_by_its_address(live, server):
    live.on(3)
    server.silent = True
    again = Room(server, {"direct": "hors_classe", "e": "3"})
    assert again.view.kind == "revealed"
    assert again.view.trouble
    nothing = Room(server)
    assert "serveur ne répond pas" in check(nothing.html).text


def test_the_clock_starts_and_stops_by_the_same_key(live, server):
    live.on(2)
    assert (live.view.clock.left, live.view.clock.running) == (45, False)
    live.press("pj_chrono")
    assert (live.view.clock.left, live.view.clock.running) == (45, True)
    live.press("pj_chrono")
    assert server.asked[-1][1]["chrono"] == 0
    assert live.view.answered == "réponses closes"
    live.press("pj_avant")
    before = len(server.asked)
    live.press("pj_chrono")  # no question there
    assert len(server.asked) == before


def test_a_figure_of_the_keyboard_leads_to_a_screen_and_never_to_an_answer(live):
    live.press("pj_ecran", of="4")
    assert live.view.kind == "question"
    assert live.view.number == 4
    for wrong in ("0", "99", "-1", "x", ""):
        assert live.press("pj_ecran", of=wrong).number == 4


def test_the_code_is_shown_again_without_moving_a_phone(live, server):
    live.on(3)
    live.press("pj_ecran", of="1")
    live.press("pj_etat", origin=ORIGIN)
    assert live.view.kind == "join"
    assert (server.state.ecran, server.state.revele) == (1, True)
    assert live.on().kind == "revealed"


def test_the_end_of_a_lesson_does_not_hide_an_answer_again(server):
    asked = lessons.lesson(ecrans=lessons.lesson().ecrans[1:2])
    server.lecon_ouvrir(asked.model_dump(mode="json"))
    room = Room(server)
    room.on(9)
    assert room.view.kind == "end"
    assert server.state.revele


def test_a_lesson_without_phones_asks_no_server(server):
    room = Room(server, {"lecon": "hors_classe"})
    assert (room.view.kind, room.view.code, room.view.refresh) == ("words", "", 0)
    room.on(2)
    assert room.view.choices[1].right
    assert room.view.choices[1].count == ""
    room.press("pj_avant")
    assert room.press("pj_chrono").clock.running
    assert server.asked == []
    assert Room(server, {"lecon": "hors_classe", "e": "5"}).view.kind == "question"


def test_a_lesson_that_does_not_exist_says_where_lessons_are(server):
    html = Room(server, {"lecon": "rien"}).html
    assert "La leçon «\u00a0rien\u00a0» n’existe pas" in check(html).text
    assert 'href="/atelier/lecons"' in html


def test_without_lesson_open_nothing_is_projected_and_the_list_is_one_press_away(server):
    room = Room(server)
    assert "Aucune leçon n’est ouverte" in check(room.html).text
    assert "data-refresh" not in room.html


def test_p14_without_lesson_the_page_says_what_may_be_projected_and_where(server):
    page = check(Room(server).html)
    assert "La salle verra ici ce que vous aurez choisi." in page.text
    assert {"/atelier/lecons", "/atelier"} <= {link["href"] for link in page.all("a")}


def test_closing_erases_and_says_so(live, server):
    live.on(20)
    assert live.view.kind == "end"
    live.press("pj_fermer")
    assert server.state == EtatLecon()
    assert "Son code et les réponses sont effacés" in check(live.html).text
    assert "data-refresh" not in live.html


def test_a_lesson_closed_elsewhere_is_said_closed(live, server):
    server.state = EtatLecon()
    live.press("pj_etat", origin=ORIGIN)
    assert "La leçon est fermée" in check(live.html).text


def test_phones_come_by_an_address_that_is_read_typed_and_photographed(live):
    live.press("pj_etat", origin=ORIGIN)
    page = check(live.html)
    assert "exemple.fr/lecon, puis ce code" in page.text
    assert "KJ7\u00a0M4" in live.html
    assert 'aria-label="Code K J 7 M 4"' in live.html
    assert "<svg" in live.view.phones.qr
    live.on()
    assert live.view.code  # the code stays in sight
    live.on(20)
    assert live.view.phones is not None


@pytest.mark.parametrize("step", [0, 1])
def test_a_code_that_begins_as_a_sigle_is_read_as_a_code(live, server, step):
    server.state = server.state.model_copy(update={"code": "ZR2M4"})
    live.press("pj_etat", origin=ORIGIN)
    if step:
        live.on()
    assert "ZR2\u00a0M4" in live.html
    assert ">ZR2</abbr>" not in live.html


def test_a_doubt_is_marked_once_on_the_wall(server):
    one = lessons.lesson().ecrans[1]
    doubtful = {"sources": ("à vérifier",), "a_verifier": True}
    asked = one.model_copy(update={"revelation": one.revelation.model_copy(update=doubtful)})
    server.lecon_ouvrir(lessons.lesson(ecrans=(asked,)).model_dump(mode="json"))
    room = Room(server)
    while not room.view.valued:
        room.on()
    assert room.view.valued.a_verifier
    assert "vérifier" not in " ".join(room.view.sources)


def test_the_photographed_address_is_the_one_of_the_portal_and_the_code():
    assert (
        address_of("https://exemple.fr:8443", "KJ7M4").whole
        == "https://exemple.fr:8443/lecon/KJ7M4"
    )
    drawn = {address_of("https://exemple.fr", code).qr for code in ("KJ7M4", "KJ7M5")}
    assert len(drawn) == 2


@pytest.mark.parametrize(
    ("origin", "local"),
    [
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8866", True),
        ("https://exemple.fr", False),
    ],
)
def test_an_address_that_no_phone_can_reach_is_told(origin, local):
    assert address_of(origin, "KJ7M4").local is local


@pytest.mark.parametrize(
    "origin", ["javascript:alert(1)", 'https://a"b', "https://x y", "", "x" * 500]
)
def test_no_code_is_drawn_of_what_is_no_address(origin):
    assert address_of(origin, "KJ7M4") is None


@pytest.mark.parametrize("values", [{}, {"of": "9" * 500}, {"of": "²"}, {"origin": "<script>"}])
@pytest.mark.parametrize("name", ["pj_ecran", "pj_etat", "pj_chrono", "pj_rien", ""])
def test_whatever_a_page_sends_the_wall_stands(live, name, values):
    live.on(2)
    live.press(name, **values)
    check(live.html)
    assert live.view.kind == "question"
    assert "<script" not in live.html


def test_the_texts_of_an_answer_are_named_once(server):
    room = Room(server, {"s": packed(Seance.of(personas()["claire_vasseur"]))})
    while not room.view.valued:
        room.on()
    assert len(set(room.view.sources)) == len(room.view.sources) > 1


def test_the_kit_lets_a_session_read_its_lessons():
    from iprof_kit.base.paths import LESSONS
    from iprof_kit.kernel.walls.files import of_the_kit

    assert LESSONS in of_the_kit()


@pytest.mark.parametrize("key", personas())
def test_every_board_is_projected_from_who_to_what_is_kept(key, server):
    seance = Seance.of(personas()[key])
    room = Room(server, {"s": packed(seance)})
    words = []
    for _ in range(30):
        words.append(check(room.html).text)
        if not room.view.forward:
            break
        room.on()
    whole = " ".join(words)
    assert seance.persona.nom in words[0]
    assert "Raison non donnée" not in whole
    if "L’écart commence" in whole or "L’écart existe" in whole:
        assert "Écart net, mois moyen" in whole  # the lines of pay of the day on which it begins
    for scenario in seance.scenarios:
        assert scenario.nom in whole
    assert room.view.kind == "end"
    assert room.view.leave.startswith("/atelier?s=")
    assert server.asked == []


def test_the_gap_of_a_board_is_the_one_that_the_board_shows(server):
    from iprof_kit.ui.screens.atelier_rooms.screen import Atelier

    claire = packed(Seance.of(personas()["claire_vasseur"]))
    board = Atelier(personas()).handle(
        {"kind": "route", "path": "/atelier", "query": f"?s={claire}"}
    )
    room = Room(server, {"s": claire})
    while room.view.kind != "value":
        room.on()
    assert room.view.title.removesuffix(" nets") in board.html


def test_a_lesson_shows_every_scenario_of_its_figure_and_the_board_those_it_compares(server):
    claire = packed(Seance.of(personas()["claire_vasseur"]))
    board = Room(server, {"s": claire})
    while board.view.figure is None:
        board.on()
    assert [key for key, _ in board.view.figure.names] == ["A", "B"]
    lesson = Room(server, {"lecon": "hors_classe"})
    while lesson.view.figure is None:
        lesson.on()
    assert [key for key, _ in lesson.view.figure.names] == ["A", "B", "C", "D"]


def test_an_altered_address_of_a_board_is_refused_in_french(server):
    letters = packed(Seance.of(personas()["claire_vasseur"]))
    room = Room(server, {"s": letters[:-9] + "AAAAAAAAA"})
    assert "Ce lien a été modifié" in check(room.html).text


def test_a_board_of_one_scenario_asks_no_question(server):
    claire = personas()["claire_vasseur"]
    one = Seance.of(claire.model_copy(update={"scenarios": claire.scenarios[:1]}))
    room = Room(server, {"s": packed(one)})
    kinds = [room.view.kind]
    while room.view.forward:
        kinds.append(room.on().kind)
    assert "question" not in kinds


class List:
    """A trainer before the list of lessons."""

    def __init__(self, server):
        self.visit = Visit(lambda: server)
        offer = Offer("hors_classe", "La hors classe", "Ce que change un an.", 10)
        self.screen = Lecons(self.visit, (offer,), play)
        self.shown()

    def shown(self):
        template, self.view = self.screen.show("/atelier/lecons")
        self.html = render(template, self.view)
        return self.view

    def press(self, name, of):
        self.screen.receive(Intent(name, {"of": of}))
        return self.shown()


def test_a_lesson_is_opened_and_the_page_goes_to_the_wall_once(server):
    listed = List(server)
    assert listed.view.state.lecon is None
    listed.press("lc_jouer", "hors_classe")
    assert server.state.lecon == lessons.lesson()
    assert listed.view.goes == "/atelier/projecteur"
    assert listed.shown().goes == ""


def test_the_lesson_that_is_open_is_come_back_to_or_closed(server):
    listed = List(server)
    listed.press("lc_jouer", "hors_classe")
    server.join(3)
    listed.shown()
    page = check(listed.html)
    assert "Leçon ouverte : La hors classe" in page.text.replace("\u00a0", " ")
    assert "à commencer, 3 téléphones" in page.text
    server.lecon_aller(lessons.CODE, 3)
    listed.shown()
    assert "écran 4 sur 6, 3 téléphones" in check(listed.html).text
    listed.press("lc_fermer", lessons.CODE)
    assert server.state.code == ""
    assert "Leçon fermée." in check(listed.html).text


def test_a_silent_server_leaves_what_needs_no_phone(server):
    server.silent = True
    listed = List(server)
    page = check(listed.html)
    assert "Projetez sans téléphones" in page.text
    assert "lc_jouer" not in listed.html
    assert 'href="/atelier/projecteur?lecon=hors_classe"' in listed.html


def test_a_lesson_that_is_not_in_the_list_opens_nothing(server):
    listed = List(server)
    listed.press("lc_jouer", "rien")
    assert "n’existe pas dans ce kit" in check(listed.html).text
    assert server.state.code == ""


def test_a_missing_lesson_is_an_error_of_entry():
    assert isinstance(lesson_missing("x" * 500), InputError)
    assert len(lesson_missing("x" * 500).message) < 120
