"""What a reader can compute from published sums: the bounds of any group of people.

The reader is supposed to know everything but the numbers hidden: the structure of each table, which
groups are empty, and that no count is negative. What she can say of a group is then the least and
the most that a linear programme gives it under the published sums (solver HiGHS, by scipy).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, hstack, vstack

TINY = 1e-6
_ROUNDS = 6
_FAR = 1e5
"""More people than any target must span: where nothing published bounds a group, this does."""


@dataclass(frozen=True)
class Solution:
    """One end of the bounds of a group: its value, a population that reaches it, what binds it."""

    value: float
    counts: np.ndarray
    binding: np.ndarray


class Attack:
    """Bounds under published sums.

    Parameters
    ----------
    counts : array of float
        True size of each group; the reader does not know it.
    rows : sparse array
        A row a sum that may be published, a column a group.
    """

    def __init__(self, counts: np.ndarray, rows: csr_array) -> None:
        self.counts, self.rows = counts, rows
        self._ceiling = float(counts.sum()) + _FAR
        self._sums = rows @ counts
        self._last: tuple[bytes, _System] | None = None

    def most(self, weights: np.ndarray, published: np.ndarray) -> Solution:
        """Return the largest value of a weighted sum of groups, and the rows that bind it."""
        system = self._system(published)
        counts, duals = self.counts.copy(), np.zeros(len(system.rows))
        if system.free.size and system.rows.size:
            found = linprog(
                -weights[system.free],
                A_eq=system.matrix,
                b_eq=system.sums,
                bounds=(0, self._ceiling),
                method="highs",
            )
            if found.status != 0:
                raise ArithmeticError(found.message)
            counts[system.free], duals = found.x, np.asarray(found.eqlin.marginals)
        elif system.free.size:
            counts[system.free] = np.where(weights[system.free] > 0, self._ceiling, 0.0)
        prices = -weights[system.alone] - system.beside.T @ duals
        binding = [system.rows[np.abs(duals) > TINY], system.singles[np.abs(prices) > TINY]]
        return Solution(float(weights @ counts), counts, np.concatenate(binding))

    def least(self, weights: np.ndarray, published: np.ndarray) -> Solution:
        """Return the smallest value of a weighted sum of groups, and the rows that bind it."""
        found = self.most(-weights, published)
        return Solution(-found.value, found.counts, found.binding)

    def rows_to_hide(
        self, weights: np.ndarray, published: np.ndarray, cost: np.ndarray, amount: float
    ) -> tuple[float, np.ndarray]:
        """Return the published rows that, hidden, let a group be `amount` larger than it is.

        The move of people that costs least, each row changed weighed by how much it changes, and
        its cost: infinite where the rows of infinite cost, which cannot be hidden, forbid any.
        """
        used = np.flatnonzero(published)
        given, people = self.rows[used], len(self.counts)
        free = np.isfinite(cost[used])
        slack = eye_array(len(used), format="csr")[:, np.flatnonzero(free)]
        changes = hstack([given, -slack, slack])
        moved = np.concatenate([weights, np.zeros(2 * int(free.sum()))])
        price = cost[used][free]
        found = linprog(
            np.concatenate([np.zeros(people), price, price]),
            A_eq=csr_array(vstack([changes, csr_array(moved[None, :])])),
            b_eq=np.concatenate([np.zeros(len(used)), [amount]]),
            bounds=np.stack(
                [
                    np.concatenate([-self.counts, np.zeros(2 * len(price))]),
                    np.full(people + 2 * len(price), self._ceiling),
                ],
                axis=1,
            ),
            method="highs",
        )
        if found.status != 0:
            return np.inf, used[:0]
        return float(found.fun), used[np.abs(given @ found.x[:people]) > TINY]

    def _system(self, published: np.ndarray) -> _System:
        key = published.tobytes()
        if self._last is None or self._last[0] != key:
            self._last = key, self._reduced(np.flatnonzero(published))
        return self._last[1]

    def _reduced(self, used: np.ndarray) -> _System:
        given = self.rows[used]
        single = np.diff(given.indptr) == 1
        alone, first = np.unique(given.indices[given.indptr[:-1][single]], return_index=True)
        free = np.setdiff1d(np.arange(len(self.counts)), alone)
        matrix = csr_array(given[:, free])
        lines: dict[bytes, int] = {}
        for row in np.flatnonzero(np.diff(matrix.indptr)):
            held = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
            lines.setdefault(np.sort(held).tobytes(), int(row))
        kept = np.fromiter(lines.values(), np.int64, len(lines))
        beside = csr_array(given[kept][:, alone])
        sums = self._sums[used[kept]] - beside @ self.counts[alone]
        return _System(
            free, csr_array(matrix[kept]), sums, used[kept], alone, used[single][first], beside
        )


@dataclass(frozen=True)
class _System:
    """Published sums without the groups that one of them gives alone.

    `free` groups stay unknown, under the sums `rows` (matrix, sums); the groups `alone` are given
    by the sums `singles`, and enter the others by `beside`.
    """

    free: np.ndarray
    matrix: csr_array
    sums: np.ndarray
    rows: np.ndarray
    alone: np.ndarray
    singles: np.ndarray
    beside: csr_array


class Seen:
    """The widest bounds of each target met so far: a solution found for one serves all."""

    def __init__(self, attack: Attack, targets: csr_array, width: np.ndarray) -> None:
        self._attack, self.targets, self._width = attack, targets, width
        self._low = targets @ attack.counts
        self._high = self._low.copy()
        self.met: list[np.ndarray] = []

    def learn(self, counts: np.ndarray) -> None:
        """Take a population that the published sums allow."""
        values = self.targets @ counts
        self.met.append(counts)
        self._low = np.minimum(self._low, values)
        self._high = np.maximum(self._high, values)

    def explore(self, published: np.ndarray) -> None:
        """Look for populations that certify many targets at once."""
        draw = np.random.default_rng(0)
        for _ in range(_ROUNDS):
            unsure = self.unsure()
            if not unsure.any():
                return
            weights = (draw.normal(size=len(unsure)) * unsure) @ self.targets
            self.learn(self._attack.most(weights, published).counts)
            self.learn(self._attack.least(weights, published).counts)

    def unsure(self) -> np.ndarray:
        """Tell which targets are not known to be wide enough."""
        return np.asarray(self._high - self._low < self._width - TINY)

    def give_up(self, target: int) -> None:
        """Ask no more about a target that nothing can protect."""
        self._low[target], self._high[target] = -np.inf, np.inf
