"""A lesson of the kit in three browsers: a trainer at a wall, two phones, one lost and back."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
WRONG = (Path(__file__).parent / "wall_measures.js").read_text("utf-8")
PHONE = {"viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce"}
COUNTED = re.compile("Réponse comptée")


@pytest.fixture
def trainer(visit):
    visitor = visit(viewport={"width": 1280, "height": 800})
    visitor.log_in("fformateur", to="/atelier/lecons")
    page = visitor.page
    page.locator("#jouer-hors_classe").click()
    page.get_by_role("heading", name="Prenez votre téléphone").wait_for()
    page.set_viewport_size({"width": 1920, "height": 1080})
    yield page
    page.context.close()


@pytest.fixture
def phone(visit, trainer):
    """Return a maker of phones that type the address and the code read on the wall."""

    def made():
        code = trainer.locator(".wall-code").inner_text().replace("\u00a0", "")
        typed = trainer.locator(".wall-sub b").inner_text()
        visitor = visit(**PHONE)
        visitor.expected += ["ERR_INTERNET_DISCONNECTED", "410"]  # while lost; once it is over
        page = visitor.page
        page.goto(f"http://{typed}")
        page.get_by_label("Code de la leçon").fill(code.lower())
        page.get_by_role("button", name="Rejoindre").click()
        page.get_by_role("heading", name="Vous y êtes").wait_for()
        return page

    return made


def press(page, key):
    page.keyboard.press(key)
    page.locator(".screen:not([aria-busy])").wait_for(state="attached")


def question(page, words):
    page.get_by_role("heading", name=words).wait_for()


def send(page):
    page.get_by_role("button", name=re.compile("^Envoyer")).click()
    page.get_by_role("heading", name=COUNTED).wait_for()


def on_to_a_question(trainer):
    for _ in range(6):
        press(trainer, " ")
        if trainer.locator(".wall.question").count():
            return trainer.locator("h1").inner_text()
    raise AssertionError("no question follows")


def test_a_whole_lesson_in_three_browsers(trainer, phone):
    one, other = phone(), phone()
    expect(trainer.locator(".wall-present b")).to_have_text("2")
    first = on_to_a_question(trainer)
    assert trainer.evaluate(WRONG, 28) == []
    for page in (one, other):
        question(page, first)
        page.locator("form.answer label").first.click()
    send(one)
    expect(trainer.get_by_text("1 réponse sur 2")).to_be_visible()
    send(other)
    press(trainer, "c")
    expect(trainer.get_by_role("button", name=re.compile("arrêter"))).to_be_visible()
    assert "c’est cela" not in trainer.content()
    press(trainer, " ")
    expect(trainer.locator(".wall-choices li").first.locator(".wall-count")).to_contain_text(
        "2 sur 2"
    )
    assert trainer.evaluate(WRONG, 28) == []
    for page in (one, other):
        page.locator(".ans").wait_for()

    second = on_to_a_question(trainer)
    other.context.set_offline(True)
    question(one, second)
    one.get_by_role("button", name=re.compile("de plus$")).first.click()
    send(one)
    expect(other.get_by_role("alert")).to_be_visible()
    trainer.reload()  # the trainer's page is lost in mid-lesson
    question(trainer, second)
    expect(trainer.get_by_text("1 réponse sur 2")).to_be_visible()
    other.context.set_offline(False)
    question(other, second)
    other.get_by_role("button", name=re.compile("de moins$")).first.click()
    send(other)
    press(trainer, " ")
    expect(trainer.locator(".wall-wide svg circle")).to_have_count(2)

    while trainer.locator("[data-key=next]").count():
        press(trainer, " ")
        assert trainer.evaluate(WRONG, 28) == []
    trainer.get_by_role("button", name="Fermer la leçon").click()
    for page in (one, other):
        question(page, "La leçon est terminée")
    expect(trainer.get_by_text("Son code et les réponses sont effacés")).to_be_visible()
