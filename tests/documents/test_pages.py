"""The pictures of pages, the one-page template, and templates that do not exist."""

import io
import re
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor

import pypdf
import pytest
from document_person import CLAIRE, TODAY, target

from iprof_kit.base.errors import InputError
from iprof_kit.cv.model import Cv
from iprof_kit.cv.printing import layout
from iprof_kit.documents import coverage, render
from iprof_kit.documents.model import TEMPLATES
from iprof_kit.documents.typesetting import draws


def pages_of(pdf):
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("modele", TEMPLATES)
def test_there_is_one_picture_a_page(claire, modele):
    document = layout.document(claire, target(modele, photo=True), TODAY)
    pictures = render.pages_svg(document, modele)
    assert len(pictures) == pages_of(render.pdf(document, modele))
    for picture in pictures:
        assert ET.fromstring(picture).attrib["viewBox"].startswith("0 0 595.27")


@pytest.mark.parametrize("times_as_many", [1, 30])
def test_pages_of_a_file_of_ours_are_counted_without_opening_it(times_as_many):
    cv = Cv(faits=CLAIRE.model_copy(update={"fonctions": times(CLAIRE.fonctions, times_as_many)}))
    made = render.pdf(layout.document(cv, target(), TODAY))
    assert render.page_count(made) == pages_of(made)


def test_every_glyph_of_a_picture_is_drawn_in_it_and_nothing_is_fetched(claire):
    for picture in render.pages_svg(layout.document(claire, target(photo=True), TODAY)):
        used = re.findall(r'<use href="#([^"]+)"', picture)
        assert used
        assert set(used) <= set(re.findall(r' id="([^"]+)"', picture))
        assert all(
            link[0] == "#" or link.startswith("data:image/")
            for link in re.findall(r'href="([^"]*)"', picture)
        )


def test_two_outlines_never_bear_the_same_name(claire):
    drawn = {}
    for modele in TEMPLATES:
        for picture in render.pages_svg(layout.document(claire, target(modele), TODAY), modele):
            for name, outline in re.findall(r'<symbol id="(g[^"]+)"[^>]*>(.*?)</symbol>', picture):
                assert drawn.setdefault(name, outline) == outline
    assert len(drawn) > 50


def test_one_page_holds_on_one_page_what_classique_spreads_on_two(claire):
    longer = CLAIRE.model_copy(update={"fonctions": times(CLAIRE.fonctions, 3)})
    cv = Cv(faits=longer)
    spread = render.pdf(layout.document(cv, target(), TODAY), "classique")
    held = render.pdf(layout.document(cv, target("une_page"), TODAY), "une_page")
    assert (pages_of(spread), pages_of(held)) == (2, 1)


def test_what_cannot_hold_on_one_page_goes_on_and_nothing_is_cut():
    cv = Cv(faits=CLAIRE.model_copy(update={"fonctions": times(CLAIRE.fonctions, 30)}))
    made = render.pdf(layout.document(cv, target("une_page"), TODAY), "une_page")
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    text = "".join(page.extract_text() for page in pages)
    assert len(pages) > 1
    assert text.count("Tutrice de stagiaires") == 30


def test_several_threads_print_without_mixing_their_documents(claire):
    documents = [layout.document(named(claire, f"Personne{n}"), target(), TODAY) for n in range(8)]
    alone = [render.pdf(document) for document in documents]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(render.pdf, documents)) == alone
    assert len(set(alone)) == len(alone)


def test_unknown_template_is_refused_with_the_known_ones():
    with pytest.raises(InputError, match="classique, moderne, une_page, statutaire"):
        render.pdf(layout.document(Cv(), target(), TODAY), "../../../etc/passwd")


@pytest.mark.parametrize(
    "text", ["àâçéèêëîïôùûüÿæœ ÀÂÇÉÈÊËÎÏÔÙÛÜŸÆŒ", "«\u00a0€…’“”–—•°²№½ »", "Łódź Škoda Ģirts Ħal"]
)
def test_table_of_characters_says_what_the_fonts_draw(text):
    assert draws(text)
    assert {ord(c) for c in text} <= coverage.drawable()


def test_character_outside_the_table_is_one_that_no_font_draws():
    assert ord("中") not in coverage.drawable()
    assert not draws("中")


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_table_of_characters_is_what_is_measured():
    assert set(coverage.measured()) == coverage.drawable()


@pytest.mark.parametrize("letter", "ļģĥḥṃżȧ")
def test_letter_with_a_rare_accent_does_not_change_the_plain_ones(letter):
    """A base and an accent drawn apart would make a reader read every base with the accent."""
    faits = CLAIRE.model_copy(
        update={"identite": CLAIRE.identite.model_copy(update={"titre": f"Mu{letter}ammad"})}
    )
    made = render.pdf(layout.document(Cv(faits=faits), target(), TODAY))
    text = pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()
    assert f"Mu{letter}ammad" in text
    for word in ("collège", "lycée", "Clermont", "Professeurs", "anglais", "hors", "hors classe"):
        assert word in text


def named(cv, name):
    identite = cv.faits.identite.model_copy(update={"nom": name})
    return Cv(faits=cv.faits.model_copy(update={"identite": identite}))


def times(items, number):
    return tuple(
        item.model_copy(update={"id": f"{item.id}-{n}"}) for n in range(number) for item in items
    )


@pytest.mark.parametrize("modele", TEMPLATES)
@pytest.mark.parametrize("section", ["diplomes", "competences", "fonctions"])
def test_the_line_being_edited_is_tinted_and_nothing_else_moves(claire, modele, section):
    cible, sand = target(modele), "#fbf3df"
    plain = render.pages_svg(layout.document(claire, cible, TODAY), modele)
    assert not any(sand in page for page in plain)
    edited = getattr(claire.faits, section)[0].id
    marked = render.pages_svg(layout.document(claire, cible, TODAY, marked=edited), modele)
    assert sum(page.count(f'fill="{sand}"') for page in marked) >= 1
    drawn = re.compile(r"<use [^>]*>")
    assert [drawn.findall(page) for page in marked] == [drawn.findall(page) for page in plain]


def test_a_tint_is_for_the_preview_alone(claire):
    printed = layout.document(claire, target(), TODAY)
    assert printed.marked == ""
