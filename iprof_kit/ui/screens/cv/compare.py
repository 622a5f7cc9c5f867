"""What differs between two writings of a CV: field by field, and in sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from iprof_kit.base.asked import Asked
from iprof_kit.base.calendar import MONTHS
from iprof_kit.cv.form import Written
from iprof_kit.cv.model import Cible, Cv
from iprof_kit.cv.sections import LISTS, TITLES
from iprof_kit.cv.sections.item import Item
from iprof_kit.ui.screens.cv.values import shown_day

EMPTY = "non renseigné"
_SHOWN = 160


@dataclass(frozen=True)
class Difference:
    """One difference: where it is, what each side says, and the sentence that tells it."""

    where: str
    before: str
    after: str
    sentence: str


def compare(before: Cv, after: Cv) -> tuple[Difference, ...]:
    """Return what differs, in the order of the screens; empty where nothing does."""
    differences: list[Difference] = []
    for title, name in (
        ("Identité", "identite"),
        ("Coordonnées", "contact"),
        ("Situation", "situation"),
    ):
        differences += _fields(title, getattr(before.faits, name), getattr(after.faits, name))
    for section, described in LISTS.items():
        words = described.words
        differences += _lists(
            getattr(before.faits, section),
            getattr(after.faits, section),
            name_of,
            _fields,
            head=described.title,
            one=words.one,
            e=words.e,
        )
    differences += _cibles(before.cibles, after.cibles)
    return tuple(differences)


def name_of(item: Item) -> str:
    """Return how an item is called: its title, its name, or « sans intitulé »."""
    for field in (item.named_by, "type"):
        value = str(getattr(item, field, "")).strip()
        if value:
            return shorten(value, 70)
    return "sans intitulé"


def shorten(value: str, length: int = _SHOWN) -> str:
    """Return a text on one line, cut at a length with « … »."""
    line = " ".join(value.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def shown(asked: Asked, value: str) -> str:
    """Return the value of a field as it is read; « non renseigné » where it is empty."""
    if not value:
        return EMPTY
    if asked.kind == "month":
        return month_words(value)
    label = dict(asked.choices).get(value)
    return label or shorten(shown_day(value))


def month_words(value: str) -> str:
    """Return « septembre 2022 » for « 2022-09 », « 2022 » as it is, the rest as it was typed."""
    head, _, tail = value.partition("-")
    if len(head) == 4 and head.isdigit() and tail[:2] in MONTH_NAMES and len(tail) in (2, 5):
        return f"{MONTH_NAMES[tail[:2]]} {head}"
    if not head and tail in MONTH_NAMES:
        return f"{MONTH_NAMES[tail]}, année ?"
    return shown_day(value)


MONTH_NAMES = {f"{number:02d}": name for number, name in enumerate(MONTHS, start=1)}


def _fields(where: str, before: Written, after: Written) -> list[Difference]:
    differences = []
    for asked in after.form:
        one, two = str(getattr(before, asked.name)), str(getattr(after, asked.name))
        if one != two:
            old, new = shown(asked, one), shown(asked, two)
            differences.append(_changed(where, asked.label, old, new))
    return differences


def _changed(where: str, label: str, old: str, new: str) -> Difference:
    if old == EMPTY:
        change = f"« {new} » est ajouté."
    elif new == EMPTY:
        change = f"« {old} » est retiré."
    else:
        change = f"« {old} » devient « {new} »."
    return Difference(
        f"{where}, {label[0].lower()}{label[1:]}",
        old,
        new,
        f"{where}, {label[0].lower()}{label[1:]} : {change}",
    )


def _lists(
    before: tuple[Any, ...],
    after: tuple[Any, ...],
    name: Callable[[Any], str],
    differ: Callable[[str, Any, Any], list[Difference]],
    *,
    head: str,
    one: str,
    e: str,
) -> list[Difference]:
    old, new = {item.id: item for item in before}, {item.id: item for item in after}
    differences = []
    for item in after:
        where = f"{head}, « {name(item)} »"
        if item.id not in old:
            differences.append(
                Difference(
                    where,
                    "absent",
                    "présent",
                    f"{where} : {one} ajouté{e}.",
                )
            )
        else:
            differences += differ(where, old[item.id], item)
    for item in before:
        if item.id not in new:
            where = f"{head}, « {name(item)} »"
            differences.append(
                Difference(
                    where,
                    "présent",
                    "absent",
                    f"{where} : {one} supprimé{e}.",
                )
            )
    both_before = [item.id for item in before if item.id in new]
    both_after = [item.id for item in after if item.id in old]
    if both_before != both_after:
        change = "l’ordre n’est plus le même."
        first = name(old[both_before[0]]), name(new[both_after[0]])
        differences.append(
            Difference(
                head,
                f"« {first[0]} » d’abord",
                f"« {first[1]} » d’abord",
                f"{head} : {change}",
            )
        )
    return differences


def _cibles(before: tuple[Cible, ...], after: tuple[Cible, ...]) -> list[Difference]:
    differences = _lists(
        before,
        after,
        lambda cible: shorten(cible.titre, 70) or "sans nom",
        lambda _where, _before, _after: [],  # what they hold is compared below
        head="Vos CV",
        one="CV",
        e="",
    )
    old = {cible.id: cible for cible in before}
    for cible in after:
        if (former := old.get(cible.id)) is None:
            continue
        where = f"CV « {shorten(cible.titre, 70)} »"
        differences += [_plain(one) for one in _fields(where, former, cible)]
        differences += _fields(f"{where}, lettre", former.lettre, cible.lettre)
        if former.sections != cible.sections:
            sentence = f"{where} : le choix ou l’ordre des rubriques n’est plus le même."
            differences.append(
                Difference(f"{where}, rubriques", _order(former), _order(cible), sentence)
            )
    return differences


def _plain(one: Difference) -> Difference:
    words = {"True": "oui", "False": "non"}
    if one.before not in words:
        return one
    old, new = words[one.before], words[one.after]
    return Difference(one.where, old, new, f"{one.where} : « {old} » devient « {new} ».")


def _order(cible: Cible) -> str:
    kept = [choice.titre or TITLES[choice.section] for choice in cible.sections if choice.visible]
    return shorten(", ".join(kept))
