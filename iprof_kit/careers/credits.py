"""Months of bonification as recorded acts: given on a day, used up by the next échelon."""

from __future__ import annotations

import numpy as np

from iprof_kit.base.calendar import MONTH, Axis
from iprof_kit.careers.acts import CREDIT, Acts
from iprof_kit.law.career.bonifications import direction_day, direction_months


def direction_acts(row: Axis, year: Axis) -> Acts:
    """Return the acts that give the months of complete school years of direction d'école.

    Parameters
    ----------
    row, year : array of int
        Row of the engine, and civil year in which each school year begins.

    Raises
    ------
    InputError
        A school year before those that the law counts.
    """
    year = np.asarray(year, np.int64)
    known = {each: direction_day(each) for each in np.unique(year).tolist()}
    day = np.array([known[each] for each in year.tolist()], np.int64)
    days = direction_months(np.ones_like(year)) * MONTH
    nothing = np.zeros_like(year)
    return Acts(row, day, np.full(len(year), CREDIT, np.int8), nothing, days)
