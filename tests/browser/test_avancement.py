"""« Tableaux et listes » in a browser: opinions in few gestures, a refusal, an appeal kept."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
MOST_GESTURES = 4


def test_opinions_are_at_most_four_gestures_from_accueil_then_a_refusal_opens_its_appeals(visit):
    visitor = visit()
    visitor.log_in("ichevalier", to="/accueil")
    gestures = [("Les services", "Les services"), ("Tableaux et listes", "Tableaux et listes")]
    for name, title in gestures:
        visitor.follow(name, title)
    page = visitor.page
    assert len(gestures) <= MOST_GESTURES
    expect(page.get_by_role("rowheader", name="Avis de l’inspection")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Appréciation de l’autorité")).to_be_visible()
    visitor.follow("Noter ce que vous y lisez", "Classe exceptionnelle 2027")
    page.locator("#resultat > summary").click()
    page.get_by_label("Résultat lu").select_option("Pas inscrit au tableau")
    page.get_by_label("Publié le").fill("2026-11-20")
    page.get_by_role("button", name="Noter le résultat").click()
    expect(page.locator(".note.ok")).to_contain_text("Reçu n°")
    expect(page.locator("#recours")).to_contain_text("21 janvier 2027")
    visitor.check()
    page.locator("#recours").get_by_role("link", name="Les lettres prêtes").click()
    page.locator("main h1", has_text="Recours contre un tableau").wait_for()
    expect(page.get_by_label("Tableau ou liste publié le")).to_have_value("20/11/2026")
    page.get_by_text("Recours gracieux", exact=True).click()
    with page.expect_download() as taken:
        page.locator("#pli-lettre-recours_promotion-gracieux").get_by_role(
            "button", name="Télécharger la lettre (PDF)"
        ).click()
    assert taken.value.suggested_filename.endswith(".pdf")
    visitor.check()


def test_a_past_campaign_is_replayed_while_she_types_and_kept_through_a_reload(visit):
    visitor = visit()
    page = visitor.log_in(
        "ichevalier", to="/services/avancement?campagne=classe_exceptionnelle_viviers_2020"
    )
    page.get_by_label("Échelon hors classe au 31 août 2020").select_option("2")
    page.get_by_label("Candidature au premier vivier").select_option("oui")
    page.get_by_label("Fonction", exact=True).first.select_option("education_prioritaire")
    page.get_by_label("Premier jour").first.fill("01/09/2011")
    page.get_by_label("Dernier jour").first.fill("31/08/2020")
    page.get_by_role("button", name="Compter ces années").click()
    lead = page.locator(".lead")
    expect(lead).to_contain_text("situation examinée au premier vivier")
    page.reload()
    expect(lead).to_contain_text("9 années de fonctions sur 8")
    visitor.check()
