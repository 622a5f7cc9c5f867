"""What is typed a moment before a page goes: Back, another address, a closed tab lose nothing."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
NEW = "/courrier?nouveau=1"
TYPED = """([selector, words, then]) => {
  const field = document.querySelector(selector);
  field.focus();
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (then === "back") history.back();
  if (then === "away") location.assign("/mes-donnees/fiche.pdf/nulle-part");
}"""
"""She types and leaves in one task: no timer of the page has fired between the two."""


def type_and(page, selector, words, then):
    page.evaluate(TYPED, [selector, words, then])


def message(page):
    return page.get_by_role("textbox", name="Message", exact=True)


@pytest.mark.parametrize("then", ["away", "close"])
def test_p18_what_is_typed_right_before_a_page_goes_is_kept(visit, then):
    visitor = visit()
    page = visitor.log_in("scohen", to=NEW)
    message(page).wait_for()
    words = f"Quand ma demande {then} sera-t-elle lue ?"
    visitor.expected.append("404")
    type_and(page, "textarea[name=texte]", words, then)
    if then == "close":
        page.close(run_before_unload=True)
        page = visitor.context.new_page()
    else:
        page.wait_for_url("**/nulle-part")  # two ways taken at once would stop each other
    page.goto(visitor.address + NEW)
    expect(message(page)).to_have_value(words)
    assert page.evaluate("() => sessionStorage.length") == 0


def test_p18_a_field_that_acts_once_it_is_left_is_told_when_the_page_goes(visit):
    """Its day is typed and not left: neither « change » nor any timer has come."""
    visitor = visit()
    page = visitor.log_in("iinspectrice", to="/evaluation")
    path = page.locator("main a[href*='objet=rdv-']").first.get_attribute("href")
    page.goto(visitor.address + path)
    day = ".request-days input[name=entretien]"
    page.locator(day).wait_for()
    type_and(page, day, "2 décembre", "back")
    page.wait_for_url("**/evaluation")
    page.goto(visitor.address + path)
    expect(page.locator(day)).to_have_value("2 décembre")


def test_p18_nothing_typed_outlives_a_session_that_is_left(visit):
    visitor = visit()
    page = visitor.log_in("scohen", to=NEW)
    message(page).wait_for()
    page.evaluate(TYPED, ["textarea[name=texte]", "Un secret", ""])
    page.get_by_role("button", name="Quitter").click()
    page.get_by_role("button", name="Se connecter").wait_for()
    assert page.evaluate("() => sessionStorage.length") == 0
