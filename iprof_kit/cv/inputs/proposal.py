"""What an import would change, before anything is changed."""

from __future__ import annotations

import json
from typing import Any, Literal

from iprof_kit.base.plain import Plain
from iprof_kit.cv.dates import in_words
from iprof_kit.cv.edits import in_place
from iprof_kit.cv.model import Cv, Faits, Inconnu
from iprof_kit.cv.remarks.remark import Remarque
from iprof_kit.cv.sections import ITEMS, TITLES, ItemSection
from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.sections.situation import Situation, agreeing

Genre = Literal["ajout", "modification"]
_PARTS = {"identite": "Identité", "contact": "Coordonnées", "situation": TITLES["situation"]}


class Changement(Plain):
    """One thing that the import adds or changes; it never removes anything."""

    genre: Genre
    ou: str
    """Path in the proposed CV, as in `Remarque.ou`."""
    libelle: str
    """« Diplômes et titres : Licence d’anglais », « Coordonnées, courriel »."""
    avant: str = ""
    apres: str = ""


class Apercu(Plain):
    """A file read, and the CV that it would make."""

    format: str
    """« CV du kit », « JSON Resume » or « CSV »."""
    cv_propose: Cv
    changements: tuple[Changement, ...] = ()
    deja: int = 0
    """Lines of the file that the CV says already, and that are not added again."""
    inconnus: tuple[Inconnu, ...] = ()
    """Fields of the file that the kit does not know; kept in `cv_propose.faits.inconnus`."""
    remarques: tuple[Remarque, ...] = ()


def propose(current: Cv, read: Cv) -> tuple[Cv, tuple[Changement, ...], int]:
    """Return the current CV with what a file says, the changes, and the lines said already.

    A line of the file replaces the one of the same identifier; a line that says the same as
    another is not added again; everything else is added. Of the identity, the address and the
    situation, what the file says replaces what is there. Nothing is removed.
    """
    changes: list[Changement] = []
    update: dict[str, Any] = {}
    for part, title in _PARTS.items():
        before, after = getattr(current.faits, part), getattr(read.faits, part)
        update[part] = _filled(before, after, f"faits.{part}", title, changes)
    already = 0
    for section in ITEMS:
        update[section], same = _lines(current.faits, read.faits, section, changes)
        already += same
    for name in ("ecartes", "inconnus"):
        both = (*getattr(current.faits, name), *getattr(read.faits, name))
        update[name] = tuple(dict.fromkeys(both))
    cibles = _targets(current, read, changes)
    faits = current.faits.model_copy(update=update)
    return Cv(faits=faits, cibles=cibles), tuple(changes), already


def _filled(before: Any, after: Any, where: str, title: str, changes: list[Changement]) -> Any:
    """Return one block with what the file fills of it."""
    empty = type(after)()
    taken = {
        name: getattr(after, name)
        for name in type(after).model_fields
        if name != "source"
        and getattr(after, name) not in (getattr(empty, name), getattr(before, name))
    }
    for name, value in taken.items():
        if name == "corps" and taken.get("libelle_corps"):
            continue  # one datum: its code goes with its name
        former = getattr(before, name)
        genre: Genre = "modification" if former not in (None, "", ()) else "ajout"
        label = f"{title}, {after.word(name)}"
        changes.append(
            Changement(
                genre=genre,
                ou=f"{where}.{name}",
                libelle=label,
                avant=_shown(former),
                apres=_shown(value),
            )
        )
    if before == empty:
        return after
    if not taken:
        return before
    made = before.model_copy(update={**taken, "source": after.source})
    return agreeing(made) if isinstance(made, Situation) else made


def _lines(
    current: Faits, read: Faits, section: ItemSection, changes: list[Changement]
) -> tuple[tuple[Item, ...], int]:
    items: list[Item] = list(getattr(current, section))
    ordered = bool(items)
    contents = {_content(item) for item in items}
    already = 0
    for item in getattr(read, section):
        where, title = f"faits.{section}.{item.id}", f"{TITLES[section]} : {name_of(item)}"
        at = next((n for n, one in enumerate(items) if one.id == item.id), None)
        former = None if at is None else items[at]
        if former == item or (former is None and _content(item) in contents):
            already += 1
        elif former is not None and at is not None:
            items[at] = item
            changes += _differences(former, item, where, title)
        else:
            items = in_place(items, item) if ordered else [*items, item]
            changes.append(Changement(genre="ajout", ou=where, libelle=title, apres=_summary(item)))
    return tuple(items), already


def _targets(current: Cv, read: Cv, changes: list[Changement]) -> tuple[Any, ...]:
    cibles = {one.id: one for one in current.cibles}
    for one in read.cibles:
        former = cibles.get(one.id)
        if former != one:
            changes.append(
                Changement(
                    genre="modification" if former else "ajout",
                    ou=f"cibles.{one.id}",
                    libelle=f"CV : {one.titre}",
                    avant=former.titre if former else "",
                    apres=one.titre,
                )
            )
        cibles[one.id] = one
    return tuple(cibles.values())


def _differences(before: Item, after: Item, where: str, title: str) -> list[Changement]:
    return [
        Changement(
            genre="modification",
            ou=f"{where}.{name}",
            libelle=f"{title}, {after.word(name)}",
            avant=_shown(getattr(before, name)),
            apres=_shown(getattr(after, name)),
        )
        for name in type(after).model_fields
        if getattr(before, name) != getattr(after, name)
    ]


def name_of(item: Item) -> str:
    """Return what a line is called, « sans intitulé » where it says nothing."""
    names = (item.named_by, "type", "etablissement", "organisme")
    written = (str(getattr(item, name, "")).strip() for name in names)
    return next((one for one in written if one), "sans intitulé")


def _content(item: Item) -> str:
    return json.dumps(item.model_dump(exclude={"id", "source"}), sort_keys=True)


def _summary(item: Item) -> str:
    return ", ".join(
        in_words(value)
        for name, value in item.model_dump().items()
        if value and name not in ("id", "source", "nature") and isinstance(value, str)
    )


def _shown(value: object) -> str:
    if value is None or isinstance(value, str):
        return in_words(value or "")
    if isinstance(value, tuple):
        return ", ".join(_summary(one) for one in value)
    return "photo"
