"""Screens that answer in one look: the limits of every address of the menu, for three people.

The goals are those of the design; the pages of the foot, of the door and of the roles keep them
too. A page that is no instrument (a declaration, steps, a form) has, in `limits_of_screens.csv`,
what it measures, with its reason: a ceiling that may only be lowered. Guides and texts are long:
they have a menu of their chapters instead of a limit of height.

What a person tries makes her screens longer: these come, by their name, before the tests that try.
"""

import io
import re

import pypdf
import pytest
import readable
import ui_people as people
from measures import GOALS, ceilings, measured, too_much
from playwright.sync_api import expect

from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.desk.screen import sample_people
from iprof_kit.ui.shared.menu import FEET, routes

pytestmark = pytest.mark.browser
PEOPLE = ("jdupont", "jdupont2", "ichevalier")
PROMOTIONS = "/perspectives/promotions"
DOORS = ("/connexion", "/mot-de-passe-oublie", "/ma-situation", "/galerie",
         "/galerie?p=claire_vasseur", "/accessibilite", "/nulle-part")  # fmt: skip
"""What one sees without account; the last one does not exist."""
ROLES = [
    ("fformateur", "/accueil"), ("fformateur", "/scenarios"),
    ("fformateur", "/atelier"), ("fformateur", "/atelier/campagne"), ("ggestionnaire", "/accueil"),
    ("ggestionnaire", "/bureau"), ("ggestionnaire", "/bureau/portefeuille"),
    ("ggestionnaire", "/bureau/absences"), ("ggestionnaire", "/bureau/envois"),
    ("ggestionnaire", "/bureau/campagnes"),
    ("iinspectrice", "/accueil"), ("iinspectrice", "/evaluation"),
    ("aadministrateur", "/accueil"), ("aanalyste", "/accueil"),
    ("aanalyste", "/tableau-promotions"), ("scohen", "/accueil"),
]  # fmt: skip
PLACES = "/perspectives/autres-affectations"
IN_A_POSITION = ("/accueil", PROMOTIONS, "/perspectives/et-si", "/perspectives/ma-paie",
                 "/perspectives/retraite")  # fmt: skip
SHOWN_AS = """(html) => document.querySelector(".screen-page").replaceWith(
  new DOMParser().parseFromString(html, "text/html").querySelector(".screen-page"))"""
"""Shows a screen of somebody who has no account here, under the styles of the page."""
PRINTED = {
    "/accueil": "Vos prochaines dates",
    "/perspectives/et-si": "Règles et sources",
    PLACES: "restait la même",
    "/perspectives/retraite": "dernière paie",
    "/dossier/anciennetes": "Règles et sources",
}
"""What each holds on paper, among the rest."""
LONG = "/guides/"
"""Where a long page may have a menu of its chapters instead of a limit of height."""
FIGURE = """() => {
  const page = document.querySelector(".screen-page");
  const shown = (node) => node.checkVisibility({ visibilityProperty: true });
  const below = (one) => Math.round(one.getBoundingClientRect().bottom + scrollY);
  const figure = [...page.querySelectorAll(".instrument figure svg")].find(shown);
  const top = figure.getBoundingClientRect().top;
  const words = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  let before = 0;
  while (words.nextNode()) {
    const { parentElement: around, data } = words.currentNode;
    if (!shown(around) || around.closest(".vh, .tabs, .rubrique, nav, svg")) continue;
    if (around.getBoundingClientRect().top >= top) continue;
    before += data.split(/\\s+/).filter(Boolean).length;
  }
  const controls = [...page.querySelectorAll(".levers .lever, .read input")].filter(shown);
  return { top: Math.round(top + scrollY), words: before,
           controls: Math.max(0, ...controls.map(below)) };
}"""
"""Where the figure is drawn, not its frame; the words above it; where the last control ends."""
CHAPTERS = """() => {
  const links = [...document.querySelectorAll(".chapters a")];
  const lead = (link) => document.querySelector(".screen-page").querySelector(link.hash);
  return links.every((link) => link.checkVisibility() && lead(link)) ? links.length : 0;
}"""


def followed(page, path):
    """Follow a link to an address and measure its screen, closed, at both widths."""
    if page.evaluate("location.pathname") != path:
        page.evaluate(readable.FOLLOW, path)
        page.wait_for_function(readable.RESTED, arg=path)
    page.evaluate("document.querySelector('.screen-status').replaceChildren()")
    return measured(page)


def chapters(page):
    """Count the chapters that a menu in sight leads to; 0 where one of its links leads nowhere."""
    return page.evaluate(CHAPTERS)


@pytest.mark.parametrize("compte", PEOPLE)
def test_every_screen_keeps_its_limits(visit, compte):
    visitor, known, broken = visit(), ceilings(), []
    visitor.log_in(compte, to=PROMOTIONS)
    for path in routes():
        limits, measures = GOALS | known.get(path, {}), followed(visitor.page, path)
        if path.startswith(LONG) and chapters(visitor.page):
            limits |= {name: measures[name] for name in ("haut_1280", "haut_390")}
        broken += too_much(path, measures, limits)
    assert not broken, "\n".join(broken)


def test_the_pages_of_the_header_and_of_the_foot_keep_their_limits(visit):
    visitor, broken = visit(), []
    visitor.log_in("jdupont2", to="/aide")
    for path in FEET:
        broken += too_much(path, followed(visitor.page, path))
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("path", DOORS)
def test_the_pages_without_account_keep_their_limits(visit, path):
    visitor = visit()
    visitor.expected.append(path)  # the browser says of a page that does not exist that it failed
    visitor.open(path)
    if path.startswith(("/ma-situation", "/galerie")):
        visitor.page.locator(".screen-page :is(.instrument, .gallery)").first.wait_for()
    assert too_much(path, measured(visitor.page)) == []


