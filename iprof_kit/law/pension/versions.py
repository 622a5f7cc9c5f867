"""Which version of the law of pensions applies: by effect date, and by day of simulation."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from iprof_kit.base.calendar import Dates, date_text
from iprof_kit.base.errors import PeriodNotCovered
from iprof_kit.base.explanation import unexplained
from iprof_kit.law.pension.parameters import Flags, Whole, day_of
from iprof_kit.law.tables.loading import first_day, table
from iprof_kit.law.tables.rules import rule

_KNOWN = "version_connue_"
_LOST, _BEFORE = -1, -2
"""No row is left of the version; the date comes before the first one."""


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
    """Return the day from which a simulation reads each version of the table."""
    return _announced_days()[_ranks()]


@cache
def _announced_days() -> Dates:
    """Return the day from which each version is known, those without rows included."""
    return np.array([day for day, _ in _announced()], dtype="datetime64[D]")


@cache
def _announced() -> tuple[tuple[date, str], ...]:
    """Return each version and the day from which it is known, oldest first."""
    far = pd.Timestamp.max.date()
    keys = table("parametres_pension")["cle"]
    names = keys[keys.str.startswith(_KNOWN)].str.removeprefix(_KNOWN)
    with unexplained():  # read once and kept: the first reason asked would alone cite these rows
        return tuple(sorted((day_of(f"{_KNOWN}{name}", far), name) for name in names))


@cache
def _places() -> Whole:
    """Return the place of each announced version in `versions()`, −1 where no row is left of it."""
    return np.array(
        [versions().index(name) if name in versions() else _LOST for _, name in _announced()]
    )


@cache
def _ranks() -> Whole:
    """Return the place of each version of the table among those announced.

    Raises
    ------
    PeriodNotCovered
        Nothing says from which day a version is known.
    """
    names = [name for _, name in _announced()]
    lost = [name for name in versions() if name not in names]
    if lost:
        raise PeriodNotCovered(
            f"période non couverte : rien ne dit depuis quand la version {lost[0]} du droit "
            "des pensions est connue.",
            where="parametres_pension",
        )
    return np.array([names.index(name) for name in versions()])


@rule(
    sentence="La version du droit est celle de la date d’effet de la pension ; une simulation "
    "applique, pour un départ à venir, le droit en vigueur au jour où elle est faite.",
    source="loi 2023-270, art. 10 XXX ; loi 2025-1403, art. 105",
    since="2011-07-01",
    tables=("retraite_ages", "parametres_pension"),
    silent=True,
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
        An effect date or a simulation before the first version, or a version that was in force and
        of which the table has no row.
    """
    version = _read(effet, simulation)
    if np.any(version == _BEFORE):
        first = date_text(first_day("retraite_ages"))
        raise PeriodNotCovered(
            f"période non couverte : les règles de retraite connues commencent le {first}.",
            where="retraite_ages",
            remedy=f"Choisissez une date à partir du {first}.",
        )
    if np.any(version == _LOST):
        raise PeriodNotCovered(
            "période non couverte : la table retraite_ages n’a aucune ligne de la version du "
            "droit en vigueur à cette date.",
            where="retraite_ages",
        )
    return version


def _read(effet: Dates, simulation: Dates) -> Whole:
    """Return each pension’s place in `versions()`, or why there is none: never an older version."""
    by_effect = np.searchsorted(first_effects(), effet, side="right") - 1
    by_day = np.searchsorted(_announced_days(), simulation, side="right") - 1
    rank = np.minimum(_ranks()[by_effect], by_day)
    ended = (rank < by_day) & (effet > _last_effects()[by_effect])
    version = np.where(ended, _LOST, _places()[rank])
    place: Whole = np.where((by_effect < 0) | (by_day < 0), _BEFORE, version)
    return place


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
    inside: Flags = _read(effet, simulation) >= 0
    return inside
