"""The encoding of a text file: guessed, and mended line by line where two are mixed."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from iprof_kit.base.words import NBSP

_LABELS = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "iso-8859-1": "ISO-8859-1 (Latin-1)",
    "cp850": "DOS (CP850)",
    "mac_roman": "Macintosh",
    "utf-16": "UTF-16",
}
_LETTERS = frozenset(f"éèêëàâäçîïôöûùüœæÉÈÊËÀÂÄÇÎÏÔÖÛÙÜŒÆ°’«»{NBSP}€")
_SAMPLE = 100_000
_ASCII = bytes(range(128))
_PAIR = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
"""What an accented letter is in UTF-8; without any, the whole text has one byte a letter."""


@dataclass
class Decoded:
    """A file's text as UTF-8 bytes; `mixed` are the lines (from 1) that had another encoding."""

    data: bytes = field(repr=False)
    label: str
    mixed: list[int] = field(default_factory=list)


def to_utf8(data: bytes) -> Decoded:
    """Return the text of a file as UTF-8, without byte order mark.

    A file that is not UTF-8 has the single-byte encoding whose accented letters are French. Where
    some lines are UTF-8 and others are not (files glued together), each line is read on its own.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Decoded(data.decode("utf-16", errors="replace").encode(), _LABELS["utf-16"])
    if data.startswith(codecs.BOM_UTF8):
        decoded = to_utf8(data[len(codecs.BOM_UTF8) :])
        return Decoded(decoded.data, f"{decoded.label} avec BOM", decoded.mixed)
    if data[1:200:2].count(0) > 50 or (len(data) < 200 and data[1::2].count(0) * 3 > len(data)):
        return Decoded(data.decode("utf-16-le", errors="replace").encode(), _LABELS["utf-16"])
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _single_byte(data)
    return Decoded(data, _LABELS["utf-8"])


def _single_byte(data: bytes) -> Decoded:
    if not _PAIR.search(data):
        name = _best(data)
        return Decoded(data.decode(name, errors="replace").encode(), _LABELS[name])
    lines = data.split(b"\n")
    other = [n for n, line in enumerate(lines) if not line.isascii() and not _is_utf8(line)]
    known = frozenset(other)
    good = sum(1 for n, line in enumerate(lines) if not line.isascii() and n not in known)
    name = _best(b"\n".join(lines[n] for n in other[:5000]))
    label = _LABELS[name]
    if not good:
        return Decoded(data.decode(name, errors="replace").encode(), label)
    minority, minor = (
        (other, label)
        if len(other) <= good
        else ([n for n, line in enumerate(lines) if not line.isascii() and n not in known], "UTF-8")
    )
    whole = b"\n".join(
        line.decode(name, errors="replace").encode() if n in known else line
        for n, line in enumerate(lines)
    )
    main = "UTF-8" if minor == label else label
    return Decoded(whole, f"{main}, avec des lignes en {minor}", [n + 1 for n in minority])


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _best(data: bytes) -> str:
    """Return the encoding in which the most letters are those of French."""
    sample = data.translate(None, _ASCII)[:_SAMPLE]
    scores = {
        name: sum(1 for c in sample.decode(name, errors="replace") if c in _LETTERS)
        for name in ("cp1252", "cp850", "mac_roman")
    }
    name = max(scores, key=lambda each: scores[each])
    if name == "cp1252" and not any(0x80 <= byte < 0xA0 for byte in sample):
        return "iso-8859-1"
    return name
