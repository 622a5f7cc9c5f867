"""An import of which the person takes some changes and leaves the others."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from iprof_kit.cv.inputs.proposal import Apercu
from iprof_kit.cv.model import Cible, Cv, Faits
from iprof_kit.cv.sections import ITEMS
from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.sections.situation import Situation, agreeing

_PARTS = ("identite", "contact", "situation")


def accepted(current: Cv, preview: Apercu, chosen: Collection[str]) -> Cv:
    """Return the CV with the changes chosen, and nothing else changed.

    Parameters
    ----------
    current : Cv
        The CV that the file was compared with.
    preview : Apercu
        What the file would change.
    chosen : collection of str
        Places (`Changement.ou`) of the changes taken. What the file says and the kit does not
        know is kept in any case.
    """
    faits, given = current.faits, preview.cv_propose.faits
    update: dict[str, Any] = {
        name: _part(getattr(faits, name), getattr(given, name), f"faits.{name}", chosen)
        for name in _PARTS
    }
    for section in ITEMS:
        update[section] = _lines(
            getattr(faits, section), getattr(given, section), f"faits.{section}", chosen
        )
    update |= {name: getattr(given, name) for name in ("ecartes", "inconnus")}
    taken = faits.model_copy(update=update)
    return Cv(faits=taken, cibles=_targets(current, preview.cv_propose, taken, chosen))


def _part(before: Any, after: Any, where: str, chosen: Collection[str]) -> Any:
    names = [name for name in type(before).model_fields if f"{where}.{name}" in chosen]
    if not names:
        return before
    taken = {name: getattr(after, name) for name in names}
    made = before.model_copy(update={**taken, "source": after.source})
    return agreeing(made) if isinstance(made, Situation) else made


def _lines(
    before: tuple[Item, ...], after: tuple[Item, ...], where: str, chosen: Collection[str]
) -> tuple[Item, ...]:
    known = {one.id: one for one in before}
    made = []
    for one in after:
        former = known.get(one.id)
        if former is not None:
            made.append(_line(former, one, f"{where}.{one.id}", chosen))
        elif f"{where}.{one.id}" in chosen:
            made.append(one)
    return tuple(made)


def _line(before: Item, after: Item, where: str, chosen: Collection[str]) -> Item:
    names = type(after).model_fields
    taken = {name: getattr(after, name) for name in names if f"{where}.{name}" in chosen}
    return before.model_copy(update={**taken, "source": after.source}) if taken else before


def _targets(current: Cv, given: Cv, faits: Faits, chosen: Collection[str]) -> tuple[Cible, ...]:
    known = {one.id: one for one in current.cibles}
    kept = (
        _without_lost(one, faits) if f"cibles.{one.id}" in chosen else known.get(one.id)
        for one in given.cibles
    )
    return tuple(one for one in kept if one is not None)


def _without_lost(cible: Cible, faits: Faits) -> Cible:
    """Return a target that names no line that was left aside."""
    choices = []
    for choice in cible.sections:
        if choice.section != "situation" and choice.items is not None:
            known = {item.id for item in getattr(faits, choice.section)}
            items = tuple(one for one in choice.items if one in known)
            choice = choice.model_copy(update={"items": items})
        choices.append(choice)
    return cible.model_copy(update={"sections": tuple(choices)})
