"""A candidacy outside the score and a closed post in a real browser: typed, moved, kept."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
SPECIFIC = "/services/candidature?campagne=specifique_national_2d_2027"
SAVED = "Enregistré dans ce kit le 25 novembre 2026"


def test_a_candidacy_is_typed_moved_by_keyboard_kept_and_its_letter_taken_away(visit):
    visitor = visit()
    page = visitor.log_in("ichevalier", to="/services")
    page.get_by_role("link", name="Postes spécifiques nationaux").click()
    page.get_by_label("Vœu 1, son nom").fill("Lycée du Parc")
    page.get_by_label("Vœu 1, son mouvement").fill("CPGE")
    page.get_by_label("Vœu 2, son nom").fill("Lycée Blaise-Pascal")
    page.get_by_label("Vœu 2, son mouvement").fill("BTS")
    page.get_by_role("button", name="Monter : Vœu 2").press("Enter")
    expect(page.get_by_label("Vœu 1, son nom")).to_have_value("Lycée Blaise-Pascal")
    page.locator("#lettre-2 summary").click()
    page.get_by_label("Lettre de motivation : CPGE").fill("Madame, Monsieur,\nJe candidate.")
    expect(page.locator("#lettre-2 summary")).to_contain_text("31 caractères")
    with page.expect_download() as taken:
        page.locator("#pdf-2").click()
    assert taken.value.suggested_filename == "lettre-motivation.pdf"
    visitor.check()
    visitor.anew()
    expect(page.get_by_label("Vœu 2, son nom")).to_have_value("Lycée du Parc")
    expect(page.locator("#carnet")).to_contain_text(SAVED)
    page.set_viewport_size({"width": 390, "height": 844})
    visitor.check()


def test_a_closed_post_and_a_zone_are_prepared_and_stay_after_a_reload(visit):
    visitor = visit()
    page = visitor.log_in("ichevalier", to="/services/carte-scolaire")
    page.get_by_role("button", name="Ajouter les vœux prioritaires qui manquent").click()
    expect(page.get_by_label("Vœu 1, son nom")).to_have_value("Lycée des Dômes")
    expect(page.locator(".near-far .done")).to_have_count(4)
    visitor.check()
    visitor.open("/services/remplacement")
    page.locator("#a-venir summary").click()
    page.get_by_label("Votre zone").fill("Riom")
    page.get_by_label("Préférence 1, son nom").fill("Châtel-Guyon")
    page.locator("#extension summary").click()
    page.get_by_label("Lieu 1, son nom").fill("Puy-de-Dôme")
    page.get_by_label("lieu par lieu").check(force=True)
    expect(page.locator(".walk li")).to_have_count(2)
    visitor.check()
    visitor.anew()
    expect(page.get_by_label("Préférence 1, son nom")).to_have_value("Châtel-Guyon")
    expect(page.locator("#carnet")).to_contain_text(SAVED)
