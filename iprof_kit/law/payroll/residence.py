"""L'indemnité de résidence."""

from __future__ import annotations

from datetime import date

import numpy as np

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import InputError
from iprof_kit.base.money import percent_in_euros, percent_without_thousandths, share_in_euros
from iprof_kit.law.career.traitement import Euros, gross_monthly, point_value
from iprof_kit.law.payroll.tables import PARAMETERS
from iprof_kit.law.tables.cells import Cell
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.reading import in_euros
from iprof_kit.law.tables.rules import rule

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
            remedy=f"Zones : {', '.join(map(str, zones()))}.",
        )
    return _ZONES.read(on, str(zone), label=f"indemnité de résidence, zone {zone}")


@rule(
    sentence="L’indemnité de résidence porte sur le traitement soumis à retenue (traitement, BI, "
    "NBI), qui ne peut être compté au-dessous d’un plancher ; le plancher suit la quotité.",
    source="décret 85-1148, art. 9 ; service-public F32511",
    since="2011-01-01",
    tables=("indemnite_residence",),
    reads=in_euros(pay="Traitement, BI et NBI payés", result="Base de l’indemnité"),
)
def residence_base(pay: Euros, zone: Cell, on: date, num: Cell, den: Cell) -> Euros:
    """Return what the rate of the zone applies to.

    Parameters
    ----------
    pay : array of float64
        Traitement + BI + NBI as paid (part time applied), euros a month.
    num, den : arrays of int
        Fraction paid: the floor follows it.

    Returns
    -------
    array of float64
        Euros a month.
    """
    base = np.asarray(pay, np.float64)
    point = point_value(axis_of(on))
    for code in set(zone.tolist()):
        floor = gross_monthly(
            zone_fact(code, on).whole("indice_majore_plancher", "indice majoré plancher"), point
        )
        least = share_in_euros(floor, 1, num, den)
        base = np.where(zone == code, np.maximum(pay, least), base)
    return base


@rule(
    sentence="L’indemnité de résidence est le pourcentage de la zone, arrondi au centime ; depuis "
    "2022, les millièmes d’euro sont ignorés.",
    source="décret 85-1148, art. 9 (taux) ; service-public F32511 (arrondi)",
    since="2011-01-01",
    tables=("indemnite_residence", "parametres_paie"),
)
def residence_indemnity(base: Euros, zone: Cell, on: date) -> Euros:
    """Return the indemnité de résidence.

    Parameters
    ----------
    base : array of float64
        See `residence_base`.

    Returns
    -------
    array of float64
        Euros a month.
    """
    indemnity = np.zeros(len(base))
    cut = PARAMETERS.find(on, "residence_milliemes_ignores")
    to_cents = percent_in_euros if cut is None else percent_without_thousandths
    for code in set(zone.tolist()):
        percent = zone_fact(code, on).number("taux_pct", "taux de la zone")
        indemnity = np.where(zone == code, to_cents(base, percent), indemnity)
    return indemnity
