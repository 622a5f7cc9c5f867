"""Who may retire in the years to come (analysis 26)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.figure import Figure

from iprof_kit.analytics.analyses import drawing
from iprof_kit.analytics.analyses.flows.histories import UNTOLD, axis, one_of, warned
from iprof_kit.analytics.analyses.flows.survival import scipy_stats
from iprof_kit.analytics.analyses.model import Reponse, analyse, refuse_nobody
from iprof_kit.analytics.analyses.people import ALL, in_order, observed, percent
from iprof_kit.analytics.columns import CATEGORIES, SEXES, require
from iprof_kit.analytics.population.entrants import Whole, mean_retirement_age
from iprof_kit.analytics.population.laws import value
from iprof_kit.base.calendar import (
    YEAR,
    axis_of,
    rentree,
    school_year_of,
    school_year_text,
    to_axis,
)
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP
from iprof_kit.law.pension.dates import add_months, effect_date
from iprof_kit.law.pension.retirement import bounding_ages
from iprof_kit.law.tables.loading import table

OPENING, LIMIT, LAW = "ouverture", "limite", "loi"
_WHEN = {
    OPENING: "chacun part dès l’âge d’ouverture de sa génération, le premier jour du mois qui suit",
    LIMIT: "chacun part à la limite d’âge de sa génération, le premier jour du mois qui suit",
    LAW: "chacun part un 1er septembre selon la loi d’âges du générateur (generateur.csv, "
    f"confiance D), par corps, sexe et génération{NBSP}: nombres attendus, non entiers",
}
_ONLY = (
    "personne ne part pour une autre raison, ni avant (carrière longue, invalidité, trois enfants)"
)
_GROUPS = ("", "academie", "discipline", "corps", "departement", "sexe")


Flags = npt.NDArray[np.bool_]


class _Forecast(NamedTuple):
    """Chances to leave, a row a person (NaN: not known) and a column a year; who already could."""

    chances: npt.NDArray[np.float64]
    overdue: Flags


@analyse
def previsions_retraites(
    gens: pd.DataFrame,
    /,
    *,
    depart: str = OPENING,
    horizon: int = 10,
    par: str = "",
    au: date | None = None,
) -> Reponse:
    """Return how many may retire each school year, by academy, discipline or corps.

    Published: 17 000 to 20 000 departures a year since 2010, public and private (DEPP). The
    hypotheses frame them: everybody at the opening age, everybody at the limit age, or a law of
    ages between both.

    Parameters
    ----------
    gens : DataFrame
        `date_naissance`; of yearly states, the last one. Read where given: `categorie_retraite`
        (else sedentaire), `date_sortie` (who has left is not counted).
    depart : str
        « ouverture », « limite », or « loi »: the law of the fictitious population, which reads
        `corps` and `sexe` and gives expected numbers.
    horizon : int
        School years ahead.
    par : str
        « academie », « discipline », « corps », « departement » or « sexe »; "" for all together.
    au : date, optional
        Day of the forecast, whose law is read; by default that of the table.

    Returns
    -------
    Reponse
        Table `annee_scolaire`, the column of `par`, `departs`, `part` (per cent of the group on the
        day of the forecast). Detail « groupes »: the column of `par`, `effectif`, `departs` and
        `part` over the whole horizon.
    """
    one_of(depart, _WHEN, "depart")
    one_of(par, _GROUPS, "par")
    if horizon < 1:
        raise InputError(
            "l’horizon est d’au moins une année.",
            where="horizon",
            remedy="Donnez un nombre d’années, 5 par exemple.",
        )
    read = [par] * bool(par) + ["corps", "sexe"] * (depart == LAW)
    require(gens, read, where="previsions_retraites")
    day = observed(gens, au)
    there, left = _there(gens, day)
    years = int(school_year_of(axis_of(day) + 1)) + np.arange(horizon)
    departures = (
        _by_law(there, years)
        if depart == LAW
        else _by_age(there, day, years, limit=depart == LIMIT)
    )
    known: Flags = np.asarray(~np.isnan(departures.chances).any(axis=1))
    kept = there[known]
    refuse_nobody(kept, "date_naissance")
    groups = _groups(kept, par)
    sums = pd.DataFrame(departures.chances[known], columns=years.tolist())
    sums = sums.groupby(groups.to_numpy()).sum().loc[in_order(groups, SEXES)]
    whole = groups.value_counts().reindex(sums.index)
    return Reponse(
        _by_year(sums, whole, par),
        lambda: _figure(sums, par),
        {"groupes": _whole(sums, whole, par)},
        (_WHEN[depart], _ONLY, *_at_scale(gens, sums)),
        (
            *warned(left, "personne", "dont la sortie est passée, hors de la prévision"),
            *warned(
                int((~known).sum()),
                "personne",
                "sans date de naissance, sexe ou génération connue des tables, hors du calcul",
            ),
            *warned(
                int(departures.overdue[known].sum()),
                "personne",
                "dont le départ, selon l’hypothèse, serait passé, dans la première année",
            ),
        ),
    )


def _there(gens: pd.DataFrame, day: date) -> tuple[pd.DataFrame, int]:
    """Return the people of the last state who have not left, and how many of it have."""
    last = gens[gens["annee"] == gens["annee"].max()] if "annee" in gens else gens
    if "date_sortie" not in last:
        return last, 0
    gone = last["date_sortie"] <= pd.Timestamp(day)
    refuse_nobody(last[~gone], "date_sortie")
    return last[~gone], int(gone.sum())


def _by_age(there: pd.DataFrame, day: date, years: Whole, *, limit: bool) -> _Forecast:
    """Return the year in which each reaches an age of the law: one chance, the others nil."""
    born = there["date_naissance"].to_numpy("datetime64[D]")
    ages = bounding_ages(born, _categories(there), day)[limit]
    known = ~np.isnan(ages)
    leaves = np.full(len(there), years[0] - 1)
    departures = effect_date(add_months(born[known], ages[known]))
    leaves[known] = school_year_of(to_axis(departures))
    chances = (np.maximum(leaves, years[0])[:, None] == years).astype(float)
    chances[~known] = np.nan
    return _Forecast(chances, leaves < years[0])


def _categories(there: pd.DataFrame) -> Whole:
    """Return the place of each category of pension, that of most teachers where none is said."""
    if "categorie_retraite" not in there:
        return np.zeros(len(there), np.int64)
    categories = there["categorie_retraite"].fillna("").astype(str).replace("", CATEGORIES[0])
    for name in categories.unique():
        one_of(name, CATEGORIES, "categorie_retraite")
    return categories.map(CATEGORIES.index).to_numpy(np.int64)


def _by_law(there: pd.DataFrame, years: Whole) -> _Forecast:
    """Return the chances that the law of the generator gives to leave on each 1 September.

    Who is there has not left on the 1 September of before: the chances are those of who remains.
    """
    born = axis(there["date_naissance"])
    mean = _mean_ages(there, born)
    eves = rentree(0) + YEAR * np.array([years[0] - 1, *years])
    ages = (eves - born[:, None]) / YEAR
    gone = scipy_stats().norm.cdf(ages, mean[:, None], value("age_retraite_ecart"))
    gone = np.where(ages < value("age_retraite_min"), 0, gone)
    gone = np.where(ages >= value("age_retraite_max"), 1, gone)
    overdue = gone[:, 0] >= 1
    remain = np.where(overdue, 1, 1 - gone[:, 0])
    chances = np.diff(gone, axis=1) / remain[:, None]
    chances[overdue, 0] = 1
    chances[np.isnan(born) | np.isnan(mean)] = np.nan
    return _Forecast(chances, overdue)


def _mean_ages(there: pd.DataFrame, born: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the mean age of retirement of each person, NaN where the sex is not known."""
    base, slope = np.full(len(there), np.nan), np.full(len(there), np.nan)
    for corps in there["corps"].dropna().unique().tolist():
        of_corps = (there["corps"] == corps).to_numpy(bool)
        slope[of_corps] = value("age_retraite_pente", corps)
        for sex in SEXES:
            base[of_corps & (there["sexe"] == sex).to_numpy(bool)] = value(
                "age_retraite", corps, sex
            )
    return mean_retirement_age(base, slope, born)


