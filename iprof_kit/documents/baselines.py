"""The lines of text of a page, read in its picture: what goes beyond a page is counted in lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

_GROUPS = re.compile(r'<g(?=[ >])(?:[^>]* transform="(\w+)\(([^)]*)\)")?[^>]*>|</g>|<use ')
_FOOT = 800.0
"""Points from the top of an A4 page where its foot begins: the name, « page 2 sur 2 »."""

_SAME = 2.0
"""Points: letters of two sizes on one line do not stand at quite the same height."""


def lines_over(pages: Sequence[str]) -> int:
    """Return how many lines of text stand after the first page, foots left out.

    Parameters
    ----------
    pages : sequence of str
        Pages as SVG, as `documents.render.pages_svg` draws them.
    """
    return sum(len(baselines(page)) for page in pages[1:])


def baselines(page: str) -> list[float]:
    """Return the height of each line of text of a page above its foot, in points."""
    heights: set[float] = set()
    depths = [0.0]
    for tag in _GROUPS.finditer(page):
        if tag[0] == "</g>":
            depths.pop()
        elif tag[0] == "<use ":
            heights.add(depths[-1])
        elif not tag[0].endswith("/>"):
            depths.append(depths[-1] + _down(tag[1], tag[2]))
    ordered = sorted(height for height in heights if height < _FOOT)
    above = [-_SAME, *ordered]
    return [now for before, now in zip(above, ordered, strict=False) if now - before > _SAME]


def _down(kind: str | None, values: str | None) -> float:
    """Return by how much a transformation of typst moves down."""
    numbers = [float(one) for one in (values or "").replace(",", " ").split()]
    if kind == "translate":
        return numbers[1] if len(numbers) > 1 else 0.0
    return numbers[5] if kind == "matrix" else 0.0
