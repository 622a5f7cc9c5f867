"""The wall in a browser: led by keys alone, in letters of 28 pixels, whole on every projector."""

import re
from pathlib import Path

import pytest
import readable
from ui_lessons import lesson
from wall_page import Wall

from iprof_kit.services.contract.lecons import Compte

pytestmark = pytest.mark.browser
PROJECTORS = ((1920, 1080), (1280, 720), (1024, 768))
LEAST = 28
WRONG = (Path(__file__).parent / "wall_measures.js").read_text("utf-8")
COUNTS = {
    1: Compte(reponses=23, choix=(3, 7, 11, 2)),
    2: Compte(reponses=21, valeurs=((60, 1), (75, 3), (80, 12), (85, 2), (100, 3))),
    3: Compte(reponses=20, ordres=(((0, 1, 2), 9), ((1, 0, 2), 6), ((2, 1, 0), 5))),
}


@pytest.fixture
def walls(chromium):
    opened = []

    def make(**words):
        opened.append(Wall(chromium, **words))
        return opened[-1]

    yield make
    for each in opened:
        each.close()


@pytest.fixture
def played(walls):
    """Return a maker of walls where a lesson is open, twenty-three people before it."""

    def make(**words):
        wall = walls(**words)
        wall.server._lecon_ouvrir(lesson().model_dump(mode="json"))
        wall.server.join(23, 17)
        wall.server.counts = COUNTS
        wall.open("/atelier/projecteur")
        wall.page.get_by_text("exemple.fr/lecon").first.wait_for(state="attached")
        return wall

    return make


def test_a_whole_lesson_by_the_keyboard_alone(played):
    wall = played()
    seen = ["join"]
    for key in (" ", "PageDown", "ArrowRight", " ", " "):
        seen.append(wall.press(key))
    assert seen == ["join", "words", "question", "revealed", "value", "figure"]
    assert wall.press("Backspace", "ArrowLeft", "PageUp") == "question"
    wall.press("c")
    timer = wall.page.get_by_role("timer")
    assert wall.server.state.reponses_jusqua is not None
    assert timer.inner_text().isdigit()
    assert wall.press("8") == "end"
    assert wall.press("4") == "question"
    wall.page.keyboard.press("?")
    assert wall.page.get_by_role("dialog").is_visible()
    wall.page.keyboard.press("3")  # nothing behind it moves
    wall.page.keyboard.press(" ")  # the focus is on « Fermer »
    assert not wall.page.locator("dialog").is_visible()
    assert wall.server.state.ecran == 2
    wall.page.keyboard.press("?")
    wall.page.keyboard.press("Escape")  # closes the help first
    assert wall.page.url.endswith("e=6")
    wall.page.keyboard.press("Escape")
    wall.page.wait_for_url("**/atelier/lecons")


def test_night_and_day_by_one_key_and_a_reload_remembers(played):
    wall = played()
    ground = "getComputedStyle(document.querySelector('.wall')).backgroundColor"
    day = wall.page.evaluate(ground)
    wall.press("n")
    night = wall.page.evaluate(ground)
    assert night != day
    wall.press(" ")  # what is drawn anew keeps it
    assert wall.page.evaluate(ground) == night
    wall.page.reload()
    wall.settled()
    assert wall.page.evaluate(ground) == night
    wall.press("N")
    assert wall.page.evaluate(ground) == day


def test_letters_can_be_switched_off_and_space_still_leads(played):
    wall = played()
    wall.page.keyboard.press("?")
    wall.page.get_by_label("Touches d’une lettre ou d’un chiffre").uncheck()
    wall.page.get_by_role("button", name="Fermer", exact=True).last.click()
    assert wall.press("4") == "join"
    assert wall.press(" ") == "words"


def test_no_key_fires_in_a_field(played):
    wall = played()
    wall.page.evaluate(
        "document.querySelector('.wall-step').insertAdjacentHTML('beforeend', '<input id=x>')"
    )
    wall.page.locator("#x").focus()
    wall.page.keyboard.type("n 4?")
    assert wall.page.locator("#x").input_value() == "n 4?"
    assert wall.page.locator(".wall.join").count() == 1


def test_who_comes_is_counted_without_a_touch(played):
    wall = played()
    wall.server.join(24)
    wall.page.get_by_text("24 déjà là").wait_for(timeout=10_000)


def test_the_page_lost_in_mid_lesson_comes_back_to_the_same_question(played):
    wall = played()
    wall.press("4")
    title = wall.page.locator("h1").inner_text()
    wall.page.reload()
    wall.settled()
    assert wall.page.locator("h1").inner_text() == title
    wall.page.goto("https://exemple.fr/atelier/projecteur")  # another machine has no step to say
    wall.settled()
    assert wall.page.locator("h1").inner_text() == title


@pytest.mark.parametrize("size", PROJECTORS, ids=lambda size: "x".join(map(str, size)))
def test_every_step_is_whole_and_no_letter_is_under_28_pixels(played, size):
    width, height = size
    wall = played(viewport={"width": width, "height": height})
    wrong = {}
    while True:
        kind = wall.page.locator(".wall").get_attribute("class")
        at = wall.page.url.rpartition("=")[2]
        faults = wall.page.evaluate(WRONG, LEAST)
        if faults:
            wrong[f"{at} {kind}"] = faults
        if not wall.page.locator("[data-key=next]").count():
            break
        wall.press(" ")
    wall.page.keyboard.press("?")
    if faults := wall.page.evaluate(WRONG, LEAST):
        wrong["help"] = faults
    assert not wrong


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_reads_every_step(played, scheme):
    wall = played(color_scheme=scheme)
    faults = []
    while True:
        faults += readable.faults(wall.page)
        if not wall.page.locator("[data-key=next]").count():
            break
        wall.press(" ")
    wall.page.keyboard.press("?")
    faults += readable.faults(wall.page)
    assert not faults


def test_a_silent_server_is_one_line_and_the_lesson_goes_on(played):
    wall = played()
    wall.press("3")
    wall.server.silent = True
    wall.press(" ")
    assert wall.page.get_by_text("La leçon continue sans téléphones.").is_visible()
    assert wall.press(" ", " ", " ") == "question"
    assert wall.page.evaluate(WRONG, LEAST) == []


def test_the_list_opens_a_lesson_and_its_page_is_the_wall(walls):
    wall = walls(viewport={"width": 1280, "height": 800})
    wall.open("/atelier/lecons")
    assert readable.faults(wall.page) == []
    wall.page.get_by_role("button", name="Jouer").click()
    wall.page.wait_for_url(re.compile("/atelier/projecteur"))
    wall.page.get_by_role("heading", name="Prenez votre téléphone").wait_for()
