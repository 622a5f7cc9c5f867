"""Cumul emploi-retraite: what a pension keeps when its holder works again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from iprof_kit.base.money import share_in_euros
from iprof_kit.law.pension.parameters import Flags, Numbers, number, share, whole
from iprof_kit.law.tables.rules import rule


@dataclass(frozen=True)
class Worker:
    """Pensioners who work again: gross euros a year, ages in civil months, see `full_cumul`."""

    pension_annuelle: Numbers
    revenu_annuel: Numbers
    age_mois: Numbers
    age_legal: Numbers
    integral: Flags


@rule(
    sentence="Le cumul est intégral pour qui a liquidé toutes ses pensions et a l’âge légal avec "
    "la durée requise, ou {cumul_age_integral:an}.",
    source="CPCMR L84 et L85 ; service-public.gouv.fr F12402",
    since="2015-01-01",
    tables=("parametres_pension",),
)
def full_cumul(
    age_mois: npt.ArrayLike,
    age_legal: npt.ArrayLike,
    duree_atteinte: npt.ArrayLike,
    toutes_liquidees: npt.ArrayLike,
    day: date,
) -> Flags:
    """Tell who keeps the whole pension whatever the income.

    Parameters
    ----------
    age_mois, age_legal : arrays of float
        Age, and legal age of the sédentaires, in civil months.
    duree_atteinte : array of bool
        Required duration reached.
    toutes_liquidees : array of bool
        All the pensions one has a right to are being paid.
    """
    age = np.asarray(age_mois, dtype=np.float64)
    by_age = age >= whole("cumul_age_integral", day)
    by_duration = (age >= np.asarray(age_legal)) & np.asarray(duree_atteinte, dtype=bool)
    full: Flags = np.asarray(toutes_liquidees, dtype=bool) & (by_age | by_duration)
    return full


def cumul_ceiling(pension_annuelle: npt.ArrayLike, day: date) -> Numbers:
    """Return the annual income up to which a pension is not reduced (rule of 2026)."""
    part = share("cumul_plafond_part_pension", day)
    third = share_in_euros(pension_annuelle, 1, part.numerator, part.denominator)
    ceiling: Numbers = np.round(number("cumul_plafond_forfait", day) + third, 2)
    return ceiling


@rule(
    sentence="Hors cumul intégral, le revenu annuel qui dépasse un forfait augmenté "
    "{cumul_plafond_part_pension:de part} de la pension est déduit de la pension.",
    source="CPCMR L85 ; service-public.gouv.fr F12402",
    since="2015-01-01",
    until="2026-12-31",
    name="cumul_emploi_retraite",
    tables=("retraite_parametres",),
)
def cumul_deduction(worker: Worker, effet: date, day: int) -> Numbers:  # noqa: ARG001
    """Return what is deducted from a pension in a year.

    Parameters
    ----------
    effet : date
        Day on which the amounts are read.
    day : int
        Axis day of the *first pension*: the wording depends on it.
    """
    beyond = worker.revenu_annuel - cumul_ceiling(worker.pension_annuelle, effet)
    due = np.round(np.clip(beyond, 0, worker.pension_annuelle), 2)
    return np.where(worker.integral, 0.0, due)


@rule(
    sentence="Pour une première pension qui prend effet depuis le {depuis:date}, tout le "
    "revenu est déduit avant l’âge légal. Entre l’âge légal et "
    "{cumul_2027_age_cumul_integral:an}, {cumul_2027_ecretement_intermediaire:part} de ce qui "
    "dépasse un seuil est déduite ; ensuite, rien ne l’est.",
    source="loi 2025-1403, art. 102",
    since="2027-01-01",
    name="cumul_emploi_retraite",
    tables=("retraite_parametres",),
)
def cumul_deduction_2027(worker: Worker, effet: date, day: int) -> Numbers:  # noqa: ARG001
    """Return what is deducted from a pension in a year: same parameters as `cumul_deduction`."""
    early = float(share("cumul_2027_ecretement_avant_age_legal", effet))
    middle = float(share("cumul_2027_ecretement_intermediaire", effet))
    above = np.maximum(worker.revenu_annuel - number("cumul_2027_seuil_revenu", effet), 0)
    before = worker.age_mois < worker.age_legal
    due = np.where(before, worker.revenu_annuel * early, above * middle)
    full = worker.age_mois >= whole("cumul_2027_age_cumul_integral", effet)
    capped = np.where(full, 0.0, np.minimum(due, worker.pension_annuelle))
    return np.round(capped, 2).astype(np.float64)


def new_pension_ceiling(day: date) -> float:
    """Return the annual ceiling of a new pension earned while working again."""
    return number("cumul_nouvelle_pension_plafond", day)
