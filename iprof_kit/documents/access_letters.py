"""Letters that give people their first access: one page each, those of a school in one PDF."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from iprof_kit.documents.typesetting import ACCESS, compile_data
from iprof_kit.documents.words import printed

MOST = 500
"""Letters of one document."""


@dataclass(frozen=True)
class AccessLetter:
    """What is one person's: the lines of her address, her account, her code."""

    recipient: tuple[str, ...]
    compte: str
    code: str


@dataclass(frozen=True)
class AccessLetters:
    """What is the same for all, then the letters; `address` is that of the page to open."""

    sender: tuple[str, ...]
    place_and_date: str
    subject: str
    opening: tuple[str, ...]
    address: str
    until: str
    steps: tuple[str, ...]
    closing: tuple[str, ...]
    notice: str
    day: date
    letters: Sequence[AccessLetter]


def letters_pdf(them: AccessLetters) -> bytes:
    """Return the letters as a tagged PDF, in their order."""

    def lines(some: Sequence[str]) -> list[str]:
        return [printed(one) for one in some]

    plain = {
        "title": printed(them.subject),
        "author": "iprof-kit",
        "lang": "fr",
        "name": printed(them.subject),
        "notice": printed(them.notice),
        "sender": lines(them.sender),
        "place_and_date": printed(them.place_and_date),
        "opening": lines(them.opening),
        "address": printed(them.address),
        "until": printed(them.until),
        "steps": lines(them.steps),
        "closing": lines(them.closing),
        "letters": [
            {"recipient": lines(one.recipient), "compte": one.compte, "code": one.code}
            for one in them.letters
        ],
    }
    moment = datetime(them.day.year, them.day.month, them.day.day, tzinfo=UTC)
    return compile_data(ACCESS, json.dumps(plain, ensure_ascii=False), int(moment.timestamp()))
