"""The campaign game in a browser: by keyboard alone, by a click on a dot, by its address."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
GAME = "/atelier/campagne"


@pytest.fixture
def game(visit):
    page = visit().log_in("fformateur", to=GAME)
    page.locator(".instrument.game").wait_for()
    return page


def answered(page):
    expect(page.locator("[data-kit-screen]")).not_to_have_attribute("aria-busy", "true")


def test_a_campaign_is_played_by_keyboard_alone_and_a_reload_finds_it(game):
    lead, keys = game.locator(".lead"), game.keyboard
    expect(lead).to_contain_text("140 points")
    game.locator("#appreciation-1").focus()
    keys.press("ArrowRight")
    expect(lead).not_to_contain_text("140 points")
    answered(game)
    expect(game.locator("#appreciation-2")).to_be_focused()
    game.locator("#tard-bareme").focus()
    keys.press("Enter")
    first = game.locator(".criteria li").first
    expect(first).to_contain_text("ancienneté dans le corps")
    answered(game)
    expect(game.locator("#tard-bareme")).to_be_focused()
    game.locator("#rang").focus()
    keys.press("Home")
    expect(game.locator(".reading output")).to_contain_text("Rang 1")
    keys.press("ArrowRight")
    expect(game.locator(".reading output")).to_contain_text("Rang 2")
    answered(game)
    name = game.locator("#pourquoi-t").inner_text()
    assert "j=cben-21-egalite-2300-" in game.url
    game.reload()
    expect(game.locator("#pourquoi-t")).to_have_text(name)
    expect(first).to_contain_text("ancienneté dans le corps")
    game.get_by_role("button", name="Recommencer").press("Enter")
    expect(lead).to_contain_text("140 points")


def test_a_click_on_a_dot_reads_the_person_and_a_complaint_leads_to_hers(game):
    game.locator('.wide circle[data-value="120"]').click()
    expect(game.locator(".reading output")).to_contain_text("Rang 120")
    expect(game.locator("#rang")).to_have_value("120")
    answered(game)
    who = re.match(r"[\w-]+ \w\.", game.locator(".cases li").first.inner_text())[0]
    game.locator("#cas-1").click()
    expect(game.locator("#pourquoi-t")).to_contain_text(who)
    expect(game.locator("#pourquoi-t")).to_be_focused()


def test_the_file_of_the_ranking_is_given(game):
    game.locator("#emporter summary").click()
    with game.expect_download() as waiting:
        game.locator("#jeu-csv").click()
    assert waiting.value.suggested_filename == "JEU-campagne-2025.csv"
