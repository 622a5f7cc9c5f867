"""Concours: from what is open to a result noted, with a day that is refused on the way."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_competition_is_prepared_noted_and_refuses_a_day_to_come(visit):
    jean = visit()
    page = jean.log_in(to="/services/siac")
    page.get_by_role("link", name="CAPES, concours interne").click()
    expect(page.get_by_text("Vous remplissez les conditions connues.")).to_be_visible()
    page.get_by_role("button", name="Je prépare ce concours").click()
    expect(page.get_by_role("button", name="Ne plus suivre ce concours")).to_be_visible()

    page.get_by_text("Première partie", exact=True).click()
    page.get_by_label(re.compile("Votre parcours")).fill("Coordination du réseau depuis 2021.")
    page.get_by_role("button", name="Compter les pages").first.click()
    expect(page.get_by_text("5 mots, 1 page")).to_be_visible()
    with page.expect_download() as given:
        page.get_by_role("button", name="Télécharger le dossier (PDF)").click()
    assert given.value.suggested_filename == "dossier-raep.pdf"

    page.get_by_text("Après le résultat").click()
    page.get_by_label("Résultat lu").select_option("Admis")
    page.get_by_label("Publié le").fill("2027-06-30")
    page.get_by_role("button", name="Noter le résultat").click()
    expect(page.get_by_role("alert")).to_contain_text("Ce jour n’est pas encore venu.")
    jean.check()
    page.get_by_label("Publié le").fill("2026-11-20")
    page.get_by_role("button", name="Noter le résultat").click()
    expect(page.get_by_text("Votre note : fait le 20 novembre 2026 : Admis.")).to_be_visible()
    jean.anew()
    expect(page.get_by_text("Votre note : fait le 20 novembre 2026 : Admis.")).to_be_visible()
    expect(page.get_by_label(re.compile("Votre parcours"))).to_have_value(
        "Coordination du réseau depuis 2021."
    )
    jean.follow("Les services", "Les services")
    expect(page.get_by_role("link", name=re.compile("Concours internes du second"))).to_be_visible()
    jean.check()
