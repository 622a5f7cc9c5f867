"""Two writings of one CV put together: what only one side changed is taken, nothing is lost."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel

from iprof_kit.cv.model import ITEMS, Cible, Cv, Faits, Item, new_id

_M = TypeVar("_M", bound=BaseModel)


def merge(base: Cv, mine: Cv, theirs: Cv) -> Cv:
    """Return both writings together.

    An item or a target that both sides changed is kept twice: mine, then theirs with a new
    identifier. Of a single field that both changed (name, address, situation), mine is kept.
    What one side deleted and the other changed is kept.

    Parameters
    ----------
    base : Cv
        What both sides started from.
    mine, theirs : Cv
        The two writings.
    """
    faits = _fields(base.faits, mine.faits, theirs.faits, skip=frozenset(ITEMS))
    for name in ("identite", "contact", "situation"):
        part = _fields(getattr(base.faits, name), getattr(mine.faits, name),
                       getattr(theirs.faits, name))  # fmt: skip
        faits = faits.model_copy(update={name: part})
    for section in ITEMS:
        items = _lists(*(getattr(one.faits, section) for one in (base, mine, theirs)))
        faits = faits.model_copy(update={section: items})
    both = {name: _union(mine.faits, theirs.faits, name) for name in ("ecartes", "inconnus")}
    faits = faits.model_copy(update=both)
    cibles: tuple[Cible, ...] = _lists(base.cibles, mine.cibles, theirs.cibles)
    return Cv(faits=Faits.model_validate(faits.model_dump()), cibles=cibles)


def _fields(base: _M, mine: _M, theirs: _M, skip: frozenset[str] = frozenset()) -> _M:
    taken = {
        name: getattr(theirs, name)
        for name in type(base).model_fields
        if name not in skip and getattr(mine, name) == getattr(base, name)
    }
    return mine.model_copy(update=taken)


def _lists(base: tuple[Any, ...], mine: tuple[Any, ...], theirs: tuple[Any, ...]) -> Any:
    """Merge by id: the order of mine, theirs' additions last."""
    before, other = {one.id: one for one in base}, {one.id: one for one in theirs}
    kept: list[Item | Cible] = []
    for one in mine:
        here, there = before.get(one.id), other.get(one.id)
        if there is None:
            if here is None or one != here:  # added by me, or changed by me and deleted there
                kept.append(one)
            continue
        if one in (there, here):
            kept.append(there)
            continue
        kept.append(one)
        if there != here:
            kept.append(there.model_copy(update={"id": new_id()}))
    own = {one.id for one in mine}
    for one in theirs:
        if one.id not in own and (one.id not in before or one != before[one.id]):
            kept.append(one)
    return tuple(kept)


def _union(mine: Faits, theirs: Faits, name: str) -> tuple[Any, ...]:
    found = list(getattr(mine, name))
    found += [one for one in getattr(theirs, name) if one not in found]
    return tuple(found)
