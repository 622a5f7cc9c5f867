"""Her pay explained, two months, the real payslip; then the dates of her retirement."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_my_pay_is_explained_compared_and_kept(jean):
    page = jean.open("/perspectives/ma-paie")
    expect(page.get_by_role("heading", name="Votre paie de novembre 2026")).to_be_visible()
    page.get_by_label("Échelon", exact=True).select_option(label="9e échelon")
    page.get_by_label("Grade", exact=True).select_option(label="hors classe")
    page.get_by_label("Échelon", exact=True).select_option(label="2e échelon")
    # IM 629 at 80 %, paid 6/7: design/perspectives-promotions.html
    line = page.get_by_role("row", name=re.compile("^Traitement indiciaire brut")).first
    line.get_by_text("2\u00a0654,08\u00a0€").wait_for()
    why = line.get_by_role("button", name=re.compile("Pourquoi"))
    why.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("l’indice majoré multiplié par la valeur").first).to_be_visible()

    page.get_by_label("Enfants ouvrant droit au SFT").fill("deux")
    page.get_by_label("Votre taux de prélèvement à la source").fill("4,2")
    page.get_by_label("Points de NBI").focus()
    page.locator(".field.err .msg", has_text="Ce n’est pas un nombre").wait_for()
    page.get_by_label("Autre mois", exact=True).select_option(label="janvier")
    page.get_by_text(re.compile("De janvier 2026 à novembre 2026")).wait_for()

    # The traitement of a full time, at the same index: quotité is the cause.
    page.get_by_label("Traitement brut", exact=False).fill("3 096,43")
    page.get_by_role("button", name="Comparer avec mon bulletin").click()
    page.get_by_text("La quotité payée est de 100\u00a0%.").wait_for()
    jean.check()

    page.reload()
    page.get_by_text("La quotité payée est de 100\u00a0%.").wait_for()
    assert page.get_by_label("Enfants ouvrant droit au SFT").input_value() == "deux"
    expect(page.get_by_text("Enregistré dans ce kit le")).to_be_visible()


def test_departure_dates_are_compared_and_kept(jean):
    page = jean.open("/perspectives/retraite")
    expect(page.get_by_text("Tant que rien n’est saisi, le kit compare")).to_be_visible()
    page.get_by_label("Date de départ A").fill("31/02/2056")
    page.get_by_label("Trimestres des autres régimes").focus()
    page.locator(".field.err .msg", has_text="Le 31/02/2056 n’existe pas.").wait_for()
    page.get_by_label("Date de départ A").fill("01/06/2055")
    page.get_by_label("Date de départ B").fill("01/09/2057")
    page.get_by_label("Trimestres des autres régimes").fill("12")
    page.get_by_label("Nombre d’enfants").focus()
    # Born on 20 May 1991: 64 years on 20 May 2055 (loi 2025-1403, art. 105).
    page.get_by_role("row", name=re.compile("^Droit ouvert le 20 mai 2055")).wait_for()
    page.get_by_text(re.compile("Départ B, 1er septembre 2057")).first.wait_for()
    jean.check()
    expect(page.get_by_role("link", name="info-retraite.fr")).to_be_visible()
    page.get_by_role("link", name="Ma paie", exact=True).locator("visible=true").first.click()
    page.locator("main h1", has_text="Ma paie").wait_for()
    page.go_back()
    page.locator("main h1", has_text="Retraite").wait_for()
    assert page.get_by_label("Date de départ B").input_value() == "01/09/2057"
