"""The people of whom one asks what is open: columns, where −1 says that nobody told us."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import Axis
from iprof_kit.law.paths.rows import natures
from iprof_kit.law.tables.cells import CELLS, Cell

UNKNOWN = -1
NEVER = np.iinfo(np.int64).max
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class People:
    """Columns of persons, all of length `count`.

    Parameters
    ----------
    corps : array of str
        Codes of corps.csv, "" where unknown (or none).
    cell : array of int
        Cell held, −1 where unknown.
    days_in_echelon : array of int
        Days of the 360-day year in the échelon on the day asked, −1 where unknown.
    born, titularised, entered_corps : arrays of int
        Axis days, −1 where unknown; `NEVER` where titularisation is not to come.
    services, ongoing : mappings of nature to array
        Days of each nature on the day asked (−1 where unknown), and whether they go on.
    diploma : array of int
        Level of the highest diploma, −1 where unknown, 0 for none.
    enrolled, position : arrays of str
        « L3 », « M1 », « M2 », « aucune »; « activite »…; "" where unknown.
    facts : mapping of key to array of int
        What was declared: 1 true, 0 false, −1 unknown.
    children : mapping of « naissance » and « adoption » to array (count, children)
        Axis day of each birth or adoption; −1 for no such child. `children_known` tells whether
        the list is complete.
    months_taken, last_end : mappings of period to array
        Months already taken, and the axis day after the last one; −1 where unknown.
    pension_opens : array of int
        Axis day of the opening age, −1 where unknown.
    """

    count: int
    corps: npt.NDArray[np.object_]
    cell: Cell
    days_in_echelon: Cell
    born: Axis
    titularised: Axis
    entered_corps: Axis
    diploma: Cell
    enrolled: npt.NDArray[np.object_]
    position: npt.NDArray[np.object_]
    pension_opens: Axis
    services: Mapping[str, Axis] = field(default_factory=dict)
    ongoing: Mapping[str, Bools] = field(default_factory=dict)
    facts: Mapping[str, Cell] = field(default_factory=dict)
    children: Mapping[str, Axis] = field(default_factory=dict)
    children_known: Bools = field(default_factory=lambda: np.zeros(1, dtype=np.bool_))
    months_taken: Mapping[str, Cell] = field(default_factory=dict)
    last_end: Mapping[str, Axis] = field(default_factory=dict)

    @cached_property
    def kept(self) -> dict[Hashable, Any]:
        """What was already worked out of these columns: several paths ask the same."""
        return {}

    def unknown(self) -> Axis:
        """Return a column that says nothing."""
        return np.full(self.count, UNKNOWN, dtype=np.int64)

    def fact(self, key: str) -> Cell:
        """Return what was declared about a fact."""
        declared = self.facts.get(key)
        return self.unknown() if declared is None else declared

    def grade_rank(self) -> Cell:
        """Return 0 in the first grade of the corps, 1 in the second…, −1 where unknown."""
        ranks = np.append(_ranks(), UNKNOWN)
        rank: Cell = ranks[self.cell]
        return rank


@dataclass(frozen=True)
class Seniority:
    """Services of a nature: days at least and at most, and when a needed length is reached."""

    at_least: Axis
    at_most: Axis
    reached: Axis


def seniority(people: People, nature: str, needed: int, day: int) -> Seniority:
    """Return the bounds of the services of a nature, and the day on which `needed` is reached.

    A nature holds at least the natures that it includes. Where it was not declared itself, its own
    days have no upper bound, except a sum of natures, which is at most the sum of theirs. Days that
    go on are supposed to go on after the day asked.

    Returns
    -------
    Seniority
        `reached` is 0 where the length was reached at an unknown date, `NEVER` where what is known
        never reaches it.
    """
    asked = ("seniority", nature, needed, day)
    if asked not in people.kept:
        people.kept[asked] = _seniority(people, nature, needed, day)
    served: Seniority = people.kept[asked]
    return served


def _seniority(people: People, nature: str, needed: int, day: int) -> Seniority:
    row = natures()[nature]
    own = people.services.get(nature)
    if own is None:
        own = people.unknown()
    known, have = own >= 0, np.maximum(own, 0)
    ongoing = people.ongoing.get(nature)
    grows = known & (False if ongoing is None else ongoing)
    late = np.where(grows, day + needed - have, NEVER)
    reached = np.where(known, np.where(grows | (have < needed), late, 0), NEVER)
    inner = [
        seniority(people, name, needed, day) for name in str(row["comprend"]).split(";") if name
    ]
    for part in inner:
        reached, have = np.minimum(reached, part.reached), np.maximum(have, part.at_least)
    most = np.full(people.count, NEVER)
    if row["somme"] == "oui":
        limitless = np.any([part.at_most == NEVER for part in inner], axis=0)
        total = np.sum([np.where(limitless, 0, part.at_most) for part in inner], axis=0)
        most = np.where(limitless, NEVER, total)
    return Seniority(have, np.where(known, have, most), reached)


def _ranks() -> Cell:
    """Return [cell] the rank of each cell's grade in its corps."""
    first: dict[str, int] = {}
    ranks = np.zeros(CELLS.count, dtype=np.int64)
    for cell, (corps, code) in enumerate(zip(CELLS.corps, CELLS.grade_code, strict=True)):
        ranks[cell] = code - first.setdefault(corps, int(code))
    return ranks
