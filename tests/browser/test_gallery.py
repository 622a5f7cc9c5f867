"""The gallery in a browser, without account; a signed link from the trainer's board to it."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_stranger_chooses_a_person_moves_her_career_and_a_reload_finds_it(visit):
    visitor = visit()
    page = visitor.open("/galerie")
    page.locator(".gallery").wait_for()
    visitor.check()
    before = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 844})
    heights = page.locator(".head-links a").evaluate_all("all => all.map((a) => a.offsetHeight)")
    assert len(heights) == 2
    assert max(heights) < 50  # one line each
    page.set_viewport_size(before)
    page.get_by_role("link", name="Hugo Lambert").click()
    person = page.locator("#personne-t")
    expect(person).to_contain_text("Hugo Lambert")
    page.locator("#idee-partiel").click()
    events = page.locator(".events")
    expect(events).to_contain_text("80")
    expect(page).to_have_url(re.compile(r"/galerie\?s=2\."))
    visitor.check()
    kept = events.inner_text()
    page.reload()
    expect(page.locator(".events")).to_have_text(re.compile("80"))
    assert page.locator(".events").inner_text() == kept
    page.get_by_role("link", name="Toutes les personnes").click()
    expect(page.get_by_role("heading", name="Choisir une personne")).to_be_visible()


def test_a_link_that_a_trainer_has_signed_opens_without_account_unless_it_was_altered(visit):
    trainer, stranger = visit(), visit()
    trainer.log_in("fformateur", to="/atelier")
    page = trainer.page
    page.locator("#signer").focus()
    page.keyboard.press("Enter")
    link = page.locator("#lien")
    expect(link).to_be_focused()
    path = link.input_value().removeprefix(trainer.address)
    assert path.startswith("/galerie?s=2.")
    opened = stranger.open(path)
    expect(opened.get_by_text("Lien signé par ce serveur.")).to_be_visible()
    other = "A" if path[-10] != "A" else "B"
    opened.goto(stranger.address + path[:-10] + other + path[-9:])
    expect(opened.get_by_text("Ce lien a été modifié")).to_be_visible()


def test_the_place_in_a_page_that_was_asked_for_is_there_after_the_login(visit):
    page = visit().open("/atelier#ppcr")
    page.get_by_label("Compte utilisateur").fill("fformateur")
    page.get_by_label("Mot de passe").fill("demonstration-libre")
    page.get_by_role("button", name="Se connecter").click()
    expect(page).to_have_url(re.compile(r"/atelier(\?s=[^#]*)?#ppcr$"))
