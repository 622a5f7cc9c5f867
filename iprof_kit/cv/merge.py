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


def merge(base: Cv, ours: Cv, theirs: Cv) -> Cv:
    """Return both writings together.

    An item or a target that both sides changed is kept twice: ours, then theirs with a new
    identifier; a line of the dossier that one side left as it was is not a change, and a line that
    both sides added in the same words is one. Of a single field that both changed (name, address,
    situation), ours is kept. What one side deleted and the other changed is kept.

    Parameters
    ----------
    base : Cv
        What both sides started from.
    ours, theirs : Cv
        The two writings.
    """
    faits = _fields(base.faits, ours.faits, theirs.faits, skip=frozenset(ITEMS))
    for name in ("identite", "contact", "situation"):
        part = _fields(
            getattr(base.faits, name), getattr(ours.faits, name), getattr(theirs.faits, name)
        )
        faits = faits.model_copy(update={name: part})
    for section in ITEMS:
        items = _lists(*(getattr(one.faits, section) for one in (base, ours, theirs)))
        faits = faits.model_copy(update={section: items})
    both = {name: _union(ours.faits, theirs.faits, name) for name in ("ecartes", "inconnus")}
    faits = _without_deleted(faits.model_copy(update=both))
    cibles: tuple[Cible, ...] = _lists(base.cibles, ours.cibles, theirs.cibles)
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


def _fields(base: _M, ours: _M, theirs: _M, skip: frozenset[str] = frozenset()) -> _M:
    taken = {
        name: getattr(theirs, name)
        for name in type(base).model_fields
        if name not in skip and getattr(ours, name) == getattr(base, name)
    }
    return ours.model_copy(update=taken)


def _lists(base: tuple[Any, ...], ours: tuple[Any, ...], theirs: tuple[Any, ...]) -> Any:
    """Merge by id: the order of ours, theirs' additions last."""
    before, other = {one.id: one for one in base}, {one.id: one for one in theirs}
    kept: list[Item | Cible] = []
    for one in ours:
        there = other.get(one.id)
        here = before.get(one.id) or _of_dossier(one, there)
        if there is None:
            if one.id not in before or one != here:  # added here, or changed here and deleted there
                kept.append(one)
            continue
        if one in (there, here):
            kept.append(there)
            continue
        kept.append(one)
        if there != here:
            kept.append(there.model_copy(update={"id": new_id()}))
    own = {one.id for one in ours}
    added = {_content(one) for one in ours if one.id not in before}
    for one in theirs:
        if one.id in own or one == before.get(one.id):
            continue
        if one.id in before or _content(one) not in added:
            kept.append(one)
    return tuple(kept)


def _of_dossier(one: Any, there: Any) -> Any:
    """Return the line that the dossier gave both sides, where one of them left it as it was."""
    given = (one, there)
    return next((x for x in given if isinstance(x, Item) and x.source == "dossier"), None)


def _content(one: Item | Cible) -> str:
    """Return what a line says, whoever wrote it; of a target, itself."""
    return one.model_dump_json(exclude={"id", "source"}) if isinstance(one, Item) else one.id


def _union(ours: Faits, theirs: Faits, name: str) -> tuple[Any, ...]:
    both = list(getattr(ours, name))
    both += [one for one in getattr(theirs, name) if one not in both]
    return tuple(both)
