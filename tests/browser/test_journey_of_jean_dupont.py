"""The main job: log in, read one's file, look ahead, try, understand, leave."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def row(page, label):
    return page.locator("dl.facts > div", has=page.get_by_text(label, exact=True))


def test_synthese_shows_what_the_guide_of_i_prof_shows(jean):
    page = jean.open("/dossier/synthese")
    # The example of the I-Prof guide: iprof_inventaire § 5.1.
    for label, value in {
        "Civilité, prénom, nom": "Monsieur Jean Dupont",
        "Corps": "Professeur des écoles",
        "Échelon": "7e échelon",
        "Position": "En activité",
        "Modalité de service": "Temps partiel sur autorisation",
        "Type": "Affectation à titre définitif",
    }.items():
        assert value in row(page, label).inner_text()
    assert "1er septembre 2024" in row(page, "Échelon").inner_text()
    for heading in (
        "Vous êtes",
        "Votre situation administrative",
        "Votre adresse",
        "Vos affectations",
    ):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()


def test_carriere_shows_seniority_without_unfolding_and_explains_2017(jean):
    page = jean.open("/dossier/carriere")
    line = page.get_by_role("row", name=re.compile("^6e"))
    assert "3 ans" in line.inner_text()
    page.get_by_text("Le reclassement du 1er septembre 2017").click()
    expect(page.get_by_text("Ce jour-là, les grilles ont changé")).to_be_visible()


def test_perspectives_control_explanation_quit_and_back_shows_nothing(someone):
    jean = someone
    page = jean.log_in_by_the_form()
    jean.follow("Vos perspectives", "Promotions")
    expect(page.get_by_text("La hors classe devient possible en 2033")).to_be_visible()
    cell = page.get_by_role("row", name=re.compile("1er septembre 2033")).first
    assert "2\u00a0654,08\u00a0€" in cell.inner_text()  # design/perspectives-promotions.html

    page.get_by_role("group", name="Bonification au 8e échelon").get_by_label("oui").check()
    # One year gained in the 8e: 9e on 1 March 2030 (décret 90-680 art. 24, 30 months).
    page.get_by_role("row", name=re.compile("1er mars 2030")).first.wait_for()
    jean.check()

    why = page.get_by_role("button", name=re.compile("Pourquoi.*1er septembre 2027"))
    why.click()
    assert why.get_attribute("aria-expanded") == "true"
    expect(
        page.get_by_text(re.compile("décret 90-680")).locator("visible=true").first
    ).to_be_visible()
    jean.check()

    page.get_by_role("button", name="Quitter").click()
    page.wait_for_url("**/connexion**")
    page.go_back()
    page.wait_for_url("**/connexion**")
    assert "Dupont" not in page.locator("body").inner_text()


@pytest.mark.parametrize("path", ["/accueil", "/dossier/carriere", "/perspectives/promotions"])
def test_the_dark_colours_are_as_readable(visit, path):
    visitor = visit(color_scheme="dark")
    visitor.log_in()
    page = visitor.open(path)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(18, 25, 26)"  # design.md: page, dark


def test_back_returns_to_the_screen_before(jean):
    jean.follow("Votre dossier", "Synthèse")
    jean.follow("Carrière", "Carrière")
    jean.page.go_back()
    jean.page.locator("main h1", has_text="Synthèse").wait_for()
    jean.page.go_forward()
    jean.page.locator("main h1", has_text="Carrière").wait_for()


def test_an_address_opens_its_screen_directly(jean):
    page = jean.open("/perspectives/promotions")
    assert page.title() == "Promotions | Assistant carrière"
    current = page.locator(".side .menu a[aria-current]")
    assert current.inner_text().startswith("Vos perspectives")


def test_the_figure_is_read_at_once_year_after_year_and_after_a_lever(jean):
    page = jean.open("/perspectives/promotions")
    page.set_viewport_size({"width": 1280, "height": 800})
    former = page.get_by_role("button", name="Revenir aux scénarios de départ")
    if former.count():  # another test has tried a lever, which is kept
        former.click()
        expect(former).to_have_count(0)
    reader = page.get_by_label(re.compile("^Lire en"))
    said = page.locator(".read output")
    line = page.locator(".instrument .wide g.reading path")
    reader.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("À la rentrée 2028")
    place = line.get_attribute("d")
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("À la rentrée 2029")
    assert line.get_attribute("d") != place
    page.get_by_label("Hors classe").first.press("End")
    expect(page.locator(".results dd").first).to_have_text("aucun écart")
    expect(said).to_contain_text("À la rentrée 2029")
    page.get_by_role("button", name="excellent").click()
    expect(page.locator(".results dt").first).to_contain_text("Hors classe en 20")
    jean.check()
    page.get_by_role("button", name="Revenir aux scénarios de départ").click()
    expect(page.locator(".results dt").first).to_contain_text("Hors classe en 2033")


def test_ma_date_est_fausse_recalculates_and_stores_nothing(jean):
    page = jean.open("/perspectives/promotions")
    page.get_by_role("link", name="Ma date est fausse").locator("visible=true").click()
    page.get_by_label("Date d’effet").fill("01/03/2025")
    page.get_by_role("button", name="Recalculer").click()
    # 7e échelon lasts 36 months: 8e on 1 March 2028 (décret 90-680 art. 24).
    page.get_by_role("row", name=re.compile("1er mars 2028")).first.wait_for()
    jean.check()
    page = jean.open("/perspectives/promotions")
    expect(page.get_by_role("row", name=re.compile("1er septembre 2027")).first).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "said"),
    [("31/02/2024", "existe pas"), ("01/01/2030", ""), ("hier", ""), ("01/01/1990", "")],
)
def test_a_bad_date_is_said_at_the_field_and_kept(jean, typed, said):
    page = jean.open("/perspectives/promotions")
    page.get_by_role("link", name="Ma date est fausse").locator("visible=true").click()
    page.get_by_label("Date d’effet").fill(typed)
    page.get_by_role("button", name="Recalculer").click()
    message = page.locator(".field.err .msg")
    message.wait_for()
    assert said in message.inner_text()
    assert page.get_by_label("Date d’effet").input_value() == typed
    jean.check()


@pytest.mark.parametrize(
    ("path", "title"),
    [("/courrier", "Votre courrier"), ("/cv/diplomes", "Diplômes"), ("/services", "Les services"),
     ("/guides", "Les guides"), ("/dossier/perso", "Coordonnées"), ("/aide", "Aide"),
     ("/accessibilite", "Accessibilité"), ("/mes-donnees", "Mes données"),
     ("/consultations", "Qui a consulté")],
)  # fmt: skip
def test_every_address_of_the_menu_and_the_foot_opens(jean, path, title):
    page = jean.open(path)
    assert title in page.locator("h1").inner_text()
