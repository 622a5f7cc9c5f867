"""A document as a piece of HTML: what a screen reader reads beside the pictures of the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from iprof_kit.documents.blocks import blocks
from iprof_kit.documents.characters import plain
from iprof_kit.documents.links import allowed, pieces
from iprof_kit.documents.model import Document, Entry, Fact, Letter, Part, Section

Write = Callable[[str, str], str]
"""Writes a text, given where the whole of it leads."""


def html(document: Document, level: int = 1, *, linked: bool = False) -> str:
    """Return the document as an `article`, without style nor script.

    Parameters
    ----------
    level : int
        Level of the heading that bears the name, 1 to 4.
    linked : bool
        Whether addresses and telephone numbers can be clicked, as in the PDF.
    """
    write = _linked if linked else _unlinked
    body = [
        _p(document.kind),
        _h(level, document.name or document.title),
        _p(document.headline),
        _facts(document.contact, write),
        _text(document.summary, write),
        *(_section(section, level + 1, write) for section in document.sections),
        _letter(document.letter, write) if document.letter else "",
        _p(document.notice),
    ]
    return f'<article class="document" lang="{escape(document.lang)}">{"".join(body)}</article>'


def _section(section: Section, level: int, write: Write) -> str:
    parts = "".join(_part(part, level + 1, write) for part in section.parts)
    return f"<section>{_h(level, section.title)}{parts}</section>"


def _part(part: Part, level: int, write: Write) -> str:
    entries = "".join(f"<li>{_entry(entry, write)}</li>" for entry in part.entries)
    listed = f"<ul>{entries}</ul>" if entries else ""
    title = _h(level, part.title) if part.title else ""
    return title + _facts(part.facts, write) + listed + _text(part.text, write)


def _entry(entry: Entry, write: Write) -> str:
    dates = f"<span>{_e(entry.dates)}</span> " if entry.dates else ""
    details = ", ".join(write(one, "") for one in entry.details)
    listed = f"<p>{details}</p>" if details else ""
    return f"<p>{dates}<strong>{_e(entry.title)}</strong></p>{listed}{_text(entry.text, write)}"


def _facts(facts: Iterable[Fact], write: Write) -> str:
    rows = "".join(
        f"<li>{_e(f'{fact.label} :')} <b>{write(fact.value, fact.link)}</b></li>"
        if fact.label
        else f"<li>{write(fact.value, fact.link)}</li>"
        for fact in facts
    )
    return f"<ul>{rows}</ul>" if rows else ""


def _letter(letter: Letter, write: Write) -> str:
    head = "<br>".join(_e(line) for line in letter.recipient)
    subject = _p(f"Objet : {letter.subject}" if letter.subject else "")
    to = f"<p>{head}</p>" if head else ""
    body = _text(letter.text, write)
    return to + _p(letter.place_and_date) + subject + body + _p(letter.signature)


def _text(text: str, write: Write) -> str:
    made = []
    for block in blocks(plain(text)):
        lines = [write(line, "") for line in block.lines]
        if block.bulleted:
            made.append("<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>")
        else:
            made.append("<p>" + "<br>".join(lines) + "</p>")
    return "".join(made)


def _unlinked(text: str, _link: str) -> str:
    return _e(text)


def _linked(text: str, link: str) -> str:
    """Return a text whose addresses lead where they say."""
    text = plain(text)
    parts = [(text, link)] if allowed(link) else pieces(text)
    return "".join(
        f'<a href="{escape(leads)}" rel="nofollow noopener">{escape(piece)}</a>'
        if allowed(leads)
        else escape(piece)
        for piece, leads in parts
    )


def _h(level: int, text: str) -> str:
    return f"<h{min(level, 6)}>{_e(text)}</h{min(level, 6)}>"


def _p(text: str) -> str:
    return f"<p>{_e(text)}</p>" if text else ""


def _e(text: str) -> str:
    return escape(plain(text))
