"""Accueil and the tabs of the file, as their owner goes through them."""

import re
from datetime import date

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_the_home_screen_gives_the_dates_and_their_file(jean):
    page = jean.open("/accueil")
    expect(page.get_by_role("heading", name="Vos prochaines dates")).to_be_visible()
    missing = page.locator(".todo li", has=page.get_by_text("Courriel personnel", exact=True))
    assert missing.get_by_role("link").get_attribute("href") == "/dossier/perso"
    with page.expect_download() as given:
        page.get_by_role("button", name="Ajouter à mon agenda").click()
    assert given.value.suggested_filename == "prochaines-dates.ics"
    events = Calendar.from_ical(given.value.path().read_bytes()).walk("VEVENT")
    # 7e échelon, three years from 1 September 2024: décret 90-680 art. 24.
    assert date(2027, 9, 1) in [event["DTSTART"].dt for event in events]


def test_the_tabs_of_the_file_are_all_reached_and_back_returns(jean):
    page = jean.open("/dossier/carriere")
    page.get_by_text("Le reclassement du 1er septembre 2017").click()
    expect(page.get_by_text("Ce jour-là, les grilles ont changé")).to_be_visible()
    why = page.locator("details.why summary", has_text="31 août")
    why.press("Enter")
    page.get_by_text("Tout le calcul", exact=True).locator("visible=true").first.click()
    expect(page.get_by_text("Échelon détenu le 31 août 2017")).to_be_visible()
    jean.check()
    jean.follow("Affectations", "Affectations")
    expect(page.get_by_text("École élémentaire Les Ormeaux").first).to_be_visible()
    jean.follow("Situation particulière", "Situation particulière")
    expect(page.get_by_text("Qui voit cet onglet ?")).to_be_visible()
    page.go_back()
    page.locator("main h1", has_text="Affectations").wait_for()


def test_a_seniority_is_counted_at_the_day_typed_and_explained(jean):
    page = jean.open("/dossier/anciennetes")
    page.get_by_label("Compter au").fill("31/08/2026")
    page.get_by_label("Compter au").press("Enter")
    page.get_by_role("heading", name=re.compile("^Vos anciennetés au 31 août 2026")).wait_for()
    line = page.get_by_role("row", name=re.compile("Ancienneté dans l’échelon")).first
    assert "2 ans" in line.inner_text()
    why = page.get_by_role("button", name=re.compile("Pourquoi.*dans le corps"))
    why.press("Enter")
    page.get_by_text("Tout le calcul", exact=True).locator("visible=true").first.click()
    expect(page.get_by_text("0 jour, sur 4 mois 15 jours").locator("visible=true")).to_be_visible()
    jean.check()
    page.get_by_role("link", name=re.compile("au 31 août 2027")).click()
    page.get_by_role("heading", name=re.compile("^Vos anciennetés au 31 août 2027")).wait_for()
    assert page.url.endswith("?au=2027-08-31")
    page.get_by_label("Compter au").fill("31/02/2026")
    page.get_by_role("button", name="Compter", exact=True).click()
    message = page.locator(".field.err .msg")
    message.wait_for()
    assert "n’existe pas" in message.inner_text()
    assert page.get_by_label("Compter au").input_value() == "31/02/2026"
    jean.check()


def test_a_particular_situation_is_shown_to_its_owner(visit):
    julie = visit()
    julie.log_in("jdupont2")
    page = julie.open("/dossier/situation-particuliere")
    expect(page.get_by_text(re.compile("travailleur handicapé"))).to_be_visible()
