"""Et si… at a browser: an event added, refused, moved, found again, shared with another teacher."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PATH = "/perspectives/et-si"


@pytest.fixture
def shots(tmp_path):
    """Return a function that keeps a picture of a screen at two widths, to be looked at."""
    folder = Path(os.environ.get("IPROF_CAPTURES", tmp_path))

    def keep(page, name):
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)

    return keep


def add(page, nature, **fields):
    """Add an event to scenario B by its form."""
    page.get_by_role("button", name=re.compile("Ajouter un événement.*scénario B")).click()
    form = page.get_by_role("form", name=re.compile("événement au scénario B"))
    form.wait_for()
    page.get_by_label("Ce qui arriverait").select_option(nature)
    for label, typed in fields.items():
        page.get_by_label(label).first.fill(typed)
    page.get_by_role("button", name="Appliquer au scénario").click()


def test_a_life_is_tried_refused_kept_and_shared(jean, visit, shots):
    page = jean.open(PATH)
    add(page, "disponibilite", **{"Premier jour": "01/09/2028", "Dernier jour": "31/08/2029"})
    page.get_by_text(re.compile("^Enregistré dans ce kit le ")).wait_for()
    told = page.get_by_text(re.compile(r"Le scénario B donne .* nets de moins que A"))
    assert told.is_visible()
    expect(page.get_by_role("row", name=re.compile("1er septembre 2028"))).to_be_visible()
    jean.check()

    add(page, "hors_classe")  # the first year of the list: too early
    page.get_by_text(re.compile("Refusé, rien n’a été modifié")).wait_for()
    jean.check()
    shots(page, "et-si-refus")
    page.get_by_role("button", name="Prendre le 1er septembre 2034").click()
    page.get_by_text("Passage à la hors classe, au 1er septembre 2034").first.wait_for()

    page.get_by_role("button", name=re.compile("Un an plus tard.*Disponibilité")).click()
    page.get_by_text(re.compile("du 1er septembre 2029 au 31 août 2030")).first.wait_for()

    page.reload()  # what was tried is not lost
    page.get_by_text(re.compile("du 1er septembre 2029 au 31 août 2030")).first.wait_for()
    jean.follow("Promotions", "Promotions")
    page.go_back()
    page.locator("main h1", has_text="Et si…").wait_for()
    shots(page, "et-si")

    page.get_by_role("button", name=re.compile("Partager.*scénario B")).click()
    page.get_by_role("button", name="Créer le lien").click()
    address = page.get_by_label("Adresse du lien").input_value()
    jean.check()
    path = address.removeprefix(jean.address)
    assert path.startswith(f"{PATH}?lien=")

    other = visit()
    other.page.goto(other.address + path)
    other.page.get_by_label("Compte utilisateur").fill("ichevalier")
    other.page.get_by_label("Mot de passe").fill("demonstration-libre")
    other.page.get_by_role("button", name="Se connecter").click()
    other.page.get_by_role("heading", name="Un scénario vous a été envoyé").wait_for()
    body = other.page.locator("main").inner_text()
    assert "du 1er septembre 2029 au 31 août 2030" in body
    assert "Dupont" not in body
    other.check()
    shots(other.page, "et-si-recu")