def _groups(there: pd.DataFrame, column: str) -> pd.Series:
    if not column:
        return pd.Series(ALL, index=there.index)
    return there[column].fillna("").astype(str).replace("", UNTOLD)


def _by_year(sums: pd.DataFrame, whole: pd.Series, column: str) -> pd.DataFrame:
    """Return a row a year and group."""
    name = column or "groupe"
    by_year = (
        sums.rename_axis(index=name)
        .reset_index()
        .melt(name, var_name="annee_scolaire", value_name="departs")
    )
    by_year["annee_scolaire"] = by_year["annee_scolaire"].map(school_year_text)
    by_year["part"] = percent(by_year["departs"], by_year[name].map(whole))
    by_year["departs"] = _rounded(by_year["departs"])
    return by_year[["annee_scolaire", *([column] if column else []), "departs", "part"]]


def _whole(sums: pd.DataFrame, whole: pd.Series, column: str) -> pd.DataFrame:
    """Return a row a group, over the whole horizon."""
    total = sums.sum(axis=1)
    return pd.DataFrame(
        {
            column or "groupe": sums.index,
            "effectif": whole.to_numpy(),
            "departs": _rounded(total).to_numpy(),
            "part": percent(total, whole),
        }
    )


def _rounded(numbers: pd.Series) -> pd.Series:
    """Return whole numbers where all are, else one decimal."""
    whole = numbers.round()
    return whole.astype(int) if np.array_equal(whole, numbers) else numbers.round(1)


def _at_scale(gens: pd.DataFrame, sums: pd.DataFrame) -> tuple[str, ...]:
    """Tell what the departures are in real people, where a row stands for several."""
    weight = gens.attrs.get("poids")
    if weight is None:
        return ()
    mean = float(weight) * float(sums.to_numpy().sum()) / len(sums.columns)
    scale = f"une ligne vaut {drawing.number(float(weight), 1)} personnes du public{NBSP}: "
    return (f"{scale}en moyenne {drawing.number(mean)} départs par an",)


def _figure(sums: pd.DataFrame, column: str) -> Figure:
    """Draw bars by rentrée, or a matrix of groups by rentrée."""
    if not column:
        return drawing.stacked(sums.T)
    names = table("academies").set_index("code_academie")["libelle_academie"].to_dict()
    return drawing.heat(sums.rename(index=names) if column == "academie" else sums)
