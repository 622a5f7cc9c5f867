"""What differs between two texts of a screen, line by line: less to send than the whole."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

Part = list[int] | str
_OF_A_COPY = 12
"""Characters that a copy takes in a message."""
_WORTH = 0.6
"""Share of the whole under which a difference is sent."""


def patch(before: str, after: str) -> dict[str, Any] | None:
    """Return what makes one text of another, and the sums of both; None if it is not less.

    Its parts are, in order, lines that the page has (the first one and the one after the last) and
    lines that it has not, as a text. A page whose sum is another asks for the whole; it keeps the
    sum of the text that it makes, for the next difference.
    """
    parts = list(parts_of(before.split("\n"), after.split("\n")))
    size = sum(len(part) if isinstance(part, str) else _OF_A_COPY for part in parts)
    if size > _WORTH * len(after):
        return None
    return {"parts": parts, "of": _sum(before), "sum": _sum(after)}


def _sum(text: str) -> int:
    return zlib.crc32(text.encode(errors="replace"))


def parts_of(before: list[str], after: list[str]) -> Iterator[Part]:
    """Go through the new lines; a run of lines that follow each other in the old text is a copy."""
    places: dict[str, int] = {}
    for number, line in enumerate(before):
        places.setdefault(line, number)
    new: list[str] = []
    begin = end = 0
    for line in after:
        follows = end > begin and end < len(before) and before[end] == line
        place: int | None = end if follows else places.get(line)
        if place is None or not follows:
            if end > begin:
                yield [begin, end]
            begin = end = 0
        if place is None:
            new.append(line)
            continue
        if new:
            yield "\n".join(new)
            new = []
        if not follows:
            begin = place
        end = place + 1
    if end > begin:
        yield [begin, end]
    if new:
        yield "\n".join(new)
