"""Le supplément familial de traitement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import Dates, axis_of
from iprof_kit.base.errors import InputError
from iprof_kit.base.explanation import Words, unexplained
from iprof_kit.base.money import percent_in_euros, share_in_euros, sum_in_euros
from iprof_kit.base.words import NBSP, counted, euros_text, number_text
from iprof_kit.law.career.traitement import Euros, gross_monthly, point_value
from iprof_kit.law.payroll.tables import parameter
from iprof_kit.law.tables.cells import Cell
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.reading import one_euros
from iprof_kit.law.tables.rules import rule

_CHILDREN = Facts("sft", ("nb_enfants",))
_MORE = "par_enfant_au_dela_de_3"


def children_fact(children: int, on: date) -> Fact:
    """Return the row of a number of children (the last one beyond the table)."""
    return _CHILDREN.read(
        on, str(min(children, _last())), label=f"SFT, {counted(children, 'enfant')}"
    )


def _last() -> int:
    return max(int(str(key)) for (key,) in _CHILDREN.keys() if str(key).isdigit())  # noqa: SIM118


@rule(
    sentence="Un enfant ouvre droit au supplément familial à partir du mois qui suit sa naissance, "
    "et jusqu’à la fin du mois qui précède celui où il atteint l’âge limite.",
    source="décret 85-1148, art. 10 ; service-public F32513",
    since="2006-11-01",
    tables=("parametres_paie",),
)
def opens_supplement(births: Dates, on: date) -> npt.NDArray[np.bool_]:
    """Tell, for each child, whether it counts in a month.

    Parameters
    ----------
    on : date
        A day of the month.
    """
    month, born = np.datetime64(on, "M"), births.astype("datetime64[M]")
    limit = np.timedelta64(round(parameter(on, "sft_age_limite")) * 12, "M")
    counted: npt.NDArray[np.bool_] = (born < month) & (month < born + limit)
    return counted


def _composed(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    """Write how the supplement of one person is made, where it has a proportional part."""
    if np.size(result) != 1 or not np.ravel(result)[0]:
        return ()
    with unexplained():
        number = int(np.ravel(given["children"])[0])
        base, share, fixed = _parts(given["full"], number, given["on"], given["num"], given["den"])
    if not share:
        return ()
    made = f"{one_euros(base)} × {number_text(share)}{NBSP}% + {euros_text(fixed)}"
    return (
        ("Traitement compté, entre plancher et plafond", one_euros(base)),
        (f"Supplément {made}", one_euros(result)),
    )


@rule(
    sentence="Le supplément familial de traitement ajoute à une part fixe, selon le nombre "
    "d’enfants, un pourcentage du traitement (NBI comprise) compté entre un plancher et un "
    "plafond. À temps partiel, la part proportionnelle suit le traitement sans descendre "
    "au-dessous du minimum d’un temps plein.",
    source="décret 85-1148, art. 10 et 10 bis ; service-public F32513",
    since="2006-11-01",
    tables=("sft",),
    reads=_composed,
)
def family_supplement(full: Euros, children: Cell, on: date, num: Cell, den: Cell) -> Euros:
    """Return the supplément familial.

    Parameters
    ----------
    full : array of float64
        Traitement + BI + NBI of a full time, euros a month.
    num, den : arrays of int
        Fraction paid.

    Returns
    -------
    array of float64
        Euros a month.

    Raises
    ------
    InputError
        A negative number of children.
    """
    supplement = np.zeros(len(full))
    for number in sorted(set(children.tolist())):
        if number < 0:
            raise InputError(
                "le nombre d’enfants est négatif.",
                where="enfants",
                remedy="Donnez un nombre positif ou nul.",
            )
        if number:
            base, share, fixed = _parts(full, number, on, num, den)
            due = sum_in_euros(fixed, percent_in_euros(base, share)) if share else fixed
            supplement = np.where(children == number, due, supplement)
    return supplement


def family_base(full: Euros, children: Cell, on: date, num: Cell, den: Cell) -> tuple[Euros, Euros]:
    """Return what the proportional part applies to, and its rate in per cent.

    Same parameters as `family_supplement`; NaN where there is no proportional part.
    """
    bases, rates = np.full(len(full), np.nan), np.full(len(full), np.nan)
    for number in {n for n in children.tolist() if n > 0}:
        base, share, _ = _parts(full, number, on, num, den)
        if share:
            bases = np.where(children == number, base, bases)
            rates = np.where(children == number, share, rates)
    return bases, rates


def _parts(
    full: Euros, children: int, on: date, num: Cell, den: Cell
) -> tuple[Euros, float, float]:
    """Return the base of the proportional part, its rate, and the fixed part."""
    rows = [children_fact(children, on)]
    rows += [_CHILDREN.read(on, _MORE)] * (children - _last())
    point = point_value(axis_of(on))
    fixed = sum(row.number("part_fixe_mensuelle", "part fixe", "euros par mois") for row in rows)
    share = sum(row.number("taux_pct", "part proportionnelle") for row in rows)
    floor = gross_monthly(rows[-1].whole("indice_majore_plancher", "indice majoré plancher"), point)
    ceiling = gross_monthly(rows[-1].whole("indice_majore_plafond", "indice majoré plafond"), point)
    base = share_in_euros(np.minimum(np.maximum(full, floor), ceiling), 1, num, den)
    return np.maximum(base, floor), share, fixed
