"""Edits of the CVs made of the facts: each returns new data, the former stays for undoing."""

from __future__ import annotations

from typing import Any

from iprof_kit.cv.form import new_id
from iprof_kit.cv.model import Choix, Cible, Cv, Faits, shown_items
from iprof_kit.cv.sections import TITLES, ItemSection, Section
from iprof_kit.cv.sections.situation import facts


def with_target(cv: Cv, cible: Cible) -> Cv:
    """Return the CV with a target changed; one that it does not have yet comes last."""
    known = [one.id for one in cv.cibles]
    if cible.id not in known:
        return cv.model_copy(update={"cibles": (*cv.cibles, cible)})
    changed = tuple(cible if one.id == cible.id else one for one in cv.cibles)
    return cv.model_copy(update={"cibles": changed})


def without_target(cv: Cv, identifier: str) -> Cv:
    """Return the CV without a target."""
    return cv.model_copy(update={"cibles": tuple(c for c in cv.cibles if c.id != identifier)})


def copy_of(cible: Cible) -> Cible:
    """Return a copy of a target under a name of its own."""
    return cible.model_copy(update={"id": new_id(), "titre": f"{cible.titre} (copie)".strip()})


def whole(faits: Faits, cible: Cible) -> Cible:
    """Return the target with every section of the registry: those that it does not name come last.

    A CV saved before a section existed does not name it: it is offered all the same, printed as
    soon as something is written in it. Lines that are there already stay out, as they were.

    Parameters
    ----------
    faits : Faits
        What the sections hold.
    """
    named = {choice.section for choice in cible.sections}
    missing = tuple(
        Choix(section=one, visible=not is_filled(faits, one)) for one in TITLES if one not in named
    )
    return cible.model_copy(update={"sections": (*cible.sections, *missing)}) if missing else cible


def is_filled(faits: Faits, section: Section) -> bool:
    """Return whether a section holds anything to print."""
    return bool(facts(faits.situation) if section == "situation" else getattr(faits, section))


def is_written(faits: Faits, section: Section) -> bool:
    """Return whether anything is written in a section: lines that are only opened do not count."""
    if section == "situation":
        return is_filled(faits, section)
    return any(item.is_written for item in getattr(faits, section))


def with_choice(cible: Cible, section: Section, **fields: Any) -> Cible:
    """Return the target with its choice for one section changed."""
    choices = list(cible.sections)
    known = {choice.section: number for number, choice in enumerate(choices)}
    if section in known:
        choices[known[section]] = choices[known[section]].model_copy(update=fields)
    else:
        choices.append(Choix(section=section, **fields))
    return cible.model_copy(update={"sections": tuple(choices)})


def choice_of(cible: Cible, section: Section) -> Choix:
    """Return what a target does with a section; one that it does not name is not shown."""
    choice_made = next((choice for choice in cible.sections if choice.section == section), None)
    return choice_made or Choix(section=section, visible=False)


def move_section(cible: Cible, section: Section, by: int) -> Cible:
    """Return the target with a section moved by some places, at most to an end."""
    choices = list(cible.sections)
    here = next((n for n, choice in enumerate(choices) if choice.section == section), None)
    if here is None:
        return cible
    choice = choices.pop(here)
    choices.insert(max(0, min(len(choices), here + by)), choice)
    return cible.model_copy(update={"sections": tuple(choices)})


def hide_item(faits: Faits, cible: Cible, section: ItemSection, identifier: str) -> Cible:
    """Return the target without an item."""
    shown = _shown(faits, cible, section)
    return with_choice(cible, section, items=tuple(one for one in shown if one != identifier))


def show_item(faits: Faits, cible: Cible, section: ItemSection, identifier: str) -> Cible:
    """Return the target with an item: where the facts have it, or last where the order is own."""
    shown = _shown(faits, cible, section)
    if identifier in shown:
        return cible
    every = tuple(item.id for item in getattr(faits, section))
    in_order = tuple(one for one in every if one in {*shown, identifier})
    own = shown != tuple(one for one in every if one in shown)
    items: tuple[str, ...] | None = (*shown, identifier) if own else in_order
    return with_choice(cible, section, items=None if items == every else items)


def move_item(faits: Faits, cible: Cible, section: ItemSection, identifier: str, by: int) -> Cible:
    """Return the target with an item moved among those it shows, in this CV only."""
    items = list(_shown(faits, cible, section))
    if identifier not in items:
        return cible
    here = items.index(identifier)
    items.insert(max(0, min(len(items) - 1, here + by)), items.pop(here))
    return with_choice(cible, section, items=tuple(items))


def _shown(faits: Faits, cible: Cible, section: ItemSection) -> tuple[str, ...]:
    return tuple(item.id for item in shown_items(faits, choice_of(cible, section)))
