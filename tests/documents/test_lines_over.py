"""What goes beyond a page is counted in lines: those that the PDF has there."""

import io
from datetime import date

import pypdf
import pytest

from iprof_kit.documents.baselines import baselines, lines_over
from iprof_kit.documents.model import Document, Entry, Part, Section
from iprof_kit.documents.render import pages_svg, pdf


def document(lines):
    entries = tuple(Entry(title=f"Stage numéro {number}", dates="2020") for number in range(lines))
    return Document(
        title="CV", author="A", date=date(2026, 11, 25), name="Jeanne Roy",
        sections=(Section("Formations", (Part(entries=entries),)),),
    )  # fmt: skip


@pytest.mark.parametrize("template", ["classique", "moderne", "une_page"])
def test_the_lines_after_the_first_page_are_those_of_the_pdf(template):
    made = document(110)
    sheets = pypdf.PdfReader(io.BytesIO(pdf(made, template))).pages
    assert len(sheets) > 1
    after = [text for sheet in sheets[1:] for text in sheet.extract_text().splitlines()]
    expected = sum("Stage numéro" in text for text in after)
    assert lines_over(pages_svg(made, template)) == expected


def test_a_cv_of_one_page_has_none():
    assert lines_over(pages_svg(document(3), "classique")) == 0
    assert lines_over([]) == 0


def test_letters_of_two_sizes_on_a_line_are_one_line():
    line = '<g transform="matrix(1 0 0 -1 0 {})"><use href="#g"/></g>'
    page = f"<svg>{line.format('10.2')}{line.format('11')}{line.format('25')}</svg>"
    assert len(baselines(page)) == 2
