"""The queue at the left: the threads that wait, the oldest first, grouped by age."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from iprof_kit.services.contract.bureau.fils import Age, BureauLu, FilEnAttente
from iprof_kit.ui.kit.parts import Field, Option
from iprof_kit.ui.screens.bureau.glance import FILTERS, filters
from iprof_kit.ui.screens.bureau.words import counted, days, in_letters
from iprof_kit.ui.shared import text

_JUST_SENT = "envoye"
_BY = {"": "attente", "sujet": "sujet", "personne": "personne", "campagne": "campagne"}
"""By what the queue is grouped."""
AT_ONCE = 50
"""Threads that are shown before one asks for more: the list scrolls inside the screen."""


@dataclass(frozen=True)
class Item:
    """One thread of the queue; `share` is the length of its bar, per cent of the oldest one's."""

    id: str
    person: str
    wait: str
    subject: str
    detail: str
    share: float
    old: bool
    current: bool
    new: bool
    picked: bool = False


@dataclass(frozen=True)
class Group:
    """Threads of one age."""

    title: str
    count: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Subject:
    """The threads that wait on one subject, of one person, for one campaign."""

    key: str
    title: str
    count: str
    late: str
    share: float
    late_share: float
    current: bool


@dataclass(frozen=True)
class Queue:
    """What is shown of the queue, and how it was searched."""

    groups: tuple[Group, ...]
    more: str
    search: str
    states: tuple[Option, ...]
    narrowed: bool
    empty: str
    by: tuple[Option, ...] = ()
    subjects: tuple[Subject, ...] = ()
    place: str = ""
    """« 1 à 50 sur 300 »."""
    picked: str = ""
    filters: tuple[Field, ...] = ()
    cleared: bool = True
    """Whether nothing is searched nor filtered."""


def queue(
    desk: BureauLu,
    threads: Sequence[FilEnAttente],
    current: str,
    asked: Mapping[str, str],
    picked: Sequence[str] = (),
) -> Queue:
    """Return the queue.

    Parameters
    ----------
    desk : BureauLu
    threads : sequence of FilEnAttente
        Those that are shown, of one page or of several.
    current : str
        The thread that is open, "" if none is.
    asked : mapping
        What was searched: `cherche`, `etat`, `par`, `dans`, and the filters.
    picked : sequence of str
        The threads that one answer is being written to.
    """
    narrowed = any(asked.get(name) for name in ("cherche", "etat", "dans", *FILTERS))
    longest = max((one.jours for one in threads), default=0)
    totals = _totals(desk) if not narrowed else {}
    groups = []
    for age in get_args(Age):
        inside = [one for one in threads if one.age == age]
        if inside:
            items = tuple(_item(one, longest, current, one.id in picked) for one in inside)
            count = totals.get(age, len(inside))
            groups.append(Group(_title(age, desk.delai_jours), text.whole(count), items))
    left = desk.trouves - len(threads)
    return Queue(
        groups=tuple(groups),
        more=_more(left, narrowed=narrowed) if left > 0 else "",
        search=asked.get("cherche", ""),
        states=states(desk, asked.get("etat", "")),
        narrowed=narrowed,
        empty="Aucun fil ne répond à cette recherche." if narrowed else "Aucun fil n’attend.",
        by=tuple(Option(name, label, name == asked.get("par", "")) for name, label in _BY.items()),
        subjects=_subjects(desk, asked.get("dans", "")),
        place=f"1 à {len(threads)} sur {text.whole(desk.trouves)}" if threads else "",
        picked=counted(len(picked), "choisi") if picked else "",
        filters=filters(desk, asked),
        cleared=not narrowed,
    )


def lead(desk: BureauLu) -> tuple[str, str]:
    """Return the answer of the screen, its strong part first."""
    if not desk.en_attente:
        return "Aucun fil n’attend votre service.", ""
    oldest = desk.fils[0].depuis if desk.fils else None
    since = f"le plus ancien attend depuis le {text.day(text.in_paris(oldest))}." if oldest else ""
    late = desk.depasses
    if late:
        words = f"{in_letters(late)} fil{'s ont' if late > 1 else ' a'} passé le délai annoncé"
        return words, f"; {since}"
    waits = "attendent" if desk.en_attente > 1 else "attend"
    none = ", aucun n’a passé le délai annoncé" if desk.delai_jours is not None else ""
    return (
        f"{counted(desk.en_attente, 'fil')} {waits}{none}",
        f"; {since}",
    )


def states(desk: BureauLu, chosen: str) -> tuple[Option, ...]:
    """Return the states with how many threads are in each; nothing where there is only one."""
    if len(desk.par_etat) < 2 and not chosen:
        return ()
    every = Option("", f"Ce qui attend ({desk.en_attente})", not chosen)
    return (
        every,
        *(
            Option(state, f"{desk.etats.get(state, state)} ({count})", state == chosen)
            for state, count in desk.par_etat.items()
        ),
    )


def _totals(desk: BureauLu) -> dict[str, int]:
    recent = desk.en_attente - desk.depasses - desk.moitie
    return {"depasse": desk.depasses, "moitie": desk.moitie, "recent": recent}


def _title(age: Age, announced: int | None) -> str:
    if announced is None:
        return "En attente"
    return {
        "depasse": f"Plus de {counted(announced, 'jour')}, délai passé",
        "moitie": "Plus de la moitié du délai",
        "recent": "Plus récents",
    }[age]


def _more(left: int, *, narrowed: bool) -> str:
    plural = "s" if left > 1 else ""
    return (
        f"{counted(left, 'autre fil', 'autres fils')} plus récent{plural}"
        if not narrowed
        else (counted(left, "autre fil", "autres fils"))
    )


def _subjects(desk: BureauLu, chosen: str) -> tuple[Subject, ...]:
    """Return the groups, each with its bar beside the largest one's."""
    most = max((one.nombre for one in desk.groupes), default=1)
    return tuple(
        Subject(
            key=one.cle,
            title=one.titre,
            count=text.whole(one.nombre),
            late=f"{text.whole(one.depasses)} en retard" if one.depasses else "",
            share=round(100 * one.nombre / most, 1),
            late_share=round(100 * one.depasses / most, 1),
            current=one.cle == chosen,
        )
        for one in desk.groupes
    )


def _item(one: FilEnAttente, longest: int, current: str, picked: bool) -> Item:
    details = [one.libelle] if one.etat != _JUST_SENT else []
    if one.avant is not None:
        details.append(f"avant le {' '.join(text.short_day(one.avant))}")
    if one.pour:
        details.append(f"pour {one.pour}")
    return Item(
        id=one.id,
        person=one.personne,
        wait=days(one.jours),
        subject=one.objet,
        detail=", ".join(details),
        share=round(100 * one.jours / longest, 1) if longest else 0,
        old=one.age == "depasse",
        current=one.id == current,
        new=one.nouveau,
        picked=picked,
    )
