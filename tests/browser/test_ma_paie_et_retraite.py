"""Her pay explained, two months, the real payslip; then the dates of her retirement."""

import re

import pytest
from kernels import FOUND_IN_PROC, end_every_kernel
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def opened(page, line):
    """Open a line of what is supposed; its drawer first, where it stands in one."""
    drawer = page.locator(f"details.drawer:not([open]):has(#{line}) > summary")
    if drawer.count():
        drawer.click()
    page.locator(f"#{line} > summary").click()


def test_one_field_opens_in_place_and_a_change_applies_at_once(jean):
    page = jean.open("/perspectives/ma-paie")
    expect(page.get_by_role("heading", name=re.compile("^Du brut au net"))).to_be_visible()
    form = page.locator("form.supposed")
    assert form.locator("input:visible, select:visible").count() == 0
    opened(page, "pa-s-zone")
    assert form.locator("input:visible, select:visible").count() == 1
    page.get_by_label("Zone de l’indemnité de résidence").select_option("1")
    page.get_by_role("row", name=re.compile("^Indemnité de résidence")).wait_for()
    expect(page.locator("#pa-s-zone > summary b")).to_have_text(re.compile("zone 1"))
    assert form.locator("input:visible, select:visible").count() == 1
    top = page.locator(".waterfall").bounding_box()["y"]
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("window.scrollTo(0, 0)")
    assert top < 480
    assert page.locator(".waterfall").bounding_box()["y"] < 480
    jean.check()


def test_p27_the_rules_stand_beside_where_the_page_is_wide_and_stay_folded_on_a_phone(jean):
    page = jean.open("/perspectives/ma-paie")
    line = page.get_by_role("row", name=re.compile("^Transfert primes")).first
    why = line.get_by_role("button", name=re.compile("Pourquoi"))
    rules, said = page.locator(".why-rules > p").first, page.locator(".why-said").first
    why.click()
    expect(rules).to_be_visible()
    assert rules.bounding_box()["x"] > said.bounding_box()["x"] + said.bounding_box()["width"]
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    why.click()
    expect(said).to_be_visible()
    expect(rules).to_be_hidden()
    page.get_by_text("Les règles", exact=True).locator("visible=true").first.click()
    expect(rules).to_be_visible()


def test_my_pay_is_explained_compared_and_kept(jean):
    page = jean.open("/perspectives/ma-paie")
    opened(page, "pa-s-echelon")
    page.get_by_label("Échelon", exact=True).select_option(label="9e échelon")
    opened(page, "pa-s-grade")
    page.get_by_label("Grade", exact=True).select_option(label="hors classe")
    page.get_by_label("Échelon", exact=True).select_option(label="2e échelon")
    # IM 629 at 80 %, paid 6/7: design/perspectives-promotions.html
    line = page.get_by_role("row", name=re.compile("^Traitement indiciaire brut")).first
    line.get_by_text(re.compile("2\u00a0654,08\u00a0€")).wait_for()
    why = line.get_by_role("button", name=re.compile("Pourquoi"))
    why.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("629 × 59,0734").first).to_be_visible()
    expect(page.get_by_text("l’indice majoré multiplié par la valeur").first).to_be_visible()

    # From a euro to the very row: the reason, its whole trace, then the row with its confidence.
    page.get_by_text("Tout le calcul", exact=True).locator("visible=true").first.click()
    page.get_by_role("link", name="Valeur annuelle du point", exact=True).first.click()
    page.locator("#ligne h2", has_text="point_indice").wait_for()
    expect(page.locator("#ligne dd").first).to_have_text("A, texte lu")
    expect(page.locator("#ligne")).to_contain_text("59.0734")
    page.go_back()
    line.wait_for()

    opened(page, "pa-s-enfants")
    page.get_by_label("Enfants ouvrant droit au SFT").fill("deux")
    page.keyboard.press("Tab")
    page.locator(".field.err .msg", has_text="Ce n’est pas un nombre").wait_for()
    opened(page, "pa-s-taux_pas")
    page.get_by_label("Votre taux de prélèvement à la source").fill("4,2")
    page.keyboard.press("Tab")
    page.get_by_role("row", name=re.compile("^Prélèvement à la source")).first.wait_for()
    page.locator("#deux-mois > summary").click()
    page.get_by_label("Autre mois", exact=True).select_option(label="janvier")
    page.locator("#deux-mois .lead", has_text=re.compile("De janvier 2026 à novembre")).wait_for()

    # The traitement of a full time, at the same index: quotité is the cause.
    page.locator("#bulletin > summary").click()
    page.get_by_label("Traitement brut", exact=False).fill("3 096,43")
    page.keyboard.press("Tab")
    page.get_by_text("La quotité payée est de 100\u00a0%.").wait_for()
    jean.check()

    jean.anew()
    page.locator("#pa-s-enfants[open]").wait_for()  # what is refused opens again
    assert page.get_by_label("Enfants ouvrant droit au SFT").input_value() == "deux"
    page.locator("#bulletin > summary").click()
    page.get_by_text("La quotité payée est de 100\u00a0%.").wait_for()
    expect(page.get_by_text("Enregistré dans ce kit le")).to_be_visible()


