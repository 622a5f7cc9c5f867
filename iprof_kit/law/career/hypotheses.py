"""A project that no text adopted: shorter échelons, only where somebody supposes them."""

from __future__ import annotations

import numpy as np

from iprof_kit.base.calendar import MONTH
from iprof_kit.law.tables.cells import CELLS, Cell
from iprof_kit.law.tables.facts import Fact, Facts

PROJECT = Facts("durees_echelon_projet", ("corps", "grade", "echelon"))


def project_durations() -> Cell:
    """Return [cell] the days that each échelon would last, −1 where the project says nothing."""
    durations = np.full(CELLS.count, -1, np.int64)
    keys = tuple(PROJECT.keys())
    for key in keys:
        here = (CELLS.corps == key[0]) & (CELLS.grade == key[1]) & (CELLS.echelon == key[2])
        durations[here] = PROJECT.read(None, *key).whole("duree_projet_mois") * MONTH
    return durations


def project_facts(corps: str) -> tuple[Fact, ...]:
    """Return the rows of the project about one corps; empty where it does not speak of it."""
    return tuple(fact for fact in PROJECT.in_force(None) if fact.values["corps"] == corps)
