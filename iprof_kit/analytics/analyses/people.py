"""What the analyses read in common from a table of people."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.analytics.ages import AgeClass, whole_years
from iprof_kit.analytics.analyses.model import refuse_nobody
from iprof_kit.analytics.columns import is_empty
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP, counted

ALL = "Ensemble"
GRADES = ("classe_normale", "grade_unique", "hors_classe", "classe_exceptionnelle")
"""In the order of a career; what is unknown comes after."""
PER_CENT = 100


def observed(gens: pd.DataFrame, au: date | None) -> date:
    """Return the day on which people are looked at: the one asked, else that of the table.

    Raises
    ------
    InputError
        Neither is known.
    """
    if au is not None:
        return au
    day = gens.attrs.get("observation")
    if not day:
        raise InputError(
            "la date d’observation n’est pas connue.",
            where="au",
            remedy=f"Donnez-la{NBSP}: au=date(2026, 8, 31), par exemple.",
        )
    return date.fromisoformat(str(day))


def only(gens: pd.DataFrame, **wanted: str) -> pd.DataFrame:
    """Return the rows of the values given; "" keeps all.

    Raises
    ------
    InputError
        Nobody has them.
    """
    for column, value in wanted.items():
        if value:
            gens = gens[gens[column] == value]
    refuse_nobody(gens, " et ".join(f"{name}={value}" for name, value in wanted.items() if value))
    return gens


def ages(gens: pd.DataFrame, day: date) -> pd.Series:
    """Return the ages in whole years on a day, missing where the birth is."""
    births = gens["date_naissance"].to_numpy("datetime64[D]")
    known = ~np.isnat(births)
    years = np.full(len(gens), np.nan)
    years[known] = whole_years(births[known], day)
    return pd.Series(years, index=gens.index).astype("Int64")


def numbers(gens: pd.DataFrame, column: str) -> pd.Series:
    """Return a column as numbers, missing where it is not one."""
    return pd.to_numeric(gens[column], errors="coerce").astype("Float64")


def in_class(years: pd.Series, one: AgeClass) -> pd.Series:
    """Tell who is in a class of ages; nobody without an age."""
    inside = years >= one.low
    return (inside if one.high is None else inside & (years < one.high)).fillna(value=False)


def percent(part: npt.ArrayLike, whole: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return shares in per cent, one decimal; missing where the whole is empty."""
    top, bottom = np.asarray(part, float), np.asarray(whole, float)
    out = np.full(np.broadcast(top, bottom).shape, np.nan)
    shares: npt.NDArray[np.float64] = np.divide(PER_CENT * top, bottom, out=out, where=bottom > 0)
    return shares.round(1)


def in_order(values: pd.Series, order: tuple[str, ...]) -> list[str]:
    """Return the distinct values, those of an order first, the others by name; no blank."""
    distinct = {str(value) for value in values.dropna() if value != ""}
    return [*(name for name in order if name in distinct), *sorted(distinct - set(order))]


def known(gens: pd.DataFrame, **what: str) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the rows with a value in each column named, and warnings that count the others.

    Raises
    ------
    InputError
        No row has one.
    """
    warnings = tuple(text for column, name in what.items() for text in unknown(gens, column, name))
    rows = gens[~pd.concat([is_empty(gens[column]) for column in what], axis=1).any(axis=1)]
    if rows.empty:
        raise InputError(
            f"aucune ligne n’a de valeur lisible{NBSP}: {', '.join(warnings)}.",
            where=", ".join(what),
            remedy="Vérifiez l’extrait, ou la correspondance des colonnes.",
        )
    return rows, warnings


def unknown(gens: pd.DataFrame, column: str, what: str) -> tuple[str, ...]:
    """Return a warning that counts the rows without a value, nothing where there is none."""
    count = int(is_empty(gens[column]).sum())
    return (f"{counted(count, 'ligne')} sans {what}, hors du calcul",) if count else ()
