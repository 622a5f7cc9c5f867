"""The characters that a page can carry: what is invisible goes, what no font draws is marked."""

from __future__ import annotations

import re
import unicodedata

from iprof_kit.base.words import hard_spaces
from iprof_kit.documents.coverage import drawable

UNDRAWN = "\ufffd"
_NAMED = 5
"""Characters that a sentence names."""
_LATIN, _PUNCTUATION = 0x180, "’‘“”…–—•€"
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
)


def plain(text: str) -> str:
    """Return a text without control characters, tags, nor marks that turn the direction of writing.

    Its typography is set here, once for every kind of document: the hard spaces of French.

    An unclosed mark would turn the words that follow it; letters of right-to-left scripts keep
    their own direction without any.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return hard_spaces(_CONTROL.sub("", _DIRECTION.sub("", text)))


def printable(text: str) -> str:
    """Return a text that the embedded fonts draw; a character that none has becomes « � »."""
    text = unicodedata.normalize("NFC", plain(text))
    return "".join(c if c in "\n\t" or ord(c) in drawable() else UNDRAWN for c in text)


def simple(text: str) -> str:
    """Return a text reduced to the letters and the punctuation of French; the rest is « � »."""
    return "".join(c if ord(c) < _LATIN or c in _PUNCTUATION else UNDRAWN for c in text)


def undrawn(text: str) -> tuple[str, ...]:
    """Return the characters of a text that no embedded font draws, each once, in their order."""
    text = unicodedata.normalize("NFC", plain(text))
    lost = (c for c in text if c not in "\n\t" and ord(c) not in drawable())
    return tuple(dict.fromkeys(lost))


def not_printed(lost: tuple[str, ...]) -> str:
    """Return which characters the pages cannot show, and what is printed for them."""
    named = ", ".join(f"« {_shown(one)} »" for one in lost[:_NAMED])
    if len(lost) == 1:
        return f"Le caractère {named} ne peut pas être imprimé : « {UNDRAWN} » le remplace."
    more = " et d’autres" if len(lost) > _NAMED else ""
    return (
        f"Les caractères {named}{more} ne peuvent pas être imprimés : « {UNDRAWN} » les remplace."
    )


def _shown(one: str) -> str:
    """Return a character, or its code where a screen has nothing to draw either."""
    unseen = unicodedata.category(one) in ("Cn", "Co", "Cs") or unicodedata.combining(one)
    return f"U+{ord(one):04X}" if unseen else one
