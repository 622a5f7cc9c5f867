"""F5 and Back come back to the kernel that the page left; a new tab, and who comes next, do not."""

import json

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PAY, STRIKE = "/perspectives/ma-paie", "[name=sensible_greve_jours]"


@pytest.fixture
def jean(visit):
    """Jean Dupont on his pay, once the portal gives pages that are made ahead."""
    visitor = visit()
    page = visitor.log_in("jdupont", to=PAY)
    while "kitEarlySocket" not in page.content():
        page.goto(visitor.address + PAY)
    return visitor


def kernel(page):
    """Return the kernel of a page, once its screen is there."""
    page.locator("main h1").wait_for()
    return json.loads(page.locator("#jupyter-config-data").text_content())["kernelId"]


def type_strike(page, days):
    """Type what is held in memory alone, and wait until the page says so."""
    field = page.locator(STRIKE)
    field.wait_for(state="attached")
    closed = page.locator(f"details:not([open]):has({STRIKE}) > summary")
    while closed.count():
        closed.first.click()
    field.fill(days)
    page.keyboard.press("Tab")
    page.locator("#pa-s-sensible_greve_jours > summary", has_text=days).wait_for()


def test_w14_f5_and_back_come_back_to_the_place_that_was_left(jean):
    page = jean.page
    first = kernel(page)
    type_strike(page, "3")
    page.reload()
    assert kernel(page) == first
    expect(page.locator(STRIKE)).to_have_value("3")
    page.locator("main h1", has_text="Ma paie").wait_for()
    type_strike(page, "4")  # the kernel answers the new page
    page.goto(jean.address + "/cv")
    other = kernel(page)
    assert other != first
    page.go_back()
    page.locator("main h1", has_text="Ma paie").wait_for()
    assert kernel(page) == first
    expect(page.locator(STRIKE)).to_have_value("4")
    page.go_forward()
    assert kernel(page) == other
    jean.check()


def test_w14_a_second_tab_has_a_place_of_its_own_even_after_a_file_was_asked_for(jean):
    page, first = jean.page, kernel(jean.page)
    page.evaluate("dispatchEvent(new Event('beforeunload'))")  # as the link of a file does
    page.wait_for_function("() => !document.cookie.includes('iprof_retour')")
    second = page.context.new_page()
    second.goto(jean.address + PAY)
    assert kernel(second) != first
    second.close()


def test_w14_whoever_logs_in_next_on_that_browser_finds_nothing_of_who_left(jean):
    page = jean.page
    first = kernel(page)
    type_strike(page, "5")
    page.goto("about:blank")
    page = jean.log_in("jdupont2", to=PAY)
    assert kernel(page) != first
    expect(page.locator(STRIKE)).to_have_value("")


def test_w14_who_reopens_a_screen_that_stopped_gets_another_place(jean):
    page = jean.page
    first = kernel(page)
    page.evaluate("window.kitOpensAnew = true")  # as « Rouvrir cet écran » says
    page.reload()
    assert kernel(page) != first
