"""The gallery without account: whose kernel it is, what it may ask, who is led to it."""

import json
from urllib.parse import quote

SEANCE = "s=2.abc.def"


def test_a_stranger_opens_it_and_her_kernel_may_ask_for_nothing_of_anybody(visit):
    one, two = visit(), visit()
    page = one.get("/galerie")
    assert page.status == 200
    seen = page.seen
    assert seen["who"]["result"]["nom"] is None
    refused = [seen["file"], *seen["cv"].values(), seen["seance"]["seance.signer"]]
    assert {one["error"]["code"] for one in refused} == {"non_connecte"}
    assert seen["seance"]["seance.verifier"]["result"] == {"signee": False}
    assert one.socket_status(page.kernel) == 101
    assert two.socket_status(page.kernel) == 403
    assert "no-store" in page.headers["Cache-Control"]


def test_a_teacher_opens_it_as_a_stranger_does(visit):
    teacher = visit()
    teacher.log_in("jdupont2")
    page = teacher.get("/galerie?s=2.abc.def")
    assert page.status == 200
    assert page.seen["file"]["error"]["code"] == "non_connecte"
    assert "Dupont" not in json.dumps(page.seen)


def test_a_trainer_s_board_is_shown_in_the_gallery_to_who_is_no_trainer(visit):
    teacher, stranger, trainer = visit(), visit(), visit()
    teacher.log_in("jdupont")
    led = teacher.get(f"/atelier?{SEANCE}")
    assert (led.status, led.place) == (302, f"/galerie?{SEANCE}")
    led = stranger.get(f"/atelier?{SEANCE}")
    assert (led.status, led.place) == (302, f"/connexion?suite={quote(f'/atelier?{SEANCE}')}")
    trainer.log_in("fformateur")
    assert trainer.get(f"/atelier?{SEANCE}").status == 200


def test_the_door_and_my_situation_lead_to_it(visit):
    stranger = visit()
    for path in ("/connexion", "/ma-situation", "/nulle-part"):
        assert 'href="/galerie"' in stranger.get(path).text, path
    head = stranger.get("/galerie").text.partition("<main")[0]
    assert 'href="/ma-situation"' in head
    assert 'href="/galerie"' not in head


def test_nothing_stands_under_its_address(visit):
    for path in ("/galerie/", "/galerie/x", "/galerie.ipynb"):
        assert visit().get(path).status == 404, path


def test_a_hostile_address_of_the_gallery_is_refused_or_opens_nothing(visit):
    stranger = visit()
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert stranger.ask(method, "/galerie").status in {403, 404, 405}, method
    for path in ("/galerie/..%2f..%2fetc%2fpasswd", "/galerie/%00", "/galerie%2f", "/galerie/.env"):
        assert stranger.get(path).status in {400, 404}, path
    assert stranger.get(f"/galerie?p={'a' * 60_000}").status in {200, 400, 414}
    assert stranger.get("/galerie?p=../../etc/passwd").status == 200
