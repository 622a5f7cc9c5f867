"""Leaving before the legal age: carrière longue, and retraite progressive."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.base.calendar import Dates
from iprof_kit.base.explanation import Parameter, explaining, note
from iprof_kit.base.sources import Confidence
from iprof_kit.law.pension.dates import MONTHS_OF_A_QUARTER
from iprof_kit.law.pension.parameters import (
    Flags,
    Numbers,
    find,
    numbers,
    share,
    whole,
)
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.lookups import confidence_letter, day_or_none
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.sentences import value, years_text


@rule(
    sentence="Pour une carrière longue, des trimestres sont réputés cotisés : service national "
    "({carriere_longue_repute_service_national} au plus), maladie "
    "({carriere_longue_repute_maladie} au plus) et maternité, sans plafond. S’y ajoutent "
    "l’assurance vieillesse des parents au foyer, {carriere_longue_repute_avpf} au plus depuis "
    "2023, et les enfants, {carriere_longue_repute_enfants} au plus depuis le "
    "{enfants_depuis:date}.",
    source="CPCMR L25 bis, D16-2 ; loi 2025-1403, art. 104",
    since="2012-11-01",
    tables=("parametres_pension",),
    values={
        "enfants_depuis": value(
            "parametres_pension", "valide_du", cle="carriere_longue_repute_enfants"
        )
    },
)
def reputed_quarters(
    service_national: int, maladie: int, maternite: int, avpf: int, enfants: int, effet: date
) -> int:
    """Return the quarters deemed contributed of one person, each kind under its ceiling."""
    given = {
        "service_national": service_national,
        "maladie": maladie,
        "avpf": avpf,
        "enfants": enfants,
    }
    total = maternite
    for kind, count in given.items():
        code = f"carriere_longue_repute_{kind}"
        if count and find(code, effet) is not None:
            total += min(count, whole(code, effet))
    return total


@cache
def doors() -> tuple[int, ...]:
    """Return the ages before which one must have begun, lowest first."""
    frame = table("retraite_carriere_longue")
    return tuple(sorted(int(age) for age in frame["debut_activite_avant_age_ans"].unique()))


@cache
def _rows() -> tuple[dict[Hashable, Any], ...]:
    return tuple(table("retraite_carriere_longue").to_dict("records"))


@rule(
    sentence="Une carrière longue ouvre un départ anticipé à qui a cotisé la durée requise. Il "
    "faut avoir validé {trimestres:trimestre} ({fin_d_annee} pour une naissance d’octobre à "
    "décembre) avant la fin de l’année civile de ses {ages} ans.",
    source="CPCMR L25 bis, D16-1 à D16-3 ; CSS D351-1-1",
    since="2012-11-01",
    tables=("retraite_carriere_longue", "parametres_pension"),
    values={
        "trimestres": value("retraite_carriere_longue", "trimestres_avant_fin_annee_age"),
        "fin_d_annee": value("retraite_carriere_longue", "trimestres_si_ne_oct_dec"),
        "ages": value("retraite_carriere_longue", "debut_activite_avant_age_ans"),
    },
)
def long_career_age(
    naissance: Dates,
    version_effet: Dates,
    avant: npt.ArrayLike,
    cotises: npt.ArrayLike,
    duree_requise: npt.ArrayLike,
) -> tuple[Numbers, npt.NDArray[np.str_]]:
    """Return the age of an early departure for each person.

    Parameters
    ----------
    version_effet : array of datetime64[D]
        Day whose version of the law is read (an older simulation reads an older one).
    avant : array of int, shape (people, doors)
        Quarters before the end of the civil year of each age of `doors()`.
    cotises : array of int
        Quarters contributed or deemed so.

    Returns
    -------
    array of float64, array of str
        Civil months, NaN where no door is open; the confidence of the row read.
    """
    ages, letters = np.full(naissance.shape, np.nan), np.full(naissance.shape, "A", dtype="<U1")
    before = np.asarray(avant, dtype=np.int64).reshape(len(naissance), len(doors()))
    paid, required = np.asarray(cotises), np.asarray(duree_requise)
    late_born = naissance.astype("datetime64[M]").astype(np.int64) % 12 >= 12 - MONTHS_OF_A_QUARTER
    for row in _rows():
        here = _between(version_effet, row["effet_du"], row["effet_au"])
        here &= _between(naissance, row["ne_du"], row["ne_au"])
        place = doors().index(int(row["debut_activite_avant_age_ans"]))
        needed = np.where(
            late_born,
            int(row["trimestres_si_ne_oct_dec"]),
            int(row["trimestres_avant_fin_annee_age"]),
        )
        open_ = here & (before[:, place] >= needed)
        if open_.any():
            open_ &= paid >= required + _supplement(row, version_effet[open_])
            open_ &= ~(ages <= int(row["age_depart_mois"]))
            ages[open_], letters[open_] = int(row["age_depart_mois"]), str(row["confiance"])
        if open_.any():
            _note_door(row)
    return ages, letters


def _between(dates: Dates, since: pd.Timestamp, until: pd.Timestamp) -> Flags:
    inside: Flags = dates >= np.datetime64(since, "D")
    if not pd.isna(until):
        inside &= dates <= np.datetime64(until, "D")
    return inside


def _supplement(row: dict[Hashable, Any], days: Dates) -> int:
    """Return the quarters asked beyond the required duration, where the table says so."""
    if "+" not in str(row["duree_cotisee_requise"]):
        return 0
    return whole("carriere_longue_supplement_2012", days.max().astype(object))


def _note_door(row: dict[Hashable, Any]) -> None:
    if explaining():
        since, until = (day_or_none(row[name]) for name in ("effet_du", "effet_au"))
        letter: Confidence = confidence_letter(str(row["confiance"]))
        begun = row["debut_activite_avant_age_ans"]
        months = int(row["age_depart_mois"])
        words = (f"Âge de départ, début avant {begun} ans", years_text(months))
        source = str(row["source"])
        note(Parameter(words[0], months, source, since, until, letter, words=words))


@rule(
    sentence="La retraite progressive s’ouvre à {retraite_progressive_age_min:an} depuis le "
    "{age_depuis:date} (auparavant {retraite_progressive_age_min_relatif:an} avant l’âge légal), "
    "avec {retraite_progressive_duree_assurance_min:trimestre} d’assurance tous régimes.",
    source="CPCMR L89 bis et D37-1 ; décret 2025-681",
    since="2023-09-01",
    tables=("retraite_parametres",),
    values={
        "age_depuis": value("retraite_parametres", "valide_du", code="retraite_progressive_age_min")
    },
)
def progressive_age(effet: Dates, age_legal: npt.ArrayLike) -> Numbers:
    """Return the age of the retraite progressive, in civil months.

    Parameters
    ----------
    age_legal : array of float
        Legal age of the sédentaires, in civil months.

    Returns
    -------
    array of float64
        NaN before 2023-09-01: the measure did not exist for civil servants.
    """
    fixed = numbers("retraite_progressive_age_min", effet, "âge minimal")
    relative = numbers("retraite_progressive_age_min_relatif", effet)
    before = np.asarray(age_legal, dtype=np.float64) + relative
    return np.where(np.isnan(fixed), before, fixed)


def progressive_quarters(effet: date) -> int:
    """Return the quarters of all schemes that the retraite progressive asks."""
    return whole("retraite_progressive_duree_assurance_min", effet)


def progressive_bounds(effet: date) -> tuple[float, float]:
    """Return the least and the most that one may work in a retraite progressive."""
    low, high = (share(f"retraite_progressive_quotite_{end}", effet) for end in ("min", "max"))
    return float(low), float(high)


@rule(
    sentence="La pension partielle est la pension calculée comme si l’agent cessait ce jour-là, "
    "multipliée par la quotité non travaillée ; le temps partiel va de "
    "{retraite_progressive_quotite_min:%} à {retraite_progressive_quotite_max:%}.",
    source="CPCMR L89 bis et D37-2",
    since="2023-09-01",
    tables=("retraite_parametres",),
)
def progressive_fraction(quotite: npt.ArrayLike, effet: date) -> Numbers:
    """Return the share of the pension that is paid.

    Parameters
    ----------
    quotite : array of float
        Percent worked.

    Returns
    -------
    array of float64
        NaN where the part-time is not between the two bounds.
    """
    worked = np.asarray(quotite, dtype=np.float64) / 100
    low, high = progressive_bounds(effet)
    allowed = (worked >= low) & (worked <= high)
    return np.where(allowed, 1 - worked, np.nan)
