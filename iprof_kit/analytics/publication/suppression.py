"""Secondary suppression: hide what would let a hidden number be computed.

As long as the bounds of a target are narrower than they must be, the sums crossed by the cheapest
move of people that widens them are hidden, and become targets too (where no move is possible, the
smallest sum that binds the target is). Each step hides something, so it ends; what it hides is not
the least that could be (that problem is NP-hard), but every target is checked by its own bounds.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, hstack, vstack

from iprof_kit.analytics.publication.rules import CROSSING, MARGINS

_KEPT = 500
"""Populations kept from one pass to the next: hiding more leaves them possible."""


@dataclass(frozen=True)
class Problem:
    """Sums that may be published, those that already are, and who must stay unknown.

    Attributes
    ----------
    counts : array of float
        People of each group.
    rows : sparse array
        A row a sum that may be published, a column a group.
    hidden : array of bool
        Sums hidden for themselves (too few people, dominance…).
    cost : array of float
        What is lost by hiding each sum.
    follows : array of int
        Sum that a sum needs: hidden with it; its own number where it needs none.
    targets_of : tuple of sparse arrays
        For each sum, by place: groups that must stay unknown once it is hidden (up to two).
    fixed : sparse array
        Sums already published, a column a group.
    others : sparse array
        Groups that must stay unknown because of what is already published.
    width, other_width : int, array of float
        People that the bounds must span.
    """

    counts: np.ndarray
    rows: csr_array
    hidden: np.ndarray
    cost: np.ndarray
    follows: np.ndarray
    targets_of: tuple[csr_array, ...]
    fixed: csr_array
    others: csr_array
    width: int
    other_width: np.ndarray


@dataclass
class Protected:
    """What is hidden, why, and what earlier publications give away whatever is done now."""

    hidden: np.ndarray
    why: dict[int, str] = field(default_factory=dict)
    given_away: int = 0


def protect(problem: Problem) -> Protected:
    """Return the sums to hide so that the bounds of every target are wide enough."""
    return _Search(problem).run()


class _Search:
    def __init__(self, problem: Problem) -> None:
        self._p, self._new = problem, problem.rows.shape[0]
        self._attack = Attack(problem.counts, csr_array(vstack([problem.rows, problem.fixed])))
        self._protected = Protected(problem.hidden.copy())
        self._met: list[np.ndarray] = []
        self._known = _same_rows(problem.rows, problem.fixed)
        for row in np.flatnonzero(problem.hidden):
            self._hide(int(row), "")

    def run(self) -> Protected:
        while True:
            targets, width, own = self._targets()
            seen = Seen(self._attack, targets, width)
            for counts in self._met:
                seen.learn(counts)
            if self._pass(seen, width, own):
                return self._protected
            self._met = [*self._met, *seen.met][-_KEPT:]

    def _pass(self, seen: Seen, width: np.ndarray, own: int) -> bool:
        """Check every target; return False where something was hidden: it is a target too."""
        seen.explore(self._published())
        self._protected.given_away = 0
        hid = False
        while (unsure := np.flatnonzero(seen.unsure())).size:
            target = int(unsure[0])
            weights = seen.targets[[target]].toarray()[0]
            high = self._attack.most(weights, self._published())
            seen.learn(high.counts)
            if not seen.unsure()[target]:
                continue
            low = self._attack.least(weights, self._published())
            seen.learn(low.counts)
            if not seen.unsure()[target]:
                continue
            binding = np.union1d(high.binding, low.binding)
            choice = self._cheapest_move(weights, float(width[target]))
            if not choice.size:
                choice = self._cheapest(binding)
            if not choice.size:
                self._protected.given_away += bool(target >= own or self._sensitive[target])
                seen.give_up(target)
                continue
            crossed = target >= own or bool((binding >= self._new).any())
            for row in choice:
                self._hide(int(row), CROSSING if crossed else MARGINS)
            hid = True
        return not hid

    def _targets(self) -> tuple[csr_array, np.ndarray, int]:
        p = self._p
        rows = np.flatnonzero(self._protected.hidden)
        hidden_rows = [part[rows] for part in p.targets_of]
        stacked = csr_array(vstack([*hidden_rows, p.others]))
        own = stacked.shape[0] - p.others.shape[0]
        width = np.concatenate([np.full(own, float(p.width)), p.other_width])
        filled = np.diff(stacked.indptr) > 0
        self._sensitive = np.tile(p.hidden[rows], len(hidden_rows))[filled[:own]]
        return stacked[filled], width[filled], int(filled[:own].sum())

    def _published(self) -> np.ndarray:
        return np.concatenate([~self._protected.hidden, np.ones(self._p.fixed.shape[0], bool)])

    def _cheapest_move(self, weights: np.ndarray, amount: float) -> np.ndarray:
        """Return the sums to hide so that a target may be larger, or smaller, by its width."""
        fixed = np.full(self._p.fixed.shape[0], np.inf)
        cost = np.concatenate([np.where(self._known, np.inf, self._p.cost), fixed])
        moves = [
            self._attack.rows_to_hide(weights, self._published(), cost, sign * amount)
            for sign in (1, -1)
        ]
        return min(moves, key=lambda move: move[0])[1]

    def _cheapest(self, binding: np.ndarray) -> np.ndarray:
        own = binding[binding < self._new]
        own = own[~self._known[own]]
        return np.asarray(own[[np.argmin(self._p.cost[own])]] if own.size else own)

    def _hide(self, row: int, why: str) -> None:
        for each in {row, *np.flatnonzero(self._p.follows == row).tolist()}:
            if why and not self._protected.hidden[each]:
                self._protected.why[each] = why
            self._protected.hidden[each] = True


def _same_rows(rows: csr_array, fixed: csr_array) -> np.ndarray:
    """Tell which sums are already published as they are: hiding them would hide nothing."""
    published = {_key(fixed, row) for row in range(fixed.shape[0])}
    return np.array([_key(rows, row) in published for row in range(rows.shape[0])], bool)


def _key(rows: csr_array, row: int) -> bytes:
    return bytes(np.sort(rows.indices[rows.indptr[row] : rows.indptr[row + 1]]))


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
            optimum = linprog(
                -weights[system.free],
                A_eq=system.matrix,
                b_eq=system.sums,
                bounds=(0, self._ceiling),
                method="highs",
            )
            if optimum.status != 0:
                raise ArithmeticError(optimum.message)
            counts[system.free], duals = optimum.x, np.asarray(optimum.eqlin.marginals)
        elif system.free.size:
            counts[system.free] = np.where(weights[system.free] > 0, self._ceiling, 0.0)
        prices = -weights[system.alone] - system.beside.T @ duals
        binding = [system.rows[np.abs(duals) > TINY], system.singles[np.abs(prices) > TINY]]
        return Solution(float(weights @ counts), counts, np.concatenate(binding))

    def least(self, weights: np.ndarray, published: np.ndarray) -> Solution:
        """Return the smallest value of a weighted sum of groups, and the rows that bind it."""
        largest = self.most(-weights, published)
        return Solution(-largest.value, largest.counts, largest.binding)

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
        optimum = linprog(
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
        if optimum.status != 0:
            return np.inf, used[:0]
        return float(optimum.fun), used[np.abs(given @ optimum.x[:people]) > TINY]

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
            groups = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
            lines.setdefault(np.sort(groups).tobytes(), int(row))
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
