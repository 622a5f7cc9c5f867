"""Text is shown as text: markup, code, other scripts, very long words, invisible characters."""

import io
import re
import xml.etree.ElementTree as ET

import docx
import pytest
from document_person import TODAY, read, squeezed, target

from iprof_kit.cv.model import Cv, Faits
from iprof_kit.cv.person import Contact, Identite
from iprof_kit.cv.printing import layout
from iprof_kit.cv.sections.fonctions import Fonction
from iprof_kit.documents import characters, render
from iprof_kit.documents.model import TEMPLATES

MARKUP = (
    '#read("/etc/passwd") #panic() $x^2$ *gras* _oui_ `code` @ref <label> // rien \\ {{ 7*7 }}',
    "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;",
    "]#set page(width: 1pt)[",
)


def cv_of(text, **contact):
    return Cv(
        faits=Faits(
            identite=Identite(prenom="Jean", nom="Dupont", titre=text, resume=text),
            contact=Contact(**contact),
            fonctions=(Fonction(id="f", intitule=text, etablissement=text, description=text),),
        )
    )


def document_of(text, modele, **contact):
    return layout.document(cv_of(text, **contact), target(modele), TODAY)


@pytest.mark.parametrize("modele", TEMPLATES)
@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_printed_as_it_was_typed(text, modele):
    document = document_of(text, modele)
    assert squeezed(text) in squeezed(read(render.pdf(document, modele)))


def test_plain_text_holds_no_more_hidden_characters_than_the_pages():
    made = render.text(document_of("Licence\U000e0041\u202e, mention\x1b[2J bien", "classique"))
    assert "Licence, mention[2J bien" in made


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_text_in_html_and_svg(text):
    document = document_of(text, "classique")
    tree = ET.fromstring(render.html(document))
    assert squeezed(text) in squeezed("".join(tree.itertext()))
    names = {element.tag for element in tree.iter()}
    assert names <= {"article", "section", "h1", "h2", "h3", "p", "ul", "li", "span", "strong", "b"}
    for page in render.pages_svg(document):
        drawn = ET.fromstring(page)
        assert {e.tag.rpartition("}")[2] for e in drawn.iter()} <= {
            "svg",
            "g",
            "path",
            "use",
            "defs",
            "symbol",
            "clipPath",
        }
        assert not any(k.startswith("on") for e in drawn.iter() for k in e.attrib)


@pytest.mark.parametrize("modele", TEMPLATES)
def test_long_words_stay_within_the_page(modele):
    word = "W" * 400
    document = document_of(word, modele, courriel="x" * 90 + "@exemple.fr", site="h" * 120)
    printed = read(render.pdf(document, modele))
    runs = [run for line in printed.splitlines() for run in re.findall("W+|x{5,}|h{5,}", line)]
    # A page is 595 points wide; at the smallest size, 8.25 points, a W is 0.9 of its size wide.
    assert max(len(run) for run in runs if run[0] == "W") < 595 / (8.25 * 0.9)
    assert max(map(len, runs)) < 120
    assert sum(map(len, runs)) >= 3 * 400 + 90 + 120


def test_ten_thousand_characters_are_all_printed():
    text = "mot " * 2500
    for modele in ("classique", "moderne", "une_page"):
        printed = squeezed(read(render.pdf(document_of(text, modele), modele)))
        assert printed.count("mot") >= 4 * 2500


def test_marks_of_direction_turn_nothing():
    printed = read(render.pdf(document_of("avant \u202eenvers\u202c \u2066fin", "classique")))
    assert "avant envers fin" in printed


def test_scripts_and_emoji_that_the_fonts_have_are_printed():
    text = "Ωμέγα Дом 🎓 → œuvre"
    printed = squeezed(read(render.pdf(document_of(text, "classique"))))
    for word in ("Ωμέγα", "Дом", "🎓", "→", "œuvre"):
        assert word in printed
    assert characters.undrawn(text) == ()


def test_character_that_no_font_draws_is_marked_in_pdf_and_kept_elsewhere():
    document = document_of("Nom : 中村 et\ue000 fin", "classique")
    assert characters.undrawn("Nom : 中村 et\ue000") == ("中", "村", "\ue000")
    printed = read(render.pdf(document))
    assert "��" in printed
    assert "fin" in printed
    assert "中村" in render.text(document)
    assert "中村" in render.html(document)


def test_control_characters_do_not_break_any_output():
    document = document_of("a\x00b\x07c\x1b[31m\ud800 fin", "classique", courriel="a\x00@b.fr")
    assert "abc[31m fin" in read(render.pdf(document))
    assert "abc[31m fin" in render.html(document)
    paragraphs = docx.Document(io.BytesIO(render.docx(document))).paragraphs
    assert "abc[31m fin" in "\n".join(paragraph.text for paragraph in paragraphs)


def test_letters_refused_together_still_give_a_document(monkeypatch):
    from iprof_kit.documents import data

    monkeypatch.setattr(data, "printed", lambda text: text)
    printed = read(render.pdf(document_of("Été 中村", "classique")))
    assert "Été" in printed
