"""Services: what a period is worth for the right, the duration and the amount of a pension."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import Axis, axis_of, date_of
from iprof_kit.base.explanation import Words
from iprof_kit.law.pension.parameters import (
    Flags,
    Numbers,
    Whole,
    day_of,
    number,
    quarters_text,
    whole,
)
from iprof_kit.law.pension.surcotisation import surcotised_days
from iprof_kit.law.tables.rules import rule

MONTH, FULL = 30, 100
NATURES = (
    "activite",
    "temps_partiel_droit_enfant",
    "conge_parental",
    "disponibilite_enfant",
    "hors_services",
)
(ACTIVITE, TEMPS_PARTIEL_DROIT_ENFANT, CONGE_PARENTAL, DISPONIBILITE_ENFANT, HORS_SERVICES) = range(
    len(NATURES)
)
"""`hors_services`: disponibilité, strike, position without retenue: no day counts."""
_FOR_A_CHILD = (TEMPS_PARTIEL_DROIT_ENFANT, CONGE_PARENTAL, DISPONIBILITE_ENFANT)


@dataclass(frozen=True)
class Periods:
    """Periods of service of many people, one row each, on the 360-day axis.

    `person` is the row of the person; `end` the day after the last; `quotite` in percent;
    `surcotise` tells whether she paid on a full-time salary; `enfant` is the axis day of birth of
    the child concerned (−1: none) and `rang` a number that tells her children apart.
    """

    person: Whole
    begin: Axis
    end: Axis
    nature: Whole
    quotite: Numbers
    surcotise: Flags
    enfant: Axis
    rang: Whole


@dataclass(frozen=True)
class Services:
    """Days of the 360-day year of each person."""

    constitution: Whole
    """Opens the right (two years)."""
    assurance: Numbers
    """Counts for the duration: part-time in full."""
    liquidation: Numbers
    """Counts for the amount: part-time at its quotité."""
    surcotisation: Numbers
    """Part of `liquidation` that the surcotisation brought."""


@rule(
    sentence="Les services se comptent sur une année de 360 jours ; au total de la carrière, un "
    "reste d’au moins {seuil_arrondi_dernier_trimestre:jour} compte pour un trimestre.",
    source="CPCMR R26 ; service-public.gouv.fr F13736",
    since="2004-01-01",
    tables=("retraite_parametres",),
    silent=True,
)
def quarters(days: npt.ArrayLike, day: date) -> Whole:
    """Return the quarters of a total of days.

    Parameters
    ----------
    days : array of float
        Days of the 360-day year, over the whole career.
    day : date
        Day on which the law is read.
    """
    length = whole("jours_par_trimestre_liquidation", day)
    enough = whole("seuil_arrondi_dernier_trimestre", day)
    # sums of hundredths of days may lack a hair
    total = np.floor(np.asarray(days, dtype=np.float64) + 1 / FULL**2)
    counted: Whole = np.nan_to_num((total + length - enough) // length).astype(np.int64)
    return counted


@rule(
    sentence="Le temps donné à un enfant né depuis 2004 (temps partiel de droit jusqu’à ses "
    "{temps_gratuit_temps_partiel_age:an}, congé parental, disponibilité) compte comme du temps "
    "plein, {temps_gratuit_enfant_max:an} par enfant au plus.",
    source="CPCMR L9",
    since="2004-01-01",
    tables=("retraite_parametres", "parametres_pension"),
)
def free_child_days(periods: Periods, day: date) -> Numbers:
    """Return the days of each period that are given for a child.

    The ceiling belongs to one child of one person, over her periods in their order.

    Parameters
    ----------
    day : date
        Day on which the law is read.

    Returns
    -------
    array of float64
        Days of the time not worked: for a part-time, the quotité not worked.
    """
    born = periods.enfant
    since = axis_of(day_of("enfant_reforme", day))
    end = np.minimum(periods.end, _bounds(periods, day))
    length = np.maximum(end - periods.begin, 0)
    length[(born < since) | (periods.nature == ACTIVITE) | (periods.nature == HORS_SERVICES)] = 0
    kept = _under_ceiling(periods, length, number("temps_gratuit_enfant_max", day) * MONTH)
    part = periods.nature == TEMPS_PARTIEL_DROIT_ENFANT
    return kept * np.where(part, FULL - periods.quotite, FULL) / FULL


def _bounds(periods: Periods, day: date) -> Axis:
    """Return the day from which each period no longer counts for its child."""
    ages = np.full(len(periods.person), np.iinfo(np.int32).max, dtype=np.int64)
    part = periods.nature == TEMPS_PARTIEL_DROIT_ENFANT
    ages[part] = periods.enfant[part] + _years(whole("temps_gratuit_temps_partiel_age", day))
    leave = np.flatnonzero(periods.nature == DISPONIBILITE_ENFANT)
    for begin in np.unique(periods.begin[leave]):
        rows = leave[periods.begin[leave] == begin]
        age = whole("temps_gratuit_disponibilite_age", date_of(int(begin)))
        ages[rows] = periods.enfant[rows] + _years(age)
    return ages


def _years(count: int) -> int:
    return count * 12 * MONTH


def _under_ceiling(periods: Periods, length: Axis, ceiling: float) -> Numbers:
    """Cut each child's days at the ceiling, earliest periods first."""
    order = np.lexsort((periods.begin, periods.rang, periods.person))
    key = np.stack([periods.person, periods.rang])[:, order]
    running = np.cumsum(length[order])
    new = np.append(True, np.any(key[:, 1:] != key[:, :-1], axis=0)) if len(order) else order
    start = np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))
    before = running - length[order] - (running - length[order])[start] if len(order) else running
    kept = np.empty(len(order))
    kept[order] = np.clip(ceiling - before, 0, length[order])
    return kept


