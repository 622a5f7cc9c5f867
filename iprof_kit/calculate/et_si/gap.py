"""What parts two scenarios: stretch by stretch, in traitement, primes and net, and why it stops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from iprof_kit.base.calendar import MONTH, axis_of
from iprof_kit.calculate.career.steps import euros
from iprof_kit.calculate.et_si.answer import ScenarioCalcule, Tranche


@dataclass(frozen=True)
class Parts:
    """An amount of euros, parted: net = traitement + primes − retenues.

    Examples
    --------
    >>> Parts(traitement=10.0, primes=2.0, retenues=3.0).net
    9.0
    """

    traitement: float
    primes: float
    retenues: float

    @property
    def brut(self) -> float:
        """Traitement and primes."""
        return round(self.traitement + self.primes, 2)

    @property
    def net(self) -> float:
        """What is left of them."""
        return round(self.brut - self.retenues, 2)


@dataclass(frozen=True)
class Stretch:
    """A time during which neither pay changes: `end` is the first day after it.

    `month` is what parts a month of the two, `whole` what the stretch parts in all, arrears paid on
    its first day with it.
    """

    begin: date
    end: date
    first: Tranche
    second: Tranche
    month: Parts
    whole: Parts

    @property
    def differs(self) -> bool:
        """Whether the two are not paid the same."""
        return bool(self.month.net or self.month.brut or self.whole.net)

    @property
    def months(self) -> float:
        """How long it lasts, in months of 30 days."""
        return (axis_of(self.end) - axis_of(self.begin)) / MONTH


def stretches(first: ScenarioCalcule, second: ScenarioCalcule, until: date) -> tuple[Stretch, ...]:
    """Return every stretch of two scenarios before a day; the gap is first minus second.

    Parameters
    ----------
    until : date
        First day that is not counted; the first of the two departures stops it too.
    """
    end = min(until, first.depart, second.depart)
    cuts = sorted(
        {one.debut for both in (first, second) for one in both.tranches if one.debut < end}
    )
    return tuple(
        _stretch(_piece(first, begin), _piece(second, begin), begin, after)
        for begin, after in pairwise([*cuts, end])
    )


def summed(parted: Sequence[Stretch]) -> Parts:
    """Return what stretches part in all."""
    parts = [one.whole for one in parted]
    return Parts(
        round(sum(one.traitement for one in parts), 2),
        round(sum(one.primes for one in parts), 2),
        round(sum(one.retenues for one in parts), 2),
    )


def paid_before(one: ScenarioCalcule, until: date) -> float:
    """Return the net that a scenario pays before a day, arrears with it."""
    ends = [*(piece.debut for piece in one.tranches[1:]), one.depart]
    paid = [
        euros((axis_of(min(end, until)) - axis_of(piece.debut)) * round(piece.net * 100))
        + piece.rappel_net
        for piece, end in zip(one.tranches, ends, strict=True)
        if piece.debut < until
    ]
    return round(sum(paid), 2)


def apart(parted: Sequence[Stretch]) -> tuple[tuple[Stretch, ...], ...]:
    """Return the times during which two scenarios differ, each as its stretches in a row."""
    runs: list[list[Stretch]] = []
    for before, one in zip((None, *parted), parted, strict=False):
        if not one.differs:
            continue
        if before is not None and before.differs:
            runs[-1].append(one)
        else:
            runs.append([one])
    return tuple(map(tuple, runs))


def _piece(one: ScenarioCalcule, day: date) -> Tranche:
    return [piece for piece in one.tranches if piece.debut <= day][-1]


def _stretch(first: Tranche, second: Tranche, begin: date, end: date) -> Stretch:
    if first.non_calculee or second.non_calculee:  # nothing is known to differ
        return Stretch(begin, end, first, second, _parts(0, 0, 0), _parts(0, 0, 0))
    days = axis_of(end) - axis_of(begin)
    month = _parts(*(getattr(first, what) - getattr(second, what) for what in _PAID))
    owed = (_owed(first, what, begin) - _owed(second, what, begin) for what in _PAID)
    whole = _parts(
        *(
            euros(days * round((getattr(first, what) - getattr(second, what)) * 100)) + arrears
            for what, arrears in zip(_PAID, owed, strict=True)
        )
    )
    return Stretch(begin, end, first, second, month, whole)


_PAID = ("traitement", "brut", "net")


def _owed(piece: Tranche, what: str, begin: date) -> float:
    """Return what is paid at once on the first day of a piece."""
    return float(getattr(piece, f"rappel_{what}")) if piece.debut == begin else 0.0


def _parts(traitement: float, brut: float, net: float) -> Parts:
    return Parts(round(traitement, 2), round(brut - traitement, 2), round(brut - net, 2))
