"""Other people at the door: first login, no account, no corps, a trainer, a keyboard only."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_first_login_with_the_numen_asks_for_a_password_before_anything(someone, portal):
    someone.expected.append("status of 400")
    page = someone.log_in_by_the_form("mlaurent", portal.secret("mlaurent"))
    assert page.locator("h1").inner_text() == "Choisissez votre mot de passe"
    page.goto(someone.address + "/dossier/synthese")
    assert page.locator("h1").inner_text() == "Choisissez votre mot de passe"
    someone.check()
    page.get_by_label("Mot de passe choisi").fill("court")
    expect(page.get_by_text("Trop court : encore 7 caractères.")).to_be_visible()
    page.get_by_role("button", name="Montrer ce que je tape").click()
    expect(page.get_by_label("Mot de passe choisi")).to_have_attribute("type", "text")
    page.get_by_label("Le même, une seconde fois").fill("court")
    page.get_by_role("button", name="Ouvrir mon dossier").click()
    expect(page.get_by_role("alert")).to_be_visible()
    someone.check()
    page.get_by_label("Mot de passe choisi").fill("quatre mots assez longs")
    page.get_by_label("Le même, une seconde fois").fill("quatre mots assez longs")
    page.get_by_role("button", name="Ouvrir mon dossier").click()
    page.locator("h1", has_text="Marie").wait_for()
    assert portal.secret("mlaurent") not in page.content()


def test_a_wrong_password_is_said_and_the_account_is_kept(someone):
    someone.expected.append("status of 401")
    page = someone.log_in_by_the_form("jdupont", "faux")
    assert "Compte ou mot de passe inconnu." in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Compte utilisateur").input_value() == "jdupont"
    someone.check()


def test_without_account_the_same_perspectives_and_nothing_stored(someone):
    page = someone.open("/ma-situation")
    page.get_by_label("Corps").select_option(label="Professeurs des écoles")
    page.get_by_label("Échelon", exact=True).select_option("7")
    page.get_by_label("Date d’effet").fill("01/09/2024")
    page.get_by_role("button", name="Calculer").click()
    page.get_by_role("row", name=re.compile("1er septembre 2027")).first.wait_for()
    expect(page.get_by_text(re.compile("[Rr]ien n’est enregistré")).first).to_be_visible()
    someone.check()


def test_without_account_an_empty_form_says_what_is_missing(someone):
    page = someone.open("/ma-situation")
    page.locator(".instrument svg").first.wait_for()  # a worked example is there at once
    page.get_by_label("Date d’effet").fill("")
    page.get_by_role("button", name="Calculer").click()
    page.locator(".err-sum").wait_for()
    someone.check()


def test_a_person_without_corps_reads_why_nothing_is_calculated(visit):
    visitor = visit()
    page = visitor.log_in("scohen")
    visitor.open("/perspectives/promotions")
    expect(page.get_by_text("Pas de corps, donc pas d’échelon calculé.")).to_be_visible()


def test_an_agrege_at_a_chevron_sees_the_chevron(visit):
    visitor = visit()
    visitor.log_in("ichevalier")
    page = visitor.open("/perspectives/promotions")
    assert page.get_by_text(re.compile("HEA2")).locator("visible=true").count() > 0


def test_a_trainer_compares_two_people(visit):
    visitor = visit()
    visitor.log_in("fformateur", to="/scenarios")
    page = visitor.open("/scenarios")
    assert page.get_by_role("combobox").count() >= 2


def test_the_whole_path_by_keyboard_alone(someone):
    page = someone.page
    page.goto(someone.address + "/connexion")

    def tab_to(text, key="Tab"):
        for _ in range(60):
            page.keyboard.press(key)
            named = "(e => (e.labels?.[0]?.innerText || e.innerText || '').trim())"
            focused = page.evaluate(named + "(document.activeElement)")
            if focused.startswith(text):
                outline = "getComputedStyle(document.activeElement).outlineStyle"
                assert page.evaluate(outline) != "none", f"{text}: focus not visible"
                return
        raise AssertionError(f"« {text} » cannot be reached by keyboard")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Aller au contenu"
    tab_to("Compte utilisateur")
    page.keyboard.type("jdupont")
    tab_to("Mot de passe")
    page.keyboard.type("demonstration-libre")
    tab_to("Se connecter")
    page.keyboard.press("Enter")
    page.locator("main h1", has_text="Jean").wait_for()
    tab_to("Vos perspectives")
    page.keyboard.press("Enter")
    page.locator("main h1", has_text="Promotions").wait_for()
    tab_to("Hors classe")
    name = page.evaluate("document.activeElement.name")
    page.keyboard.press("ArrowRight")
    page.locator(".screen[aria-busy]").wait_for(state="detached")
    assert page.evaluate("document.activeElement.name") == name, "a redraw takes the focus away"
    tab_to("Pourquoi")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
    tab_to("Quitter", "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/connexion**")
