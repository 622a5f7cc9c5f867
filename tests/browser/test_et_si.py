"""Et si… at a browser: an event added, refused, moved, found again, shared with another teacher."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PATH = "/perspectives/et-si"
AT_REST = "() => !document.querySelector('.screen[aria-busy]')"


@pytest.fixture
def shots(tmp_path):
    """Return a function that keeps a picture of a screen at two widths, to be looked at."""
    folder = Path(os.environ.get("IPROF_CAPTURES", tmp_path))

    def keep(page, name):
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)

    return keep


def add(page, nature, **fields):
    """Add an event to the scenario shown by its form, beside the figure."""
    page.get_by_role("button", name=re.compile("Ajouter un événement")).click()
    page.get_by_role("form", name=re.compile("événement au scénario")).wait_for()
    page.get_by_label("Quoi").select_option(nature)
    page.wait_for_function(AT_REST)
    for label, typed in fields.items():
        page.get_by_label(label, exact=True).fill(typed)
    page.locator("#evenement").get_by_role("button", name="Ajouter").click()
    page.wait_for_function(AT_REST)


def touch(page, *selectors):
    for selector in selectors:
        page.locator(selector).click()
        page.wait_for_function(AT_REST)


def tried(page):
    """What stands on the screen: ideas taken, scenarios, events of the one shown, its numbers."""
    page.locator(".scenario h2").wait_for()
    page.wait_for_function(AT_REST)
    return page.evaluate(
        """() => [...document.querySelectorAll(
          ".ideas [aria-pressed=true], .scenario-tabs button, .scenario h2, .events :is(b, small),"
          + " .results dd, select[name=enfants] option:checked, select[name=zone] option:checked",
        )].map((one) => one.textContent.trim())"""
    )


def alone(page):
    """Leave scenario B without any event: what others tried is on the same portal."""
    touch(page, "#onglet-B")
    while page.locator(".events li").count():
        touch(page, ".events li:first-child button:last-child")


def test_a_life_is_tried_refused_kept_and_shared(jean, visit, shots):
    page = jean.open(PATH)
    alone(page)
    add(page, "disponibilite", **{"Dès le": "01/09/2028", "Dernier jour": "31/08/2029"})
    page.get_by_text(re.compile("^Enregistré dans ce kit le ")).wait_for()
    answer = page.locator(".page-head .lead")
    expect(answer).to_contain_text("nets de moins par mois moyen")
    expect(page.get_by_role("row", name=re.compile("1er septembre 2028"))).to_be_visible()
    jean.check()

    add(page, "hors_classe")  # the first year of the list: too early
    page.get_by_text(re.compile("Refusé, rien n’a été modifié")).wait_for()
    assert page.locator(".tried figure svg:visible").count() == 1
    jean.check()
    shots(page, "et-si-refus")
    page.get_by_role("button", name="Essayer le 1er septembre 2034").click()
    page.locator(".events b", has_text="Passage à la hors classe").wait_for()

    page.get_by_role("button", name=re.compile("Un an plus tard.*Disponibilité")).click()
    page.locator(".events small", has_text="du 1er septembre 2029 au 31 août 2030").wait_for()
    shots(page, "et-si")

    page.get_by_role("button", name=re.compile("Partager.*scénario B")).click()
    page.get_by_role("button", name="Créer le lien").click()
    address = page.get_by_label("Adresse du lien").input_value()
    jean.check()
    path = address.removeprefix(jean.address)
    assert path.startswith(f"{PATH}?lien=")

    other = visit()
    other.page.goto(other.address + path)
    other.page.get_by_label("Compte utilisateur").fill("ichevalier")
    other.page.get_by_label("Mot de passe").fill("demonstration-libre")
    other.page.get_by_role("button", name="Se connecter").click()
    other.page.get_by_role("heading", name="Un scénario vous a été envoyé").wait_for()
    body = other.page.locator("main").inner_text()
    assert "du 1er septembre 2029 au 31 août 2030" in body
    assert "Dupont" not in body
    other.check()
    shots(other.page, "et-si-recu")


def test_every_control_of_a_scenario_outlives_a_reload_the_way_back_and_another_tab(jean):
    page = jean.open(PATH)
    alone(page)
    touch(page, "#idee-parental", "#idee-grade", ".events li:first-child button:nth-child(2)")
    touch(page, "#renommer")
    page.locator("#nom1").fill("Une pause")
    page.locator("#nom1").press("Enter")
    page.locator(".scenario h2", has_text="Une pause").wait_for()
    page.locator("#base summary").click()
    page.locator("#base-enfants").select_option("2")
    page.wait_for_function(AT_REST)
    page.locator("#base-zone").select_option("1")
    before = tried(page)
    assert {"B : Une pause", "2", "Zone 1"} <= {words.replace("\u00a0", " ") for words in before}
    page.reload()
    assert tried(page) == before
    jean.follow("Promotions", "Promotions")
    page.go_back()
    page.locator("main h1", has_text="Et si…").wait_for()
    assert tried(page) == before
    second = page.context.new_page()
    second.goto(jean.address + PATH)
    assert tried(second) == before
    second.close()


def test_the_year_is_read_without_the_server_and_a_refusal_keeps_the_figure_in_sight(jean):
    page = jean.open(PATH)
    alone(page)
    touch(page, "#idee-parental")
    page.locator("#lire").press("End")
    last = page.locator("#lire").get_attribute("max")
    assert page.locator("#lire-dit").inner_text() == last
    assert f"À la rentrée {last}" in page.locator(".read output").inner_text()
    page.locator("#onglet-A").click()
    page.locator(".scenario h2", has_text="Rester").wait_for()
    assert page.locator("#lire-dit").inner_text() == last
