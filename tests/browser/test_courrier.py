"""« Votre courrier » in a real browser: written with a paper, kept, answered, on a phone too."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfWriter

pytestmark = pytest.mark.browser
HERE = "/courrier"


def paper(size):
    """Return a PDF of about this many bytes."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Subject": "x" * size})
    writer.write(out)
    return {"name": "arrêté.pdf", "mimeType": "application/pdf", "buffer": out.getvalue()}


def words(page):
    return page.get_by_role("textbox", name="Message", exact=True)


def opened(visit, compte):
    """Open the form of a new message, as a person gets there."""
    visitor = visit()
    page = visitor.log_in(compte)
    visitor.open(HERE)
    page.get_by_role("link", name="Nouveau message").first.click()
    page.get_by_label("Objet").wait_for()
    return visitor, page


def test_a_message_is_kept_through_a_reload_and_sent_with_its_paper(visit):
    visitor, page = opened(visit, "jdupont2")
    assert page.locator(".kit").inner_text().endswith("rien n’entre dans I-Prof.")
    page.get_by_label("envoi de pièces").check(force=True)
    page.get_by_label("Objet").fill("Arrêté de 2017")
    words(page).fill("Voici la pièce.\nMerci.")
    saved = page.locator(".save", has_text="Brouillon enregistré le 25 novembre 2026")
    saved.wait_for()
    page.locator("input[data-into]").set_input_files(paper(900_000))
    page.locator(".joined .ok").wait_for()  # slice after slice, then looked at
    expect(page.locator("[data-uploads] li")).to_have_count(0)
    visitor.check()
    page.reload()
    words(page).wait_for()
    assert words(page).input_value() == "Voici la pièce.\nMerci."
    expect(page.get_by_label("envoi de pièces")).to_be_checked()
    expect(page.locator(".joined .fn")).to_contain_text("arrêté.pdf")
    page.get_by_role("button", name="Envoyer au service").click()
    receipt = page.locator("#recu")
    expect(receipt).to_be_focused()
    assert "Envoyé au service le 25 novembre 2026" in receipt.inner_text()
    assert re.search(r"/courrier\?fil=[0-9a-f]+$", page.url)
    visitor.check()
    with page.expect_download() as taken:
        receipt.get_by_role("link", name="Reçu en PDF").click()
    assert taken.value.suggested_filename.endswith(".pdf")
    page.reload()
    page.get_by_role("heading", name="Arrêté de 2017").wait_for()
    visitor.open(f"{HERE}?nouveau=1")
    assert words(page).input_value() == ""


def test_on_a_phone_the_list_then_the_thread_and_a_closed_one_is_read_only(visit):
    visitor, page = opened(visit, "ichevalier")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_label("Objet").fill("Temps partiel")
    words(page).fill("Quand dois-je le demander ?")
    page.get_by_role("button", name="Envoyer au service").click()
    page.locator("#recu").wait_for()
    expect(page.locator(".threads")).to_be_hidden()
    page.get_by_role("button", name="Clore ce fil").click()
    page.get_by_label("Pourquoi le rouvrir").wait_for()
    expect(page.get_by_label("Votre réponse")).to_have_count(0)
    page.get_by_role("link", name="Tous les fils").click()
    row = page.locator(".threads").get_by_role("link", name=re.compile("Temps partiel"))
    expect(row).to_be_visible()
    page.get_by_label("Chercher").fill("temps PARTIEL")
    expect(page.locator(".threads h2")).to_have_text("1 fil")
    page.get_by_label("Chercher").fill("introuvable")
    page.get_by_text("Aucun fil ne contient ces mots.").wait_for()
    visitor.check()
