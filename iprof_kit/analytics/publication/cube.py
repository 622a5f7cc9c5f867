"""The cells of a table with all its margins, and which groups of people each one counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from iprof_kit.analytics.needs import scipy_sparse

if TYPE_CHECKING:
    from scipy.sparse import csr_array

TOTAL = "Ensemble"
OUTSIDE = -1


@dataclass(frozen=True)
class Cube:
    """A table by one or several columns, from each finest cell to the grand total.

    Attributes
    ----------
    by : tuple of str
        Columns.
    levels : tuple of tuples of str
        Values of each column, in the order of the table; its total comes after them.
    """

    by: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """Number of values of each column, its total included."""
        return tuple(len(values) + 1 for values in self.levels)

    @property
    def size(self) -> int:
        """Number of cells, margins included."""
        return int(np.prod(self.shape, dtype=np.int64))

    @property
    def finest(self) -> int:
        """Number of cells without margins."""
        return int(np.prod([len(values) for values in self.levels], dtype=np.int64))

    def code(self, codes: list[np.ndarray], length: int) -> np.ndarray:
        """Return one number a person for the finest cell that holds it."""
        if not codes:
            return np.zeros(length, np.int64)
        return np.ravel_multi_index(tuple(codes), tuple(len(v) for v in self.levels)).astype(
            "int64"
        )

    def membership(self, code: np.ndarray) -> csr_array:
        """Return which groups each cell holds: a row a cell, a column a group.

        Parameters
        ----------
        code : array of int
            Finest cell of each group, `OUTSIDE` where the table does not hold it.
        """
        inside = np.flatnonzero(code != OUTSIDE)
        parts = np.unravel_index(code[inside], tuple(len(v) for v in self.levels) or (1,))
        rows, columns = [], []
        for margin in product((False, True), repeat=len(self.levels)):
            at = [
                np.full(len(inside), len(values)) if summed else part
                for summed, part, values in zip(margin, parts, self.levels, strict=False)
            ]
            rows.append(np.ravel_multi_index(tuple(at), self.shape) if at else 0 * inside)
            columns.append(inside)
        row, column = np.concatenate(rows), np.concatenate(columns)
        shape = (self.size, len(code))
        members: csr_array = scipy_sparse().csr_array(
            (np.ones(len(row)), (row, column)), shape=shape
        )
        return members

    def margins(self) -> np.ndarray:
        """Return how many columns each cell sums."""
        if not self.levels:
            return np.zeros(1, np.int64)
        places = np.indices(self.shape).reshape(len(self.levels), -1)
        lasts = np.array([len(values) for values in self.levels]).reshape(-1, 1)
        return np.asarray((places == lasts).sum(axis=0))

    def labels(self) -> list[tuple[str, ...]]:
        """Return the values of each cell, `TOTAL` where it sums a column."""
        return list(product(*((*values, TOTAL) for values in self.levels)))
