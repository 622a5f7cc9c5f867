"""The look that a file takes with it: the kit's colours and faces, inside the file."""

from __future__ import annotations

import base64
import re
from functools import cache

from iprof_kit.base.paths import VOILA_TEMPLATES
from iprof_kit.ui.components.look import tokens_text

_STATIC = VOILA_TEMPLATES / "iprof" / "static"
_FACES = (
    ("Zero ouvert", "zero-ouvert", "U+30"),
    ("Atkinson Hyperlegible", "atkinson-hyperlegible-latin", ""),
)
_WEIGHTS = (400, 700)
_COLOURS = re.compile(r":root \{.*?\n\}\n@media \(prefers-color-scheme: dark\) \{.*?\n\}\n", re.S)


@cache
def colours() -> str:
    """Return the colours of the kit, light and dark, as its own style sheet has them."""
    kit = _COLOURS.search(tokens_text())
    return kit[0] if kit else ""


@cache
def faces() -> str:
    """Return the faces of the kit, inside their rules: nothing is fetched."""
    return "".join(
        f'@font-face{{font-family:"{name}";font-weight:{weight};src:url(data:font/woff2;base64,'
        f'{_font(file, weight)}) format("woff2"){f";unicode-range:{letters}" if letters else ""}}}'
        for name, file, letters in _FACES
        for weight in _WEIGHTS
    )


def _font(file: str, weight: int) -> str:
    font = (_STATIC / "fonts" / f"{file}-{weight}-normal.woff2").read_bytes()
    return base64.b64encode(font).decode()
