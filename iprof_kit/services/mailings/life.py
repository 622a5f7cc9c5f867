"""The life of a message to many: its states and who passes from one to the next, as data."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import COURRIER
from iprof_kit.services.cases.tables import bad_table, table_rows

AUTHOR, SECOND, KIT = "auteur", "seconde", "kit"
"""Who wrote it, another person of the academy, and the runner of the kit."""
DRAFT = "brouillon"
COUNT, REASON = "compte", "motif"
_STATES, _PASSAGES = "envois_etats", "envois_passages"
_ROLES = frozenset({AUTHOR, SECOND, KIT})


@dataclass(frozen=True)
class State:
    """One state: its name, whom it waits for, whether the second person reads it."""

    code: str
    label: str
    waits_for: str
    second_reads: bool


@dataclass(frozen=True)
class Passage:
    """One way: an act that some roles do in some states, what it needs, where it leads."""

    act: str
    roles: frozenset[str]
    start: frozenset[str]
    to: str
    needs: str
    label: str


@cache
def states() -> MappingProxyType[str, State]:
    """Return every state by its code.

    Examples
    --------
    >>> states()["propose"].waits_for
    'seconde'
    """
    read: dict[str, State] = {}
    rows = table_rows(COURRIER, _STATES, ("etat", "libelle", "attend", "relu"))
    for line, row in enumerate(rows, 2):
        if row["attend"] not in {"", *_ROLES} or row["relu"] not in {"", "oui"}:
            raise bad_table(_STATES, line, "« attend » dit un rôle ou rien, « relu » oui ou rien")
        read[row["etat"]] = State(row["etat"], row["libelle"], row["attend"], row["relu"] == "oui")
    return MappingProxyType(read)


@cache
def passages() -> tuple[Passage, ...]:
    """Return every passage, checked.

    Raises
    ------
    BadTable
        A state, a role or a need that no one knows, or two ways of one act from one state.
    """
    read: list[Passage] = []
    columns = ("acte", "role", "de", "vers", "exige", "libelle")
    for line, row in enumerate(table_rows(COURRIER, _PASSAGES, columns), 2):
        one = Passage(
            row["acte"],
            frozenset(row["role"].split()),
            frozenset(row["de"].split()),
            row["vers"],
            row["exige"],
            row["libelle"],
        )
        unknown = (one.start | {one.to}) - states().keys() | one.roles - _ROLES
        unknown |= {one.needs} - {"", COUNT, REASON}
        if unknown:
            raise bad_table(_PASSAGES, line, f"inconnu : {', '.join(sorted(unknown))}")
        if any(other.act == one.act and other.start & one.start for other in read):
            raise bad_table(_PASSAGES, line, f"« {one.act} » a déjà ce chemin")
        read.append(one)
    return tuple(read)


def passage(state: str, act: str, roles: Collection[str]) -> Passage:
    """Return the way that somebody takes by an act.

    Raises
    ------
    InputError
        The message is not in a state from which she may do this.

    Examples
    --------
    >>> passage("propose", "confirmer", {SECOND}).to
    'en_cours'
    """
    for one in passages():
        if one.act == act and one.roles & set(roles) and state in one.start:
            return one
    raise InputError(
        f"cela ne se fait pas d’un envoi à l’état « {states()[state].label.lower()} ».",
        where="acte",
        remedy="Un autre compte que l’auteur confirme. Rechargez la page pour voir où il en est.",
    )


def acts_open(state: str, roles: Collection[str]) -> list[str]:
    """Return what somebody may do to a message as it stands.

    Examples
    --------
    >>> acts_open("propose", {AUTHOR})
    ['reprendre']
    """
    return [one.act for one in passages() if one.roles & set(roles) and state in one.start]


def label_of(act: str, state: str) -> str:
    """Return an act as people read it, by the state that it led to where two acts share a name."""
    ways = [one for one in passages() if one.act == act]
    return next((one.label for one in ways if one.to == state), ways[0].label if ways else act)


def of_the_runner() -> frozenset[str]:
    """Return the states in which the kit has something to do."""
    return frozenset(code for code, state in states().items() if state.waits_for == KIT)


def under_way() -> frozenset[str]:
    """Return the states in which somebody is awaited.

    Examples
    --------
    >>> "envoye" in under_way()
    False
    """
    return frozenset(code for code, state in states().items() if state.waits_for)


def waiting_for(role: str) -> frozenset[str]:
    """Return the states in which a role is awaited."""
    return frozenset(code for code, state in states().items() if state.waits_for == role)
