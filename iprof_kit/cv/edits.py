"""Edits of a body of facts: each returns new facts, the former ones stay for undoing."""

from __future__ import annotations

from typing import Any

from iprof_kit.cv.model import Faits, Item, ItemSection, new_id


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


def is_of_dossier(identifier: str) -> bool:
    """Return whether an item was prefilled from the dossier, even if changed since."""
    return identifier.startswith("dossier-")


def _with(faits: Faits, section: ItemSection, items: list[Item]) -> Faits:
    return faits.model_copy(update={section: tuple(items)})
