"""The whole text of each template, read back from its PDF and compared to a text read by people."""

from pathlib import Path

import pytest
from document_person import LETTER, TODAY, read, target

from iprof_kit.cv.printing import annexe, layout
from iprof_kit.documents import render
from iprof_kit.documents.model import TEMPLATES

GOLDEN = Path(__file__).parent / "golden"


def lines(text):
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def golden(name):
    return (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("modele", TEMPLATES)
def test_text_of_the_template(claire, modele):
    born = modele == "statutaire"
    cible = target(modele, campagne="2027", discipline="Anglais", photo=True, date_naissance=born)
    made = render.pdf(layout.document(claire, cible, TODAY), modele)
    assert lines(read(made)) == lines(golden(modele))


def test_text_of_the_letter(claire):
    made = render.pdf(layout.letter(claire, target(lettre=LETTER), TODAY))
    assert lines(read(made)) == lines(golden("lettre"))


def test_text_of_the_annexe(claire):
    cible = target(usage="chaires_superieures", campagne="2027", discipline="Anglais")
    made = render.pdf(annexe.document(claire, cible, TODAY))
    assert lines(read(made)) == lines(golden("annexe"))


def test_plain_text(claire):
    assert render.text(layout.document(claire, target(), TODAY)) == golden("texte")
