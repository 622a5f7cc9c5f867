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
    expect(page.locator("#w-r-149").get_by_text("La personne qui précède")).to_be_visible()

    share = page.get_by_label(re.compile("Taux"))
    share.fill("127")
    page.get_by_role("button", name="Recalculer").click()
    page.get_by_role("alert").wait_for()
    assert page.get_by_label(re.compile("Taux")).input_value() == "127"
    visitor.check()

    page.get_by_label(re.compile("Taux")).fill("27")
    page.get_by_role("button", name="Recalculer").click()
    # 27 % of 648 is 174.96
    page.get_by_text("Fin du contingent : 174 propositions.").wait_for()


def test_a_trainer_is_refused(visit):
    visitor = visit()
    visitor.expected = ["403"]
    visitor.log_in("fformateur")
    assert visitor.page.goto(visitor.address + "/tableau-promotions").status == 403
