"""The life of a case: its states, and who may pass from one to the next, as two tables say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import get_args

from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import COURRIER
from iprof_kit.records.cases import KIT as KIT
from iprof_kit.records.cases import OWNER as OWNER
from iprof_kit.records.cases import SERVICE as SERVICE
from iprof_kit.services.cases.tables import bad_table, table_rows
from iprof_kit.services.contract.courrier import Nature

DRAFT, CLOSED = "brouillon", "clos"
NEEDS = frozenset({"texte", "piece", "valeur", "echeance"})
_COLUMNS = ("acte", "natures", "role", "de", "vers", "exige", "libelle", "interne", "autre")
_STATE_COLUMNS = ("etat", "libelle", "attend", "en_cours", "montre")
_YES = {"oui": True, "": False}


@dataclass(frozen=True)
class State:
    """One state: its name as people read it, and whom it waits for (nobody where empty).

    `shown_as` is the state that the person reads instead, where this one is the service's own.
    """

    code: str
    label: str
    waits_for: str
    open: bool
    shown_as: str = ""


@dataclass(frozen=True)
class Passage:
    """One way through: an act that a role may do in some states, and the state that follows.

    An empty `kinds` stands for every kind but that of the kit, whose messages are no exchange; an
    empty `to` leaves the state as it is. `internal`: the service alone reads it. `another`: by
    another account than the one whose internal act led here.
    """

    act: str
    kinds: frozenset[str]
    roles: frozenset[str]
    start: frozenset[str]
    to: str
    needs: frozenset[str]
    label: str
    internal: bool = False
    another: bool = False

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
    read: dict[str, State] = {}
    for line, row in enumerate(_rows("etats", _STATE_COLUMNS), 2):
        open_ = row["en_cours"] == "oui"
        state = State(row["etat"], row["libelle"], row["attend"], open_, row["montre"])
        read[state.code] = _checked(state, read, row, line)
    for state in read.values():
        if state.shown_as and (state.shown_as not in read or read[state.shown_as].shown_as):
            raise bad_table(
                "etats", None, f"« {state.code} » ne se montre pas « {state.shown_as} »"
            )
    return MappingProxyType(read)


@cache
def passages() -> tuple[Passage, ...]:
    """Return every passage, checked: its states exist and no two of one act begin in the same one.

    Raises
    ------
    BadTable
        A state, a role, a kind or a need that no one knows, two ways that contradict each other, a
        state that is never reached or never left.
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
            internal=_yes(row, "interne", line),
            another=_yes(row, "autre", line),
        )
        for line, row in enumerate(_rows("passages", _COLUMNS), 2)
    )
    for line, passage in enumerate(read, 2):
        _check(passage, read[: line - 2], line)
    _check_ways(read)
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


@cache
def internal_acts() -> frozenset[str]:
    """Return the acts that the service alone reads.

    Examples
    --------
    >>> sorted(internal_acts())
    ['proposer', 'renvoyer']
    """
    return frozenset(one.act for one in passages() if one.internal)


def as_shown(state: str) -> State:
    """Return a state as the person whose case it is reads it.

    Examples
    --------
    >>> as_shown("a_confirmer").label
    'Pris en charge'
    """
    one = states()[state]
    return states()[one.shown_as] if one.shown_as else one


def waiting_for(role: str) -> frozenset[str]:
    """Return the states in which a role is awaited."""
    return frozenset(state.code for state in states().values() if state.waits_for == role)


def settled() -> frozenset[str]:
    """Return the states in which nobody is awaited any more."""
    return frozenset(state.code for state in states().values() if not state.waits_for)


@cache
def answers() -> frozenset[str]:
    """Return the acts of a service after which nobody is awaited any more.

    Examples
    --------
    >>> {"repondre", "corriger", "admettre"} <= answers()
    True
    >>> "demander_piece" in answers()
    False
    """
    over = settled()
    return frozenset(one.act for one in passages() if SERVICE in one.roles and one.to in over)


def _rows(table: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    return table_rows(COURRIER, table, columns)


def _yes(row: dict[str, str], name: str, line: int) -> bool:
    if row[name] not in _YES:
        raise bad_table("passages", line, f"« {name} » dit oui ou rien")
    return _YES[row[name]]


def _checked(state: State, before: dict[str, State], row: dict[str, str], line: int) -> State:
    if state.code in before or not state.code or not state.label:
        raise bad_table("etats", line, f"l’état « {state.code} » est sans nom, ou écrit deux fois")
    if state.waits_for not in {"", OWNER, SERVICE} or row["en_cours"] not in {"oui", "non"}:
        raise bad_table(
            "etats", line, "« attend » dit demandeur, service ou rien, « en_cours » oui ou non"
        )
    return state


def _check(passage: Passage, before: tuple[Passage, ...], line: int) -> None:
    named = passage.start | ({passage.to} - {""})
    unknown = (
        (named - states().keys())
        | (passage.roles - {OWNER, SERVICE, KIT})
        | (passage.needs - NEEDS)
        | (passage.kinds - set(get_args(Nature)))
    )
    if unknown:
        raise bad_table("passages", line, f"inconnu : {', '.join(sorted(unknown))}")
    if not (passage.act and passage.label and passage.roles and passage.start):
        raise bad_table(
            "passages", line, "il faut un acte, un rôle, un état de départ et un libellé"
        )
    for other in before:
        shared = passage.start & other.start
        meet = not (passage.kinds and other.kinds) or passage.kinds & other.kinds
        if other.act == passage.act and shared and meet and passage.roles & other.roles:
            raise bad_table(
                "passages",
                line,
                f"« {passage.act} » a déjà un chemin depuis {', '.join(sorted(shared))}",
            )
        if other.act == passage.act and other.internal != passage.internal:
            raise bad_table(
                "passages", line, f"« {passage.act} » est interne partout, ou nulle part"
            )


def _check_ways(read: tuple[Passage, ...]) -> None:
    """Refuse a state that no way leads to, or that an exchange would never leave."""
    reached = {one.to for one in read} | {DRAFT}
    left = {start for one in read for start in one.start if one.to and one.to != start}
    for code, state in states().items():
        if code not in reached:
            raise bad_table("passages", None, f"aucun chemin ne mène à « {code} »")
        if state.open and code not in left:
            raise bad_table("passages", None, f"aucun chemin ne sort de « {code} »")
