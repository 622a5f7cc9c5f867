"""Edits of a body of facts: each returns new facts, the former ones stay for undoing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from iprof_kit.cv.dates import moment
from iprof_kit.cv.form import new_id
from iprof_kit.cv.model import Faits
from iprof_kit.cv.sections import ItemSection
from iprof_kit.cv.sections.item import Item


def add(faits: Faits, section: ItemSection, item: Item, at: int | None = None) -> Faits:
    """Return the facts with an item more, last or at a place."""
    items = list(getattr(faits, section))
    items.insert(len(items) if at is None else at, item)
    return _with(faits, section, items)


def change(faits: Faits, section: ItemSection, identifier: str, **fields: Any) -> Faits:
    """Return the facts with fields of one item changed; a prefilled item becomes the person's."""
    items = [
        item.model_copy(update={**fields, "source": "saisie"}) if item.id == identifier else item
        for item in getattr(faits, section)
    ]
    return _with(faits, section, items)


def remove(faits: Faits, section: ItemSection, identifier: str) -> Faits:
    """Return the facts without an item; one of the dossier is noted, so as not to come back."""
    items = [item for item in getattr(faits, section) if item.id != identifier]
    gone = faits.ecartes
    if is_of_dossier(identifier) and identifier not in gone:
        gone = (*gone, identifier)
    return _with(faits, section, items).model_copy(update={"ecartes": gone})


def duplicate(faits: Faits, section: ItemSection, identifier: str) -> tuple[Faits, str]:
    """Return the facts with a copy of an item just after it, and the id of the copy."""
    items, copy = [], new_id()
    for item in getattr(faits, section):
        items.append(item)
        if item.id == identifier:
            items.append(item.model_copy(update={"id": copy, "source": "saisie"}))
    return _with(faits, section, items), copy


def move(faits: Faits, section: ItemSection, identifier: str, by: int) -> Faits:
    """Return the facts with an item moved by some places, at most to an end."""
    items = list(getattr(faits, section))
    here = next((n for n, item in enumerate(items) if item.id == identifier), None)
    if here is None:
        return faits
    item = items.pop(here)
    items.insert(max(0, min(len(items), here + by)), item)
    return _with(faits, section, items)


def place(faits: Faits, section: ItemSection, identifier: str) -> Faits:
    """Return the facts with a line put in its place by its dates, as `in_place` does."""
    items = getattr(faits, section)
    item = next((one for one in items if one.id == identifier), None)
    if item is None or _rank(item) is None:
        return faits
    return _with(faits, section, in_place([one for one in items if one.id != identifier], item))


def in_place(items: Sequence[Item], item: Item) -> list[Item]:
    """Return the lines with one more at its place: what lasts first, then the latest.

    The others keep the order that the person gave them. A line without a date comes last, and so
    does one of a section without periods.
    """
    rank = _rank(item)
    older = (n for n, one in enumerate(items) if rank and (_rank(one) or rank) < rank)
    at = next(older, len(items))
    return [*items[:at], item, *items[at:]]


def _rank(item: Item | None) -> tuple[bool, date, date] | None:
    """Return what orders lines of periods: whether it lasts, its end, its start."""
    if item is None or not item.latest_first:
        return None
    begun, ended = str(getattr(item, "debut", "")), str(getattr(item, "fin", ""))
    start, end = moment(begun), moment(ended)
    if start is None and end is None:
        return None
    lasts = not ended.strip()
    first = start.first if start else date.min
    return lasts, first if lasts else (end.last if end else first), first


def is_of_dossier(identifier: str) -> bool:
    """Return whether an item was prefilled from the dossier, even if changed since."""
    return identifier.startswith("dossier-")


def _with(faits: Faits, section: ItemSection, items: list[Item]) -> Faits:
    return faits.model_copy(update={section: tuple(items)})
