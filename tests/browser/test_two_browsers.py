"""A person and her service talk, each in a browser: a paper, a request, a correction, the end."""

import io
import re

import pytest
import readable
from playwright.sync_api import expect
from pypdf import PdfWriter

pytestmark = pytest.mark.browser
SUBJECT = "Date de naissance fausse"


def paper(name):
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return {"name": name, "mimeType": "application/pdf", "buffer": out.getvalue()}


def joined(page, name):
    """Join a paper to what is being written."""
    page.locator("input[data-into]").set_input_files(paper(name))
    page.locator(".joined .fn", has_text=name).wait_for()


def words(page, label):
    return page.get_by_role("textbox", name=label, exact=True)


def done(desk, what):
    expect(desk.locator(".bureau-receipt")).to_have_text(what)


def test_she_writes_he_asks_she_sends_he_corrects_she_sees_both_values_and_closes(visit):
    hers, his = visit(), visit()
    page = hers.log_in("ichevalier", to="/courrier")
    desk = his.log_in("ggestionnaire2", to="/bureau")

    page.get_by_role("link", name="Nouveau message").first.click()
    words(page, "Message").wait_for()
    page.get_by_label("erreur du dossier").check(force=True)
    page.get_by_label("Objet").fill(SUBJECT)
    page.get_by_label("Donnée de votre dossier").select_option("identite.date_naissance")
    page.get_by_label("Ce qui devrait y être").fill("9 mars 1971")
    words(page, "Message").fill("La date affichée n’est pas la mienne.")
    joined(page, "acte-de-naissance.pdf")
    page.get_by_role("button", name="Envoyer au service").click()
    expect(page.locator("#recu")).to_contain_text("Envoyé au service le 25 novembre 2026")

    desk.reload()
    desk.locator(".queue .it", has_text=SUBJECT).click()
    desk.get_by_role("link", name="acte-de-naissance.pdf").wait_for()
    desk.get_by_role("button", name="Prendre en charge").click()
    done(desk, "Fil pris en charge.")
    desk.get_by_role("radio", name="Demander une pièce").check(force=True)
    words(desk, "Votre réponse").fill("Joignez aussi votre livret de famille.")
    desk.get_by_role("button", name="Demander la pièce").click()
    done(desk, "Pièce demandée.")

    page.reload()
    expect(page.locator(".due")).to_contain_text("Réponse attendue avant le")
    joined(page, "livret-de-famille.pdf")
    page.locator(".own-words").get_by_role("button", name=re.compile("^Envoyer")).click()
    expect(page.locator("#recu")).to_contain_text("Envoyé au service")
    expect(page.locator(".pj", has_text="livret-de-famille.pdf")).to_be_visible()
    hers.check()

    desk.reload()
    desk.get_by_role("link", name="livret-de-famille.pdf").wait_for()
    desk.get_by_role("button", name="Noter « corrigé dans AGAPE ou EPP »").click()
    expect(desk.get_by_label("Valeur corrigée")).to_have_value("9 mars 1971")
    words(desk, "Votre réponse").fill("C’est corrigé, d’après votre acte.")
    desk.get_by_label("Clore ensuite").uncheck()
    desk.get_by_role("button", name="Noter corrigé", exact=True).click()
    done(desk, "Correction notée.")
    assert readable.faults(desk) == []

    page.reload()
    facts = page.locator("dl.datum")
    for value in ("9 mars 1970", "9 mars 1971"):  # what the file showed, what it is now
        expect(facts).to_contain_text(value)
    expect(page.locator(".msg", has_text="C’est corrigé")).to_be_visible()
    page.get_by_role("button", name="Clore ce fil").click()
    page.get_by_label("Pourquoi le rouvrir").wait_for()
    desk.reload()
    expect(desk.locator(".queue .it", has_text=SUBJECT)).to_have_count(0)
