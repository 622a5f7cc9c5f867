"""The rate of a pension: liquidation, décote, surcote, surcote parentale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import Dates, date_text, to_axis, to_dates
from iprof_kit.base.explanation import Words
from iprof_kit.law.pension.dates import (
    MONTHS_OF_A_QUARTER,
    add_months,
    complete_months,
    months_between,
    whole_civil_quarters,
)
from iprof_kit.law.pension.parameters import (
    Flags,
    Numbers,
    Whole,
    number,
    one,
    percent_text,
    quarters_text,
    share,
    whole,
)
from iprof_kit.law.tables.rules import rule

UNIT = 100 * 100 * 100
"""Rates of décote and surcote are whole millionths: no binary fraction can move a cent."""


@dataclass(frozen=True)
class Ratio:
    """An exact fraction for each person."""

    num: Whole
    den: Whole

    def __float__(self) -> float:
        """Return the value of a column of one."""
        return float(self.value[0])

    @property
    def value(self) -> Numbers:
        """The fraction as a number."""
        values: Numbers = self.num / self.den
        return values

    def reduced(self) -> Ratio:
        """Return the same fraction in lowest terms."""
        common = np.maximum(np.gcd(self.num, self.den), 1)
        return Ratio(self.num // common, self.den // common)


def _rate_read(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    services, bonuses, required = (
        one(given[name])
        for name in ("trimestres_services", "trimestres_bonifications", "duree_requise")
    )
    more = f" et {bonuses:.0f} de bonifications" if bonuses else ""
    label = f"Taux pour {services:.0f} trimestres{more}, sur {required:.0f}"
    return ((label, percent_text(float(result))),)


def _missing_read(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    del result
    by_age, by_duration = missing_quarters(
        given["effet"], given["annulation"], given["duree_requise"], given["assurance"]
    )
    insured, required = one(given["assurance"]), one(given["duree_requise"])
    has = f", {insured:.0f} sur {required:.0f}" if insured < required else ""
    return (
        ("Manquants jusqu’à l’âge sans décote", quarters_text(one(by_age))),
        (f"Manquants pour la durée, tous régimes{has}", quarters_text(one(by_duration))),
    )


def _surcote_read(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    del result
    since = max(given["age"][0], given["duree"][0])
    return (("Surcote comptée à partir du", date_text(since.item())),)


def _coefficient_read(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    del result
    lines = []
    for label, count, rate in (
        ("Décote", "decote", "taux_decote"),
        ("Surcote", "surcote", "taux_surcote"),
        ("Surcote parentale", "parentale", "taux_parentale"),
    ):
        quarters, each = one(given[count]), one(given[rate])
        if quarters:
            words = f"{quarters_text(quarters)} à {percent_text(each)}"
            lines.append((label, f"{words}, soit {percent_text(quarters * each)}"))
    return tuple(lines) or (("Décote ou surcote", "aucune"),)


@rule(
    sentence="Le taux est de {taux_liquidation_max:%} pour la durée requise, en proportion des "
    "trimestres liquidables ; seules les bonifications de l’article L. 12 le portent jusqu’à "
    "{taux_liquidation_max_avec_bonifications:%}.",
    source="CPCMR L13",
    since="2004-01-01",
    tables=("retraite_parametres",),
    reads=_rate_read,
)
def liquidation_rate(
    trimestres_services: npt.ArrayLike,
    trimestres_bonifications: npt.ArrayLike,
    duree_requise: npt.ArrayLike,
    effet: Dates,
) -> Ratio:
    """Return the rate of liquidation of each pension.

    Parameters
    ----------
    trimestres_services : array of int
        Quarters of services, without bonification.
    trimestres_bonifications : array of int
        Quarters of bonifications of article L. 12.
    duree_requise : array of int
        Quarters required.

    Returns
    -------
    Ratio
        Services alone never pass 75 %.
    """
    day = effet.max().astype(object)
    plain = share("taux_liquidation_max", day)
    raised = share("taux_liquidation_max_avec_bonifications", day)
    required = np.asarray(duree_requise, dtype=np.int64)
    bonus = np.asarray(trimestres_bonifications, dtype=np.int64)
    counted = np.minimum(np.asarray(trimestres_services, dtype=np.int64), required) + bonus
    scale = plain.denominator * raised.denominator
    top = np.minimum(
        counted * (plain.numerator * raised.denominator),
        required * (raised.numerator * plain.denominator),
    )
    return Ratio(top, np.maximum(required, 1) * scale)


@rule(
    sentence="La décote compte les trimestres manquants jusqu’à l’âge d’annulation (arrondis au "
    "trimestre supérieur) ou jusqu’à la durée requise : le plus petit des deux, "
    "{decote_max_trimestres} au plus.",
    source="CPCMR L14 I ; service-public.gouv.fr F20349",
    since="2006-01-01",
    tables=("retraite_ages", "retraite_parametres"),
    reads=_missing_read,
)
def decote_quarters(
    effet: Dates,
    annulation: Dates,
    duree_requise: npt.ArrayLike,
    assurance: npt.ArrayLike,
    plafond: npt.ArrayLike,
) -> Whole:
    """Return the quarters of décote.

    Parameters
    ----------
    annulation : array of datetime64[D]
        Day on which the age of cancellation is reached.
    duree_requise, assurance : arrays of int
        Quarters required, quarters insured in all schemes.
    plafond : array of int
        Quarters at most.
    """
    by_age, by_duration = missing_quarters(effet, annulation, duree_requise, assurance)
    quarters: Whole = np.clip(np.minimum(by_age, by_duration), 0, plafond)
    return quarters


def missing_quarters(
    effet: Dates, annulation: Dates, duree_requise: npt.ArrayLike, assurance: npt.ArrayLike
) -> tuple[Whole, Whole]:
    """Return the two counts that the décote compares: up to the age, up to the duration.

    Same parameters as `decote_quarters`; 0 where nothing is missing.
    """
    by_age: Whole = -(months_between(effet, annulation) // -MONTHS_OF_A_QUARTER)
    by_duration: Whole = np.asarray(duree_requise, np.int64) - np.asarray(assurance, np.int64)
    return np.maximum(by_age, 0), np.maximum(by_duration, 0)


@rule(
    sentence="La surcote compte les trimestres civils entiers travaillés après l’âge de la surcote "
    "et après la durée requise ; elle n’a pas de plafond.",
    source="CPCMR L14 III ; loi 2011-1906, art. 86 ; service-public.gouv.fr F16494",
    since="2009-01-01",
    tables=("retraite_ages", "retraite_parametres"),
    reads=_surcote_read,
)
def surcote_quarters(cessation: Dates, age: Dates, duree: Dates) -> Whole:
    """Return the quarters of surcote.

    Parameters
    ----------
    age : array of datetime64[D]
        Day on which the age of surcote is reached.
    duree : array of datetime64[D]
        Day on which the required duration is reached, see `duration_reached`.
    """
    return whole_civil_quarters(np.maximum(age, duree), cessation)


def duration_reached(
    cessation: Dates, jours: npt.ArrayLike, trimestres_propres: npt.ArrayLike
) -> Dates:
    """Return the day on which the required duration was reached.

    The days are counted back from the cessation, as for somebody who works up to it; where the
    duration is not reached, the day lies after the cessation.

    Parameters
    ----------
    jours : array of float
        Days of insurance in the scheme at the cessation (360-day year).
    trimestres_propres : array of int
        Quarters that these days must give: the required duration less other schemes and children.
        Other bonifications and majorations do not open a surcote.
    """
    length = whole("jours_par_trimestre_liquidation", cessation.max().astype(object))
    own = np.floor(np.asarray(jours, dtype=np.float64)).astype(np.int64)
    beyond = own - np.asarray(trimestres_propres, dtype=np.int64) * length
    return to_dates(to_axis(cessation) - beyond)


@rule(
    sentence="La surcote parentale compte les trimestres de l’année qui précède l’âge légal, à "
    "partir de {surcote_parentale_age_min:an}, pour qui a alors la durée requise et au moins un "
    "trimestre pour enfant.",
    source="CPCMR L14 V ; décret 2023-799",
    since="2023-09-01",
    tables=("retraite_parametres",),
)
def parental_quarters(
    naissance: Dates,
    cessation: Dates,
    age_legal: npt.ArrayLike,
    duree: Dates,
    ouvert: Flags,
    effet: Dates,
) -> Whole:
    """Return the quarters of surcote parentale.

    Parameters
    ----------
    naissance, cessation : arrays of datetime64[D]
    age_legal : array of int
        Legal age of the sédentaires, in civil months.
    duree : array of datetime64[D]
        Day on which the required duration is reached.
    ouvert : array of bool
        At least one quarter for a child, a pension that takes effect since 2023-09-01, and no
        anticipated departure (active category, carrière longue).
    effet : array of datetime64[D]
        Effect date of the pension.

    Returns
    -------
    array of int64
        0 where the legal age does not pass the age of the measure. Quarters are three months from
        the birthday, not civil quarters: the published case counts four between 63 and 64.
    """
    day = effet.max().astype(object)
    if not np.any(ouvert):
        return np.zeros(cessation.shape, dtype=np.int64)
    threshold = add_months(naissance, int(number("surcote_parentale_age_min", day)))
    legal = np.asarray(age_legal, dtype=np.int64)
    first = np.maximum(add_months(naissance, legal - 12), threshold)
    last = np.minimum(cessation, add_months(naissance, legal))
    count = np.maximum(complete_months(first, last), 0) // MONTHS_OF_A_QUARTER
    most = round(number("surcote_parentale_max", day) / parental_rate(effet))
    entitled = ouvert & (duree <= threshold)
    quarters: Whole = np.where(entitled, np.minimum(count, most), 0)
    return quarters


def parental_rate(effet: Dates) -> float:
    """Return the surcote parentale of one quarter."""
    return number("surcote_parentale_par_trimestre", effet.max().astype(object))


@rule(
    sentence="Le coefficient diminue la pension de la décote ou l’augmente de la surcote.",
    source="CPCMR L14",
    since="2006-01-01",
    reads=_coefficient_read,
    silent=True,
)
def coefficient(
    decote: npt.ArrayLike,
    taux_decote: npt.ArrayLike,
    surcote: npt.ArrayLike,
    taux_surcote: npt.ArrayLike,
    parentale: npt.ArrayLike,
    taux_parentale: npt.ArrayLike,
) -> Ratio:
    """Return 1 − décote + surcote + surcote parentale, exactly.

    Parameters
    ----------
    decote, surcote, parentale : arrays of int
        Quarters.
    taux_decote, taux_surcote, taux_parentale : arrays of float
        Share of the pension for one quarter.
    """
    top: Whole = (
        UNIT
        - np.asarray(decote, dtype=np.int64) * _units(taux_decote)
        + np.asarray(surcote, dtype=np.int64) * _units(taux_surcote)
        + np.asarray(parentale, dtype=np.int64) * _units(taux_parentale)
    )
    return Ratio(top, np.full(top.shape, UNIT))


def _units(rate: npt.ArrayLike) -> Whole:
    return np.rint(np.nan_to_num(np.asarray(rate, dtype=np.float64)) * UNIT).astype(np.int64)
