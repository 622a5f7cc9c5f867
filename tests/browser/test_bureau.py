"""The desk of a case manager in a browser: threads cleared by keyboard, a draft that outlives."""

import re
from datetime import timedelta

import pytest
import readable
from playwright.sync_api import expect
from waiting_threads import FIRST, Base

pytestmark = pytest.mark.browser
QUEUE = ".queue .it"
NONE = "Aucun fil n’attend votre service."
FIRST_DEGREE = "Service des enseignants du premier degré, équipe B"
SECOND_DEGREE = "Service des personnels du second degré, équipe A"
SHOWN = 50
"""Threads of the queue before one asks for more."""


@pytest.fixture
def base(portal, monkeypatch):
    return Base(portal.folder, monkeypatch)


def at_the_desk(visit):
    """Return the desk of who follows Julie Dupont, as wide as a computer's."""
    desk = visit(viewport={"width": 1280, "height": 900}).log_in("ggestionnaire", to="/bureau")
    desk.set_viewport_size({"width": 1280, "height": 900})
    desk.locator(QUEUE).first.wait_for()
    return desk


def opened(page):
    page.locator(".bureau-stair").wait_for()
    expect(page.locator("[aria-busy]")).to_have_count(0)
    return page.locator(".bureau-thread .code").inner_text()


def test_p17_the_first_arrow_goes_to_the_queue_from_wherever_one_reads(visit, base):
    base.ask(["D0003"] * 2, since=FIRST + timedelta(days=1))
    desk = at_the_desk(visit)
    desk.locator("h1").focus()
    desk.keyboard.press("ArrowDown")
    expect(desk.locator(QUEUE).first).to_be_focused()
    desk.keyboard.press("ArrowDown")
    expect(desk.locator(QUEUE).nth(1)).to_be_focused()
    desk.locator("#par-1").focus()
    desk.keyboard.press("ArrowRight")  # of a choice: its own arrows stay its own
    expect(desk.locator("#par-2")).to_be_focused()


def answer_of(page):
    return page.get_by_role("textbox", name="Votre réponse")


def waiting(desk):
    return int(desk.locator(".bureau-res .v").first.inner_text().split()[0])


def expect_left(desk, count):
    """What is left is said, the queue is as long as it may be, its next thread has the focus."""
    if not count:
        expect(desk.locator(".lead")).to_have_text(NONE)
        return
    expect(desk.locator(".bureau-res .v").first).to_have_text(re.compile(rf"^{count}\sfils?$"))
    expect(desk.locator(QUEUE)).to_have_count(min(count, SHOWN))
    expect(desk.locator(QUEUE).first).to_be_focused()


def clear(desk, count):
    """Answer as many threads by keyboard alone, each with its number in the order of the queue."""
    keys, before = desk.keyboard, waiting(desk)
    for place in range(count):
        expect_left(desk, before - place)
        keys.press("Enter")
        keys.press("r")  # before the thread is there: the key waits for it
        expect(answer_of(desk)).to_be_focused()
        keys.type(f"Vu, {place}.")
        keys.press("Control+Enter")
    expect_left(desk, before - count)


def test_threads_are_cleared_by_keyboard_alone(visit, base):
    names = base.ask(["D0003"] * 12, since=FIRST - timedelta(days=7))  # before any other test’s
    desk = at_the_desk(visit)
    keys, before = desk.keyboard, waiting(desk)
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
    expect_left(desk, before - 1)
    keys.press("Enter")  # the next one, by a template that fills the value and the date
    expect(desk.locator(".bureau-thread .code")).not_to_have_text(first)
    keys.press("1")
    expect(answer_of(desk)).to_be_focused()
    expect(answer_of(desk)).to_have_value(re.compile("valeur"))
    keys.press("Control+Enter")
    expect(desk.locator(".bureau-receipt")).to_have_text("Correction notée.")
    clear(desk, before - 2)
    done = base.answers(names)
    assert done[names[0]] == ["Bonjour, r1d2 : c’est fait."]
    assert [len(done[name]) for name in names] == [1] * len(names)
    assert [done[name] for name in names[2:]] == [[f"Vu, {place}."] for place in range(10)]


