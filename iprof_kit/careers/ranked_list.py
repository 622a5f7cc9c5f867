"""One list of one campaign, ranked and explained: who is where, who is taken, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from iprof_kit.base.errors import InputError
from iprof_kit.careers.agents import Flags
from iprof_kit.careers.criteria import Candidates, Numbers, criterion, criterion_text
from iprof_kit.careers.places import (
    HOW,
    NOT_TAKEN,
    TAKEN_BY_RANK,
    WHY_NOT,
    Facts,
    How,
    Move,
    best_first,
    fill,
    packed,
    places,
)
from iprof_kit.law.promotion.procedures.model import CRITERIA, Procedure

BY_NUMBER = "numéro de dossier (égalité complète)"


@dataclass(frozen=True)
class RankedList:
    """A list in order.

    Attributes
    ----------
    values : tuple of array of int
        One column a criterion, the greatest first.
    order : array of int
        Rows from the first to the last.
    rank : array of int
        Rank of each row, from 1.
    how : array of int8
        Place in `places.HOW` of each row; 0: not taken; below: not taken, and why (`WHY_NOT`).
    moves : tuple of Move
        What each step changed; the last one gives to the rank what is left.
    """

    procedure: Procedure
    values: tuple[Numbers, ...]
    order: Numbers
    rank: Numbers
    how: How
    moves: tuple[Move, ...] = ()

    @property
    def taken(self) -> npt.NDArray[np.bool_]:
        """Who is taken."""
        return np.asarray(self.how > NOT_TAKEN)

    def separators(self) -> Numbers:
        """Return, for each place but the last, the criterion that separates it from the next.

        Returns
        -------
        array of int [rows − 1]
            Place in `procedure.criteria`; their number where only the person's number decides.
        """
        size = len(self.values)
        criteria = np.full(max(len(self.order) - 1, 0), size, np.int64)
        for place in reversed(range(size)):
            column = self.values[place][self.order]
            criteria[column[:-1] != column[1:]] = place
        return criteria

    def why(self, row: int) -> tuple[str, ...]:
        """Return why a row is at its rank, in French sentences: criteria, then the next person."""
        names = self.procedure.criteria
        values = [
            f"{CRITERIA[name]} : {criterion_text(name, int(column[row]))}"
            for name, column in zip(names, self.values, strict=True)
        ]
        place = int(self.rank[row]) - 1
        criteria = " ; ".join(values)
        lines = [f"Rang {place + 1} sur {len(self.order)}. {criteria[:1].upper()}{criteria[1:]}."]
        if place > 0:
            lines.append(self._between(place - 1, place, "La personne qui précède"))
        if place + 1 < len(self.order):
            lines.append(self._between(place, place + 1, "La personne qui suit"))
        outcome = self.outcome(row)
        lines.append(f"{outcome[:1].upper()}{outcome[1:]}.")
        return tuple(lines)

    def reason(self, row: int) -> str:
        """Return « rang », « réserve »…, why she is not taken, or ""."""
        code = int(self.how[row])
        return WHY_NOT[code] if code < NOT_TAKEN else HOW[code]

    def outcome(self, row: int) -> str:
        """Return « dans le contingent (rang) », « hors du contingent »."""
        code = int(self.how[row])
        if code > NOT_TAKEN:
            return f"dans le contingent ({HOW[code]})"
        why = WHY_NOT.get(code)
        return f"hors du contingent ({why})" if why else "hors du contingent"

    def _between(self, first: int, second: int, who: str) -> str:
        upper, lower = int(self.order[first]), int(self.order[second])
        for name, column in zip(self.procedure.criteria, self.values, strict=True):
            if column[upper] != column[lower]:
                better, worse = (criterion_text(name, int(column[row])) for row in (upper, lower))
                return f"{who} s’en distingue par : {CRITERIA[name]} ({better} contre {worse})."
        return f"{who} est à égalité complète : {BY_NUMBER}."


def rank_list(people: Candidates, procedure: Procedure, contingent: int) -> RankedList:
    """Rank a list and share its places.

    Parameters
    ----------
    people : Candidates
        One list: a corps, a grade, the perimeter of one authority.
    procedure : Procedure
        See `law.promotion.rankings.ranking_procedure`.
    contingent : int
        Places, from `law.promotion.contingent.promotion_contingent`.

    Raises
    ------
    InputError
        A column that the procedure needs misses, or two people have one number.
    """
    if np.unique(people.ids).size != len(people):
        raise InputError(
            "deux personnes portent le même numéro.",
            where="numero",
            remedy="Une personne est une ligne : retirez les doublons.",
        )
    return ranked(people, procedure, contingent)


def ranked(
    people: Candidates,
    procedure: Procedure,
    contingent: int,
    supposed: tuple[Numbers, ...] | None = None,
) -> RankedList:
    """Rank a list of people whose numbers are known to be different; see `rank_list`.

    Parameters
    ----------
    people, procedure, contingent
        See `rank_list`.
    supposed : tuple of array of int, optional
        The values of the criteria, where they are a hypothesis; by default those of the law.
    """
    values = supposed or tuple(criterion(name, people) for name in procedure.criteria)
    order = best_first(values, people.ids)
    placed = places(order, contingent, procedure, _facts(people, procedure, values))
    rank = np.empty(len(people), np.int64)
    rank[order] = np.arange(1, len(people) + 1)
    return RankedList(procedure, values, order, rank, placed.how, placed.moves)


def taken_by_authority(
    people: Candidates, procedure: Procedure, authority: Numbers, contingents: Mapping[int, int]
) -> Flags:
    """Say who is taken, as `ranked` does on the list of each authority: compared all at once.

    Parameters
    ----------
    people : Candidates
        A corps and a grade, the lists of all authorities.
    authority : array of int
        Whose list each one is on.
    contingents : mapping of authority to int
    """
    values = tuple(criterion(name, people) for name in procedure.criteria)
    order = best_first(values, people.ids)
    order = order[np.argsort(authority[order], kind="stable")]
    facts = _facts(people, procedure, values).sorted(order)
    how = np.empty(len(people), np.int8)
    begin = 0
    for each, size in zip(*np.unique(authority, return_counts=True), strict=True):
        own_list = slice(begin, begin + int(size))
        how[order[own_list]] = fill(contingents[int(each)], procedure, facts.sorted(own_list))
        begin = own_list.stop
    return np.asarray(how > NOT_TAKEN)


def _facts(people: Candidates, procedure: Procedure, values: tuple[Numbers, ...]) -> Facts:
    """Return what the steps of a procedure look at."""
    merit, _ = packed(values[: procedure.merit], len(people))
    known = (*procedure.groups, "opposition")
    flags = {name: flag for name in known if (flag := people.flags(name)) is not None}
    return Facts(
        np.zeros(len(people), np.int64) if merit is None else merit,
        {name: flag for name, flag in flags.items() if name != "opposition"},
        {name: _value(name, procedure, values, people) for name in procedure.conditions},
        flags.get("opposition"),
    )


def _value(
    name: str, procedure: Procedure, values: tuple[Numbers, ...], people: Candidates
) -> Numbers:
    """Return a criterion that a step looks at, calculated once."""
    if name in procedure.criteria:
        return values[procedure.criteria.index(name)]
    return criterion(name, people)


def last_taken(ranked: RankedList) -> int | None:
    """Return the row of the last taken by rank: « la barre »; None where nobody is taken."""
    taken = ranked.order[ranked.how[ranked.order] == TAKEN_BY_RANK]
    return int(taken[-1]) if taken.size else None
