"""Autres affectations and Autres parcours in a browser: by keyboard, reloaded, looked at whole."""

import re

import pytest
from measures import GOALS, measured
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PLACES, PATHS = "/perspectives/autres-affectations", "/perspectives/autres-parcours"


def ranked(page):
    return page.locator("table.ranked th strong").all_inner_texts()


def until(page, words):
    page.get_by_text(words).locator("visible=true").first.wait_for()


def test_wishes_are_added_moved_by_keyboard_explained_and_found_again(jean):
    page = jean.open(PLACES)
    for key, label, rank in (("37", "37 Indre-et-Loire", 1), ("44", "44 Loire-Atlantique", 2)):
        page.get_by_label("Où voulez-vous aller").select_option(key)
        page.get_by_role("button", name=f"Ajouter en vœu {rank}").press("Enter")
        until(page, f"{rank}. {label}")
        expect(page.get_by_label("Où voulez-vous aller")).to_have_value(key)
    # barres_mouvement.csv: entry bar of the 37, 704 points in 2024
    page.locator("#lieu-37").focus()
    page.locator("#lieu-37").press("Space")
    until(page, re.compile("Si la barre d’entrée de 2024 pour Indre-et-Loire"))
    expect(page.locator("#lieu-37")).to_be_checked()
    page.get_by_label("Où voulez-vous aller").select_option("")
    until(page, re.compile("Touchez un département"))
    page.get_by_role("button", name=re.compile("Descendre.*Indre-et-Loire")).press("Enter")
    until(page, "2. 37 Indre-et-Loire")
    expect(page.locator("#monter-37")).to_be_focused()
    why = page.get_by_role("button", name=re.compile("Pourquoi.*44 Loire-Atlantique"))
    why.press("Enter")
    assert why.get_attribute("aria-expanded") == "true"
    last = page.locator("#w-44 .res dd")
    expect(last).to_have_text(page.locator("tr:has(#b-44) .score b").inner_text())
    jean.check()

    for name, act in (
        ("demande", lambda field: field.select_option("rapprochement_conjoints")),
        ("conjoint_lieu", lambda field: field.select_option("44")),
        ("lien", lambda field: field.select_option("mariage")),
        ("lien_depuis", lambda field: (field.fill("31/06/2015"), field.press("Tab"))),
    ):
        page.locator(f"#rep-s-{name} > summary").click()
        act(page.locator(f"#rep-{name}"))
        page.wait_for_function("() => !document.querySelector('.screen[aria-busy]')")
    until(page, "Le 31/06/2015 n’existe pas.")
    jean.check()
    page.locator("#rep-lien_depuis").fill("20/06/2015")
    page.locator("#rep-lien_depuis").press("Tab")
    until(page, re.compile("Rapprochement de conjoints"))

    page.locator("#priorite > summary").click()
    page.get_by_label("Priorité", exact=True).select_option("boe")
    until(page, re.compile("Bénéficiaire de l’obligation"))
    page = jean.open(PLACES)
    assert [text[:5] for text in ranked(page)] == ["1. 44", "2. 37"]
    expect(page.locator("#reponse ~ div dt", has_text="Rapprochement de conjoints")).to_be_visible()
    assert page.get_by_text(re.compile("Bénéficiaire de l’obligation")).count() == 0


def test_the_inter_academic_screen_shows_what_a_wish_costs_to_the_extension(visit):
    visitor = visit()
    visitor.log_in("ichevalier")
    page = visitor.open(PLACES)
    for label in ("Rennes", "Lyon"):
        page.locator(f"#lieu-{label}").check(force=True)
        page.get_by_role("button", name=re.compile("Ajouter en vœu")).click()
        until(page, f". {label}")
    page.locator("#rep-s-doit_etre_affecte > summary").click()
    page.locator("#rep-doit_etre_affecte").select_option("oui")
    page.locator("#extension > summary").click()
    until(page, "Barème d’extension jusqu’à ce vœu")
    visitor.check()


def test_under_360_pixels_the_map_is_a_picture_and_the_list_answers(jean):
    page = jean.open(PLACES)
    page.set_viewport_size({"width": 320, "height": 844})
    tiles = page.locator(".tiles")
    assert tiles.is_visible()
    assert tiles.get_by_role("radio").count() == 0
    page.get_by_label("Où voulez-vous aller").select_option("33")
    until(page, re.compile("Si la barre d’entrée de 2021 pour Gironde"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_paths_are_filtered_opened_whole_answered_and_left_by_back(jean):
    page = jean.open(PATHS)
    page.locator("label[for=famille-temps_partiel]").click()
    path = page.get_by_role("button", name=re.compile("Temps partiel sur autorisation"))
    path.press("Enter")
    page.get_by_text("Conditions, une par une").wait_for()
    expect(path).to_be_focused()
    expect(path).to_have_attribute("aria-expanded", "true")
    jean.check()
    page.reload()
    page.get_by_text("Conditions, une par une").wait_for()
    path.press("Enter")
    expect(page.get_by_text("Conditions, une par une")).to_have_count(0)
    page.locator("label[for='famille-']").click()
    page.get_by_label("Plus haut diplôme").select_option("7")
    expect(page.locator("#questions")).to_be_focused()
    until(page, re.compile("Enregistré dans ce kit le"))
    jean.follow("Promotions", "Promotions")
    page.go_back()
    page.locator("main h1", has_text="Autres parcours").wait_for()
    page.get_by_text("Vos réponses, et d’autres précisions").click()
    assert page.get_by_label("Plus haut diplôme").input_value() == "7"


def test_who_has_no_corps_is_told_what_concerns_her(visit):
    visitor = visit()
    visitor.log_in("scohen")
    page = visitor.open(PLACES)
    expect(page.get_by_text("Pas de corps, donc pas de mouvement.")).to_be_visible()
    page = visitor.open(PATHS)
    expect(page.get_by_role("heading", name="Pour en ouvrir d’autres")).to_be_visible()


def test_a_place_touched_and_two_wishes_keep_the_height_of_an_answer(visit):
    visitor = visit()
    visitor.log_in("jdupont2")
    page = visitor.open(PLACES)
    page.locator("#decide > summary").click()
    page.locator("#tout-effacer").click()
    until(page, re.compile("Aucun vœu encore"))
    for rank, key in enumerate(("37", "44"), 1):
        page.get_by_label("Où voulez-vous aller").select_option(key)
        page.get_by_role("button", name=f"Ajouter en vœu {rank}").click()
        until(page, re.compile(rf"^{rank}\. {key}"))
    page.get_by_label("Où voulez-vous aller").select_option("33")
    until(page, re.compile("Si la barre d’entrée de 2021 pour Gironde"))
    page.locator("#decide > summary").click()
    tall = measured(page)
    assert tall["haut_1280"] <= GOALS["haut_1280"]
    assert tall["haut_390"] <= GOALS["haut_390"]
