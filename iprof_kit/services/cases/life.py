"""The life of a case: its states, and who may pass from one to the next, as two tables say."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from iprof_kit.base.errors import BadTable, InputError
from iprof_kit.base.paths import COURRIER

OWNER, SERVICE, KIT = "demandeur", "service", "kit"
"""Who acts; `KIT` is also the kind of the messages that the kit writes itself."""
DRAFT, CLOSED = "brouillon", "clos"
NEEDS = frozenset({"texte", "piece", "valeur", "echeance"})


@dataclass(frozen=True)
class State:
    """One state: its name as people read it, and whom it waits for (nobody where empty)."""

    code: str
    label: str
    waits_for: str
    open: bool


@dataclass(frozen=True)
class Passage:
    """One way through: an act that a role may do in some states, and the state that follows.

    An empty `kinds` stands for every kind but that of the kit, whose messages are no exchange; an
    empty `to` leaves the state as it is.
    """

    act: str
    kinds: frozenset[str]
    roles: frozenset[str]
    start: frozenset[str]
    to: str
    needs: frozenset[str]
    label: str

    def fits(self, kind: str, state: str) -> bool:
        """Return whether a case of this kind, in this state, may pass here."""
        return state in self.start and (kind in self.kinds if self.kinds else kind != KIT)


@cache
def states() -> MappingProxyType[str, State]:
    """Return every state by its code.

    Examples
    --------
    >>> states()["piece_demandee"].waits_for
    'demandeur'
    """
    return MappingProxyType(
        {
            row["etat"]: State(row["etat"], row["libelle"], row["attend"], row["en_cours"] == "oui")
            for row in _rows("etats")
        }
    )


@cache
def passages() -> tuple[Passage, ...]:
    """Return every passage, checked: its states exist and no two of one act begin in the same one.

    Raises
    ------
    BadTable
        A state, a role or a need that no one knows, or two ways that contradict each other.
    """
    read = tuple(
        Passage(
            act=row["acte"],
            kinds=frozenset(row["natures"].split()),
            roles=frozenset(row["role"].split()),
            start=frozenset(row["de"].split()),
            to=row["vers"],
            needs=frozenset(row["exige"].split()),
            label=row["libelle"],
        )
        for row in _rows("passages")
    )
    for line, passage in enumerate(read, 2):
        _check(passage, read[: line - 2], line)
    return read


def passage(kind: str, state: str, act: str, role: str) -> Passage:
    """Return the way that a role takes by an act.

    Parameters
    ----------
    kind, state : str
        Those of the case as it stands.
    act : str
        A name of the table of passages.
    role : str
        `OWNER` or `SERVICE`.

    Raises
    ------
    InputError
        The case is not in a state from which this role may do this.

    Examples
    --------
    >>> passage("question", "envoye", "prendre", SERVICE).to
    'pris_en_charge'
    """
    for one in passages():
        if one.act == act and role in one.roles and one.fits(kind, state):
            return one
    label = states()[state].label.lower() if state in states() else state
    raise InputError(
        f"cela ne se fait pas d’un échange à l’état « {label} ».",
        where=act,
        remedy="Rechargez la page pour voir où il en est.",
    )


def acts_open(kind: str, state: str, role: str) -> tuple[str, ...]:
    """Return what a role may do to a case as it stands, in the order of the table.

    Examples
    --------
    >>> acts_open("question", "clos", OWNER)
    ('rouvrir',)
    """
    return tuple(
        dict.fromkeys(one.act for one in passages() if role in one.roles and one.fits(kind, state))
    )


def label_of(kind: str, act: str) -> str:
    """Return an act as people read it, once done.

    Examples
    --------
    >>> label_of("question", "prendre")
    'Pris en charge'
    """
    return next(
        (
            one.label
            for one in passages()
            if one.act == act and (not one.kinds or kind in one.kinds)
        ),
        act,
    )


def waiting_for(role: str) -> frozenset[str]:
    """Return the states in which a role is awaited."""
    return frozenset(state.code for state in states().values() if state.waits_for == role)


def settled() -> frozenset[str]:
    """Return the states in which nobody is awaited any more."""
    return frozenset(state.code for state in states().values() if not state.waits_for)


def _rows(table: str) -> list[dict[str, str]]:
    with (COURRIER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _check(passage: Passage, before: tuple[Passage, ...], line: int) -> None:
    named = passage.start | ({passage.to} - {""})
    roles, needs = passage.roles - {OWNER, SERVICE, KIT}, passage.needs - NEEDS
    unknown = sorted(named - states().keys() | roles | needs)
    if unknown:
        raise BadTable(f"passages.csv, ligne {line} : inconnu : {', '.join(unknown)}.")
    for other in before:
        shared = passage.start & other.start
        meet = not (passage.kinds and other.kinds) or passage.kinds & other.kinds
        if other.act == passage.act and shared and meet and passage.roles & other.roles:
            raise BadTable(
                f"passages.csv, ligne {line} : « {passage.act} » a déjà un chemin depuis "
                f"{', '.join(sorted(shared))}."
            )
