"""Who decides: the only place where a projection compares people or obeys a choice.

A decider is given the persons that the law lets on a list, and answers which of them are taken.
`Chosen` obeys the controls of a teacher or a trainer; `Replayed` repeats recorded outcomes;
`ranking.Ranking` compares a population.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from iprof_kit.base.errors import LawError
from iprof_kit.careers.agents import Flags, Rows
from iprof_kit.careers.lists import Campaign, Codes, list_names


class Decider(Protocol):
    """Say which persons of a campaign are taken."""

    def decide(self, campaign: Campaign) -> Flags:
        """Return one boolean for each row of the campaign."""
        ...


class Nobody:
    """Nothing but rights: nobody is promoted, no bonification is given."""

    def decide(self, campaign: Campaign) -> Flags:
        """Return all False."""
        return np.zeros(len(campaign), dtype=bool)


NO_YEAR = 0
"""In a column of `Chosen`: never."""


@dataclass
class Chosen:
    """The controls of scenarios, one column a control, one row a scenario.

    A choice that the law does not allow has no effect: the person is not on the list that year.
    `seen` keeps every list met, so that what was possible can be told afterwards.

    Parameters
    ----------
    grades : mapping of grade to array of int
        Year of the 1 September of each promotion; `NO_YEAR` for never.
    bonifications : mapping of échelon to array of bool
        Whether the bonification of this échelon is given.
    """

    grades: Mapping[str, npt.NDArray[np.int64]] = field(default_factory=dict)
    bonifications: Mapping[str, Flags] = field(default_factory=dict)
    seen: list[Campaign] = field(default_factory=list)

    def decide(self, campaign: Campaign) -> Flags:
        """Take those whose control says so."""
        self.seen.append(campaign)
        taken = np.zeros(len(campaign), dtype=bool)
        names = list_names()
        for code in np.unique(campaign.list_code):
            wanted = self._wanted(names[code].object, campaign)
            taken |= (campaign.list_code == code) & wanted
        return taken

    def _wanted(self, what: str, campaign: Campaign) -> Flags:
        if what in self.grades:
            return np.asarray(self.grades[what][campaign.rows] == campaign.year)
        if what in self.bonifications:
            return self.bonifications[what][campaign.rows]
        return np.zeros(len(campaign), dtype=bool)

    def years_open(self) -> dict[tuple[int, str], tuple[int, ...]]:
        """Return the years in which each row was on each list: (row, grade or échelon)."""
        names = list_names()
        years: dict[tuple[int, str], list[int]] = {}
        for campaign in self.seen:
            for row, code in zip(campaign.rows.tolist(), campaign.list_code.tolist(), strict=True):
                years.setdefault((row, names[code].object), []).append(campaign.year)
        return {of: tuple(known) for of, known in years.items()}


@dataclass(frozen=True)
class Outcomes:
    """The decisions of a projection: who was taken, in which campaign, on which list."""

    row: npt.NDArray[np.int32]
    year: npt.NDArray[np.int16]
    list_code: Codes

    def __len__(self) -> int:
        return len(self.row)

    def of(self, rows: npt.ArrayLike) -> Outcomes:
        """Return the outcomes of some rows, renumbered 0, 1, 2… in the order given."""
        wanted = np.asarray(rows, np.int64)
        order = np.argsort(wanted, kind="stable")
        place = np.minimum(np.searchsorted(wanted[order], self.row), len(wanted) - 1)
        new = order[place]
        kept = wanted[new] == self.row
        return Outcomes(new[kept].astype(np.int32), self.year[kept], self.list_code[kept])


class Replayed:
    """Recorded outcomes, repeated: a person alone lives what she lived among the others.

    Raises
    ------
    LawError
        While projecting: a recorded outcome concerns somebody who was not on the list.
    """

    def __init__(self, outcomes: Outcomes) -> None:
        self._lists = len(list_names())
        keys = outcomes.row.astype(np.int64) * self._lists + outcomes.list_code
        self._keys: dict[int, Rows] = {
            int(year): np.sort(keys[outcomes.year == year]) for year in np.unique(outcomes.year)
        }
        self._left = len(outcomes)

    def decide(self, campaign: Campaign) -> Flags:
        """Take those who were taken."""
        recorded = self._keys.get(campaign.year)
        if recorded is None:
            return np.zeros(len(campaign), dtype=bool)
        taken = np.isin(campaign.rows * self._lists + campaign.list_code, recorded)
        self._left -= int(taken.sum())
        return taken

    def check(self) -> None:
        """Refuse a record of which a part could not be repeated."""
        if self._left:
            raise LawError(
                "une décision enregistrée concerne une personne que la loi n’y admet pas.",
                where="rejeu",
                remedy="Vérifiez la situation de départ et la date de la décision.",
            )
