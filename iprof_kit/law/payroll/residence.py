"""L'indemnité de résidence."""

from __future__ import annotations

from datetime import date

import numpy as np

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import InputError
from iprof_kit.base.money import percent_in_euros, share_in_euros
from iprof_kit.law.cells import Cell
from iprof_kit.law.facts import Fact, Facts
from iprof_kit.law.pay import Euros, gross_monthly, point_value
from iprof_kit.law.rules import rule

_ZONES = Facts("indemnite_residence", ("zone",))


def zones() -> tuple[int, ...]:
    """Return the zones of residence."""
    return tuple(sorted(int(str(zone)) for (zone,) in _ZONES.keys()))  # noqa: SIM118


def zone_fact(zone: int, on: date) -> Fact:
    """Return the row of a zone.

    Raises
    ------
    InputError
        Unknown zone; the message lists the known ones.
    PeriodNotCovered
        Before 2011.
    """
    if zone not in zones():
        raise InputError(
            f"la zone de résidence {zone} n’existe pas.",
            where="zone",
            remedy=f"Zones\u00a0: {', '.join(map(str, zones()))}.",
        )
    return _ZONES.read(on, str(zone), label=f"indemnité de résidence, zone {zone}")


@rule(
    sentence="L’indemnité de résidence est un pourcentage, selon la zone, du traitement soumis à "
    "retenue (traitement, BI, NBI), qui ne peut être compté au-dessous d’un plancher.",
    source="décret 85-1148, art. 9",
    since="2011-01-01",
    tables=("indemnite_residence",),
)
def residence_indemnity(pay: Euros, zone: Cell, on: date, num: Cell, den: Cell) -> Euros:
    """Return the indemnité de résidence.

    Parameters
    ----------
    pay : array of float64
        Traitement + BI + NBI as paid (part time applied), euros a month.
    zone : array of int
    on : date
    num, den : arrays of int
        Fraction paid: the floor follows it.

    Returns
    -------
    array of float64
        Euros a month.
    """
    found = np.zeros(len(pay))
    point = point_value(axis_of(on))
    for code in set(zone.tolist()):
        row = zone_fact(code, on)
        floor = gross_monthly(row.whole("indice_majore_plancher", "plancher"), point)
        base = np.maximum(pay, share_in_euros(floor, 1, num, den))
        due = percent_in_euros(base, row.number("taux_pct", "taux de la zone"))
        found = np.where(zone == code, due, found)
    return found
