"""Two writings of one CV put together: what only one side changed is taken, nothing is lost."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel

from iprof_kit.cv.edits import is_of_dossier
from iprof_kit.cv.form import new_id
from iprof_kit.cv.model import Cible, Cv, Faits
from iprof_kit.cv.sections import ITEMS
from iprof_kit.cv.sections.item import Item

_M = TypeVar("_M", bound=BaseModel)


def merge(base: Cv, mine: Cv, theirs: Cv) -> Cv:
    """Return both writings together.

    An item or a target that both sides changed is kept twice: mine, then theirs with a new
    identifier; a line of the dossier that one side left as it was is not a change, and a line that
    both sides added in the same words is one. Of a single field that both changed (name, address,
    situation), mine is kept. What one side deleted and the other changed is kept.

    Parameters
    ----------
    base : Cv
        What both sides started from.
    mine, theirs : Cv
        The two writings.
    """
    faits = _fields(base.faits, mine.faits, theirs.faits, skip=frozenset(ITEMS))
    for name in ("identite", "contact", "situation"):
        part = _fields(
            getattr(base.faits, name), getattr(mine.faits, name), getattr(theirs.faits, name)
        )
        faits = faits.model_copy(update={name: part})
    for section in ITEMS:
        items = _lists(*(getattr(one.faits, section) for one in (base, mine, theirs)))
        faits = faits.model_copy(update={section: items})
    both = {name: _union(mine.faits, theirs.faits, name) for name in ("ecartes", "inconnus")}
    faits = _without_deleted(faits.model_copy(update=both))
    cibles: tuple[Cible, ...] = _lists(base.cibles, mine.cibles, theirs.cibles)
    return Cv(faits=Faits.model_validate(faits.model_dump()), cibles=cibles)


def _without_deleted(faits: Faits) -> Faits:
    """Return the facts without the lines of the dossier that one side deleted."""
    gone = {one for one in faits.ecartes if is_of_dossier(one)}
    kept: dict[str, Any] = {
        section: tuple(
            one for one in getattr(faits, section) if one.source != "dossier" or one.id not in gone
        )
        for section in ITEMS
    }
    return faits.model_copy(update=kept)


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
        there = other.get(one.id)
        here = before.get(one.id) or _of_dossier(one, there)
        if there is None:
            if (
                one.id not in before or one != here
            ):  # added by me, or changed by me and deleted there
                kept.append(one)
            continue
        if one in (there, here):
            kept.append(there)
            continue
        kept.append(one)
        if there != here:
            kept.append(there.model_copy(update={"id": new_id()}))
    own = {one.id for one in mine}
    said = {_content(one) for one in mine if one.id not in before}
    for one in theirs:
        if one.id in own or one == before.get(one.id):
            continue
        if one.id in before or _content(one) not in said:
            kept.append(one)
    return tuple(kept)


def _of_dossier(one: Any, there: Any) -> Any:
    """Return the line that the dossier gave both sides, where one of them left it as it was."""
    given = (one, there)
    return next((x for x in given if isinstance(x, Item) and x.source == "dossier"), None)


def _content(one: Item | Cible) -> str:
    """Return what a line says, whoever wrote it; of a target, itself."""
    return one.model_dump_json(exclude={"id", "source"}) if isinstance(one, Item) else one.id


def _union(mine: Faits, theirs: Faits, name: str) -> tuple[Any, ...]:
    found = list(getattr(mine, name))
    found += [one for one in getattr(theirs, name) if one not in found]
    return tuple(found)
