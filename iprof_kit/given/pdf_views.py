"""A PDF as two parsers see it: every object that is reached, in words that are neither's."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MOST_OBJECTS, DEEPEST = 20_000, 40
_TWICE = ("Multiple definitions in dictionary", "has duplicated key")
"""How either parser says that a dictionary has a key twice, of which it keeps one."""

HOLD_ACTIONS = frozenset({"/A", "/OpenAction", "/Next", "/PA"})
"""Keys whose value, or each of whose list, may be an action; one of `_EVENTS` is as under `/A`."""
_EVENTS = "/AA"


@dataclass(frozen=True)
class Words:
    """A dictionary: each key, and its value if that is a name or a text."""

    under: str
    """The key of `HOLD_ACTIONS` under which it is held, that of its list where it is in one."""
    names: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    keys: frozenset[str] = frozenset()
    stream: bool = False


@dataclass(frozen=True)
class View:
    """What one parser sees."""

    pages: int
    locked: bool
    dictionaries: tuple[Words, ...]
    twice: bool
    """Whether a dictionary has a key twice."""


class TooMuchError(Exception):
    """There are more objects, or deeper ones, than are looked at."""


def seen_by_pypdf(content: bytes) -> View:
    """Return what pypdf sees.

    Raises
    ------
    TooMuchError
        There is too much to look at.
    Exception
        Whatever the parser meets in a hostile file.
    """
    from pypdf import PdfReader

    warned = _Warned()
    log = logging.getLogger("pypdf")
    log.addHandler(warned)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            return View(0, True, (), False)
        words = tuple(_walked(_OfPypdf(), reader.trailer))
        return View(len(reader.pages), False, words, warned.twice)
    finally:
        log.removeHandler(warned)


def seen_by_qpdf(content: bytes) -> View:
    """Return what qpdf sees, of every object of the file; it raises as `seen_by_pypdf` does."""
    import pikepdf

    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as read:
        if read.is_encrypted:
            return View(0, True, (), False)
        words = tuple(_walked(_OfQpdf(), read.trailer))
        for count, _ in enumerate(read.objects):  # each is parsed: what is nowhere named is too
            if count > MOST_OBJECTS:
                raise TooMuchError
        twice = any(_TWICE[1] in one for one in read.get_warnings())
        return View(len(read.pages), False, words, twice)


class _Warned(logging.Handler):
    twice = False

    def emit(self, record: logging.LogRecord) -> None:
        self.twice = self.twice or _TWICE[0] in record.getMessage()


class _OfPypdf:
    def mark(self, node: Any) -> tuple[int, int] | None:
        from pypdf.generic import IndirectObject

        return (node.idnum, node.generation) if isinstance(node, IndirectObject) else None

    def value(self, node: Any) -> Any:
        return node.get_object()

    def items(self, node: Any) -> list[tuple[str, Any]] | None:
        from pypdf.generic import DictionaryObject

        if not isinstance(node, DictionaryObject):
            return None
        return [(str(key), node.raw_get(key)) for key in node]

    def parts(self, node: Any) -> list[Any] | None:
        from pypdf.generic import ArrayObject

        return list(list.__iter__(node)) if isinstance(node, ArrayObject) else None

    def stream(self, node: Any) -> bool:
        from pypdf.generic import StreamObject

        return isinstance(node, StreamObject)

    def name(self, node: Any) -> str | None:
        from pypdf.generic import NameObject

        return str(node) if isinstance(node, NameObject) else None

    def text(self, node: Any) -> str | None:
        from pypdf.generic import NameObject

        if isinstance(node, bytes):
            return node.decode("latin-1")
        return str(node) if isinstance(node, str) and not isinstance(node, NameObject) else None


class _OfQpdf:
    def mark(self, node: Any) -> tuple[int, int] | None:
        import pikepdf

        indirect = isinstance(node, pikepdf.Object) and node.is_indirect
        return node.objgen if indirect else None

    def value(self, node: Any) -> Any:
        return node

    def items(self, node: Any) -> list[tuple[str, Any]] | None:
        import pikepdf

        if isinstance(node, pikepdf.Stream):
            node = node.stream_dict
        return list(node.items()) if isinstance(node, pikepdf.Dictionary) else None

    def parts(self, node: Any) -> list[Any] | None:
        import pikepdf

        return list(node) if isinstance(node, pikepdf.Array) else None

    def stream(self, node: Any) -> bool:
        import pikepdf

        return isinstance(node, pikepdf.Stream)

    def name(self, node: Any) -> str | None:
        import pikepdf

        return str(node) if isinstance(node, pikepdf.Name) else None

    def text(self, node: Any) -> str | None:
        import pikepdf

        return str(node) if isinstance(node, pikepdf.String) else None


def _walked(parser: Any, trailer: Any) -> Iterator[Words]:
    """Yield each dictionary that is reached from the end of the file, once."""
    waiting: list[tuple[Any, str, int]] = [(trailer, "", 0)]
    seen: set[tuple[int, int, str]] = set()
    while waiting:
        node, under, depth = waiting.pop()
        mark = parser.mark(node)
        if mark is not None and mark != (0, 0):
            held_by = under if under in HOLD_ACTIONS | {_EVENTS} else ""
            if (*mark, held_by) in seen:
                continue
            seen.add((*mark, held_by))
            node, depth = parser.value(node), 0
        if depth > DEEPEST or len(seen) > MOST_OBJECTS:
            raise TooMuchError
        if (items := parser.items(node)) is not None:
            yield _words_of(parser, node, under, items)
            below = ("/A" if under == _EVENTS else key for key, _ in items)
            waiting += [
                (value, key, depth + 1) for key, (_, value) in zip(below, items, strict=True)
            ]
        elif (parts := parser.parts(node)) is not None:
            waiting.extend((one, under, depth + 1) for one in parts)


def _words_of(parser: Any, node: Any, under: str, items: list[tuple[str, Any]]) -> Words:
    names, texts = {}, {}
    for key, value in items:
        plain = parser.value(value) if parser.mark(value) else value
        if (name := parser.name(plain)) is not None:
            names[key] = name
        elif (text := parser.text(plain)) is not None:
            texts[key] = text
    return Words(under, names, texts, frozenset(key for key, _ in items), parser.stream(node))
