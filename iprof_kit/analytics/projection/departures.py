"""When each one leaves: early exits by the generator's laws, then the rules of pensions."""

from __future__ import annotations

from functools import cache
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from iprof_kit.analytics.population.entrants import (
    Draw,
    Entrants,
    Whole,
    next_rentree,
    reasons_of,
    retirement_law,
    spent,
    stay,
)
from iprof_kit.analytics.population.laws import value
from iprof_kit.base.calendar import YEAR, Dates, date_of, to_axis, to_dates
from iprof_kit.careers.agents import NEVER
from iprof_kit.law.pension.dates import add_months
from iprof_kit.law.pension.generations import generation, limit_age, opening_age
from iprof_kit.law.pension.versions import law_version
from iprof_kit.law.tables.verified import verified_until

Floats = npt.NDArray[np.float64]


def draw_departures(
    who: Entrants, category: Whole, today: int, multiplier: float, draw: Draw
) -> tuple[Whole, Whole]:
    """Draw once the day on which each one leaves, and why.

    Parameters
    ----------
    who : Entrants
        `left` is not read.
    category : array of int
        See `law.pension.generations.CATEGORIES`.
    today : int
        Axis day of a 1 September: nobody leaves before, and whoever entered before is known to
        have stayed until its eve.
    multiplier : float
        Of the rates of exits other than retirement.
    draw : numpy Generator

    Returns
    -------
    left : array of int
        First axis day out of the corps.
    reason : array of int
        Place in `exit_reasons`.
    """
    served = np.maximum((today - who.entered) / YEAR - 1, 0)
    lasting = draw.exponential(1.0, len(who))
    early = np.full(len(who), int(NEVER))
    if multiplier > 0:
        early = next_rentree(who.entered + stay(lasting / multiplier + spent(served)))
    late = retirement_days(who, category, today, draw)
    left = np.minimum(early, late)
    return left, reasons_of(left - who.entered, late <= early, draw.random(len(who)))


def retirement_days(who: Entrants, category: Whole, today: int, draw: Draw) -> Whole:
    """Draw the day of retirement: a 1 September on which the right is open, at most the limit."""
    mean, spread = retirement_law(who.corps, who.born, who.woman)
    stayed = np.maximum(today - YEAR - who.born, 0) / YEAR  # at that rentrée she did not leave
    low = np.where(who.entered < today, _cumulated((stayed - mean) / spread), 0)
    age = mean + spread * _deviation(low + draw.random(len(who)) * (1 - low))
    age = np.clip(age, value("age_retraite_min"), value("age_retraite_max"))
    wanted = np.maximum(who.born + (age * YEAR).astype(np.int64), today - YEAR + 1)
    return by_the_rules(who.born, category, next_rentree(wanted), today)


def by_the_rules(born: Whole, category: Whole, wanted: Whole, today: int) -> Whole:
    """Return wanted days of retirement, moved to where the law of pensions allows them.

    A day before the opening of the right moves to the next 1 September at which it is open; a day
    after the age limit moves back to it. The law is that known today, at the effect of the pension.
    """
    birth = to_dates(born)
    known = np.full(len(born), max(np.datetime64(date_of(today)), _known_until()))
    days = wanted
    for _ in (1, 2):  # a later day may read a later version of the law, then it stays
        effect = to_dates(days)
        generations = generation(birth, category, law_version(effect, known))
        opening = to_axis(
            add_months(birth, np.nan_to_num(opening_age(generations)).astype(np.int64))
        )
        days = np.maximum(days, next_rentree(opening))
    months = limit_age(generations, to_dates(days))
    limit = to_axis(add_months(birth, np.nan_to_num(months).astype(np.int64)))
    limit = np.where(np.isnan(months), NEVER, np.maximum(limit, today))
    return np.minimum(days, limit).astype(np.int64)


def _known_until() -> np.datetime64:
    return np.datetime64(verified_until("retraite_ages"))


def simulation_day(today: int) -> Dates:
    """Return the day whose law of pensions is applied."""
    return np.array(max(np.datetime64(date_of(today)), _known_until()), "datetime64[D]")


@cache
def _normal() -> tuple[Floats, Floats]:
    """Return a grid of the normal law: cumulated probabilities, and deviations."""
    grid = np.arange(1, YEAR * 12) / (YEAR * 12)
    law = NormalDist()
    return grid, np.array([law.inv_cdf(float(part)) for part in grid])


def _cumulated(deviation: Floats) -> Floats:
    grid, deviations = _normal()
    cumulated: Floats = np.interp(deviation, deviations, grid, left=0, right=grid[-1])
    return cumulated


def _deviation(cumulated: Floats) -> Floats:
    grid, deviations = _normal()
    deviation: Floats = np.interp(cumulated, grid, deviations)
    return deviation
