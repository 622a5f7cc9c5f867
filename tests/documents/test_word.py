"""The DOCX: real styles that a word processor knows, the language, the same bytes each time."""

import io
from zipfile import ZipFile

import docx
import pytest
from document_person import LETTER, TODAY, target

from iprof_kit.cv import layout
from iprof_kit.documents import render


@pytest.fixture(scope="module")
def made(claire):
    return render.docx(layout.document(claire, target(photo=True), TODAY))


@pytest.fixture(scope="module")
def opened(made):
    return docx.Document(io.BytesIO(made))


def test_titles_are_heading_styles_in_their_order(opened):
    outline = [
        (p.style.name, p.text) for p in opened.paragraphs if p.style.name.startswith(("H", "T"))
    ]
    assert outline[0] == ("Title", "Claire Vasseur-Lemoine")
    assert outline[1] == ("Heading 1", "Situation administrative")
    assert ("Heading 2", "Activités personnelles") in outline


def test_items_of_a_list_are_a_list(opened):
    items = [p.text for p in opened.paragraphs if p.style.name == "List Bullet"]
    assert items == ["Projet Erasmus+", "Ateliers d’oral"]


def test_line_has_its_dates_then_its_title_in_bold(opened):
    line = next(p for p in opened.paragraphs if "Master MEEF" in p.text)
    assert line.text == "2013\tMaster MEEF"
    assert line.runs[0].style.name == "Dates"
    assert line.runs[-1].bold


def test_file_says_who_what_when_and_in_which_language(opened):
    core = opened.core_properties
    assert (core.author, core.language) == ("Claire Vasseur-Lemoine", "fr")
    assert core.title == "Curriculum vitae de Claire Vasseur-Lemoine"
    assert core.created.date() == TODAY


def test_language_of_the_text_is_french(made):
    with ZipFile(io.BytesIO(made)) as archive:
        styles = archive.read("word/styles.xml").decode()
    assert 'w:lang w:val="fr-FR"' in styles
    assert 'w:val="en-US"' not in styles


def test_photograph_has_a_description(made):
    with ZipFile(io.BytesIO(made)) as archive:
        assert (
            'descr="Photographie de Claire Vasseur-Lemoine"'
            in archive.read("word/document.xml").decode()
        )


def test_same_document_gives_the_same_bytes(claire, made):
    assert render.docx(layout.document(claire, target(photo=True), TODAY)) == made


def test_letter_has_its_parts(claire):
    letter = layout.letter(claire, target(lettre=LETTER), TODAY)
    opened = docx.Document(io.BytesIO(render.docx(letter)))
    texts = [p.text for p in opened.paragraphs]
    assert "Objet\u00a0: Candidature" in texts
    assert texts.index("Madame la rectrice") < texts.index("Je candidate.")


def test_notice_is_the_foot_of_the_page(claire):
    statutory = layout.document(claire, target("statutaire"), TODAY)
    opened = docx.Document(io.BytesIO(render.docx(statutory)))
    assert opened.sections[0].footer.paragraphs[0].text.startswith("Kit libre, non officiel")
