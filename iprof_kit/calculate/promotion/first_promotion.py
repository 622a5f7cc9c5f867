"""The first promotion that a projection supposes, and what it changes a month: one answer."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import NamedTuple

from iprof_kit.calculate.career.question import BONUSES, CareerAnswer, Scenario, Step

_PACE = ("quotite", *BONUSES)


class Gain(NamedTuple):
    """What changes a month, from a day on; `promotion` is the day of the grade, None without one.

    The two days differ where the new grade pays no more at first.
    """

    day: date
    amount: float
    promotion: date | None


def first_promotion(career: CareerAnswer) -> tuple[Step, Step] | None:
    """Return where one stands before and after the first promotion that opens, if any."""
    steps = career.scenarios[-1].etapes
    return next(((one, two) for one, two in pairwise(steps) if two.nature == "grade"), None)


def first_gain(career: CareerAnswer) -> Gain | None:
    """Return what the second scenario changes at first: what its promotion pays, where it has one.

    An échelon of the first scenario whose effect comes before the day on which it is pronounced
    parts the two earlier: that is the échelon's, and not the price of the promotion.

    Examples
    --------
    >>> from datetime import date
    >>> from iprof_kit.calculate import ask
    >>> one = {"corps": "certifie", "grade": "classe_normale", "echelon": "11", "quotite": 100,
    ...        "date_effet": "2024-09-01"}
    >>> answer = ask("career", {"situation": one, "aujourdhui": "2026-11-25",
    ...                         "scenarios": [{}, {"hors_classe": 2027}]})
    >>> gain = first_gain(answer)
    >>> gain.promotion == gain.day == date(2027, 9, 1), gain.amount > 0
    (True, True)
    """
    gap, promotion = career.difference, first_promotion(career)
    if gap is None or gap.debut is None:
        return None
    first, second = career.scenarios[:2]
    alike = _paces(first.scenario) == _paces(second.scenario)
    if promotion is None or not alike or any(step.nature == "grade" for step in first.etapes):
        return Gain(gap.debut, gap.ecart_premier, None)
    before, after = promotion
    amount = round(after.traitement - before.traitement, 2)
    if amount:
        return Gain(after.date, amount, after.date)
    later = max(gap.debut, after.date)
    return Gain(later, gap.ecart_premier if later == gap.debut else 0.0, after.date)


def _paces(one: Scenario) -> tuple[object, ...]:
    return tuple(getattr(one, name) for name in _PACE)