def test_p13_a_position_that_is_said_leaves_the_figure_in_sight_on_a_phone(visit):
    dossier = next(one for one in sample_people().values() if one.numero == "D0013")
    portal = Portal(lambda: people.FakeGuichet(dossier))
    page = visit().log_in("lfontaine", to="/accueil")
    page.locator(".instrument").first.wait_for()
    figures = {}
    for path in IN_A_POSITION:
        page.evaluate(SHOWN_AS, portal.handle({"kind": "route", "path": path}).html)
        assert page.locator(".note.brief summary").count() == 1
        figures[path] = measured(page)["figure_390"]
    assert all(top < GOALS["figure_390"] for top in figures.values()), figures


@pytest.mark.parametrize(("compte", "path"), ROLES)
def test_the_pages_of_the_roles_keep_their_limits(visit, compte, path):
    visitor = visit()
    page = visitor.log_in(compte, to=path)
    page.locator(".instrument").first.wait_for()
    assert too_much(path, measured(page)) == []


@pytest.mark.parametrize("compte", PEOPLE)
def test_promotions_is_printed_on_two_sheets_with_its_sources(visit, compte):
    visitor = visit()
    page = visitor.log_in(compte, to=PROMOTIONS)
    page.locator(".instrument").wait_for()
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    assert len(printed.pages) <= 2
    words = " ".join(sheet.extract_text() for sheet in printed.pages)
    assert "confiance" in words
    assert "Scénario B" in words
    assert "Pourquoi" not in words
    assert "Recalculer" not in words


def test_a_screen_is_printed_on_two_sheets_without_a_reason_that_nobody_opened(visit):
    visitor = visit()
    page = visitor.log_in("jdupont", to=PROMOTIONS)
    for path, kept in PRINTED.items():
        page.evaluate(readable.FOLLOW, path)
        page.wait_for_function(readable.RESTED, arg=path)
        if path == PLACES:
            page.get_by_label("Où voulez-vous aller").select_option("33")
            page.get_by_text(re.compile("Si la barre d’entrée de 2021 pour Gironde")).wait_for()
        sheets = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
        words = " ".join(" ".join(sheet.extract_text().split()) for sheet in sheets)
        assert len(sheets) <= 2, path
        assert kept in words, path
        assert not re.search(r"Pourquoi [\d ]+ points|Comment cette ancienneté", words), path


@pytest.mark.parametrize("path", ["/guides/avancement", "/guides/textes/paie"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_long_page_has_a_menu_of_its_chapters_that_stays_and_leads_there(jean, path, width):
    page = jean.open(path)
    page.set_viewport_size({"width": width, "height": 800})
    assert chapters(page) >= 2
    menu = page.get_by_role("navigation", name="Chapitres")
    for link in menu.get_by_role("link").all()[-2:]:
        link.click()
        expect(page.locator(link.get_attribute("href"))).to_be_in_viewport()
        expect(menu).to_be_in_viewport()
    jean.check()


def test_on_a_phone_the_bar_of_the_chapters_covers_no_rule_that_a_link_leads_to(jean):
    jean.page.set_viewport_size({"width": 390, "height": 800})
    page = jean.go("/guides/textes/paie#regle-20")
    expect(page.locator("#regle-20[open] summary")).to_be_in_viewport()
    rules = page.locator("#regles")
    assert rules.locator("blockquote").count() > 5  # a kernel reads the articles and the examples
    assert rules.get_by_text("Exemple calculé par le kit").count() > 5
    page.wait_for_function("""() => {
      const bar = document.querySelector(".chapters").getBoundingClientRect();
      const rule = document.querySelector("#regle-20 summary").getBoundingClientRect();
      return bar.top < 5 && rule.top >= bar.bottom;
    }""", timeout=5_000)  # fmt: skip


def test_the_number_of_a_note_opens_the_sources_at_that_note(jean):
    page = jean.open("/guides/avancement")
    page.get_by_role("link", name="note 1", exact=True).first.click()
    expect(page.locator("#note-1")).to_be_in_viewport()


def test_the_reason_of_the_next_step_opens_where_it_is_written(jean):
    page = jean.open("/accueil")
    page.get_by_role("link", name="Pourquoi cette date ?").click()
    reason = page.locator("#w-d-2027-09-01")
    expect(reason.locator(".why-said").last).to_be_visible()
    expect(page.locator("#b-d-2027-09-01")).to_be_in_viewport()
    expect(page.locator("#b-d-2027-09-01")).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("compte", ["ichevalier", "jdupont2", "lfontaine"])
def test_p13_the_figure_is_in_the_first_screenful_of_a_phone_and_its_levers_in_that_of_a_desk(
    visit, compte
):
    page = visit().log_in(compte, to=PROMOTIONS)
    for path in (PROMOTIONS, "/perspectives/et-si"):
        followed(page, path)  # ends at the width of a phone
        narrow = page.evaluate(FIGURE)
        assert narrow["top"] < GOALS["figure_390"], path
        assert narrow["words"] <= GOALS["mots"], path
        page.set_viewport_size({"width": 1280, "height": 800})
        assert page.evaluate(FIGURE)["controls"] <= 800, path


def test_an_instrument_has_no_ceiling_of_its_own():
    assert PROMOTIONS not in ceilings()
