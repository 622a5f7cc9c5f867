"""A document as a piece of HTML: what a screen reader reads beside the pictures of the pages."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from iprof_kit.documents.blocks import blocks
from iprof_kit.documents.characters import plain
from iprof_kit.documents.model import Document, Entry, Fact, Letter, Part, Section


def html(document: Document, level: int = 1) -> str:
    """Return the document as an `article`, without style nor script.

    Parameters
    ----------
    document : Document
    level : int
        Level of the heading that bears the name, 1 to 4.
    """
    body = [
        _p(document.kind),
        _h(level, document.name or document.title),
        _p(document.headline),
        _facts(document.contact),
        _text(document.summary),
        *(_section(section, level + 1) for section in document.sections),
        _letter(document.letter) if document.letter else "",
        _p(document.notice),
    ]
    return f'<article class="document" lang="{escape(document.lang)}">{"".join(body)}</article>'


def _section(section: Section, level: int) -> str:
    parts = "".join(_part(part, level + 1) for part in section.parts)
    return f"<section>{_h(level, section.title)}{parts}</section>"


def _part(part: Part, level: int) -> str:
    entries = "".join(f"<li>{_entry(entry)}</li>" for entry in part.entries)
    listed = f"<ul>{entries}</ul>" if entries else ""
    title = _h(level, part.title) if part.title else ""
    return title + _facts(part.facts) + listed + _text(part.text)


def _entry(entry: Entry) -> str:
    dates = f"<span>{_e(entry.dates)}</span> " if entry.dates else ""
    details = _p(", ".join(entry.details))
    return f"<p>{dates}<strong>{_e(entry.title)}</strong></p>{details}{_text(entry.text)}"


def _facts(facts: Iterable[Fact]) -> str:
    rows = "".join(
        f"<li>{_e(fact.label)}\u00a0: <b>{_e(fact.value)}</b></li>"
        if fact.label
        else f"<li>{_e(fact.value)}</li>"
        for fact in facts
    )
    return f"<ul>{rows}</ul>" if rows else ""


def _letter(letter: Letter) -> str:
    head = "<br>".join(_e(line) for line in letter.recipient)
    subject = _p(f"Objet\u00a0: {letter.subject}" if letter.subject else "")
    to = f"<p>{head}</p>" if head else ""
    return to + _p(letter.place_and_date) + subject + _text(letter.text) + _p(letter.signature)


def _text(text: str) -> str:
    made = []
    for block in blocks(plain(text)):
        lines = [_e(line) for line in block.lines]
        if block.bulleted:
            made.append("<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>")
        else:
            made.append("<p>" + "<br>".join(lines) + "</p>")
    return "".join(made)


def _h(level: int, text: str) -> str:
    return f"<h{min(level, 6)}>{_e(text)}</h{min(level, 6)}>"


def _p(text: str) -> str:
    return f"<p>{_e(text)}</p>" if text else ""


def _e(text: str) -> str:
    return escape(plain(text))
