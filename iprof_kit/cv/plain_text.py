"""Text that came from outside: what no document can hold is taken out, the rest is kept."""

from __future__ import annotations

import re

from iprof_kit.base.characters import unfit

_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def storable(text: str) -> str:
    """Return the text without control characters, halves of characters and odd line ends."""
    return _NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def has_invisible(text: str) -> bool:
    """Tell whether a text holds characters that change its direction or that nobody sees."""
    return _INVISIBLE.search(text) is not None or unfit(text, lines=True) is not None
