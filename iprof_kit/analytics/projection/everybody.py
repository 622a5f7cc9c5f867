"""Who lives in a projection: the people of the table, then those who enter."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.analytics.population.entrants import Entrants, Whole
from iprof_kit.analytics.population.merit import Merit
from iprof_kit.analytics.population.past import ReplayStart
from iprof_kit.analytics.population.postings import Texts


@dataclass(frozen=True)
class Everybody:
    """The people of the table, then those who enter.

    Attributes
    ----------
    start : ReplayStart
        On the day of the observation, or of the entry.
    academy, category : arrays of int
        See `People`.
    effect : array of int
        Axis day on which the first cell took effect.
    services : array of int
        Axis day on which services began.
    reason : array of int
        Of the exit, a place in `departures.reasons`.
    """

    who: Entrants
    start: ReplayStart
    merit: Merit
    academy: Whole
    function: Texts
    category: Whole
    effect: Whole
    services: Whole
    reason: Whole
