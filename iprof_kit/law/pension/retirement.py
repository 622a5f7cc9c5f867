"""Les deux âges qui bornent une carrière: ouverture du droit à pension, limite d'âge."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.base.calendar import Dates, add_months_civil, date_text
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.explanation import Parameter, Words, explained_if, note, unexplained
from iprof_kit.base.sources import Confidence
from iprof_kit.law.pension.dates import add_months, complete_months, days
from iprof_kit.law.pension.generations import (
    ACTIVE,
    ACTIVE_SANS_OPTION,
    CATEGORIES,
    SEDENTAIRE,
    Generation,
    active_services_minimum,
    generation,
    limit_age,
    opening_age,
)
from iprof_kit.law.pension.limits import active_opening, active_services_required
from iprof_kit.law.pension.parameters import Numbers, Whole
from iprof_kit.law.pension.versions import first_effects, law_version
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.lookups import confidence_letter, day_or_none
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.sentences import years_text

_LATER = np.datetime64("9999-12-31")
"""A career is projected with the newest law of its day, whenever it ends."""


@dataclass(frozen=True)
class RetirementAges:
    """Ages in civil months and the birthdays concerned, with their papers."""

    opening_age_months: int
    opening_date: date
    limit_age_months: int
    limit_date: date
    required_quarters: int
    confidence: Confidence
    source: str
    since: date | None
    until: date | None
    remark: str = ""


def _reached(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    del given
    return (("Limite d’âge atteinte le", date_text(result.limit_date)),)


@rule(
    sentence="L’âge d’ouverture du droit à pension et la limite d’âge dépendent de la date de "
    "naissance et de la catégorie ; ils se comptent dans le calendrier civil.",
    source="CPCMR L24 ; CGFP L556-1 ; loi 2023-270, art. 10 ; loi 2025-1403, art. 105",
    since="2011-07-01",
    tables=("retraite_ages",),
    reads=_reached,
)
def retirement_ages(date_naissance: date, categorie: str, as_of: date) -> RetirementAges:
    """Return the ages that bound a career, under the law known on a day.

    Parameters
    ----------
    categorie : str
        « sedentaire », « active », « active_sans_option ».
    as_of : date
        Day of the simulation: the newest law of that day is read, as for a departure to come.

    Raises
    ------
    PeriodNotCovered
        `as_of` before the first version of the table.
    InputError
        Unknown category, or a birth after `as_of`.
    LawError
        No row for this year of birth.
    """
    if categorie not in CATEGORIES:
        raise InputError(
            f"la catégorie « {categorie} » n’est pas connue.",
            where="categorie_retraite",
            remedy=f"Catégories connues : {', '.join(CATEGORIES)}.",
        )
    if date_naissance > as_of:
        raise InputError(
            "la date de naissance est dans l’avenir.",
            where="date_naissance",
            remedy="Donnez une date passée.",
        )
    cohort, limits = _generations(
        days(date_naissance), np.array([CATEGORIES.index(categorie)]), as_of
    )
    if not cohort.known[0]:
        raise LawError(
            f"aucun âge connu pour une naissance le {date_text(date_naissance)} ({categorie}).",
            where="retraite_ages",
        )
    return _ages(_rows()[int(cohort.row[0])], date_naissance, int(limits[0]))


def ages_by_services(
    date_naissance: date, categorie: str, depuis: date, as_of: date, deja: int = 0
) -> RetirementAges:
    """Return the ages of somebody whose services as an instituteur run until she leaves.

    The category of a file says whether she keeps the age limit of instituteurs; her services say
    whether, and when, they open the active one.

    Parameters
    ----------
    categorie : str
        See `retirement_ages`.
    depuis : date
        Day since which these services run.
    as_of : date
        See `retirement_ages`.
    deja : int
        Months of earlier ones.
    """
    try:
        cohort, _ = _generations(days(date_naissance), np.array([ACTIVE]), as_of)
        had = active_services_on(cohort, depuis, deja)
        with unexplained():
            plain = retirement_ages(date_naissance, CATEGORIES[SEDENTAIRE], as_of)
            early = retirement_ages(date_naissance, CATEGORIES[ACTIVE], as_of)
    except LawError:  # a generation whose right is open to everybody
        return retirement_ages(date_naissance, CATEGORIES[SEDENTAIRE], as_of)
    made = explained_if(
        lambda: active_opening(days(early.opening_date), days(had), days(plain.opening_date)),
        lambda opens: opens[0].item() != early.opening_date,
    )
    opening: date = made[0].astype(object)
    kept = ACTIVE_SANS_OPTION if opening < plain.opening_date else SEDENTAIRE
    if categorie == CATEGORIES[ACTIVE] and had <= early.limit_date:
        kept = ACTIVE
    ages = retirement_ages(date_naissance, CATEGORIES[kept], as_of)
    age = int(complete_months(days(date_naissance), made)[0])
    return replace(ages, opening_date=opening, opening_age_months=age)


def active_services_on(cohort: Generation, depuis: date, deja: int = 0) -> date:
    """Return the day on which services that run since a day are those of the active category.

    Parameters
    ----------
    cohort : Generation
        Of one person, in the active category.
    deja : int
        Months of services before them.

    Raises
    ------
    LawError
        No row for this generation.
    """
    if not cohort.known[0]:
        raise LawError("aucune durée de services connue.", where="retraite_ages")
    asked = active_services_required(float(active_services_minimum(cohort)[0]), None, None)
    return add_months_civil(depuis, max(0, asked - deja))


def bounding_ages(naissance: Dates, categorie: Whole, as_of: date) -> tuple[Numbers, Numbers]:
    """Return the opening and the limit ages of many people, in civil months; NaN: not known.

    Parameters
    ----------
    categorie : array of int
        Places in `CATEGORIES`.
    as_of : date
        See `retirement_ages`.
    """
    cohort, limits = _generations(naissance, categorie, as_of)
    return opening_age(cohort), np.where(cohort.known, limits, np.nan)


def _generations(naissance: Dates, categorie: Whole, as_of: date) -> tuple[Generation, Numbers]:
    """Return the row of the law of each person, and the limit age that goes with it."""
    day = days(as_of)
    version = law_version(np.full(naissance.shape, _LATER), day)
    cohort = generation(naissance, categorie, version)
    return cohort, limit_age(cohort, np.maximum(day, first_effects()[version]))


def opening_dates(births: Dates, categories: npt.ArrayLike, as_of: date) -> Dates:
    """Return the day on which the right to a pension opens for each person; see `retirement_ages`.

    Parameters
    ----------
    categories : array of str
        « sedentaire », « active », « active_sans_option ».

    Returns
    -------
    array of datetime64[D]
        NaT where `retirement_ages` would refuse to answer, or where the birth is missing.
    """
    return _birthdays(births, categories, as_of)[0]


def limit_dates(births: Dates, categories: npt.ArrayLike, as_of: date) -> Dates:
    """Return each person's limite d'âge; see `opening_dates`."""
    return _birthdays(births, categories, as_of)[1]


def _birthdays(births: Dates, categories: npt.ArrayLike, as_of: date) -> tuple[Dates, Dates]:
    """Return the day of the opening age and that of the limit age, NaT where they are not known."""
    codes = pd.Index(CATEGORIES).get_indexer(pd.Index(np.asarray(categories, str)))
    readable = np.flatnonzero((codes >= 0) & (births <= days(as_of)))
    ages = bounding_ages(births[readable], codes[readable].astype(np.int64), as_of)
    opening, limit = (np.full(births.shape, np.datetime64("NaT"), "datetime64[D]") for _ in ages)
    for birthdays, months in zip((opening, limit), ages, strict=True):
        known = ~np.isnan(months)
        birthdays[readable[known]] = add_months(births[readable[known]], months[known])
    return opening, limit


@cache
def _rows() -> tuple[dict[Hashable, Any], ...]:
    """Return the rows of the table: one of them is read for each person."""
    return tuple(table("retraite_ages").to_dict("records"))


def _ages(row: Mapping[Hashable, Any], born: date, limit: int) -> RetirementAges:
    opening = int(row["age_ouverture_mois"])
    ages = RetirementAges(
        opening_age_months=opening,
        opening_date=add_months_civil(born, opening),
        limit_age_months=limit,
        limit_date=add_months_civil(born, limit),
        required_quarters=int(row["duree_assurance_trimestres"]),
        confidence=confidence_letter(row["confiance"]),
        source=str(row["source"]),
        since=day_or_none(row["effet_du"]),
        until=day_or_none(row["effet_au"]),
        remark=str(row["note"]),
    )
    for label, value in (("âge d’ouverture", opening), ("limite d’âge", limit)):
        words = (label.capitalize(), years_text(value))
        note(
            Parameter(
                f"{label}, en mois",
                value,
                ages.source,
                ages.since,
                ages.until,
                ages.confidence,
                words=words,
            )
        )
    return ages