def test_departure_dates_are_compared_and_kept(jean):
    page = jean.open("/perspectives/retraite")
    expect(page.get_by_text("Tant que rien n’est saisi, le kit compare")).to_be_visible()
    expect(page.locator(".bar")).to_have_count(4)
    opened(page, "re-s-depart_1")
    page.get_by_label("Date de départ A").fill("31/02/2056")
    page.keyboard.press("Tab")
    page.locator(".field.err .msg", has_text="Le 31/02/2056 n’existe pas.").wait_for()
    page.get_by_label("Date de départ A").fill("01/06/2055")
    page.keyboard.press("Tab")
    page.locator(".field.err").wait_for(state="detached")
    opened(page, "re-s-depart_2")
    page.get_by_label("Date de départ B").fill("01/09/2057")
    page.keyboard.press("Tab")
    page.locator("#re-s-depart_2 > summary b", has_text="01/09/2057").wait_for()
    page.get_by_label("Trimestres des autres régimes").fill("12")
    page.keyboard.press("Tab")
    page.locator("#calcul > summary").click()
    # Born on 20 May 1991: 64 years on 20 May 2055 (loi 2025-1403, art. 105).
    page.get_by_role("row", name=re.compile("^Droit ouvert le 20 mai 2055")).wait_for()
    page.get_by_text(re.compile("Départ B, 1er septembre 2057")).first.wait_for()
    page.locator(".seg label", has_text="100").click()
    page.get_by_text(re.compile("par mois, à temps plein")).first.wait_for()
    gross = page.locator("#pourquoi-brut-A")
    gross.locator("summary").click()
    row = page.get_by_role("row", name=re.compile("^Pension brute, par mois")).first
    last = gross.locator(".res dd")
    expect(last).to_have_text(row.locator("td").first.inner_text())
    gross.get_by_text("Tout le calcul", exact=True).click()
    expect(gross.get_by_text("Trimestres des autres régimes")).to_be_visible()
    jean.check()
    page.locator("#demander > summary").click()
    expect(page.get_by_role("link", name="info-retraite.fr")).to_be_visible()
    page.get_by_role("link", name="Ma paie", exact=True).locator("visible=true").first.click()
    page.locator("main h1", has_text="Ma paie").wait_for()
    page.go_back()
    page.locator("main h1", has_text="Retraite").wait_for()
    assert page.get_by_label("Date de départ B").input_value() == "01/09/2057"


@FOUND_IN_PROC
def test_every_reason_that_stands_open_comes_again_in_a_new_page(visit, portal):
    visitor = visit()
    visitor.expected += ["/api/kernels/", "WebSocket"]  # the browser says that its kernel is gone
    page = visitor.log_in("jdupont", to="/perspectives/ma-paie")
    lines = ("tib", "pension-civile", "rafp")
    for line in lines:
        page.locator(f"#b-l-{line}-1").click()
        expect(page.locator(f"#w-l-{line}-1 .why-said")).to_be_visible()
    end_every_kernel(portal.process.pid)
    page.get_by_role("link", name="Rouvrir cet écran").click()
    page.get_by_role("heading", name=re.compile("^Du brut au net")).wait_for()
    for line in lines:
        expect(page.locator(f"#w-l-{line}-1 .why-said")).to_be_visible()
    expect(page.get_by_text("La raison se calcule…").locator("visible=true")).to_have_count(0)
