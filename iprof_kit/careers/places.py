"""From an order to places: the contingent, the reserve, the balance steps. Never more, never less.

Every step exchanges places one for one, so that the number of people taken is that of the
contingent whatever the steps.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from iprof_kit.law.promotion_procedures import (
    AT_EQUAL_MERIT,
    NO_BALANCE,
    TWO_LISTS,
    Procedure,
    fair_part,
    reserved_places,
)

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
How = npt.NDArray[np.int8]

HOW = ("", "rang", "réserve", "équilibre")
"""How somebody is taken, in French; the code is the place."""
NOT_TAKEN, BY_RANK, BY_RESERVE, BY_BALANCE = range(len(HOW))
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


def places(
    order: Numbers,
    contingent: int,
    procedure: Procedure,
    merit: Numbers,
    groups: dict[str, Flags],
) -> How:
    """Say who is taken, and how.

    Parameters
    ----------
    order : array of int
        Rows, from the first to the last.
    contingent : int
        Number of places.
    procedure : Procedure
        Its reserve, prorata and balance steps; a step whose group is not given is left out.
    merit : array of int
        One number a row: two people of equal number have equal merit.
    groups : mapping of name to array of bool
        « femme », « superieur », « reserve », one value a row.

    Returns
    -------
    array of int8
        One of `HOW` a row; min(contingent, rows) are taken.
    """
    size = min(contingent, len(order))
    how = np.zeros(len(order), np.int8)
    sorted_groups = {name: flags[order] for name, flags in groups.items()}
    _take(how, size, procedure, sorted_groups)
    if procedure.prorata in sorted_groups:
        group = sorted_groups[procedure.prorata]
        _exchange(how, group, fair_part(int(group.sum()), len(order), size), None)
    women = sorted_groups.get("femme")
    if women is not None and procedure.balance not in (NO_BALANCE, TWO_LISTS):
        equal = merit[order] if procedure.balance == AT_EQUAL_MERIT else None
        _exchange(how, women, fair_part(int(women.sum()), len(order), size), equal)
    result = np.zeros(len(order), np.int8)
    result[order] = how
    return result


def _take(how: How, size: int, procedure: Procedure, groups: dict[str, Flags]) -> None:
    """Take the first ones, in one list or two, then those of the reserve, then the next ones."""
    reserve = groups.get("reserve")
    kept = 0 if reserve is None else reserved_places(size, procedure.reserve_pct)
    women = groups.get("femme")
    if procedure.balance == TWO_LISTS and women is not None:
        first = fair_part(int(women.sum()), len(how), size - kept)
        how[np.flatnonzero(women)[:first]] = BY_RANK
        how[np.flatnonzero(~women)[: size - kept - first]] = BY_RANK
    else:
        how[: size - kept] = BY_RANK
    if reserve is not None and kept:
        how[np.flatnonzero((how == NOT_TAKEN) & reserve)[:kept]] = BY_RESERVE
    left = size - int((how != NOT_TAKEN).sum())
    how[np.flatnonzero(how == NOT_TAKEN)[:left]] = BY_RANK


def _exchange(how: How, group: Flags, target: int, merit: Numbers | None) -> None:
    """Exchange the last taken with the first not taken, until a group has its part.

    `merit`: exchange only people of equal merit.
    """
    taken = how != NOT_TAKEN
    missing = target - int((taken & group).sum())
    enters = group if missing > 0 else ~group
    entering = np.flatnonzero(~taken & enters)
    leaving = np.flatnonzero((how == BY_RANK) & ~enters)[::-1]
    size = min(abs(missing), len(entering), len(leaving))
    entering, leaving = entering[:size], leaving[:size]
    if merit is not None:
        equal = merit[entering] == merit[leaving]
        entering, leaving = entering[equal], leaving[equal]
    how[entering] = BY_BALANCE
    how[leaving] = NOT_TAKEN
