"""Which characters the embedded fonts draw: measured once, kept in `fonts/drawable.txt`.

`python -m iprof_kit.documents.coverage` measures again, to be run when a font or typst changes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
TABLE = FONTS / "drawable.txt"
_MEASURED = ((0x20, 0x2E7F), (0x3000, 0x303F), (0xA4D0, 0xABFF), (0xFB00, 0xFFFF),
             (0x1D400, 0x1D7FF), (0x1F000, 0x1FAFF))  # fmt: skip
"""Elsewhere are scripts that none of the fonts has: Chinese, Korean, hieroglyphs."""
_NEVER = frozenset({"Cc", "Cn", "Co", "Cs"})
_BLOCK = 128


@lru_cache(maxsize=1)
def drawable() -> frozenset[int]:
    """Return the code points that the embedded fonts draw."""
    found: set[int] = set()
    for line in TABLE.read_text(encoding="ascii").split():
        first, _, last = line.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


def measured() -> Iterator[int]:
    """Ask typst, block after block, which code points it accepts in a PDF/UA-1, PDF/A-2a."""
    for first, last in _MEASURED:
        for start in range(first, last + 1, _BLOCK):
            codes = range(start, min(start + _BLOCK, last + 1))
            yield from _drawn([c for c in codes if unicodedata.category(chr(c)) not in _NEVER])


def _drawn(codes: list[int]) -> list[int]:
    from iprof_kit.documents.typesetting import draws

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
