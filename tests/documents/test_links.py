"""What can be clicked in a PDF, a DOCX and a shared page: addresses and telephones alone."""

import io
import re

import docx
import pypdf
import pytest
from document_person import LETTER, TODAY, read, squeezed, target

from iprof_kit.cv.model import Cv, Faits
from iprof_kit.cv.person import Contact, Identite, Profil
from iprof_kit.cv.printing import layout
from iprof_kit.documents import render
from iprof_kit.documents.links import pieces
from iprof_kit.documents.links import target as leads
from iprof_kit.documents.model import TEMPLATES

CONTACT = {
    "tel:0639981234", "mailto:claire.vasseur@ac-clermont.example",
    "https://vasseur.example/anglais",
}  # fmt: skip
REFERENCE = "mailto:p.morel@exemple.example"


def links_of_pdf(pdf):
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    notes = (note.get_object() for page in pages for note in page.get("/Annots", []))
    return {note["/A"]["/URI"] for note in notes if "/A" in note}


def links_of_docx(content):
    opened = docx.Document(io.BytesIO(content))
    return {link.url for paragraph in opened.paragraphs for link in paragraph.hyperlinks}


@pytest.mark.parametrize("modele", TEMPLATES)
def test_each_address_can_be_clicked_in_pdf_docx_and_shared_page(claire, modele):
    document = layout.document(claire, target(modele), TODAY)
    wanted = CONTACT | {"https://cahiers.example/oser"}
    wanted |= set() if modele == "statutaire" else {REFERENCE}  # it prints no reference
    page = set(re.findall(r'href="([^"]*)"', render.html(document, linked=True)))
    assert links_of_pdf(render.pdf(document, modele)) == wanted
    assert links_of_docx(render.docx(document, modele)) == page == wanted


def test_the_letter_has_the_links_of_its_head(claire):
    letter = layout.letter(claire, target(lettre=LETTER), TODAY)
    assert links_of_pdf(render.pdf(letter)) == CONTACT
    assert links_of_docx(render.docx(letter)) == CONTACT


@pytest.mark.parametrize("modele", TEMPLATES)
def test_hidden_contact_details_are_no_links_either(claire, modele):
    document = layout.document(claire, target(modele, coordonnees=False), TODAY)
    wanted = {"https://cahiers.example/oser"}
    assert links_of_pdf(render.pdf(document, modele)) == wanted
    assert links_of_docx(render.docx(document, modele)) == wanted


def test_a_preview_leads_nowhere(claire):
    document = layout.document(claire, target(), TODAY)
    assert "href" not in render.html(document)
    assert all("<a" not in page for page in render.pages_svg(document))


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://", "https://[",
     "exemple.fr", "a@b", "ftp://exemple.fr", "mailto:", "https://" + "x" * 3000],
)  # fmt: skip
def test_what_is_no_address_leads_nowhere(text):
    assert [link for _, link in pieces(text) if link] == []
    faits = Faits(contact=Contact(site=text, profils=(Profil(reseau="R", adresse=text),)))
    document = layout.document(Cv(faits=faits), target(), TODAY)
    assert links_of_pdf(render.pdf(document)) == set()
    assert links_of_docx(render.docx(document)) == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("voir https://exemple.fr/a.", ["https://exemple.fr/a"]),
        ("(https://exemple.fr/a)", ["https://exemple.fr/a"]),
        ("https://fr.wikipedia.org/wiki/X_(Y)", ["https://fr.wikipedia.org/wiki/X_(Y)"]),
        ("« a.b@exemple.fr », ou c@d.fr", ["mailto:a.b@exemple.fr", "mailto:c@d.fr"]),
        ("https://exemple.fr/été?a=b&c=%20", ["https://exemple.fr/%C3%A9t%C3%A9?a=b&c=%20"]),
    ],
)
def test_an_address_ends_where_its_sentence_goes_on(text, found):
    assert [link for _, link in pieces(text) if link] == found
    assert "".join(piece for piece, _ in pieces(text)) == text


def test_an_address_that_was_cut_to_be_set_leads_where_it_did():
    assert leads("https://exemple.fr/\u200babc") == "https://exemple.fr/abc"


def test_arabic_is_copied_letter_by_letter():
    # Noto Sans Arabic draws the dots of ba, ya, fa and ta marbuta apart: each came twice.
    words = "مدرسة العلوم في باريس"
    faits = Faits(identite=Identite(prenom="Leïla", nom="Haddad", titre=words))
    for modele in TEMPLATES:
        printed = read(render.pdf(layout.document(Cv(faits=faits), target(modele), TODAY), modele))
        assert sorted(squeezed(words)) == sorted(re.findall("[\u0600-\u06ff]", printed))
        assert all(word in printed for word in words.split())
