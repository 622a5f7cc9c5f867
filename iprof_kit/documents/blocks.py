"""Lines of free text cut into paragraphs and list items, the same way for every renderer."""

from __future__ import annotations

from dataclasses import dataclass

_BULLETS = ("- ", "– ", "• ", "* ")


@dataclass(frozen=True)
class Block:
    """A paragraph (its lines) or a list (its items)."""

    bulleted: bool
    lines: tuple[str, ...]


def blocks(text: str) -> tuple[Block, ...]:
    """Return the paragraphs and the lists of a text.

    An empty line ends a paragraph; a line that begins with « - », « – », « • » or « * » and a
    space is an item of a list.
    """
    gathered: list[tuple[bool, list[str]]] = []
    fresh = True
    for raw in text.splitlines():
        line = raw.strip()
        if not line:
            fresh = True
            continue
        bulleted = line.startswith(_BULLETS) and len(line) > 2
        if fresh or gathered[-1][0] != bulleted:
            gathered.append((bulleted, []))
        gathered[-1][1].append(line[2:].strip() if bulleted else line)
        fresh = False
    return tuple(Block(bulleted, tuple(lines)) for bulleted, lines in gathered)
