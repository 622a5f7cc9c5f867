"""Screens that answer in one look: the limits of every address of the menu, for three people.

The goals are those of the design. An address that is not an instrument yet has, in
`limits_of_screens.csv`, what it measures today: a ceiling that may only be lowered, and whose row
goes away once the goals are met. Promotions has none.

What a person tries makes her screens longer: these come, by their name, before the tests that try.
"""

import csv
import io
from pathlib import Path

import pypdf
import pytest

from iprof_kit.ui.shared.menu import routes

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
MEASURE = (HERE / "screen_measures.js").read_text(encoding="utf-8").split("\n", 1)[1]
GOALS = {"mots": 60, "figure_390": 480, "haut_1280": 2000, "haut_390": 3600, "a_verifier": 1,
         "noms": 0}  # fmt: skip
PEOPLE = ("jdupont", "jdupont2", "ichevalier")
PROMOTIONS = "/perspectives/promotions"
FOLLOW = """path => {
  const link = document.createElement("a");
  link.href = path;
  document.querySelector(".screen-page").append(link);
  link.click();
}"""
AT_REST = "path => location.pathname === path && !document.querySelector('.screen[aria-busy]')"


def ceilings():
    with (HERE / "limits_of_screens.csv").open(encoding="utf-8", newline="") as file:
        return {row.pop("adresse"): {k: int(v) for k, v in row.items() if v}
                for row in csv.DictReader(file)}  # fmt: skip


def measured(page, path):
    """Follow a link to an address and measure its screen, closed, at both widths."""
    if page.evaluate("location.pathname") != path:
        page.evaluate(FOLLOW, path)
        page.wait_for_function(AT_REST, arg=path)
    page.evaluate("document.querySelector('.screen-status').replaceChildren()")
    page.set_viewport_size({"width": 1280, "height": 800})
    wide = page.evaluate(MEASURE)
    page.set_viewport_size({"width": 390, "height": 844})
    narrow = page.evaluate(MEASURE)
    return {"mots": wide["words"], "figure_390": narrow["figure"], "haut_1280": wide["height"],
            "haut_390": narrow["height"], "a_verifier": max(wide["marks"], narrow["marks"]),
            "noms": wide["said"]}  # fmt: skip


@pytest.mark.parametrize("compte", PEOPLE)
def test_every_screen_keeps_its_limits(visit, compte):
    visitor, known, broken = visit(), ceilings(), []
    visitor.log_in(compte, to=PROMOTIONS)
    for path in routes():
        limits = {**GOALS, **known.get(path, {})}
        found = measured(visitor.page, path)
        broken += [f"{path} {name} : {found[name]} > {limits[name]}"
                   for name in GOALS if found[name] > limits[name]]  # fmt: skip
    assert not broken, "\n".join(broken)


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


def test_an_instrument_has_no_ceiling_of_its_own():
    assert PROMOTIONS not in ceilings()
