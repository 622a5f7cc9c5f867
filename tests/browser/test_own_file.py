"""Coordonnées, Signaler une erreur, Tout emporter, Qui a consulté: through one's own file."""

import io
import re
from zipfile import ZipFile

import pytest
from kernels import FOUND_IN_PROC, end_every_kernel
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def picture():
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "#0b5c6b").save(out, "PNG")
    return out.getvalue()


def heading(page, words):
    page.locator("h1", has_text=words).wait_for()


def test_contact_details_are_checked_saved_and_dated(visit):
    visitor = visit()
    page = visitor.log_in("jdupont")
    visitor.open("/dossier/perso")
    heading(page, "Coordonnées")
    line = page.locator(".detail", has_text="Portable")
    expect(line.get_by_label("Portable")).to_be_hidden()
    line.locator("summary").click()
    line.get_by_label("Portable").fill("06 39 98 12")
    line.get_by_role("button", name="Enregistrer").click()
    page.locator(".err-sum").wait_for()
    expect(page.locator(".err-sum")).to_be_focused()
    assert page.get_by_label("Portable").input_value() == "06 39 98 12"
    visitor.check()
    page.get_by_label("Portable").fill("06 39 98 12 34")
    page.keyboard.press("Enter")
    page.locator("#recu").wait_for()
    expect(page.locator("#recu")).to_be_focused()
    assert "Enregistré dans ce kit le 25 novembre 2026" in page.locator("#recu").inner_text()
    assert page.get_by_text("Saisi par vous").count() == 1
    expect(page.get_by_label("Portable")).to_be_hidden()  # what is saved is read on its line
    visitor.check()
    page.get_by_role("button", name=re.compile("Reprendre cette valeur.*Portable")).click()
    page.get_by_text("Ce que vous aviez saisi avant").wait_for()


def test_a_datum_is_reported_with_its_paper_and_stays_marked(visit):
    visitor = visit()
    page = visitor.log_in("jdupont")
    visitor.open("/dossier/synthese")
    section = page.locator("section", has=page.get_by_role("heading", name="Vos affectations"))
    section.get_by_role("link", name=re.compile("Signaler une erreur.*Vos affectations")).click()
    heading(page, "Signaler une erreur")
    assert page.url.endswith("/dossier/signaler?partie=Affectations")
    page.reload()
    heading(page, "Signaler une erreur")
    datum = page.get_by_label("Quelle donnée")
    assert datum.input_value() == "affectations.1.etablissement"
    datum.select_option("affectations.1.dates")
    page.locator(".now-value", has_text="depuis le 1er septembre 2019").wait_for()
    page.get_by_label("Ce que vous indiquez").fill("1er septembre 2018")
    papers = page.locator("input[type=file]")
    for name, kind in (("faux.pdf", "application/pdf"), ("arrêté.png", "image/png")):
        papers.set_input_files({"name": name, "mimeType": kind, "buffer": picture()})
        page.get_by_text(name).first.wait_for()
    assert page.get_by_label("Ce que vous indiquez").input_value() == "1er septembre 2018"
    visitor.check()
    page.get_by_role("button", name="Enregistrer le signalement").click()
    page.locator("#recu").wait_for()
    assert "une pièce jointe" in page.locator("#recu").inner_text()
    assert page.get_by_label("Ce que vous indiquez").input_value() == ""
    visitor.check()
    with page.expect_download() as taken:
        page.locator("#recu a").click()
    assert re.fullmatch(r"recu-\d{4}-\d{4}\.pdf", taken.value.suggested_filename)
    page.go_back()
    heading(page, "Synthèse")
    strip = page.locator(".signal")
    assert "La donnée reste affichée" in strip.inner_text()
    assert strip.locator("li").count() == 4
    visitor.check()


@FOUND_IN_PROC
def test_a_new_page_takes_up_the_report_that_was_begun_and_sends_no_other_again(visit, portal):
    visitor = visit()
    visitor.expected += ["/api/kernels/", "WebSocket"]  # the browser says that its kernel is gone
    page = visitor.log_in("ichevalier", to="/dossier/signaler")
    datum, value = page.get_by_label("Quelle donnée"), page.get_by_label("Ce que vous indiquez")
    reports = page.locator(".card-row")
    before = reports.count()
    datum.select_option("situation.corps")
    value.fill("Certifiée")
    page.get_by_role("button", name="Enregistrer le signalement").click()
    expect(reports).to_have_count(before + 1)
    datum.select_option("affectations.1.dates")
    page.locator(".now-value", has_text="depuis").wait_for()
    value.fill("1er septembre 2018")
    end_every_kernel(portal.process.pid)
    page.get_by_role("link", name="Rouvrir cet écran").click()
    page.locator(".screen-status", has_text="Votre saisie a été reprise.").wait_for()
    expect(datum).to_have_value("affectations.1.dates")
    expect(value).to_have_value("1er septembre 2018")
    expect(reports).to_have_count(before + 1)


def test_everything_is_taken_away_in_one_click_and_readings_are_told(visit, tmp_path):
    visitor = visit()
    page = visitor.log_in("ichevalier")
    visitor.open("/mes-donnees")
    heading(page, "Mes données")
    visitor.check()
    with page.expect_download() as taken:
        page.get_by_role("link", name=re.compile("Emporter tout")).click()
    file = tmp_path / taken.value.suggested_filename
    taken.value.save_as(file)
    assert "dossier.json" in ZipFile(file).namelist()
    with page.expect_download() as printed:
        page.get_by_role("link", name=re.compile("Imprimer la fiche")).click()
    assert printed.value.suggested_filename == "fiche.pdf"
    visitor.open("/consultations")
    heading(page, "Qui a consulté")
    expect(page.get_by_role("row", name=re.compile("Toutes les données"))).to_be_visible()
    visitor.check()
