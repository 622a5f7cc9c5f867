"""What a pension amounts to: traitement, pension, minimum garanti, majoration for children."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import Dates, to_axis
from iprof_kit.base.explanation import Words
from iprof_kit.base.money import share_in_euros
from iprof_kit.base.words import euros_text, number_text
from iprof_kit.law.career.traitement import point_value
from iprof_kit.law.pension.dates import add_months
from iprof_kit.law.pension.parameters import Flags, Numbers, Whole, numbers, one, share, whole
from iprof_kit.law.pension.rate import UNIT, Ratio
from iprof_kit.law.tables.rules import Reads, rule
from iprof_kit.law.tables.verified import verified_until

HELD = "indice_duree_detention_min"
"""Months during which an index must be held."""


def _index_read(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    del given
    return (("Indice retenu, détenu avant", number_text(one(result))),)


def _euros_read(label: str) -> Reads:
    """Write an amount that a rule gives to one person."""
    return lambda given, result: ((label, euros_text(one(result))),)  # noqa: ARG005


def _gross_read(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    plain = given.get("coefficient") is None
    label = "Pension avant décote ou surcote" if plain else "Pension calculée"
    return ((f"{label}, par mois", euros_text(one(result))),)


def _paid_read(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    increased = one(given["majoration"]) > 0
    return (("Pension brute, par mois", euros_text(one(result))),) if increased else ()


def _minimum_read(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    del given
    amount = one(result)
    written = "montant du jour non connu" if np.isnan(amount) else euros_text(amount)
    return (("Minimum garanti pour ces services", written),)


_STEPS_OF_THE_MINIMUM = ("mg_seuil_15_ans", "mg_seuil_30_ans", "mg_duree_plein")
_RATES_OF_THE_MINIMUM = (
    "mg_taux_15_ans",
    "mg_points_par_an_15_30_ans",
    "mg_points_par_an_30_40_ans",
)


@rule(
    sentence="L’indice retenu est celui de l’emploi, du grade et de l’échelon détenus depuis au "
    "moins {indice_duree_detention_min:mois} à la cessation ; sinon l’indice précédent.",
    source="CPCMR L15",
    since="1964-12-01",
    tables=("retraite_parametres",),
    reads=_index_read,
)
def retained_index(
    indice: npt.ArrayLike, depuis: Dates, precedent: npt.ArrayLike, cessation: Dates
) -> Whole:
    """Return the index from which the pension is computed.

    Parameters
    ----------
    indice : array of int
        Indice majoré at the cessation.
    depuis : array of datetime64[D]
        Day from which it was held (NaT: for more than six months).
    precedent : array of int
        Indice majoré held before, 0 where unknown.

    Returns
    -------
    array of int64
        0 where the previous index is needed and unknown.
    """
    months = whole(HELD, cessation.max().astype(object))
    long_enough = np.isnat(depuis) | (add_months(depuis, months) <= cessation)
    return np.where(long_enough, indice, precedent).astype(np.int64)


@rule(
    sentence="La pension se calcule sur le traitement indiciaire d’un temps plein : l’indice "
    "retenu, à la valeur du point du jour de la radiation ; les primes n’y entrent pas.",
    source="CPCMR L15 ; décret 85-1148, art. 3",
    since="2009-10-01",
    tables=("point_indice",),
    reads=_euros_read("Traitement de référence, par an"),
)
def reference_salary(
    indice: npt.ArrayLike, effet: Dates, traitement: npt.ArrayLike = np.nan
) -> Numbers:
    """Return the annual salary on which the pension is computed, in euros, to the cent.

    Parameters
    ----------
    indice : array of int
        Index retained.
    traitement : array of float
        Annual salary given in euros, instead of an index; NaN where there is none.
    """
    unit, times = _factors(indice, effet, traitement)
    return share_in_euros(unit, times, 1, 1)


def late_point(effet: Dates) -> Flags:
    """Tell, for each day, whether the value of the point is only the last one known."""
    flags: Flags = effet > np.datetime64(verified_until("point_indice"))
    return flags


def _factors(
    indice: npt.ArrayLike, effet: Dates, traitement: npt.ArrayLike
) -> tuple[Numbers, Whole]:
    """Return the two factors of the salary: the point and the index, or the euros given and 1."""
    given = ~np.isnan(np.asarray(traitement, dtype=np.float64))
    unit = np.where(given, traitement, point_value(to_axis(effet)))
    return unit, np.where(given, 1, np.asarray(indice, dtype=np.int64))


@rule(
    sentence="La pension mensuelle est le douzième du traitement, au taux de liquidation, diminué "
    "de la décote ou augmenté de la surcote.",
    source="CPCMR L13 et L14",
    since="2004-01-01",
    reads=_gross_read,
)
def gross_pension(
    indice: npt.ArrayLike,
    effet: Dates,
    taux: Ratio,
    coefficient: Ratio | None = None,
    traitement: npt.ArrayLike = np.nan,
) -> Numbers:
    """Return the gross monthly pension, rounded once to the cent.

    Without coefficient, the pension before décote and surcote; `traitement` as in
    `reference_salary`.
    """
    unit, times = _factors(indice, effet, traitement)
    if coefficient is None:
        return share_in_euros(unit, times, taux.num, taux.den * 12)
    small = coefficient.reduced()
    return share_in_euros(unit, times, taux.num * small.num, taux.den * small.den * 12)


@rule(
    sentence="Le minimum garanti est une part du traitement de référence qui croît avec les "
    "trimestres de services effectifs, sans les bonifications.",
    source="CPCMR L17",
    since="2013-01-01",
    tables=("retraite_parametres", "parametres_pension"),
    reads=_minimum_read,
)
def minimum_garanti(
    trimestres_services: npt.ArrayLike,
    duree_requise: npt.ArrayLike,
    invalidite: npt.ArrayLike,
    effet: Dates,
) -> Numbers:
    """Return the monthly minimum garanti.

    Parameters
    ----------
    trimestres_services : array of int
        Quarters of effective services.

    Returns
    -------
    array of float64
        Euros a month; NaN where the tables lack the amount of reference, a step or a rate that day.
    """
    base = numbers("mg_reference_annuelle_im227", effet, "montant annuel du minimum garanti")
    done = np.asarray(trimestres_services, dtype=np.int64)
    steps = [numbers(code, effet) for code in _STEPS_OF_THE_MINIMUM]
    rates = [numbers(code, effet) for code in _RATES_OF_THE_MINIMUM]
    unknown = np.isnan([base, *steps, *rates]).any(axis=0)
    low, middle, full = (np.nan_to_num(step).astype(np.int64) for step in steps)
    per_year = whole("max_trimestres_assurance_par_annee", effet.max().astype(object))
    start, first, second = map(_units, rates)
    first, second = first // per_year, second // per_year
    reached = start + first * (np.clip(done, low, middle) - low)
    reached = reached + second * (np.clip(done, middle, full) - middle)
    ill = np.asarray(invalidite, dtype=bool)
    short = done < low
    top = np.where(short, np.where(ill, start, UNIT) * done, np.where(done < full, reached, UNIT))
    divisor = np.where(short, np.where(ill, low, duree_requise), 1).astype(np.int64)
    monthly = share_in_euros(np.nan_to_num(base), 1, top, np.maximum(divisor, 1) * UNIT * 12)
    return np.where(unknown, np.nan, monthly)


def _units(values: Numbers) -> Whole:
    return np.rint(np.nan_to_num(values) * UNIT).astype(np.int64)


@rule(
    sentence="Le minimum garanti suppose la durée requise, l’âge d’annulation de la décote, ou "
    "une invalidité, un handicap, un enfant invalide ou une maladie incurable.",
    source="CPCMR L17",
    since="2011-07-01",
    silent=True,
)
def minimum_open(
    assurance: npt.ArrayLike,
    duree_requise: npt.ArrayLike,
    effet: Dates,
    annulation: Dates,
    invalidite: npt.ArrayLike,
) -> Flags:
    """Tell who may receive the minimum garanti."""
    enough = np.asarray(assurance) >= np.asarray(duree_requise)
    opened: Flags = enough | (effet >= annulation) | np.asarray(invalidite, dtype=bool)
    return opened


@rule(
    sentence="La pension est majorée de {majoration_pension_3_enfants:%} pour "
    "{majoration_pension_nombre_enfants:enfant} élevés "
    "{majoration_enfants_duree_education_min:an}, de {majoration_pension_par_enfant_au_dela_3:%} "
    "pour chaque enfant de plus ; majorée, elle ne dépasse pas le traitement.",
    source="CPCMR L18",
    since="1964-12-01",
    tables=("retraite_parametres", "parametres_pension"),
    reads=_euros_read("Majoration pour enfants"),
)
def children_increase(
    pension: npt.ArrayLike, enfants: npt.ArrayLike, traitement: npt.ArrayLike, effet: Dates
) -> Numbers:
    """Return the monthly increase for three children or more.

    Parameters
    ----------
    pension : array of float
        Gross monthly pension, euros.
    enfants : array of int
        Children raised for nine years.
    traitement : array of float
        Annual salary of reference, euros.
    """
    day = effet.max().astype(object)
    three = whole("majoration_pension_nombre_enfants", day)
    first = share("majoration_pension_3_enfants", day)
    more = share("majoration_pension_par_enfant_au_dela_3", day)
    scale = first.denominator * more.denominator
    children = np.asarray(enfants, dtype=np.int64)
    top = first.numerator * more.denominator + more.numerator * first.denominator * (
        children - three
    )
    due = share_in_euros(pension, 1, np.where(children < three, 0, top), scale)
    cap = share("majoration_pension_plafond", day)
    most = share_in_euros(traitement, 1, cap.numerator, cap.denominator * 12)
    room = np.maximum(np.round(most - np.asarray(pension, dtype=np.float64), 2), 0)
    return np.minimum(due, room)


@rule(
    sentence="La pension brute est la pension calculée, ou le minimum garanti s’il est ouvert et "
    "plus élevé, augmentée de la majoration pour enfants.",
    source="CPCMR L13, L17 et L18",
    since="2004-01-01",
    reads=_paid_read,
    silent=True,
)
def pension_paid(servie: npt.ArrayLike, majoration: npt.ArrayLike) -> Numbers:
    """Return the gross monthly pension.

    Parameters
    ----------
    servie : array of float
        The pension, or the minimum garanti where it replaces it.
    majoration : array of float
        Increase for children.
    """
    total: Numbers = np.round(np.asarray(servie) + np.asarray(majoration), 2)
    return total


@rule(
    sentence="Un enfant compte pour la majoration s’il a été élevé au moins "
    "{majoration_enfants_duree_education_min:an} avant ses "
    "{majoration_enfants_age_fin_education:an}.",
    source="CPCMR L18 III",
    since="1964-12-01",
    tables=("retraite_parametres", "parametres_pension"),
    silent=True,
)
def counts_for_increase(naissance: Dates, eleve_depuis: Dates, effet: Dates) -> Flags:
    """Tell, for each child, whether it counts for the increase.

    Parameters
    ----------
    naissance : array of datetime64[D]
        Births of the children.
    eleve_depuis : array of datetime64[D]
        Day from which the person raises the child (its birth, by default).
    """
    day = effet.max().astype(object)
    years = whole("majoration_enfants_duree_education_min", day)
    age = whole("majoration_enfants_age_fin_education", day)
    enough = add_months(eleve_depuis, years * 12)
    counted: Flags = (enough <= add_months(naissance, age * 12)) & (enough <= effet)
    return counted
