"""The DOCX: real styles that a word processor knows, the language, the same bytes each time."""

import base64
import io
import re
from zipfile import ZipFile

import docx
import pytest
from document_person import CLAIRE, LETTER, TODAY, picture, target

from iprof_kit.cv.model import Cv, Faits
from iprof_kit.cv.person import Photo
from iprof_kit.cv.printing import layout
from iprof_kit.cv.sections.fonctions import Fonction
from iprof_kit.documents import render
from iprof_kit.documents.model import TEMPLATES


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


def styles(content):
    with ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/styles.xml")


def test_each_template_has_a_look_of_its_own(claire):
    made = {m: render.docx(layout.document(claire, target(m), TODAY), m) for m in TEMPLATES}
    assert len({styles(content) for content in made.values()}) == len(TEMPLATES)
    statutory = docx.Document(io.BytesIO(made["statutaire"]))
    titles = [p.text for p in statutory.paragraphs if p.style.name == "Heading 1"]
    assert titles[0] == "1. Situation individuelle"
    widths = {m: docx.Document(io.BytesIO(made[m])).sections[0].left_margin for m in TEMPLATES}
    assert widths["une_page"] < widths["classique"]


@pytest.mark.parametrize("modele", TEMPLATES)
def test_properties_of_styles_come_in_the_order_of_the_schema(claire, modele):
    # A paragraph property out of the order of the schema makes Word repair the file.
    order = ["pBdr", "shd", "tabs", "spacing", "ind", "jc", "outlineLvl"]
    text = styles(render.docx(layout.document(claire, target(modele), TODAY), modele)).decode()
    for properties in re.findall(r"<w:pPr>(.*?)</w:pPr>", text, re.DOTALL):
        ranks = [order.index(one) for one in re.findall(r"<w:(\w+)", properties) if one in order]
        assert ranks == sorted(ranks)


def test_long_dates_have_a_line_of_their_own():
    post = Fonction(intitule="Tutrice", debut="2019-09-01", fin="2020-08-31")
    faits = Faits(fonctions=(post, Fonction(intitule="Jury", debut="2019", fin="2020")))
    opened = docx.Document(
        io.BytesIO(render.docx(layout.document(Cv(faits=faits), target(), TODAY)))
    )
    long, short = [p for p in opened.paragraphs if p.style.name == "Entrée"]
    assert long.text.replace("\u00a0", " ") == "1er septembre 2019 – 31 août 2020\nTutrice"
    assert short.text.replace("\u00a0", " ") == "2019 – 2020\tJury"


@pytest.mark.parametrize(("width", "height"), [(800, 600), (600, 800), (600, 600), (800, 200)])
def test_a_photograph_keeps_its_proportions_and_a_landscape_is_as_large(width, height):
    data = picture(width, height)
    photo = Photo(
        type_media="image/jpeg",
        base64=base64.b64encode(data).decode(),
        largeur=width,
        hauteur=height,
    )
    faits = Faits(identite=CLAIRE.identite.model_copy(update={"photo": photo}))
    document = layout.document(Cv(faits=faits), target(photo=True), TODAY)
    (shape,) = docx.Document(io.BytesIO(render.docx(document))).inline_shapes
    assert shape.width / shape.height == pytest.approx(width / height, rel=0.01)
    if width < 3 * height:
        assert shape.width.cm * shape.height.cm == pytest.approx(2.8 * 2.8 * 4 / 3, rel=0.02)
    (drawn,) = re.findall(
        r'<image[^>]*width="([0-9.]+)" height="([0-9.]+)"', render.pages_svg(document)[0]
    )
    assert float(drawn[0]) / float(drawn[1]) == pytest.approx(width / height, rel=0.01)
