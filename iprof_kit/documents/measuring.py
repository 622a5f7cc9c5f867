"""Which characters the embedded fonts draw, asked of typst itself: written to `fonts/drawable.txt`.

`python -m iprof_kit.documents.measuring` measures again, to be run when a font or typst changes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from iprof_kit.documents.coverage import TABLE
from iprof_kit.documents.typesetting import draws

_MEASURED = (
    (0x20, 0x2E7F),
    (0x3000, 0x303F),
    (0xA4D0, 0xABFF),
    (0xFB00, 0xFFFF),
    (0x1D400, 0x1D7FF),
    (0x1F000, 0x1FAFF),
)
"""Elsewhere are scripts that none of the fonts has: Chinese, Korean, hieroglyphs."""
_NEVER = frozenset({"Cc", "Cn", "Co", "Cs"})
_BLOCK = 128


def measured() -> Iterator[int]:
    """Ask typst, block after block, which code points it accepts in a PDF/UA-1, PDF/A-2a."""
    for first, last in _MEASURED:
        for start in range(first, last + 1, _BLOCK):
            codes = range(start, min(start + _BLOCK, last + 1))
            yield from _drawn([c for c in codes if unicodedata.category(chr(c)) not in _NEVER])


def _drawn(codes: list[int]) -> list[int]:
    if not codes or draws("\n".join(chr(c) for c in codes)):
        return codes
    if len(codes) == 1:
        return []
    half = len(codes) // 2
    return _drawn(codes[:half]) + _drawn(codes[half:])


def as_ranges(codes: Iterable[int]) -> Iterator[str]:
    """Write sorted code points as « 0020-007E »."""
    first = last = -2
    for code in (*sorted(codes), -1):
        if code == last + 1:
            last = code
            continue
        if first >= 0:
            yield f"{first:04X}" if first == last else f"{first:04X}-{last:04X}"
        first = last = code


if __name__ == "__main__":
    TABLE.write_text("\n".join(as_ranges(measured())) + "\n", encoding="ascii")
