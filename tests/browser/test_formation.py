"""Formation in a real browser: chosen, put in order, closed, what is followed goes to the CV."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
HERE = "/services/formation"


def test_a_list_is_made_put_in_order_closed_and_read_again(visit):
    visitor = visit()
    page = visitor.log_in("jdupont", to=HERE)
    page.get_by_label("Mots ou code").fill("géométrie")
    page.get_by_role("button", name="Chercher").click()
    expect(page.locator(".sessions li").first).to_contain_text("La géométrie par le jeu")
    rows = page.locator(".wishes li")
    for number in (1, 2):
        page.locator(".sessions button", has_text="Ajouter").first.click()
        expect(rows).to_have_count(number)
    second = rows.nth(1).locator(".code").first.inner_text()
    page.locator("[data-moves]").nth(1).press("ArrowUp")
    expect(rows.nth(0).locator(".code").first).to_have_text(second)
    page.get_by_role("button", name="Clore ma liste ici").click()
    expect(page.locator(".closed")).to_contain_text("Liste close ici le 25 novembre 2026")
    visitor.check()
    visitor.anew()
    expect(page.locator(".closed")).to_contain_text("reçu n°")
    expect(rows.nth(0).locator(".code").first).to_have_text(second)


def test_a_training_that_was_followed_counts_and_goes_into_the_cv(visit):
    visitor = visit()
    page = visitor.log_in("jdupont2", to=HERE)
    page.get_by_text("Formations suivies, attestations").click()
    page.get_by_label("Intitulé").fill("Lire des albums")
    page.get_by_label("Premier jour").fill("07/10/2026")
    page.get_by_label("Durée, en heures").fill("6")
    page.locator("form.new button").click()
    expect(page.locator(".lead")).to_contain_text("6 h sur 18 h comptées cette année.")
    expect(page.get_by_label("Intitulé")).to_have_value("")
    page.get_by_role("button", name="Ajouter à mon CV").click()
    expect(page.locator(".note.ok")).to_contain_text("est ajoutée à votre CV")
    page.goto(f"{visitor.address}/cv/formations")
    expect(page.locator("main")).to_contain_text("Lire des albums")
