"""Leaves of health over time: days counted over a rolling year, what each month keeps of pay.

Days are those of the 360-day axis: a payslip counts months of thirty days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import MONTH, Axis
from iprof_kit.base.errors import InputError, PeriodNotCovered
from iprof_kit.base.money import percent_in_euros, share_in_euros
from iprof_kit.law.career.traitement import Euros
from iprof_kit.law.payroll.tables import parameter
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.reading import in_euros
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.sentences import value

CLM, CLD = "CLM", "CLD"
TRAITEMENT, PRIMES = "traitement", "primes"
"""The parts of pay of conges_paie."""
ORDINARY = "CMO"
WORKS, WHOLE, HALF, SPENT = 0, 1, 2, 3
"""A day without leave, one of an ordinary leave at its first rate, at half, past its rights."""
LEAVES = Facts("conges_sante", ("conge", "cle"))
_SHARES = Facts("conges_paie", ("conge", "part", "mois_du"))
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class LeaveDays:
    """Thirtieths of one month spent in a long leave, and which month of the leave it is, from 1."""

    leave: str
    month: int
    days: int

    def __post_init__(self) -> None:
        if self.leave not in leaves():
            raise InputError(
                f"le congé « {self.leave} » n’est pas de ceux dont la paie est connue.",
                where="absence.conges",
                remedy=f"Congés : {', '.join(leaves())}.",
            )


@cache
def leaves() -> tuple[str, ...]:
    """Return the codes of the leaves whose pay is known month by month."""
    return tuple(sorted(set(table("conges_paie")["conge"])))


@cache
def _tiers(leave: str, part: str) -> tuple[tuple[int, int | None], ...]:
    """Return the months, first and last, between which a leave keeps one share."""
    rows = table("conges_paie")
    own = rows[(rows["conge"] == leave) & (rows["part"] == part)]
    lasts = own["mois_au"].astype(object).where(own["mois_au"].notna(), None)
    return tuple(
        sorted(set(zip(own["mois_du"].tolist(), lasts, strict=True)), key=lambda one: one[0])
    )


def last_month(leave: str) -> int | None:
    """Return the last month of a leave that is paid; None where the texts set none.

    Examples
    --------
    >>> last_month("CLM"), last_month("CITIS")
    (36, None)
    """
    return _tiers(leave, TRAITEMENT)[-1][1]


def tier_months(leave: str) -> tuple[int, ...]:
    """Return the months of a leave from which its pay may change, in order.

    Examples
    --------
    >>> tier_months("CLM")
    (1, 13)
    """
    return tuple(
        sorted({first for part in (TRAITEMENT, PRIMES) for first, _ in _tiers(leave, part)})
    )


def share_fact(leave: str, part: str, month: int, on: date) -> Fact:
    """Return the row that says what a month of a leave keeps of a part of pay.

    Raises
    ------
    PeriodNotCovered
        Past the last month of the leave, or a part that no row says.
    """
    for first, last in _tiers(leave, part):
        if first <= month and (last is None or month <= last):
            return _SHARES.read(on, leave, part, first)
    raise PeriodNotCovered(
        f"aucun texte lu ne dit ce que le mois {month} d’un congé {leave} garde ({part}).",
        where="conges_paie",
    )


def kept_shares(leave: str, month: int, on: date) -> tuple[float, float]:
    """Return the per cent of the traitement, then of the primes, that a month of a leave keeps.

    Examples
    --------
    >>> kept_shares("CLM", 13, date(2026, 9, 1))
    (60.0, 60.0)
    """
    pay, primes = (
        share_fact(leave, part, month, on).number("part_pct") for part in (TRAITEMENT, PRIMES)
    )
    return pay, primes


@rule(
    sentence="Les jours de congé de maladie ordinaire se comptent au jour le jour, sur les "
    "{glissants:mois} qui finissent ce jour, week-ends et vacances d’un même arrêt compris.",
    source="CGFP, art. L822-2 et L822-3 ; jour comptable de la paie (académie de Créteil)",
    since="1984-01-12",
    tables=("conges_sante",),
    values={"glissants": value("conges_sante", conge=ORDINARY, cle="decompte_annee")},
)
def days_counted(sick: Bools, on: date) -> Axis:
    """Return how many days of ordinary leave the year that ends on each day holds.

    Parameters
    ----------
    sick : array of bool, shape (people, days)
        Days of the axis, one after the other; those before the first are taken for worked.

    Returns
    -------
    array of int64, shape (people, days)
    """
    months = LEAVES.read(on, ORDINARY, "decompte_annee").whole("valeur", "Mois comptés")
    window = months * MONTH
    total = np.cumsum(sick, axis=-1, dtype=np.int64)
    before = np.zeros_like(total)
    before[..., window:] = total[..., :-window]
    counted: Axis = total - before
    return counted


@rule(
    sentence="Un congé de maladie ordinaire est payé à un premier taux pendant "
    "{cmo_plein_mois:mois}, à {cmo_demi_traitement:%} pendant {cmo_demi_mois:mois}.",
    source="CGFP, art. L822-3",
    since="1984-01-12",
    tables=("parametres_paie",),
)
def ordinary_stand(sick: Bools, counted: Axis, on: date) -> npt.NDArray[np.int8]:
    """Return where each day of an ordinary leave stands.

    Parameters
    ----------
    sick : array of bool, shape (people, days)
    counted : array of int64, same shape
        See `days_counted`.

    Returns
    -------
    array of int8, same shape
        `WORKS`, `WHOLE`, `HALF` or `SPENT`.
    """
    whole = int(parameter(on, "cmo_plein_mois")) * MONTH
    all_of_it = whole + int(parameter(on, "cmo_demi_mois")) * MONTH
    used = np.zeros_like(counted)
    used[..., 1:] = counted[..., :-1]
    stand = np.select([~sick, used >= all_of_it, counted <= whole], [WORKS, SPENT, WHOLE], HALF)
    return stand.astype(np.int8)


@rule(
    sentence="Chaque mois d’un congé de longue maladie, de longue durée ou de grave maladie garde "
    "une part du traitement et une part des primes ; l’indemnité de résidence et le supplément "
    "familial restent entiers.",
    source="CGFP, art. L822-8 et L822-15 ; décret 2010-997, art. 2 et 2-1",
    since="1984-01-12",
    tables=("conges_paie",),
    reads=in_euros(amount="Gain d’un mois entier", result="Retenu sur ce gain"),
)
def long_leave_withheld(amount: Euros, part: str, spent: LeaveDays, on: date) -> Euros:
    """Return what days of a long leave take back of a gain.

    Parameters
    ----------
    amount : array of float64
        Euros of the month.
    part : str
        « traitement » or « primes ».

    Returns
    -------
    array of float64
        Euros of the month.

    Raises
    ------
    PeriodNotCovered
        No row says what this month keeps.
    """
    kept = share_fact(spent.leave, part, spent.month, on).number("part_pct", f"Part gardée, {part}")
    return percent_in_euros(share_in_euros(amount, spent.days, 1, MONTH), 100 - kept)


@rule(
    sentence="Les congés rémunérés d’un stage ne comptent comme temps de stage que dans la limite "
    "d’un dixième de sa durée, {stage:jour} pour un an ; au-delà, ils le prolongent d’autant.",
    source="décret 94-874 (numéro d’article non lu)",
    since="1994-10-07",
    tables=("conges_sante",),
    values={"stage": value("conges_sante", conge="tous", cle="stage_prolonge")},
)
def stage_extended(days: Axis, on: date) -> Axis:
    """Return by how many days the paid leaves of a stage of one year put off its end.

    Parameters
    ----------
    days : array of int64
        Days of paid leave during the stage.

    Returns
    -------
    array of int64, same shape
    """
    free = LEAVES.read(on, "tous", "stage_prolonge").whole(
        "valeur", "Jours sans effet sur le stage"
    )
    extended: Axis = np.maximum(np.asarray(days, np.int64) - free, 0)
    return extended


def stretches(begins: Any, ends: Any, first: int, length: int) -> Bools:
    """Return the days of the axis that lie in stretches of one person, shape (1, length).

    Parameters
    ----------
    begins, ends : sequence of int
        Axis days, ends exclusive.
    first : int
        The first day of the axis that is looked at.
    """
    days = np.arange(first, first + length)
    inside = np.zeros((1, length), bool)
    for begin, end in zip(begins, ends, strict=True):
        inside[0] |= (begin <= days) & (days < end)
    return inside
