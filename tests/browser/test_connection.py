"""The light front end: what a cut does not break, what a dead kernel says, what a page fetches."""

import re

import pytest

pytestmark = pytest.mark.browser

PROMOTIONS = "/perspectives/promotions"
SPY = """
const Real = WebSocket;
window.sockets = [];
window.WebSocket = class extends Real {
  constructor(...words) { super(...words); window.sockets.push(this); }
};
"""
REFUSED = "net::ERR_INTERNET_DISCONNECTED"
AT_REST = "() => !document.querySelector('.screen[aria-busy]')"
SILENT = "() => { const socket = sockets.at(-1); socket.send = () => {}; socket.onmessage = null; }"
DEAF = "() => { sockets.at(-1).onmessage = null; }"
CLOSED = "() => sockets.at(-1).close()"


@pytest.fixture
def watched(visit):
    """Jean Dupont on the promotions screen, with his websockets in sight."""
    visitor = visit()
    visitor.context.add_init_script(SPY)
    visitor.log_in(to=PROMOTIONS)
    visitor.page.locator(".levers input").first.wait_for()
    yield visitor
    visitor.page.goto(visitor.address + PROMOTIONS)
    visitor.page.locator(".levers input").first.wait_for()
    back = visitor.page.locator("#effacer-essais")
    if back.count():
        back.click()
        visitor.page.wait_for_function(AT_REST)


def hours(page, value):
    """Return one of the buttons of the hours."""
    return page.locator(f".levers input[name=quotite][value='{value}']")


def change(page, value):
    """Change the hours, and return the amounts once they are new."""
    amounts = page.locator("table.scen tbody")
    before = amounts.inner_text()
    hours(page, value).check()
    page.wait_for_function(
        "before => document.querySelector('table.scen tbody').innerText !== before", arg=before
    )
    page.wait_for_function(AT_REST)
    return amounts.inner_text()


def test_a_control_answers_after_a_cut_as_it_did_before(watched):
    page = watched.page
    seventy, sixty = change(page, "70"), change(page, "60")
    for fault in (CLOSED, SILENT, DEAF):
        page.evaluate(fault)
        assert change(page, "70") == seventy
        assert change(page, "60") == sixty
    assert page.evaluate("() => sockets.length") == 4
    assert page.evaluate("() => sockets[0].url") == page.evaluate("() => sockets.at(-1).url")


def test_the_focus_stays_on_the_control_through_a_cut(watched):
    page = watched.page
    control = page.locator(".levers input[type=range]")
    control.focus()
    page.evaluate(CLOSED)
    before = page.locator("table.scen tbody").inner_text()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "before => document.querySelector('table.scen tbody').innerText !== before", arg=before
    )
    page.wait_for_function(AT_REST)
    assert control.evaluate("element => element === document.activeElement")
    page.keyboard.press("Tab")
    assert not control.evaluate("element => element === document.activeElement")


def test_without_network_the_person_is_told_and_what_she_did_is_done_afterwards(watched):
    page = watched.page
    seventy = change(page, "70")
    change(page, "60")
    watched.expected.append(REFUSED)
    watched.context.set_offline(True)
    page.evaluate(CLOSED)
    hours(page, "70").check()
    page.get_by_text("Connexion perdue").wait_for()
    watched.context.set_offline(False)
    page.get_by_role("button", name="Réessayer maintenant").click()
    page.get_by_text("Connexion rétablie").wait_for()
    assert page.locator("table.scen tbody").inner_text() == seventy


def test_a_second_visit_fetches_nothing_of_the_look_again(watched):
    page, fetched = watched.page, []
    session = watched.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: fetched.append(event["encodedDataLength"]))
    page.goto(watched.address + PROMOTIONS)
    page.locator(".levers input").first.wait_for()
    assert 0 < sum(fetched) < 20_000


def test_a_page_runs_under_a_policy_without_eval_blob_or_inline_style(watched):
    page = watched.page
    answer = page.goto(watched.address + PROMOTIONS)
    policy = dict(
        part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";")
    )
    assert re.fullmatch(r"'self' 'nonce-[\w-]+'", policy["script-src"])
    assert policy["style-src"] == "'self'"
    page.locator(".levers input").first.wait_for()
    assert page.locator(".chart svg path").first.evaluate("path => getComputedStyle(path).fill")
