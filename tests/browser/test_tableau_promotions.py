"""An analyst prepares a tableau for who decides: a project, its bar, its reasons."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_tableau_is_prepared_explained_and_tried_otherwise(visit, tmp_path):
    visitor = visit()
    page = visitor.log_in("aanalyste", to="/tableau-promotions")
    visitor.check()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=str(tmp_path / f"tableau-{width}.png"), full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.get_by_text("PROJET", exact=True)).to_be_visible()
    # 23 % of 648 is 149.04
    expect(page.get_by_text("Fin du contingent : 149 propositions.")).to_be_visible()

    why = page.get_by_role("button", name="Pourquoi ? rang 149")
    why.click()
    page.locator("#w-r-149").get_by_text("Tout le calcul", exact=True).click()
    expect(page.locator("#w-r-149 dd").get_by_text("149 sur 648")).to_be_visible()

    page.get_by_text("Modifier : Taux exact, en %").click()
    share = page.get_by_label("Taux exact, en %", exact=True)
    share.fill("127")
    share.press("Tab")
    page.get_by_role("alert").wait_for()
    assert share.input_value() == "127"
    visitor.check()

    share.fill("27")
    share.press("Tab")
    # 27 % of 648 is 174.96
    page.get_by_text("Fin du contingent : 174 propositions.").wait_for()


def test_the_slider_answers_while_it_is_moved_and_two_people_are_compared(visit):
    visitor = visit()
    page = visitor.log_in("aanalyste", to="/tableau-promotions")
    slider, spoken = page.get_by_role("slider"), page.locator(".rate output")
    law = slider.get_attribute("value")
    # 23 % of 648 is 149.04, 23.5 % is 152.28
    expect(spoken).to_contain_text("149 proposés")
    slider.evaluate(
        """one => { one.value = Number(one.value) + 1;
                    one.dispatchEvent(new Event("input", { bubbles: true })); }"""
    )
    expect(spoken).to_contain_text("152 proposés")
    assert slider.get_attribute("aria-valuetext").replace("\u00a0", " ") == "23,5 %"
    expect(page.get_by_text("Fin du contingent : 149 propositions.")).to_be_visible()  # not let go
    slider.dispatch_event("change")
    page.get_by_text("Fin du contingent : 152 propositions.").wait_for()

    page.get_by_role("button", name="Y revenir").click()
    page.get_by_text("Fin du contingent : 149 propositions.").wait_for()
    assert slider.input_value() == law

    second = page.get_by_label("Comparé à", exact=True)
    second.fill("160")
    second.press("Tab")
    beside = page.get_by_role("columnheader", name=re.compile("rang 160"))
    beside.wait_for()
    expect(page.locator(".cmp .parts")).to_contain_text("départage")
    visitor.check()

    page.get_by_role("link", name="Exporter", exact=True).click()
    with page.expect_download() as waited:
        page.get_by_role("button", name="Préparer le fichier").click()
    assert waited.value.suggested_filename == "PROJET-hors-classe-2027-professeurs-des-ecoles.xlsx"


def test_a_trainer_is_refused(visit):
    visitor = visit()
    visitor.expected = ["403"]
    visitor.log_in("fformateur")
    assert visitor.page.goto(visitor.address + "/tableau-promotions").status == 403
