"""Words that no CV holds: broken so that a page costs what its length tells; others stay exact."""

import re
from datetime import date

import pytest
from document_person import read

from iprof_kit.base.errors import InputError
from iprof_kit.documents import render
from iprof_kit.documents.data import as_json
from iprof_kit.documents.model import TEMPLATES, Document, Part, Section
from iprof_kit.documents.words import BREAK, LONGEST_WORD, bounded

TODAY = date(2026, 11, 25)
URL = "https://exemple.fr/" + "un-chemin/assez_long/" * 20 + "page.html?q=1"
MATCHED = re.compile(r"[^\s\u200b]{24,}")
"""What the templates break letter by letter, for which typst pays by the square."""


def document(text):
    return Document(title="CV", author="Jean", date=TODAY, name="Jean Dupont", summary=text)


def costly(text):
    return sum(map(len, MATCHED.findall(bounded(text))))


@pytest.mark.parametrize("text", ["", "mot", "a" * 24, URL, "a" * LONGEST_WORD, f"{URL} {URL}"])
def test_honest_words_stay_as_they_are(text):
    assert len(URL) < LONGEST_WORD
    assert bounded(text) == text


@pytest.mark.parametrize(
    "text", ["a" * 90_000, " ".join(["b" * 1_000] * 90), " ".join(["c" * 100] * 900)]
)
def test_what_is_costly_is_bounded_whatever_the_text(text):
    assert costly(text) <= 4_000
    assert bounded(text).replace(BREAK, "") == text


@pytest.mark.parametrize("modele", TEMPLATES)
def test_an_address_of_four_hundred_characters_is_read_back_exactly(modele):
    if modele == "statutaire":
        made = Document(
            title="CV", author="J", date=TODAY, sections=(Section("Titre", (Part(text=URL),)),)
        )
    else:
        made = document(URL)
    pdf = read(render.pdf(made, modele))
    assert URL in "".join(pdf.split())
    assert BREAK not in pdf


@pytest.mark.parametrize("modele", TEMPLATES)
def test_a_paragraph_of_nine_hundred_long_words_is_drawn(modele):
    made = Document(
        title="CV",
        author="J",
        date=TODAY,
        sections=(Section("Titre", (Part(text=" ".join(["c" * 100] * 900)),)),),
    )
    assert len(render.pages_svg(made, modele)) > 5


def test_a_document_that_is_too_long_is_refused_with_what_to_do():
    with pytest.raises(
        InputError, match=r"trop long pour être mis en page, d’environ 62.% de sa"
    ) as (refused):
        as_json(document("- mot\n" * 40_000))
    assert "Raccourcissez" in refused.value.remedy


def test_a_photograph_does_not_count_as_length():
    from iprof_kit.documents.model import Picture

    heavy = Picture(b"x" * 500_000, "image/png", "Photographie")
    as_json(Document(title="CV", author="J", date=TODAY, picture=heavy))
