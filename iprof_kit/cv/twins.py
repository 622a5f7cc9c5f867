"""A line of the dossier that the person typed again: the same post, the same diploma.

Hers is printed, that of the dossier is not, and nothing is deleted: the day she removes hers, the
other is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from iprof_kit.base.words import folded
from iprof_kit.cv.model import Choix, Faits, shown_items
from iprof_kit.cv.sections.diplomes import Diplome
from iprof_kit.cv.sections.fonctions import Fonction
from iprof_kit.cv.sections.item import Item


def typed_again(items: Sequence[Item]) -> dict[str, str]:
    """Return, by the identifier of a line typed, that of the line of the dossier it says again."""
    of_dossier = [one for one in items if one.source == "dossier"]
    again: dict[str, str] = {}
    for one in items:
        if one.source == "dossier":
            continue
        same = next((known for known in of_dossier if _same(one, known)), None)
        if same is not None:
            again[one.id] = same.id
    return again


def printed_items(faits: Faits, choice: Choix) -> tuple[Item, ...]:
    """Return the items of a section that a target prints: of two that say the same, the typed."""
    items = shown_items(faits, choice)
    again = set(typed_again(items).values())
    return tuple(one for one in items if one.id not in again)


def _same(typed: Item, known: Item) -> bool:
    if isinstance(typed, Fonction) and isinstance(known, Fonction):
        return (
            _same_dates(typed.debut, known.debut)
            and _same_end(typed.fin, known.fin)
            and (_same_post(typed, known))
        )
    if isinstance(typed, Diplome) and isinstance(known, Diplome):
        return _same_dates(typed.annee, known.annee) and _says(
            typed, known, "intitule", "specialite"
        )
    return False


def _same_post(typed: Fonction, known: Fonction) -> bool:
    """Tell whether two lines of the same dates are one post: a function in it is another line."""
    places = folded(typed.etablissement), folded(known.etablissement)
    if all(places) and places[0] != places[1]:
        return False
    if typed.nature == "affectation" and all(places):
        return True
    return (
        typed.nature != "mission"
        and bool(typed.intitule.strip())
        and _equal(typed, known, "intitule")
    )


def _says(typed: Any, known: Any, name: str, more: str) -> bool:
    """Tell whether two lines bear the same name; what both say besides must not differ."""
    besides = folded(getattr(typed, more)), folded(getattr(known, more))
    agree = not all(besides) or besides[0] == besides[1]
    return bool(folded(getattr(typed, name))) and agree and _equal(typed, known, name)


def _equal(typed: Any, known: Any, name: str) -> bool:
    return folded(getattr(typed, name)) == folded(getattr(known, name))


def _same_dates(typed: str, known: str) -> bool:
    """Tell whether two dates agree, one being maybe more precise: « 2019 », « 2019-09-01 »."""
    typed, known = typed.strip(), known.strip()
    return bool(typed and known) and (known.startswith(typed) or typed.startswith(known))


def _same_end(typed: str, known: str) -> bool:
    return _same_dates(typed, known) or not (typed.strip() or known.strip())
