"""What happens in a projection, in compact columns: fifteen bytes an event."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from iprof_kit.careers.agents import CellColumn, Days, Rows, Whole

ECHELON: Final = 1
"""The next échelon, by right, at seniority."""
CHEVRON: Final = 2
"""The next chevron, by right."""
BONIFICATION: Final = 3
"""The next échelon, one year earlier, by decision."""
GRADE: Final = 4
"""The next grade, by decision, on 1 September."""
TEXT: Final = 5
"""A new text moves the person (a new table of échelons)."""
RECORDED: Final = 6
"""A recorded act places the person: nomination, change of corps."""
DEPARTURE: Final = 7
"""A recorded act ends the career."""

Kinds = npt.NDArray[np.int8]
_NAMES = ("row", "day", "cell", "kind", "kept", "early")
_TYPES = (np.int32, np.int32, np.int16, np.int8, np.int16, np.int16)


@dataclass(frozen=True)
class Events:
    """Columns of equal length, in the order in which the projection met the events.

    Attributes
    ----------
    row : array of int32
        Row of the agent.
    day : array of int32
        Axis day of the effect.
    cell : array of int16
        Cell held from that day.
    kind : array of int8
        One of the constants of this module.
    kept : array of int16
        Seniority kept in the cell on that day, in days.
    early : array of int16
        Days by which the effect comes before the day on which the échelon is due without the months
        of school heads or of ASA.
    """

    row: Days
    day: Days
    cell: CellColumn
    kind: Kinds
    kept: npt.NDArray[np.int16]
    early: npt.NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.row)

    @property
    def nbytes(self) -> int:
        """Bytes taken by the columns."""
        return sum(getattr(self, name).nbytes for name in _NAMES)

    @cached_property
    def _by_row(self) -> tuple[Rows, Rows]:
        order = np.argsort(self.row, kind="stable")
        return order, self.row[order].astype(np.int64)

    def of(self, row: int) -> Events:
        """Return the events of one row, oldest first."""
        order, rows = self._by_row
        first, last = np.searchsorted(rows, [row, row + 1])
        return self.take(order[first:last])

    def take(self, index: Rows) -> Events:
        """Return some events, in the order asked."""
        return Events(*(getattr(self, name)[index] for name in _NAMES))

    def sorted(self) -> Events:
        """Return the events by row, each row's oldest first."""
        return self.take(self._by_row[0])


@dataclass
class EventLog:
    """Chunks of events being written."""

    _chunks: list[Events] = field(default_factory=list)

    def add(
        self,
        rows: Rows,
        day: npt.ArrayLike,
        cell: npt.ArrayLike,
        kind: npt.ArrayLike,
        kept: npt.ArrayLike = 0,
        early: npt.ArrayLike = 0,
    ) -> None:
        """Write one event for each of the rows."""
        if not rows.size:
            return
        size = rows.size
        self._chunks.append(
            Events(
                rows.astype(np.int32),
                _column(day, np.int32, size),
                _column(cell, np.int16, size),
                _column(kind, np.int8, size),
                _column(kept, np.int16, size),
                _column(early, np.int16, size),
            )
        )

    def close(self) -> Events:
        """Return all the chunks as one."""
        columns = []
        for name, dtype in zip(_NAMES, _TYPES, strict=True):
            parts = [getattr(chunk, name) for chunk in self._chunks]
            columns.append(np.concatenate(parts) if parts else np.zeros(0, dtype))
        return Events(*columns)


def _column(values: npt.ArrayLike, dtype: type[np.signedinteger[Any]], size: int) -> Whole:
    """Return values as an own column: a later change of the state must not reach the log."""
    column = np.empty(size, dtype)
    column[:] = values
    return column
