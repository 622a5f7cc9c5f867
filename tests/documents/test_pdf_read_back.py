"""What a PDF says to a reader who does not see it: tags, language, titles, order, fonts."""

import io
from itertools import pairwise

import pikepdf
import pytest
from document_person import LETTER, TODAY, read, squeezed, target

from iprof_kit.cv.printing import layout
from iprof_kit.documents import render
from iprof_kit.documents.model import TEMPLATES


@pytest.fixture(scope="module", params=TEMPLATES)
def made(request, claire):
    document = layout.document(claire, target(request.param, photo=True), TODAY)
    return render.pdf(document, request.param)


@pytest.fixture
def opened(made):
    with pikepdf.open(io.BytesIO(made)) as pdf:
        yield pdf


def fonts(pdf):
    return [font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()]


def structure(pdf):
    """Return the elements of the structure tree, in reading order."""
    found = []

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(node)
            walk(node.get("/K", pikepdf.Array()))

    walk(pdf.Root.StructTreeRoot.K)
    return found


def test_file_says_it_is_tagged_french_and_titled(opened):
    assert opened.Root.MarkInfo.Marked
    assert str(opened.Root.Lang) == "fr"
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    with opened.open_metadata() as xmp:
        assert "Claire Vasseur-Lemoine" in xmp["dc:title"]
        assert xmp["dc:creator"] == ["Claire Vasseur-Lemoine"]


def test_file_declares_pdf_ua_1_and_pdf_a_2a(opened):
    with opened.open_metadata() as xmp:
        assert xmp["pdfuaid:part"] == "1"
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "A")


def test_headings_begin_at_one_and_skip_no_level(opened):
    levels = [int(str(one.S)[2:]) for one in structure(opened) if str(one.S)[:2] == "/H"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_font_is_embedded(opened):
    used = fonts(opened)
    assert used
    for font in used:
        for inner in font.get("/DescendantFonts", [font]):
            descriptor = inner.FontDescriptor
            assert any(name in descriptor for name in ("/FontFile2", "/FontFile3", "/FontFile"))


def test_its_zeros_are_open(opened):
    faces = {str(font["/BaseFont"]) for font in fonts(opened)}
    assert any("Zeroouvert" in face for face in faces)


def test_photograph_has_a_description_except_where_there_is_none(opened, made, request):
    figures = [one for one in structure(opened) if str(one.S) == "/Figure"]
    statutory = "statutaire" in request.node.name
    described = [str(one.Alt) for one in figures]
    assert described == ([] if statutory else ["Photographie de Claire Vasseur-Lemoine"])


def test_items_of_a_list_are_tagged_as_a_list(opened):
    assert [str(one.S) for one in structure(opened)].count("/LI") >= 2


def test_name_is_read_before_sections_and_each_title_before_its_lines(made):
    text = squeezed(read(made))
    diploma, title = text.index(squeezed("Master MEEF")), text.index("Diplômesettitres")
    assert text.index("ClaireVasseur") < title < diploma


def test_same_document_gives_the_same_bytes_and_another_day_others(claire):
    cible = target()
    first = render.pdf(layout.document(claire, cible, TODAY))
    assert render.pdf(layout.document(claire, cible, TODAY)) == first
    assert render.pdf(layout.document(claire, cible, TODAY), timestamp=0) != first


def test_file_is_dated_of_the_day_of_the_document(opened):
    assert str(opened.docinfo["/CreationDate"]).startswith("D:20261125000000")


def test_letter_is_as_accessible(claire):
    letter = layout.letter(claire, target(lettre=LETTER), TODAY)
    with pikepdf.open(io.BytesIO(render.pdf(letter))) as pdf:
        assert [str(one.S) for one in structure(pdf)].count("/H1") == 1
        with pdf.open_metadata() as xmp:
            assert xmp["pdfuaid:part"] == "1"