@pytest.mark.soak
def test_two_hundred_waiting_threads_of_nine_hundred_people_are_cleared_by_keyboard(visit, base):
    people = base.follow(900)
    names = base.ask(people[::4][:200])
    desk = at_the_desk(visit)
    assert waiting(desk) >= len(names)
    desk.keyboard.press("Escape")
    clear(desk, len(names))
    assert base.answers(names) == {name: [f"Vu, {at}."] for at, name in enumerate(names)}


def test_the_file_of_a_person_leads_back_to_her_thread_and_keys_can_be_switched_off(visit, base):
    base.ask(["D0003"])
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


def test_p17_keys_pressed_while_the_scripts_come_are_done_in_their_order(visit, base):
    base.ask(["D0003"])
    visitor = visit(viewport={"width": 1280, "height": 900})
    desk = visitor.log_in("ggestionnaire")
    desk.route("**/front/*.js", lambda script: None)  # held until nobody holds them
    desk.goto(f"{visitor.address}/bureau", wait_until="commit")
    desk.locator(QUEUE).first.wait_for()  # the page came with its first answer, its scripts did not
    for key in ("Escape", "Enter", "r"):
        desk.keyboard.press(key)
    desk.keyboard.type("Bonsoir")
    desk.unroute("**/front/*.js")
    expect(answer_of(desk)).to_be_focused()
    expect(answer_of(desk)).to_have_value("Bonsoir")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".bureau-receipt")).to_have_text("Réponse envoyée.")


def test_p17_all_the_keys_pressed_while_a_screen_comes_wait_for_it(visit, base):
    (name,) = base.ask(["D0003"], since=FIRST - timedelta(days=9))
    desk = at_the_desk(visit)
    desk.locator(QUEUE).first.press("Enter")
    desk.keyboard.press("r")
    desk.keyboard.type("Merci, r1d2")  # once one writes, letters are letters
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".bureau-receipt")).to_have_text("Réponse envoyée.")
    assert base.answers([name]) == {name: ["Merci, r1d2"]}


def test_an_answer_that_was_begun_outlives_its_tab(visit, base):
    base.ask(["D0003"])
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


def test_on_a_phone_the_queue_comes_first_then_the_thread(visit, base):
    base.ask(["D0003"])
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


def test_p17_key_p_passes_a_thread_to_another_service_which_answers_it(visit, base):
    (name,) = base.ask(["D0003"], since=FIRST - timedelta(days=11))  # the first of the queue
    colleague = visit(viewport={"width": 1280, "height": 900})
    other = colleague.log_in("ggestionnaire2", to=f"/bureau?fil={name}")
    expect(other.get_by_text("n’est pas dans vos portefeuilles d’aujourd’hui")).to_be_visible()
    expect(other.get_by_text("Question 0.")).to_have_count(0)
    desk = at_the_desk(visit)
    before = waiting(desk)
    desk.keyboard.press("Escape")
    desk.keyboard.press("Enter")
    number = opened(desk)
    passed_to(desk, SECOND_DEGREE)
    expect(desk.get_by_text(f"Fil transmis : {SECOND_DEGREE}")).to_be_visible()
    expect_left(desk, before - 1)
    other.reload()
    assert opened(other) == number
    expect(other.locator(QUEUE)).to_contain_text(["Julie Dupont"])
    desk.goto(f"{colleague.address}/bureau/dossier?fil={name}")
    desk.locator(f'a[href="/bureau?fil={name}"]').last.click()  # the way that the receipt says
    assert opened(desk) == number
    passed_to(desk, FIRST_DEGREE)
    expect(desk.locator(".bureau-res .v").first).to_have_text(re.compile(rf"^{before}\sfils?$"))
    other.reload()
    expect(other.get_by_text("n’est pas dans vos portefeuilles d’aujourd’hui")).to_be_visible()
    assert readable.faults(desk) == []


def passed_to(desk, service):
    """Pass the open thread by keyboard."""
    desk.keyboard.press("p")
    choice = desk.get_by_label("À quel service ?")
    expect(choice).to_be_visible()
    choice.select_option(service)
    desk.get_by_role("button", name="Transmettre ce fil").press("Enter")
