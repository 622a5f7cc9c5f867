"""Which characters the embedded fonts draw: what `measuring` found, in `fonts/drawable.txt`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
TABLE = FONTS / "drawable.txt"


@lru_cache(maxsize=1)
def drawable() -> frozenset[int]:
    """Return the code points that the embedded fonts draw."""
    code_points: set[int] = set()
    for line in TABLE.read_text(encoding="ascii").split():
        first, _, last = line.partition("-")
        code_points.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(code_points)
