"""The pictures of pages that typst draws, made lighter: they travel at each key that is pressed."""

from __future__ import annotations

import re

_GLYPH = re.compile(r"(?<=[#\"]g)([0-9A-F]{12})[0-9A-F]{20}(?=\")")
_USUAL = re.compile(r' fill-rule="nonzero"| y="0"(?= fill)')

_LINK = re.compile(r"<a\b[^>]*>|</a>")
"""Nothing of a picture can be clicked; the PDF has the links."""


def lighter(page: str) -> str:
    """Return the same picture without attributes that say the default, its glyphs named shortly.

    A glyph keeps the head of the hash of its outline, so that two pages put in one web page still
    name the same outline the same way, and different ones differently. A picture leads nowhere.
    """
    plain = _LINK.sub("", _USUAL.sub("", page))
    return _GLYPH.sub(r"\1", plain).replace("xlink:href", "href")
