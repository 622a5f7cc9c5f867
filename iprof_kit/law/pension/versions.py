"""Which version of the law of pensions applies: by effect date, and by day of simulation."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from iprof_kit.base.calendar import Dates
from iprof_kit.base.errors import PeriodNotCovered
from iprof_kit.law.pension.parameters import Flags, Whole, day_of
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.rules import rule


@cache
def versions() -> tuple[str, ...]:
    """Return the names of the versions of the law, oldest first."""
    frame = table("retraite_ages")
    return tuple(frame.sort_values("effet_du", kind="stable")["version"].unique())


@cache
def first_effects() -> Dates:
    """Return the first effect date of each version."""
    frame = table("retraite_ages")
    starts = [frame.loc[frame["version"] == name, "effet_du"].min() for name in versions()]
    return np.array(starts, dtype="datetime64[D]")


@cache
def known_since() -> Dates:
    """Return the day from which a simulation reads each version."""
    far = pd.Timestamp.max.date()
    days = [day_of(f"version_connue_{name}", far) for name in versions()]
    return np.array(days, dtype="datetime64[D]")


@rule(
    sentence="La version du droit est celle de la date d’effet de la pension ; une simulation "
    "applique, pour un départ à venir, le droit en vigueur au jour où elle est faite.",
    source="loi 2023-270, art. 10 XXX ; loi 2025-1403, art. 105",
    since="2011-07-01",
    tables=("retraite_ages", "parametres_pension"),
)
def law_version(effet: Dates, simulation: Dates) -> Whole:
    """Return the version of the law for each pension, as a place in `versions()`.

    Parameters
    ----------
    effet : array of datetime64[D]
        Effect date of the pension.
    simulation : array of datetime64[D]
        Day on which it is simulated.

    Raises
    ------
    PeriodNotCovered
        An effect date or a simulation before the first version.
    """
    by_effect = np.searchsorted(first_effects(), effet, side="right") - 1
    by_day = np.searchsorted(known_since(), simulation, side="right") - 1
    version: Whole = np.minimum(by_effect, by_day)
    if np.any(version < 0):
        raise PeriodNotCovered(
            "période non couverte\u00a0: les règles de retraite connues commencent le "
            "1er juillet 2011.",
            where="retraite_ages",
            remedy="Choisissez une date à partir du 1er juillet 2011.",
        )
    return version


@cache
def _last_effects() -> Dates:
    frame = table("retraite_ages")
    ends = [frame.loc[frame["version"] == name, "effet_au"].max() for name in versions()]
    far = pd.Timestamp.max.floor("D")
    return np.array([far if pd.isna(day) else day for day in ends], dtype="datetime64[D]")


def reading_day(effet: Dates, version: Whole) -> Dates:
    """Return the day on which undated rules are read: the effect, no later than the version.

    A departure of 2030 simulated in 2024 is computed with the measures of 2023, not with those
    that came after.
    """
    day: Dates = np.minimum(effet, _last_effects()[version])
    return day


def covered(effet: Dates, simulation: Dates) -> Flags:
    """Tell which pensions a version of the law covers: same parameters as `law_version`."""
    inside: Flags = (effet >= first_effects()[0]) & (simulation >= known_since()[0])
    return inside
