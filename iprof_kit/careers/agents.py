"""Who moves through the law: columns of equal length, one row a person or a scenario."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.errors import InputError

Whole = npt.NDArray[np.signedinteger[Any]]
Rows = Whole
"""Row numbers (int64)."""
Days = Whole
"""Axis days, or durations in days (int32)."""
CellColumn = Whole
"""Cells (int16)."""
Flags = npt.NDArray[np.bool_]

NEVER = np.int32(np.iinfo(np.int32).max)
"""A day that does not come."""

_TYPES: dict[str, type[np.signedinteger[Any]]] = {
    "ids": np.int64,
    "cell": np.int16,
    "entry": np.int32,
    "kept": np.int32,
    "exit": np.int32,
    "credit": np.int16,
}
_LONGEST = np.iinfo(np.int16).max


@dataclass(frozen=True)
class Agents:
    """The starting points of a projection.

    Parameters
    ----------
    ids : array of int64
        Numbers of the agents, all different: the last key of every ranking.
    cell : array of int16
        Cell held (corps × grade × échelon × chevron).
    entry : array of int32
        Axis day on which the cell took effect.
    kept : array of int32
        Seniority kept on that day, in days of the 360-day year.
    exit : array of int32
        First axis day that is no longer part of the career.
    credit : array of int16, optional
        Days of bonification (school head, ASA) not yet used: the next échelon uses them all up.

    Raises
    ------
    InputError
        Columns of different lengths, two agents with one number, a seniority out of all measure.
    """

    ids: Rows
    cell: CellColumn
    entry: Days
    kept: Days
    exit: Days
    credit: Days = field(default_factory=lambda: np.zeros(0, np.int16))

    def __post_init__(self) -> None:
        if not len(self.credit):
            object.__setattr__(self, "credit", np.zeros(len(self.ids), np.int16))
        for name, dtype in _TYPES.items():
            object.__setattr__(self, name, np.ascontiguousarray(getattr(self, name), dtype))
        lengths = {len(getattr(self, name)) for name in _TYPES}
        if len(lengths) != 1:
            raise InputError("les colonnes n’ont pas la même longueur.", where="agents")
        in_order = bool((self.ids[1:] > self.ids[:-1]).all())
        if not in_order and np.unique(self.ids).size != self.ids.size:
            raise InputError("deux personnes portent le même numéro.", where="agents")
        if self.kept.size and not 0 <= int(self.kept.min()) <= int(self.kept.max()) <= _LONGEST:
            raise InputError("l’ancienneté conservée est impossible.", where="agents")
        if self.credit.size and int(self.credit.min()) < 0:
            raise InputError("les jours de bonification sont négatifs.", where="agents")

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: npt.ArrayLike) -> Agents:
        """Return some rows, in the order asked."""
        index = np.asarray(rows)
        return Agents(*(getattr(self, name)[index] for name in _TYPES))
