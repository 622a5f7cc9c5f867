"""What the analyses of flows read in common: yearly states, exits, days on the axis of 360."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.analytics.population.entrants import RETIREMENT
from iprof_kit.base.calendar import YEAR, axis_of, rentree, to_axis
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP, counted

NO_REASON = "motif inconnu"
UNTOLD = "non dit"
Floats = npt.NDArray[np.float64]


def one_of(value: str, allowed: Collection[str], where: str) -> None:
    """Refuse an option that is not a known code.

    Raises
    ------
    InputError
    """
    if value not in allowed:
        raise InputError(
            f"le choix «{NBSP}{value}{NBSP}» n’est pas connu.",
            where=where,
            remedy=f"Choix possibles{NBSP}: {', '.join(allowed)}.",
        )


def one_state_a_year(gens: pd.DataFrame) -> None:
    """Refuse a table that gives two states of a person in one year.

    Raises
    ------
    InputError
    """
    twice = gens.duplicated(["numero", "annee"])
    if twice.any():
        first = gens[twice].iloc[0]
        raise InputError(
            f"{counted(int(twice.sum()), 'ligne')} en double{NBSP}: {first['numero']} a deux "
            f"états en {first['annee']}.",
            where="annee",
            remedy="Gardez une ligne par personne et par année.",
        )


def last_rows(gens: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return one row a person, the last one, and what had to be supposed of who disappears.

    Where the table has yearly states (`annee`), a person who is not in the last one and has no
    `date_sortie` left on the day after the last state: without reason.
    """
    if "annee" not in gens:
        return gens, ()
    yearly = gens[gens["annee"].notna()].sort_values("annee", kind="stable")
    one_state_a_year(yearly)
    last = yearly.drop_duplicates("numero", keep="last").copy()
    lost = (last["annee"] < last["annee"].max()) & last["date_sortie"].isna()
    if not lost.any():
        return last, ()
    days = pd.to_datetime(last.loc[lost, "annee"].astype(int).astype(str) + "-09-01")
    last.loc[lost, "date_sortie"] = days.astype(last["date_sortie"].dtype)
    return last, warned(
        int(lost.sum()),
        "personne absente",
        "du dernier état sans date de sortie : la sortie est supposée le lendemain du dernier "
        "état connu",
    )


def axis(dates: pd.Series) -> Floats:
    """Return the days of a column on the axis of 360 days a year, NaN where there is none."""
    known = dates.notna().to_numpy(bool)
    days = np.full(len(dates), np.nan)
    days[known] = to_axis(dates[known].to_numpy("datetime64[D]"))
    return days


def eve_of_rentree(years: npt.ArrayLike) -> Floats:
    """Return the axis day of 31 August of each year."""
    days: Floats = np.asarray(years, float) * YEAR + rentree(0) - 1
    return days


def last_whole_year(day: date) -> int:
    """Return the 31 August from which a whole year is known on a day."""
    return (axis_of(day) - rentree(0) + 1) // YEAR - 1


def reasons(gens: pd.DataFrame) -> pd.Series:
    """Return why each left, `NO_REASON` where nothing is said."""
    if "motif_sortie" not in gens:
        return pd.Series(NO_REASON, index=gens.index)
    motives = gens["motif_sortie"].fillna("").astype(str).str.strip()
    return motives.mask(motives == "", NO_REASON)


def retires(gens: pd.DataFrame) -> pd.Series:
    """Tell whose reason is a retirement, in the code of the kit or in the words of an extract."""
    return reasons(gens).str.casefold().str.contains(RETIREMENT, regex=False)


def warned(count: int, noun: str, rest: str) -> tuple[str, ...]:
    """Return a warning that begins with a number, nothing where it is zero."""
    return (f"{counted(count, noun)} {rest}",) if count else ()
