"""The ages that tables of people look at, read from `data/reference/reperes_age.csv`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

import numpy as np

from iprof_kit.base.calendar import Axis, Dates
from iprof_kit.base.sources import to_verify, worst
from iprof_kit.law.tables.loading import table

MONTHS = 12


@dataclass(frozen=True)
class AgeClass:
    """A class of ages: whole years from `low` up to `high` left out; None: open."""

    low: int
    high: int | None
    name: str


def expected() -> tuple[int, int]:
    """Return the youngest and the oldest age expected in an extract."""
    (low,), (high,) = _ages("extrait_min"), _ages("extrait_max")
    return low, high


def expected_text() -> str:
    """« de 21 à 70 ans (à vérifier) »."""
    rows = table("reperes_age")
    letters = rows.loc[rows["usage"].isin(["extrait_min", "extrait_max"]), "confiance"]
    doubt = " (à vérifier)" if to_verify(worst(letters)) else ""
    return "de {} à {} ans{}".format(*expected(), doubt)


@cache
def classes(use: str = "classe") -> tuple[AgeClass, ...]:
    """Return classes of ages, youngest first: of a pyramid of campaigns, or « rsu »."""
    lows = sorted(_ages(use))
    inner = [AgeClass(low, high, f"{low} à {high - 1} ans") for low, high in pairwise(lows)]
    return (
        AgeClass(0, lows[0], f"moins de {lows[0]} ans"),
        *inner,
        AgeClass(lows[-1], None, f"{lows[-1]} ans et plus"),
    )


def pyramid_step() -> int:
    """Return how many years make a class of the pyramid of ages."""
    (step,) = _ages("pas_pyramide")
    return step


def whole_years(born: Dates, day: date) -> Axis:
    """Return the ages in whole years on a day, by the civil calendar."""
    births = born.astype("datetime64[M]")
    months = np.datetime64(day, "M").astype(np.int64) - births.astype(np.int64)
    in_month = (born.astype("datetime64[D]") - births.astype("datetime64[D]")).astype(np.int64)
    return np.asarray((months - (in_month + 1 > day.day)) // MONTHS)


def _ages(use: str) -> list[int]:
    rows = table("reperes_age")
    return [int(age) for age in rows.loc[rows["usage"] == use, "age"]]
