"""Secondary suppression: hide what would let a hidden number be computed.

As long as the bounds of a target are narrower than they must be, the sums crossed by the cheapest
move of people that widens them are hidden, and become targets too (where no move is possible, the
smallest sum that binds the target is). Each step hides something, so it ends; what it hides is not
the least that could be (that problem is NP-hard), but every target is checked by its own bounds.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array, vstack

from iprof_kit.analytics.publication.attack import Attack, Seen
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
        self._found = Protected(problem.hidden.copy())
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
                return self._found
            self._met = [*self._met, *seen.met][-_KEPT:]

    def _pass(self, seen: Seen, width: np.ndarray, own: int) -> bool:
        """Check every target; return False where something was hidden: it is a target too."""
        seen.explore(self._published())
        self._found.given_away = 0
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
                self._found.given_away += bool(target >= own or self._sensitive[target])
                seen.give_up(target)
                continue
            crossed = target >= own or bool((binding >= self._new).any())
            for row in choice:
                self._hide(int(row), CROSSING if crossed else MARGINS)
            hid = True
        return not hid

    def _targets(self) -> tuple[csr_array, np.ndarray, int]:
        p = self._p
        rows = np.flatnonzero(self._found.hidden)
        mine = [part[rows] for part in p.targets_of]
        stacked = csr_array(vstack([*mine, p.others]))
        own = stacked.shape[0] - p.others.shape[0]
        width = np.concatenate([np.full(own, float(p.width)), p.other_width])
        filled = np.diff(stacked.indptr) > 0
        self._sensitive = np.tile(p.hidden[rows], len(mine))[filled[:own]]
        return stacked[filled], width[filled], int(filled[:own].sum())

    def _published(self) -> np.ndarray:
        return np.concatenate([~self._found.hidden, np.ones(self._p.fixed.shape[0], bool)])

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
        mine = binding[binding < self._new]
        mine = mine[~self._known[mine]]
        return np.asarray(mine[[np.argmin(self._p.cost[mine])]] if mine.size else mine)

    def _hide(self, row: int, why: str) -> None:
        for each in {row, *np.flatnonzero(self._p.follows == row).tolist()}:
            if why and not self._found.hidden[each]:
                self._found.why[each] = why
            self._found.hidden[each] = True


def _same_rows(rows: csr_array, fixed: csr_array) -> np.ndarray:
    """Tell which sums are already published as they are: hiding them would hide nothing."""
    told = {_key(fixed, row) for row in range(fixed.shape[0])}
    return np.array([_key(rows, row) in told for row in range(rows.shape[0])], bool)


def _key(rows: csr_array, row: int) -> bytes:
    return bytes(np.sort(rows.indices[rows.indptr[row] : rows.indptr[row + 1]]))
