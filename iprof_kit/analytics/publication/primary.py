"""Cells hidden for themselves: too few people, a share that says too much, dominance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from iprof_kit.analytics.publication.people import People
from iprof_kit.analytics.publication.rules import Rules

PLACES = ("academie", "departement", "uai")
"""Columns that make a table « au lieu de travail »."""


@dataclass(frozen=True)
class Sums:
    """What each cell holds.

    Attributes
    ----------
    count, yes : arrays
        People; people for whom a share says 1, by column.
    known, amount : mappings of column to array
        People whose value is given, and its sum.
    """

    count: np.ndarray
    yes: dict[str, np.ndarray]
    known: dict[str, np.ndarray]
    amount: dict[str, np.ndarray]


def sums(people: People, values: dict[str, np.ndarray]) -> Sums:
    """Return what each cell holds, margins included."""
    cells = people.cube.membership(np.arange(people.cube.finest))

    def total(weights: np.ndarray | None = None) -> np.ndarray:
        finest = np.bincount(people.code, weights, minlength=people.cube.finest)
        return np.asarray(cells @ finest)

    return Sums(
        total(),
        {name: total(yes) for name, yes in people.shares.items()},
        {name: total(known) for name, known in people.known.items()},
        {name: total(np.nan_to_num(values[name])) for name in people.known},
    )


def few(totals: Sums, rules: Rules) -> np.ndarray:
    """Tell which cells hold somebody, and fewer people than the threshold."""
    return np.asarray((totals.count > 0) & (totals.count < rules.threshold))


def telling_share(totals: Sums, column: str, rules: Rules) -> np.ndarray:
    """Tell which shares would say too much of too few: 0 %, 100 %, or few on either side."""
    yes = totals.yes[column]
    least = np.minimum(yes, totals.count - yes)
    return np.asarray((totals.count > 0) & (least < rules.threshold))


def contributors(people: People, amounts: np.ndarray) -> np.ndarray:
    """Return how many people make the sum of each cell: those whose value is not zero.

    Where more than half of all have one same value, they make nothing of it either: the mean says
    how far from it the others are.
    """
    given = ~np.isnan(amounts)
    other = given & (amounts != 0)
    values, counts = np.unique(amounts[given], return_counts=True)
    if counts.size > 1 and 2 * counts.max() > counts.sum():
        other &= amounts != values[counts.argmax()]
    cells = people.cube.membership(np.arange(people.cube.finest))
    return np.asarray(cells @ np.bincount(people.code, other, minlength=people.cube.finest))


def dominated(people: People, amounts: np.ndarray, rules: Rules) -> np.ndarray:
    """Tell in which cells one person holds more of the sum than the rule admits."""
    cells = people.cube.membership(np.arange(people.cube.finest))
    mass = np.abs(np.nan_to_num(amounts))
    most = np.zeros(people.cube.finest)
    np.maximum.at(most, people.code, mass)
    whole = cells @ np.bincount(people.code, mass, minlength=people.cube.finest)
    greatest = np.asarray(cells.multiply(most[None, :]).max(axis=1).todense()).ravel()
    return np.asarray(greatest > rules.dominance * whole)


def few_establishments(
    people: People, places: Iterable[object], amounts: np.ndarray, rules: Rules
) -> np.ndarray:
    """Tell in which cells too few establishments, or one above all, make the sum.

    People whose establishment is not known ("") are in the sum, and make no establishment; nor does
    one that adds nothing to the sum.
    """
    mass = np.abs(np.nan_to_num(amounts))
    frame = pd.DataFrame({"code": people.code, "place": list(places), "mass": mass})
    frame = frame[~np.isnan(amounts)].groupby(["code", "place"], sort=False)["mass"].sum()
    masses = frame.reset_index()
    cells = people.cube.membership(masses["code"].to_numpy()).tocoo()
    inside = (
        pd.DataFrame(
            {
                "cell": cells.row,
                "place": masses["place"].to_numpy()[cells.col],
                "mass": masses["mass"].to_numpy()[cells.col],
            }
        )
        .groupby(["cell", "place"], sort=False)["mass"]
        .sum()
        .reset_index()
    )
    inside["known"] = (inside["place"] != "") & (inside["mass"] > 0)
    by_cell = inside.groupby("cell").agg(
        places=("known", "sum"), most=("mass", "max"), whole=("mass", "sum")
    )
    wrong = (by_cell["places"] < rules.establishments) | (
        by_cell["most"] > rules.establishment_dominance * by_cell["whole"]
    )
    telling = np.zeros(people.cube.size, bool)
    telling[by_cell.index[wrong]] = True
    return telling
