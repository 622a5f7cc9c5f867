"""What a link shows: the same text in the pages, the PDF and the text beside them."""

import base64
import io
import json
import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest
from PIL import Image
from pypdf import PdfReader
from tiring_pictures import many_scans

from iprof_kit.base.errors import Refused
from iprof_kit.cv.model import Cible, Cv, Faits, Lettre
from iprof_kit.cv.person import Contact, Identite, Photo
from iprof_kit.cv.sections.diplomes import Diplome
from iprof_kit.cv.sections.references import Recommandation
from iprof_kit.documents import render, sheets
from iprof_kit.services.cv import pages as cv_pages
from iprof_kit.services.workers.typesetters import Press

MADE = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)  # the 26th in Paris
TEMPLATES = ["classique", "moderne", "une_page", "statutaire"]
CONTACT = Contact(courriel="jean@example.org", telephone="06 12 34 56 78", ville="Riom")
HOSTILE = '<script>alert(1)</script> #read("x") $x$ \u202eabc'


def made_of(photo=None, titre="Licence de lettres", **words):
    cibles = tuple(
        Cible(
            id=name, modele=name, photo=photo is not None, lettre=Lettre(texte="Ma lettre"), **words
        )
        for name in TEMPLATES
    )
    faits = Faits(
        identite=Identite(prenom="Jean", nom="Dupont", photo=photo),
        contact=CONTACT,
        diplomes=(Diplome(intitule=titre, annee="1999"),),
        references=(Recommandation(nom="Anne Roux", contact="anne@example.org"),),
    )
    return Cv(faits=faits, cibles=cibles).model_dump(mode="json")


def seen(content, target, *, contact=False):
    return cv_pages.shared(content, target, contact=contact, made_at=MADE)


class SamePress:
    """A press whose process is this one."""

    alive = True

    def ask(self, message):
        return sheets.answer(message)

    def close(self):
        pass


PRESS = Press(SamePress)


def pictures_of(cv):
    """Return the pictures in the pages, as their readers are given them."""
    drawn = "".join(cv_pages.pages(cv, PRESS))
    return [
        base64.b64decode(one) for one in re.findall(r"data:image/[a-z]+;base64,([^\"]+)", drawn)
    ]


def pdf_text(cv, press=render):
    pages = PdfReader(io.BytesIO(cv_pages.pdf(cv, press))).pages
    return "\n".join(page.extract_text() for page in pages)


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_file_and_the_text_say_the_same_and_hide_the_contact(template):
    cv = seen(made_of(), template)
    for text in (pdf_text(cv), cv_pages.html(cv)):
        assert "Licence de lettres" in text
        assert "example.org" not in text
        assert "06 12" not in text
        assert "Ma lettre" not in text
    assert b"example.org" not in cv_pages.pdf(cv, render)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("coordonnees", [True, False])
def test_the_contact_is_shown_where_it_was_chosen(template, coordonnees):
    cv = seen(made_of(coordonnees=coordonnees), template, contact=True)
    for text in (pdf_text(cv), cv_pages.html(cv)):
        assert "jean@example.org" in text.replace("\u00ad", "")


@pytest.mark.parametrize(("template", "fewest"), [("classique", 2), ("statutaire", 2)])
def test_there_is_one_picture_for_each_page_of_the_file(template, fewest):
    many = made_of()
    (one,) = many["faits"]["diplomes"]
    many["faits"]["diplomes"] = [one | {"id": f"d{number}"} for number in range(80)]
    cv = seen(many, template)
    drawn = cv_pages.pages(cv, render)
    assert len(drawn) == len(PdfReader(io.BytesIO(cv_pages.pdf(cv, render))).pages) >= fewest
    for page in drawn:
        assert ET.fromstring(page).tag.endswith("svg")


def test_the_same_version_gives_the_same_bytes():
    drawn = cv_pages.pdf(seen(made_of(), "classique"), render)
    stored = json.loads(json.dumps(made_of(), sort_keys=True))
    assert cv_pages.pdf(seen(stored, "classique"), render) == drawn
    assert cv_pages.pdf(seen(made_of(titre="Master"), "classique"), render) != drawn


@pytest.mark.parametrize("template", TEMPLATES)
def test_hostile_text_is_text_in_every_form(template):
    cv = seen(made_of(titre=HOSTILE), template)
    assert "<script" not in cv_pages.html(cv)
    assert "&lt;script&gt;alert(1)" in cv_pages.html(cv)
    assert "<script" not in "".join(cv_pages.pages(cv, render))
    assert "alert(1)" in pdf_text(cv)


def test_a_photo_that_is_no_picture_is_left_out_and_the_cv_is_shown():
    lying = Photo(
        type_media="image/png",
        base64=base64.b64encode(b"<svg onload='x'/>").decode(),
        largeur=3,
        hauteur=3,
    )
    cv = seen(made_of(photo=lying), "classique")
    assert pictures_of(cv) == []
    assert "Licence de lettres" in pdf_text(cv, PRESS)


def test_a_photo_is_shown_without_what_the_camera_wrote_in_it():
    written = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "pris au 3 rue des Lilas"
    Image.new("RGB", (30, 40), "teal").save(written, "JPEG", exif=exif)
    assert b"Lilas" in written.getvalue()
    photo = Photo(
        type_media="image/jpeg",
        base64=base64.b64encode(written.getvalue()).decode(),
        largeur=30,
        hauteur=40,
    )
    (kept,) = pictures_of(seen(made_of(photo=photo), "classique"))
    assert b"Lilas" not in kept
    assert Image.open(io.BytesIO(kept)).size == (30, 40)


def test_w01_a_photo_that_takes_long_to_decode_is_left_out_and_the_cv_is_shown():
    content = many_scans((600, 800), 2_000)
    photo = Photo(
        type_media="image/jpeg",
        base64=base64.b64encode(content).decode(),
        largeur=600,
        hauteur=800,
    )
    cv = seen(made_of(photo=photo), "moderne")
    assert pictures_of(cv) == []
    assert "Licence de lettres" in pdf_text(cv, PRESS)


def test_a_target_that_the_version_does_not_have_is_refused():
    with pytest.raises(Refused, match="ne contient pas ce CV"):
        seen(made_of(), "inconnue")