@rule(
    sentence="Le temps partiel compte en entier pour ouvrir le droit et pour la durée "
    "d’assurance, et à sa quotité pour le montant de la pension.",
    source="CPCMR L5, L11 et R26 bis ; service-public.gouv.fr F21142",
    since="2004-01-01",
)
def services(periods: Periods, people: int, handicap: npt.ArrayLike, day: date) -> Services:
    """Return the days of each person.

    Parameters
    ----------
    people : int
        How many people; those without a period have zero days.
    handicap : array of bool
        Incapacity of at least 80 %.
    day : date
        Day on which the law is read.
    """
    length = np.maximum(periods.end - periods.begin, 0)
    worked = (periods.nature == ACTIVITE) | (periods.nature == TEMPS_PARTIEL_DROIT_ENFANT)
    free = np.zeros(len(length))
    if np.isin(periods.nature, _FOR_A_CHILD).any():
        free = free_child_days(periods, day)
    done = np.where(worked, length, 0)
    lacking = done * (FULL - periods.quotite) / FULL
    overpaid = np.where((periods.nature == ACTIVITE) & periods.surcotise, lacking, 0)

    def of(values: npt.NDArray[np.generic]) -> Numbers:
        return np.bincount(periods.person, values.astype(np.float64), people).astype(np.float64)

    full = np.where(worked, length, free)
    added = np.zeros(people)
    if overpaid.any():
        added = surcotised_days(of(overpaid), handicap, day)
    return Services(
        constitution=of(full).astype(np.int64),
        assurance=of(full),
        liquidation=of(done - lacking + free) + added,
        surcotisation=added,
    )


def _kept_read(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    del given
    return (("Trimestres des autres régimes", quarters_text(np.sum(result))),)


@rule(
    sentence="La durée d’assurance compte {max_trimestres_assurance_par_annee:trimestre} par an "
    "au plus, tous régimes réunis.",
    source="CPCMR R26 bis",
    since="2004-01-01",
    tables=("retraite_parametres",),
    reads=_kept_read,
)
def other_schemes_kept(others: npt.ArrayLike, service_days: npt.ArrayLike, day: date) -> Whole:
    """Return the quarters of other schemes that one civil year may still count.

    Parameters
    ----------
    others : array of int
        Quarters of other schemes in the year.
    service_days : array of float
        Days of service in the same year.
    """
    room = whole("max_trimestres_assurance_par_annee", day) - quarters(service_days, day)
    kept: Whole = np.clip(np.asarray(others, dtype=np.int64), 0, np.maximum(room, 0))
    return kept
