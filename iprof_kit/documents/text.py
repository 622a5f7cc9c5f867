"""A document as plain text: what a form that takes no file is given."""

from __future__ import annotations

from textwrap import wrap

from iprof_kit.documents.blocks import blocks
from iprof_kit.documents.characters import plain
from iprof_kit.documents.model import Document, Entry, Letter, Part, Section

_WIDTH = 78


def text(document: Document) -> str:
    """Return the document as plain text of 78 columns, titles underlined."""
    lines: list[str] = []
    if document.kind:
        lines += [document.kind, ""]
    lines += [document.name.upper()] if document.name else []
    lines += _filled(document.headline)
    lines += [_fact(fact.label, fact.value) for fact in document.contact]
    lines += _paragraphs(document.summary)
    for section in document.sections:
        lines += _section(section)
    if document.letter:
        lines += _letter(document.letter)
    if document.notice:
        lines += ["", *_filled(document.notice)]
    return plain("\n".join(lines)).strip("\n") + "\n"


def _section(section: Section) -> list[str]:
    lines = ["", "", section.title.upper(), "=" * min(len(section.title), _WIDTH)]
    for part in section.parts:
        lines += _part(part)
    return lines


def _part(part: Part) -> list[str]:
    lines = ["", part.title, "-" * min(len(part.title), _WIDTH)] if part.title else []
    if part.facts:
        lines.append("")
    for fact in part.facts:
        lines += _filled(_fact(fact.label, fact.value))
    for entry in part.entries:
        lines += _entry(entry)
    return lines + _paragraphs(part.text)


def _entry(entry: Entry) -> list[str]:
    lines = ["", *_filled(" : ".join(one for one in (entry.dates, entry.title) if one))]
    lines += _filled(", ".join(entry.details), "  ")
    for block in blocks(entry.text):
        for line in block.lines:
            lines += _filled(f"- {line}" if block.bulleted else line, "  ")
    return lines


def _letter(letter: Letter) -> list[str]:
    lines = ["", *letter.recipient, "", letter.place_and_date, ""]
    lines += _filled(f"Objet : {letter.subject}") if letter.subject else []
    return [*lines, *_paragraphs(letter.text), "", letter.signature]


def _paragraphs(text: str) -> list[str]:
    lines: list[str] = []
    for block in blocks(text):
        lines.append("")
        for line in block.lines:
            lines += _filled(f"- {line}" if block.bulleted else line)
    return lines


def _fact(label: str, value: str) -> str:
    return f"{label} : {value}" if label else value


def _filled(text: str, indent: str = "") -> list[str]:
    """Wrap a text; a word longer than the line stays whole, so that it can be found."""
    return wrap(
        plain(text),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
