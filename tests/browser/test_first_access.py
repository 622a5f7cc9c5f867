"""From the code of a letter to the page of who is logged in, on a phone, as a person types."""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

pytestmark = pytest.mark.browser

COMPTE, WORDS = "evalphone", "cinq mots tranquilles du soir"


@pytest.fixture
def code(portal, tmp_path):
    """The code of a letter to an account that nobody has entered yet."""
    accounts, letters = tmp_path / "comptes.csv", tmp_path / "lettres"
    accounts.write_text(f"compte;dossier;role\n{COMPTE};;evaluateur\n", "utf-8")
    for order in (
        ("importer", str(accounts)),
        ("delivrer", "--dossier", str(letters), "--adresse", portal.address, "--compte", COMPTE),
    ):
        subprocess.run(
            [sys.executable, "-m", "iprof_kit", "account", *order],
            env=os.environ | {"IPROF_VAR": str(portal.folder)},
            check=True,
            capture_output=True,
        )
    [letter] = letters.glob("*.pdf")
    text = PdfReader(letter).pages[0].extract_text()
    return re.search(r"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}", text)[0]


def test_at_390_pixels_a_code_leads_to_the_page_of_who_is_logged_in(visit, code):
    visitor = visit(viewport={"width": 390, "height": 844})
    visitor.expected.append("400")  # the browser writes each refusal in its console
    page = visitor.go("/connexion")
    page.get_by_role("link", name="Première connexion").click()
    page.wait_for_url("**/premier-acces")
    assert _fits(page)
    page.get_by_label("Compte utilisateur").fill(COMPTE)
    page.get_by_label("Code").fill(code[:-1].lower())
    _choose(page)
    expect(page.get_by_text("28 signes sont attendus")).to_be_visible()
    assert _fits(page)
    expect(page.get_by_label("Code")).to_have_value(code[:-1].lower())  # nothing is typed again
    page.get_by_label("Code").fill(code.lower().replace("-", " "))
    _choose(page)
    expect(page.get_by_text("Votre mot de passe est choisi")).to_be_visible()
    assert _fits(page)
    page.get_by_label("Compte utilisateur").fill(COMPTE)
    page.get_by_label("Mot de passe").fill(WORDS)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/accueil")
    page.locator("main h1").wait_for()
    assert _fits(page)
    visitor.check()


def _choose(page):
    for field in page.locator("input[type=password]").all():
        field.fill(WORDS)
    page.locator("main form button").last.click()


def _fits(page):
    """Tell whether the page is not wider than the phone."""
    return page.evaluate("document.documentElement.scrollWidth") <= 390
