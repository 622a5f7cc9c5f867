"""Two writings of one document since the same start: what each changed is kept, field by field.

A field that both changed keeps both values, in the document itself, until the person chooses: no
reload of the page loses the one that is not stored at its place.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]
BOTH = "deux_ecritures"
"""Where a document keeps the values that wait for a choice."""
_NOT_READ = frozenset({"cle"})
"""Keys whose value nobody chooses: an order’s own."""
_ABSENT: Any = None


@dataclass(frozen=True)
class Clash:
    """A field that two writings changed: where it is, what was written here, what elsewhere."""

    path: tuple[str, ...]
    here: Any
    elsewhere: Any


def merged(base: Document, here: Document, elsewhere: Document) -> tuple[Document, list[Clash]]:
    """Return both writings in one document, and the fields that both changed.

    Such a field has the value written here, as the person sees it on this screen.

    Examples
    --------
    >>> merged({"a": 1}, {"a": 1, "b": 2}, {"a": 3})
    ({'a': 3, 'b': 2}, [])
    >>> merged({"a": 1}, {"a": 2}, {"a": 3})
    ({'a': 2}, [Clash(path=('a',), here=2, elsewhere=3)])
    """
    clashes: list[Clash] = []
    whole = _merged(base, here, elsewhere, (), clashes)
    return whole, clashes


def stored(content: Document, clashes: Iterable[Clash]) -> Document:
    """Return the document to keep: what was written elsewhere at its place, both beside it."""
    waiting = [Clash(one.path, at(content, one.path), one.elsewhere) for one in clashes]
    waiting = [one for one in waiting if one.here != one.elsewhere]
    if not waiting:
        return content
    whole = put(content, [(one.path, one.elsewhere) for one in waiting])
    return whole | {BOTH: [{"ou": list(one.path), "ici": one.here} for one in waiting]}


def opened(kept: Document) -> tuple[Document, list[Clash]]:
    """Return a document that was kept as this screen shows it, and what waits for a choice."""
    plain = {name: value for name, value in kept.items() if name != BOTH}
    listed = kept.get(BOTH)
    clashes = []
    for one in listed if isinstance(listed, list) else ():
        path = tuple(map(str, one.get("ou", ()))) if isinstance(one, dict) else ()
        if path:
            clashes.append(Clash(path, one.get("ici"), at(plain, path)))
    return put(plain, [(one.path, one.here) for one in clashes]), clashes


def at(content: Any, path: Sequence[str]) -> Any:
    """Return the value of a field, None where it is not there."""
    for name in path:
        content = content.get(name) if isinstance(content, dict) else _ABSENT
    return content


def put(content: Document, values: Iterable[tuple[Sequence[str], Any]]) -> Document:
    """Return a copy of a document with some fields as given; one without value is taken out."""
    whole = copy.deepcopy(content)
    for path, value in values:
        inside = whole
        for name in path[:-1]:
            step = inside.get(name)
            if not isinstance(step, dict):
                step = inside[name] = {}
            inside = step
        if value is _ABSENT:
            inside.pop(path[-1], None)
        else:
            inside[path[-1]] = copy.deepcopy(value)
    return whole


def _merged(
    base: Any, here: Document, elsewhere: Document, path: tuple[str, ...], clashes: list[Clash]
) -> Document:
    before = base if isinstance(base, dict) else {}
    whole: Document = {}
    for name in dict.fromkeys([*elsewhere, *here]):
        values = (before.get(name), here.get(name), elsewhere.get(name))
        value = _field(*values, (*path, name), clashes)
        if value is not _ABSENT:
            whole[name] = value
    return whole


def _field(base: Any, here: Any, elsewhere: Any, path: tuple[str, ...], out: list[Clash]) -> Any:
    if here == base or path[-1] in _NOT_READ:
        return elsewhere if elsewhere is not _ABSENT or here == base else here
    if elsewhere in (base, here):
        return here
    if isinstance(here, dict) and isinstance(elsewhere, dict):
        return _merged(base, here, elsewhere, path, out)
    out.append(Clash(path, here, elsewhere))
    return here
