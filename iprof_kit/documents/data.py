"""A document as the data that the typst templates read: JSON, never typst markup."""

from __future__ import annotations

import json
import math
from typing import Any

from iprof_kit.base.errors import InputError
from iprof_kit.documents.blocks import blocks
from iprof_kit.documents.links import allowed, pieces
from iprof_kit.documents.model import Document, Entry, Fact, Letter, Part, Picture, Section
from iprof_kit.documents.words import printed

LARGEST = 400_000
"""Weight of a document that is laid out, its photograph apart: that of 100 pages, two seconds."""
_MORE_THAN_A_PAGE = 40_000
_LINE = 20
"""What a text costs besides its characters."""


class TooLong(InputError):  # noqa: N818  # as the other errors, it says what happened
    """A document that no page is made of."""


def as_json(document: Document) -> str:
    """Return what a template prints, as JSON.

    Raises
    ------
    TooLong
        There is too much of it for pages that are drawn while one waits.
    """
    content = _document(document)
    weight = _weight(content)
    if weight > LARGEST:
        raise TooLong(
            f"ce document est trop long pour être mis en page, d’environ {_too_much(weight)}.",
            remedy="Raccourcissez les textes les plus longs, ou montrez moins de lignes.",
        )
    content["long"] = weight > _MORE_THAN_A_PAGE
    content["picture"] = _picture(document.picture) if document.picture else None
    return _compact(content)


def _weight(content: dict[str, Any]) -> int:
    data = _compact(content)
    return len(data) + _LINE * data.count('","')


def _too_much(weight: int) -> str:
    """Return « 20 % de sa longueur »: what has to go."""
    share = math.ceil(100 * (weight - LARGEST) / weight)
    return f"{share} % de sa longueur"


def _compact(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _document(document: Document) -> dict[str, Any]:
    return {
        "title": printed(document.title),
        "author": printed(document.author),
        "name": printed(document.name),
        "headline": printed(document.headline),
        "kind": printed(document.kind),
        "lang": document.lang,
        "summary": _text(document.summary),
        "contact": [_fact(fact, "") for fact in document.contact],
        "sections": [_section(section, document.marked) for section in document.sections],
        "letter": _letter(document.letter) if document.letter else None,
        "notice": printed(document.notice),
    }


def _section(section: Section, marked: str) -> dict[str, Any]:
    parts = [_part(part, marked) for part in section.parts]
    return {"title": printed(section.title), "short": section.short, "parts": parts}


def _part(part: Part, marked: str) -> dict[str, Any]:
    return {
        "title": printed(part.title),
        "facts": [_fact(fact, marked) for fact in part.facts],
        "entries": [_entry(entry, marked) for entry in part.entries],
        "text": _text(part.text),
    }


def _fact(fact: Fact, marked: str) -> dict[str, Any]:
    return {
        "label": printed(fact.label),
        "value": _rich(fact.value, fact.link),
        "marked": bool(marked) and fact.key == marked,
    }


def _entry(entry: Entry, marked: str) -> dict[str, Any]:
    return {
        "dates": printed(entry.dates),
        "title": printed(entry.title),
        "details": [_rich(one) for one in entry.details],
        "text": _text(entry.text),
        "marked": bool(marked) and entry.key == marked,
    }


def _letter(letter: Letter) -> dict[str, Any]:
    return {
        "recipient": [printed(line) for line in letter.recipient],
        "place_and_date": printed(letter.place_and_date),
        "subject": printed(letter.subject),
        "text": _text(letter.text),
        "signature": printed(letter.signature),
    }


def _text(text: str) -> list[dict[str, Any]]:
    return [
        {"bulleted": block.bulleted, "lines": [_linked(line) for line in block.lines]}
        for block in blocks(printed(text))
    ]


def _rich(text: str, link: str = "") -> Any:
    """Return a text as it is printed: plain, or in pieces of which some lead somewhere."""
    whole = allowed(link)
    return [{"text": printed(text), "link": whole}] if whole else _linked(printed(text))


def _linked(text: str) -> Any:
    parts = [{"text": piece, "link": allowed(link)} for piece, link in pieces(text)]
    return parts if any(one["link"] for one in parts) else text


def _picture(picture: Picture) -> dict[str, Any]:
    return {
        "data": list(picture.data),
        "format": picture.media_type.removeprefix("image/").replace("jpeg", "jpg"),
        "description": printed(picture.description),
        "widening": picture.widening,
    }
