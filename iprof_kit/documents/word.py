"""A document as DOCX, with the word processor's own styles: titles, lists, quiet details."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx as python_docx
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from iprof_kit.documents.blocks import blocks
from iprof_kit.documents.characters import plain
from iprof_kit.documents.model import Document, Entry, Fact, Letter, Part, Picture, Section
from iprof_kit.documents.word_styles import prepare

_EPOCH = (1980, 1, 1, 0, 0, 0)


def docx(document: Document) -> bytes:
    """Return the document as a DOCX file that its owner can go on writing."""
    made = python_docx.Document()
    prepare(made, document.lang)
    _properties(made, document)
    _head(made, document)
    for section in document.sections:
        _section(made, section)
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


def _section(made: WordFile, section: Section) -> None:
    _add(made, section.title, "Heading 1")
    for part in section.parts:
        _part(made, part)


def _part(made: WordFile, part: Part) -> None:
    _add(made, part.title, "Heading 2")
    _facts(made, part.facts, "Fait")
    for entry in part.entries:
        _entry(made, entry)
    _text(made, part.text)


def _entry(made: WordFile, entry: Entry) -> None:
    line = made.add_paragraph(style="Entrée")
    if entry.dates:
        line.add_run(plain(entry.dates), style="Dates")
    line.add_run("\t")
    line.add_run(plain(entry.title)).bold = True
    _add(made, ", ".join(entry.details), "Détails")
    _text(made, entry.text, "Précisions")


def _facts(made: WordFile, facts: tuple[Fact, ...], style: str) -> None:
    for fact in facts:
        line = made.add_paragraph(style=style)
        if fact.label:
            line.add_run(f"{plain(fact.label)}\u00a0: ", style="Dates")
        line.add_run(plain(fact.value))


def _letter(made: WordFile, letter: Letter) -> None:
    for line in letter.recipient:
        _add(made, line, "Destinataire")
    _add(made, letter.place_and_date, "Destinataire")
    if letter.subject:
        _add(made, f"Objet\u00a0: {letter.subject}", "Objet")
    _text(made, letter.text)
    _add(made, letter.signature, "Destinataire")


def _text(made: WordFile, text: str, style: str = "Normal") -> None:
    for block in blocks(plain(text)):
        if block.bulleted:
            for line in block.lines:
                made.add_paragraph(line, style="List Bullet")
            continue
        paragraph = made.add_paragraph(style=style)
        for number, line in enumerate(block.lines):
            run = paragraph.add_run()
            if number:
                run.add_break()
            run.add_text(line)


def _add(made: WordFile, text: str, style: str) -> Paragraph | None:
    return made.add_paragraph(plain(text), style=style) if text else None


def _picture(made: WordFile, picture: Picture) -> None:
    paragraph = made.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    shape = paragraph.add_run().add_picture(BytesIO(picture.data), width=Cm(2.8))
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
