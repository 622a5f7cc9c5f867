"""A sigle shows what it stands for; the glossary narrows as one types."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_the_glossary_narrows_as_one_types_and_an_address_opens_its_letter(jean):
    page = jean.open("/guides/glossaire")
    field = page.get_by_label("Chercher un sigle ou un mot")
    field.fill("decote")
    expect(page.locator("#t-decote")).to_be_visible()
    expect(page.locator("#lettre-A")).to_be_hidden()
    jean.check()
    field.fill("xyzzy")
    expect(page.get_by_text("Aucune entrée ne contient ces mots.")).to_be_visible()
    field.fill("")
    expect(page.locator("#lettre-A")).to_be_visible()
    expect(page.locator("#t-decote")).to_be_hidden()


def test_the_focus_shows_what_a_sigle_stands_for(jean):
    page = jean.open("/dossier/affectations")
    mark = page.locator("abbr[tabindex]", has_text="UAI").first
    assert mark.evaluate("m => getComputedStyle(m, '::after').content") == "none"
    mark.focus()
    note = mark.evaluate("m => getComputedStyle(m, '::after').content")
    assert "unité administrative immatriculée" in note
    jean.check()
