"""The desk of a case manager in a browser: threads cleared by keyboard, a draft that outlives."""

import re

import pytest
import readable
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
QUEUE = ".queue .it"
WAITING = "Aucun fil n’attend votre service."


def at_the_desk(visit, threads=1):
    """Return the desk of who follows Julie Dupont, once she has reported so many errors."""
    page = visit().log_in("jdupont2", to="/dossier/signaler")
    page.locator("h1", has_text="Signaler une erreur").wait_for()
    before = page.locator(".card-row").count()
    for place in range(threads):
        page.get_by_label("Quelle donnée").select_option(index=place)
        page.get_by_label("Ce que vous indiquez").fill("la bonne valeur")
        page.get_by_role("button", name="Enregistrer le signalement").click()
        expect(page.locator(".card-row")).to_have_count(before + place + 1)
    page.close()
    desk = visit(viewport={"width": 1280, "height": 900}).log_in("ggestionnaire", to="/bureau")
    desk.set_viewport_size({"width": 1280, "height": 900})
    desk.locator(QUEUE).first.wait_for()
    return desk


def opened(page):
    page.locator(".bureau-stair").wait_for()
    expect(page.locator("[aria-busy]")).to_have_count(0)
    return page.locator(".bureau-thread .code").inner_text()


def answer_of(page):
    return page.get_by_role("textbox", name="Votre réponse")


def test_threads_are_cleared_by_keyboard_alone(visit):
    desk = at_the_desk(visit, threads=3)
    keys, before = desk.keyboard, desk.locator(QUEUE).count()
    assert before >= 3
    keys.press("Escape")
    expect(desk.locator(QUEUE).first).to_be_focused()
    keys.press("ArrowDown")
    expect(desk.locator(QUEUE).nth(1)).to_be_focused()
    keys.press("ArrowUp")
    keys.press("Enter")
    first = opened(desk)
    assert readable.faults(desk) == []
    keys.press("r")
    expect(answer_of(desk)).to_be_focused()
    keys.type("Bonjour, r1d2 : c’est fait.")  # letters and digits are letters in a field
    expect(answer_of(desk)).to_have_value("Bonjour, r1d2 : c’est fait.")
    keys.press("Control+Enter")
    expect(desk.locator(".bureau-receipt")).to_have_text("Réponse envoyée.")
    expect(desk.locator(QUEUE)).to_have_count(before - 1)
    expect(desk.locator(QUEUE).first).to_be_focused()
    keys.press("Enter")  # the next one, by a template that fills the value and the date
    expect(desk.locator(".bureau-thread .code")).not_to_have_text(first)
    keys.press("1")
    expect(answer_of(desk)).to_be_focused()
    expect(answer_of(desk)).to_have_value(re.compile("valeur"))
    keys.press("Control+Enter")
    expect(desk.locator(".bureau-receipt")).to_have_text("Correction notée.")
    for left in range(before - 2, 0, -1):
        expect(desk.locator(QUEUE)).to_have_count(left)
        expect(desk.locator(QUEUE).first).to_be_focused()
        keys.press("Enter")
        keys.press("r")  # before the thread is there: the key waits for it
        expect(answer_of(desk)).to_be_focused()
        keys.type("Vu.")
        keys.press("Control+Enter")
    expect(desk.locator(".lead")).to_have_text(WAITING)


def test_the_file_of_a_person_leads_back_to_her_thread_and_keys_can_be_switched_off(visit):
    desk = at_the_desk(visit)
    keys = desk.keyboard
    keys.press("Escape")
    keys.press("Enter")
    number = opened(desk)
    keys.press("d")
    desk.locator("#retour").wait_for()
    expect(desk.get_by_text(f"motif : fil n° {number}")).to_be_visible()
    desk.locator("#retour").press("Enter")
    assert opened(desk) == number
    switch = desk.get_by_label("Raccourcis d’une touche")
    switch.press("Space")
    keys.press("r")
    expect(answer_of(desk)).not_to_be_focused()
    desk.reload()
    opened(desk)
    expect(switch).not_to_be_checked()
    switch.press("Space")
    keys.press("r")
    expect(answer_of(desk)).to_be_focused()


def test_an_answer_that_was_begun_outlives_its_tab(visit):
    desk = at_the_desk(visit)
    desk.locator(QUEUE).first.click()
    opened(desk)
    answer_of(desk).press_sequentially("Bonjour, je regarde")
    expect(desk.get_by_text(re.compile(r"Brouillon gardé à \d"))).to_be_visible()
    address, context = desk.url, desk.context
    assert "?fil=" in address
    desk.close()
    again = context.new_page()
    again.goto(address)
    opened(again)
    expect(answer_of(again)).to_have_value("Bonjour, je regarde")


def test_on_a_phone_the_queue_comes_first_then_the_thread(visit):
    desk = at_the_desk(visit)
    desk.set_viewport_size({"width": 390, "height": 844})
    expect(desk.locator(".bureau-thread")).to_be_hidden()
    desk.locator(QUEUE).first.click()
    opened(desk)
    expect(desk.locator(QUEUE).first).to_be_hidden()
    assert readable.faults(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth") == 390
    desk.get_by_role("button", name="Tous les fils").click()
    expect(desk.locator(QUEUE).first).to_be_focused()
