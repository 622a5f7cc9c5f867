"""The lists of a campaign, each ranked within its contingent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from iprof_kit.analytics.promotions.candidates import (
    Numbers,
    columns,
    identifiers,
    positions,
    refuse_missing_columns,
    row_errors,
)
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP
from iprof_kit.careers.criteria import Candidates
from iprof_kit.careers.ranked_list import RankedList, rank_list
from iprof_kit.law.promotion.contingent import TEN_THOUSAND, rounded_contingent
from iprof_kit.law.promotion.procedures.model import Procedure

EVERYBODY = "ensemble"


@dataclass(frozen=True)
class Settings:
    """What an analyst may change in a campaign.

    Attributes
    ----------
    share : int or None
        Ratio, in ten-thousandths; None where places are given.
    places : int or mapping of list to int, optional
        Contingent given, instead of the ratio.
    carried : int or mapping of list to int
        Ten-thousandths of a promotion left by the year before.
    """

    procedure: Procedure
    share: int | None
    places: int | Mapping[str, int] | None = None
    carried: int | Mapping[str, int] = 0

    def contingent(self, name: str, listed: int) -> tuple[int, int, int]:
        """Return the places of a list, what is left, and what was carried, as whole numbers."""
        carried = self.carried if isinstance(self.carried, int) else self.carried.get(name, 0)
        if self.places is not None:
            if isinstance(self.places, int):
                return _possible(self.places, name, listed), 0, carried
            if name not in self.places:
                raise InputError(
                    f"aucun contingent n’est donné pour «{NBSP}{name}{NBSP}».",
                    where="contingent",
                    remedy=f"Listes données{NBSP}: {', '.join(self.places) or 'aucune'}.",
                )
            return _possible(self.places[name], name, listed), 0, carried
        share = self.share or 0
        rounding = self.procedure.contingent.rounding
        places, left = rounded_contingent(listed, share, carried, rounding)
        return places, left, carried


def _possible(places: int, name: str, listed: int) -> int:
    """Return the places given for a list, refused where it has fewer people."""
    if places > listed:
        raise InputError(
            f"le contingent ({places}) dépasse le nombre de promouvables ({listed}), liste "
            f"«{NBSP}{name}{NBSP}».",
            where="contingent",
            remedy="Vérifiez le nombre de places, ou donnez un taux.",
        )
    return places


@dataclass(frozen=True)
class Ranked:
    """One list: its people (rows of the table of the campaign), ranked.

    Attributes
    ----------
    rows : array of int
        Rows of the people that could be ranked.
    errors : Series
        Why the others could not, by row.
    listed, places, left, carried : int
        Promouvables (those that could not be ranked count), contingent, ten-thousandths.
    """

    name: str
    rows: Numbers
    errors: pd.Series
    people: Candidates
    result: RankedList
    listed: int
    places: int
    left: int
    carried: int

    def ranked_by(self, procedure: Procedure) -> RankedList:
        """Return the same people ranked by another procedure, for the same places."""
        return rank_list(self.people, procedure, self.places)

    def last_by_rank(self) -> int | None:
        """Return the last person taken by rank, as a place in `people`; None where nobody is."""
        by_rank = self.result.how[self.result.order] == 1
        taken = self.result.order[by_rank]
        return int(taken[-1]) if taken.size else None

    def exact(self, share: int) -> float:
        """Return the contingent before rounding: « 149,42 »."""
        return (self.listed * share + self.carried) / TEN_THOUSAND


def rank_lists(
    table: pd.DataFrame, by: tuple[str, ...], grade: str, year: int, settings: Settings
) -> tuple[Ranked, ...]:
    """Rank each list of a campaign.

    Parameters
    ----------
    table : DataFrame
        Promouvables, see `candidates.named`.
    by : tuple of str
        Columns that make a list; none: one list.
    grade, year, settings
    """
    refuse_missing_columns(table, settings.procedure)
    ids = identifiers(table)
    cell, errors = positions(table)
    other_errors = row_errors(table, cell, year, grade, settings.procedure)
    errors = errors.where(errors != "", other_errors)
    days = table["anciennete_jours"].to_numpy(np.int64)
    ranked = []
    for name, places in _groups(table, by):
        good = places[(errors.iloc[places] == "").to_numpy()]
        kept = table.iloc[good]
        people = Candidates(year, ids[good], cell[good], days[good], columns(kept))
        contingent, left, carried = settings.contingent(name, len(places))
        result = rank_list(people, settings.procedure, contingent)
        wrong = errors.iloc[places]
        ranked.append(
            Ranked(
                name,
                good,
                wrong[wrong != ""],
                people,
                result,
                len(places),
                contingent,
                left,
                carried,
            )
        )
    return tuple(ranked)


def without_balance(one: Ranked) -> RankedList:
    """Return a list before the steps for the balance of women and men."""
    return one.ranked_by(one.result.procedure.without_balance())


def list_names(table: pd.DataFrame, by: tuple[str, ...]) -> pd.Series:
    """Return the name of each one's list: « 063 », « 063 / L1300 »."""
    return table[list(by)].astype(str).agg(" / ".join, axis=1)


def _groups(table: pd.DataFrame, by: tuple[str, ...]) -> list[tuple[str, Numbers]]:
    if not by or table.empty:
        return [(EVERYBODY, np.arange(len(table)))]
    places = list_names(table, by)
    return [
        (str(name), np.flatnonzero((places == name).to_numpy())) for name in sorted(places.unique())
    ]
