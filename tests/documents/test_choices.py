"""What a person chose not to print is in no output: each choice, each template, each format."""

import io
import re
from itertools import product

import docx
import pytest
from document_person import TODAY, read, target

from iprof_kit.cv.printing import layout
from iprof_kit.documents import render
from iprof_kit.documents.model import TEMPLATES

BORN = "12 mars 1984"
CONTACT = ("06 39 98 12 34", "claire.vasseur@")


def outputs(document, modele):
    word = docx.Document(io.BytesIO(render.docx(document, modele)))
    pdf = render.pdf(document, modele)
    return {
        "pdf": " ".join(read(pdf).split()),
        "docx": "\n".join(paragraph.text for paragraph in word.paragraphs),
        "text": render.text(document),
        "html": re.sub(r"<[^>]+>", " ", render.html(document)),
        "linked": render.html(document, linked=True),
    }


@pytest.mark.parametrize("modele", TEMPLATES)
@pytest.mark.parametrize(("born", "contact"), list(product((True, False), repeat=2)))
def test_each_output_prints_what_was_ticked_and_nothing_else(claire, modele, born, contact):
    cible = target(modele, date_naissance=born, coordonnees=contact)
    for name, said in outputs(layout.document(claire, cible, TODAY), modele).items():
        said = said.replace("\u00a0", " ")
        assert (BORN in said) is born, name
        for word in CONTACT:
            assert (word in said) is contact, name


@pytest.mark.parametrize("modele", TEMPLATES)
@pytest.mark.parametrize("photo", [True, False])
def test_a_photograph_is_in_the_file_only_if_it_was_ticked(claire, modele, photo):
    document = layout.document(claire, target(modele, photo=photo), TODAY)
    shown = photo and modele != "statutaire"  # its five rubriques have no place for one
    assert (b"/Subtype/Image" in render.pdf(document, modele)) is shown
    word = docx.Document(io.BytesIO(render.docx(document, modele)))
    assert bool(word.inline_shapes) is shown
