"""A document as the data that the typst templates read: JSON, never typst markup."""

from __future__ import annotations

import json
from typing import Any

from iprof_kit.documents.blocks import blocks
from iprof_kit.documents.characters import printable
from iprof_kit.documents.model import Document, Entry, Fact, Letter, Part, Picture, Section


def as_json(document: Document) -> str:
    """Return what a template prints, as JSON."""
    return json.dumps(_document(document), ensure_ascii=False, separators=(",", ":"))


def _document(document: Document) -> dict[str, Any]:
    return {
        "title": printable(document.title),
        "author": printable(document.author),
        "name": printable(document.name),
        "headline": printable(document.headline),
        "kind": printable(document.kind),
        "lang": document.lang,
        "summary": _text(document.summary),
        "contact": [_fact(fact, "") for fact in document.contact],
        "picture": _picture(document.picture) if document.picture else None,
        "sections": [_section(section, document.marked) for section in document.sections],
        "letter": _letter(document.letter) if document.letter else None,
        "notice": printable(document.notice),
    }


def _section(section: Section, marked: str) -> dict[str, Any]:
    parts = [_part(part, marked) for part in section.parts]
    return {"title": printable(section.title), "short": section.short, "parts": parts}


def _part(part: Part, marked: str) -> dict[str, Any]:
    return {
        "title": printable(part.title),
        "facts": [_fact(fact, marked) for fact in part.facts],
        "entries": [_entry(entry, marked) for entry in part.entries],
        "text": _text(part.text),
    }


def _fact(fact: Fact, marked: str) -> dict[str, Any]:
    return {
        "label": printable(fact.label),
        "value": printable(fact.value),
        "marked": bool(marked) and fact.key == marked,
    }


def _entry(entry: Entry, marked: str) -> dict[str, Any]:
    return {
        "dates": printable(entry.dates),
        "title": printable(entry.title),
        "details": [printable(one) for one in entry.details],
        "text": _text(entry.text),
        "marked": bool(marked) and entry.key == marked,
    }


def _letter(letter: Letter) -> dict[str, Any]:
    return {
        "recipient": [printable(line) for line in letter.recipient],
        "place_and_date": printable(letter.place_and_date),
        "subject": printable(letter.subject),
        "text": _text(letter.text),
        "signature": printable(letter.signature),
    }


def _text(text: str) -> list[dict[str, Any]]:
    return [{"bulleted": b.bulleted, "lines": b.lines} for b in blocks(printable(text))]


def _picture(picture: Picture) -> dict[str, Any]:
    return {
        "data": list(picture.data),
        "format": picture.media_type.removeprefix("image/").replace("jpeg", "jpg"),
        "description": printable(picture.description),
    }
