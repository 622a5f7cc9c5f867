"""From an order to places: the steps of a procedure, in the order in which it lists them.

A step takes people, sets some aside or exchanges places one for one; what is left at the end goes
to the rank. As many people are taken as the contingent allows, whatever the steps; fewer only
where people set aside or opposed to leave too few.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from iprof_kit.law.promotion.bareme import APPRECIATIONS
from iprof_kit.law.promotion.procedures.model import (
    AT_EQUAL_MERIT,
    BALANCE,
    BY_RANK,
    LISTS,
    PRORATA,
    QUOTA,
    RESERVE,
    SET_ASIDE,
    Among,
    Procedure,
    Step,
)
from iprof_kit.law.promotion.rankings import fair_part, quota_places, reserved_places

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
How = npt.NDArray[np.int8]

HOW = ("", "rang", "réserve", "équilibre", "quota", "prorata")
"""How somebody is taken, in French; the code is the place."""
NOT_TAKEN, TAKEN_BY_RANK, BY_RESERVE, BY_BALANCE, BY_QUOTA, BY_PRORATA = range(len(HOW))
OPPOSED, ASIDE, GAVE_WAY = -1, -2, -3
WHY_NOT = {
    OPPOSED: "opposition motivée",
    ASIDE: "à l’écart selon la procédure",
    GAVE_WAY: "place cédée à l’équilibre",
}
"""Codes of those who are not taken for another reason than their rank."""
_BITS = np.iinfo(np.int64).bits - 1


def best_first(values: Sequence[Numbers], ids: Numbers) -> Numbers:
    """Return the rows from the first to the last.

    Parameters
    ----------
    values : sequence of array of int
        Criteria in order, the greatest first.
    ids : array of int
        The last key, the smallest first.

    Returns
    -------
    array of int
        A permutation of the rows.
    """
    by_id = np.argsort(ids, kind="stable")
    key, bits = packed([value[by_id] for value in values], len(by_id))
    room = len(by_id).bit_length()
    if key is None or bits + room > _BITS:
        columns = [-value[by_id] for value in reversed(values)]
        return by_id[np.lexsort(columns)] if columns else by_id
    ordered = np.sort((key << room) | np.arange(len(by_id)))
    return np.asarray(by_id[ordered & ((1 << room) - 1)])


def packed(values: Sequence[Numbers], size: int) -> tuple[Numbers | None, int]:
    """Pack criteria in one whole number, the smallest first; None where they do not fit."""
    key, bits = np.zeros(size, np.int64), 0
    for value in values:
        if not size:
            break
        most = int(value.max())
        width = (most - int(value.min())).bit_length()
        bits += width
        if bits > _BITS:
            return None, bits
        key = (key << width) | (most - value)
    return key, bits


@dataclass(frozen=True)
class Facts:
    """What the steps look at, one value a row.

    Attributes
    ----------
    merit : array of int
        Two people of equal number have equal merit.
    groups : mapping of name to array of bool
        See `procedures.model.GROUPS`; a step whose group is not given is left out.
    values : mapping of criterion to array of int
        Those of `Procedure.conditions`.
    opposed : array of bool, optional
        Whose promotion is opposed for this campaign: never taken.
    """

    merit: Numbers
    groups: Mapping[str, Flags] = field(default_factory=dict)
    values: Mapping[str, Numbers] = field(default_factory=dict)
    opposed: Flags | None = None

    def sorted(self, order: Numbers | slice) -> Facts:
        """Return the facts of some rows, in the order asked: from the first person to the last."""
        return Facts(
            self.merit[order],
            {name: flags[order] for name, flags in self.groups.items()},
            {name: numbers[order] for name, numbers in self.values.items()},
            None if self.opposed is None else self.opposed[order],
        )


@dataclass(frozen=True)
class Move:
    """What one step changed: who entered, who left, as rows."""

    step: Step
    enter: Numbers
    leave: Numbers


@dataclass(frozen=True)
class Placed:
    """Who is taken, and how (`HOW`, `WHY_NOT`), one code a row; and what each step changed."""

    how: How
    moves: tuple[Move, ...]


def places(order: Numbers, contingent: int, procedure: Procedure, facts: Facts) -> Placed:
    """Say who is taken, and how.

    Parameters
    ----------
    order : array of int
        Rows, from the first to the last.
    contingent : int
        Number of places.
    procedure : Procedure
        Its steps run in order.
    """
    table = _Table(min(contingent, len(order)), facts.sorted(order))
    moves = []
    for step in (*procedure.steps, _COMPLETION):
        before = table.how.copy()
        if step is _COMPLETION:
            table.complete()
        else:
            table.run(step)
        after = table.how
        enter = order[(before <= NOT_TAKEN) & (after > NOT_TAKEN)]
        leave = order[(before > NOT_TAKEN) & (after <= NOT_TAKEN)]
        moves.append(Move(step, enter, leave))
    result = np.zeros(len(order), np.int8)
    result[order] = table.how
    return Placed(result, tuple(moves))


def fill(contingent: int, procedure: Procedure, facts: Facts) -> How:
    """Say how each is taken, as `places` does, where people stand from the first to the last."""
    table = _Table(min(contingent, len(facts.merit)), facts)
    for step in procedure.steps:
        table.run(step)
    table.complete()
    return table.how


_COMPLETION = Step(etape=BY_RANK, libelle="places restantes")


class _Table:
    """The places being given, from the first person to the last."""

    def __init__(self, size: int, facts: Facts) -> None:
        self.size, self.facts = size, facts
        self.how = np.zeros(len(facts.merit), np.int8)
        if facts.opposed is not None:
            self.how[facts.opposed] = OPPOSED

    def run(self, step: Step) -> None:
        groups = {name for name in (step.group, step.among.group) if name}
        if groups <= set(self.facts.groups):
            _RUN[step.kind](self, step)

    @property
    def left(self) -> int:
        return self.size - int((self.how > NOT_TAKEN).sum())

    def among(self, among: Among) -> Flags:
        """Return who may still be taken among those that a step looks at."""
        candidates: Flags = np.asarray(self.how == NOT_TAKEN)
        if among.group:
            candidates &= self.facts.groups[among.group]
        if among.appreciations:
            codes = [APPRECIATIONS.index(name) for name in among.appreciations]
            candidates &= np.isin(-self.facts.values["appreciation"], codes)
        if among.bareme.lowest is not None:
            candidates &= self.facts.values["bareme"] >= among.bareme.lowest
        if among.bareme.highest is not None:
            candidates &= self.facts.values["bareme"] <= among.bareme.highest
        return candidates

    def take(self, whom: Flags, most: int, code: int) -> None:
        self.how[np.flatnonzero(whom)[: max(0, min(most, self.left))]] = code

    def by_rank(self, step: Step) -> None:
        kept = reserved_places(self.size, step.left)
        self.take(self.among(step.among), self.left - kept, TAKEN_BY_RANK)

    def complete(self) -> None:
        """Give to the rank what the steps left, last to those who gave way."""
        self.take(self.how == NOT_TAKEN, self.left, TAKEN_BY_RANK)
        self.take(self.how == GAVE_WAY, self.left, TAKEN_BY_RANK)

    def reserve(self, step: Step) -> None:
        self.take(self.among(step.among), self.left, BY_RESERVE)

    def lists(self, step: Step) -> None:
        """Share what is left between a group and the others, each in its own order."""
        inside, free = self.facts.groups[step.group], self.how == NOT_TAKEN
        room = self.left
        first = fair_part(int(inside.sum()), len(inside), room)
        self.take(free & inside, first, TAKEN_BY_RANK)
        self.take(free & ~inside, room - first, TAKEN_BY_RANK)

    def quota(self, step: Step) -> None:
        for name, part in step.parts.items():
            whom = self.among(Among(appreciation=(name,)))
            self.take(whom, quota_places(self.size, part), BY_QUOTA)

    def set_aside(self, step: Step) -> None:
        self.how[self.among(step.among)] = ASIDE

    def prorata(self, step: Step) -> None:
        self._exchange(self.facts.groups[step.group], None, BY_PRORATA)

    def balance(self, step: Step) -> None:
        equal = self.facts.merit if step.mode == AT_EQUAL_MERIT else None
        self._exchange(self.facts.groups[step.group], equal, BY_BALANCE)

    def _exchange(self, group: Flags, merit: Numbers | None, code: int) -> None:
        """Exchange the last taken with the first not taken, until a group has its part.

        `merit`: exchange only people of equal merit.
        """
        taken = self.how > NOT_TAKEN
        part = fair_part(int(group.sum()), len(group), int(taken.sum()))
        missing = part - int((taken & group).sum())
        enters = group if missing > 0 else ~group
        entering = np.flatnonzero((self.how == NOT_TAKEN) & enters)
        leaving = np.flatnonzero((self.how == TAKEN_BY_RANK) & ~enters)[::-1]
        size = min(abs(missing), len(entering), len(leaving))
        entering, leaving = entering[:size], leaving[:size]
        if merit is not None:
            equal = merit[entering] == merit[leaving]
            entering, leaving = entering[equal], leaving[equal]
        self.how[entering] = code
        self.how[leaving] = GAVE_WAY


_RUN = {
    BY_RANK: _Table.by_rank,
    RESERVE: _Table.reserve,
    LISTS: _Table.lists,
    QUOTA: _Table.quota,
    SET_ASIDE: _Table.set_aside,
    PRORATA: _Table.prorata,
    BALANCE: _Table.balance,
}
