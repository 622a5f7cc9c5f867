"""A CV as a document of fields, so that two writings of it are put together one field at a time.

A line is known by its id, wherever it stands in its list: who added a line changed no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from iprof_kit.cv.model import Cv, Faits
from iprof_kit.cv.sections import ITEMS
from iprof_kit.cv.sections.item import Item
from iprof_kit.ui.kit.carnet import Document

_BOTH_KEPT = ("ecartes", "inconnus")
"""What is only ever added to: both writings keep theirs."""


def document_of(cv: Cv) -> Document:
    """Return a CV as fields by name, its lines by their id.

    Examples
    --------
    >>> sorted(document_of(Cv()))
    ['cibles', 'faits']
    """
    faits = cv.faits.model_dump(mode="json", exclude=set(_BOTH_KEPT))
    by_id = {section: {one["id"]: one for one in faits[section]} for section in ITEMS}
    cibles = {one.id: one.model_dump(mode="json") for one in cv.cibles}
    return {"faits": faits | by_id, "cibles": cibles}


def cv_of(document: Document, here: Cv, elsewhere: Cv) -> Cv:
    """Return the CV that a document says: the order is that of here, then of elsewhere."""
    faits = document.get("faits", {})
    kept: dict[str, Any] = {
        name: one for name, one in faits.items() if name not in ITEMS and name not in _BOTH_KEPT
    }
    for section in ITEMS:
        ours, theirs = (getattr(cv.faits, section) for cv in (here, elsewhere))
        ids = [one.id for one in (*ours, *theirs)]
        twice = _said_twice(ours, theirs)
        lines = {one: line for one, line in faits.get(section, {}).items() if one not in twice}
        kept[section] = _ordered(lines, ids)
    for name in _BOTH_KEPT:
        both = [one for cv in (here, elsewhere) for one in getattr(cv.faits, name)]
        kept[name] = list(dict.fromkeys(both)) if name == "ecartes" else _once(both)
    ids = [one.id for cv in (here, elsewhere) for one in cv.cibles]
    return Cv(
        schema_version=here.schema_version,
        faits=Faits.model_validate(kept),
        cibles=_ordered(document.get("cibles", {}), ids),
    )


def _ordered(lines: dict[str, Any], ids: Sequence[str]) -> tuple[Any, ...]:
    """Return lines in the order of their ids; one of which only a field is left is no line."""
    return tuple(lines[one] for one in dict.fromkeys([*ids, *lines]) if "id" in lines.get(one, {}))


def _said_twice(ours: Sequence[Item], theirs: Sequence[Item]) -> set[str]:
    """Return the lines that one side alone has, in the words of a line of the other alone."""
    own, other = {one.id for one in ours}, {one.id for one in theirs}
    words = {_words(one) for one in ours if one.id not in other}
    return {one.id for one in theirs if one.id not in own and _words(one) in words}


def _words(one: Item) -> str:
    return one.model_dump_json(exclude={"id", "source"})


def _once(values: Sequence[Any]) -> list[Any]:
    return [one for at, one in enumerate(values) if one not in values[:at]]
