"""A document as DOCX, with the word processor's own styles: titles, lists, quiet details."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx as python_docx
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from iprof_kit.documents.blocks import blocks
from iprof_kit.documents.characters import plain
from iprof_kit.documents.links import allowed, pieces
from iprof_kit.documents.model import Document, Entry, Fact, Letter, Part, Picture, Section
from iprof_kit.documents.word_styles import LOOKS, Look, prepare

_EPOCH = (1980, 1, 1, 0, 0, 0)


def docx(document: Document, template: str = "classique") -> bytes:
    """Return the document as a DOCX file that its owner can go on writing.

    Parameters
    ----------
    template : str
        One of `model.TEMPLATES`: its sizes, colours and titles, in one column.
    """
    look = LOOKS["classique" if document.letter else template]
    made = python_docx.Document()
    prepare(made, document.lang, look)
    _properties(made, document)
    _head(made, document)
    for number, section in enumerate(document.sections, 1):
        _section(made, section, look, f"{number}. " if look.numbered else "")
    if document.letter:
        _letter(made, document.letter)
    if document.notice:
        made.sections[0].footer.paragraphs[0].text = plain(document.notice)
    out = BytesIO()
    made.save(out)
    return _same_bytes(out.getvalue())


def _properties(made: WordFile, document: Document) -> None:
    day = document.date
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    core = made.core_properties
    core.title, core.author = plain(document.title)[:255], plain(document.author)[:255]
    core.language, core.comments, core.last_modified_by = document.lang, "", ""
    core.created = core.modified = at


def _head(made: WordFile, document: Document) -> None:
    if document.picture:
        _picture(made, document.picture)
    _add(made, document.kind, "Subtitle")
    _add(made, document.name or document.title, "Title")
    _add(made, document.headline, "Subtitle")
    _facts(made, document.contact, "Coordonnées")
    _text(made, document.summary)


def _section(made: WordFile, section: Section, look: Look, number: str) -> None:
    _add(made, f"{number}{section.title}", "Heading 1")
    for part in section.parts:
        _part(made, part, look)


def _part(made: WordFile, part: Part, look: Look) -> None:
    _add(made, part.title, "Heading 2")
    _facts(made, part.facts, "Fait")
    for entry in part.entries:
        _entry(made, entry, look)
    _text(made, part.text)


def _entry(made: WordFile, entry: Entry, look: Look) -> None:
    """Write the dates then the title; dates longer than their column have a line of their own."""
    line = made.add_paragraph(style="Entrée")
    dates = plain(entry.dates)
    if dates:
        line.add_run(dates, style="Dates")
    if len(dates) > look.longest_date:
        line.add_run().add_break()
    else:
        line.add_run("\t")
    line.add_run(plain(entry.title)).bold = True
    if entry.details:
        _write(made.add_paragraph(style="Détails"), ", ".join(entry.details))
    _text(made, entry.text, "Précisions")


def _facts(made: WordFile, facts: tuple[Fact, ...], style: str) -> None:
    for fact in facts:
        line = made.add_paragraph(style=style)
        if fact.label:
            line.add_run(plain(f"{fact.label} : "), style="Dates")
        _write(line, fact.value, fact.link)


def _letter(made: WordFile, letter: Letter) -> None:
    for line in letter.recipient:
        _add(made, line, "Destinataire")
    _add(made, letter.place_and_date, "Destinataire")
    if letter.subject:
        _add(made, f"Objet : {letter.subject}", "Objet")
    _text(made, letter.text)
    _add(made, letter.signature, "Destinataire")


def _text(made: WordFile, text: str, style: str = "Normal") -> None:
    for block in blocks(plain(text)):
        if block.bulleted:
            for line in block.lines:
                _write(made.add_paragraph(style="List Bullet"), line)
            continue
        paragraph = made.add_paragraph(style=style)
        for number, line in enumerate(block.lines):
            if number:
                paragraph.add_run().add_break()
            _write(paragraph, line)


def _write(paragraph: Paragraph, text: str, link: str = "") -> None:
    """Write a text, its addresses being links."""
    text = plain(text)
    for piece, leads in [(text, link)] if allowed(link) else pieces(text):
        if allowed(leads):
            _link(paragraph, piece, leads)
        else:
            paragraph.add_run(piece)


def _link(paragraph: Paragraph, text: str, address: str) -> None:
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(text, style="Hyperlink")
    link.append(run._r)
    paragraph._p.append(link)


def _add(made: WordFile, text: str, style: str) -> Paragraph | None:
    return made.add_paragraph(plain(text), style=style) if text else None


def _picture(made: WordFile, picture: Picture) -> None:
    paragraph = made.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    shape = paragraph.add_run().add_picture(BytesIO(picture.data), width=Cm(2.8 * picture.widening))
    shape._inline.docPr.set("descr", plain(picture.description))


def _same_bytes(file: bytes) -> bytes:
    """Return the same archive without the hour at which it was made."""
    out = BytesIO()
    with ZipFile(BytesIO(file)) as before, ZipFile(out, "w", ZIP_DEFLATED) as after:
        for info in before.infolist():
            entry = ZipInfo(info.filename, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            after.writestr(entry, before.read(info.filename))
    return out.getvalue()
