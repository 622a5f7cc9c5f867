"""What the index pays: traitement, bonus points, and the two minimums of the pay."""

from __future__ import annotations

from datetime import date

import numpy as np

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.money import share_in_euros
from iprof_kit.law.career.traitement import Euros, gross_monthly, point_value
from iprof_kit.law.payroll.tables import PARAMETERS
from iprof_kit.law.tables.cells import Cell
from iprof_kit.law.tables.facts import Facts
from iprof_kit.law.tables.reading import in_euros
from iprof_kit.law.tables.rules import rule

_STUDENT = Facts("primes", ("code",), {"code": "ELEVE_FONCTIONNAIRE_M1"})
_SMIC = "smic_mensuel"


@rule(
    sentence="Les points de bonification indiciaire (BI) et de nouvelle bonification indiciaire "
    "(NBI) sont payés à la valeur du point ; à temps partiel, ils sont réduits à la fraction "
    "payée.",
    source="décret 83-50 ; décret 91-1229 ; décret 85-1148, art. 3",
    since="2009-10-01",
    tables=("point_indice",),
)
def bonus_points_pay(points: Cell, on: date, num: Cell, den: Cell) -> Euros:
    """Return the monthly pay of index points.

    Parameters
    ----------
    num, den : arrays of int
        Fraction paid.

    Returns
    -------
    array of float64
        Euros.
    """
    return gross_monthly(points, point_value(axis_of(on)), num, den)


@rule(
    sentence="L’élève fonctionnaire (première année de master) est payé au minimum de traitement "
    "de la fonction publique.",
    source="décret 2025-352, art. 10",
    since="2026-09-01",
    tables=("primes",),
)
def student_index(on: date) -> int:
    """Return the indice majoré of the minimum de traitement paid to an élève fonctionnaire.

    Raises
    ------
    PeriodNotCovered
        Before 2026-09-01.
    """
    words = _STUDENT.read(on, "ELEVE_FONCTIONNAIRE_M1").text("parametres", "minimum de traitement")
    return int(dict(pair.split("=") for pair in words.split(";"))["minimum_traitement_im"])


@rule(
    sentence="Si le traitement d’un temps plein est inférieur au salaire minimum, une indemnité "
    "différentielle comble l’écart ; à temps partiel, elle est réduite à la fraction payée.",
    source="décret 91-769 ; notes de calcul de la paie, horizon des sources",
    since="2026-01-01",
    tables=("parametres_paie",),
    reads=in_euros(full="Traitement d’un temps plein"),
)
def differential_indemnity(full: Euros, on: date, num: Cell, den: Cell) -> Euros:
    """Return the indemnité différentielle.

    Parameters
    ----------
    full : array of float64
        Traitement of a full time, euros a month.
    num, den : arrays of int

    Returns
    -------
    array of float64
        Euros a month, 0 where the pay reaches the salaire minimum.

    Raises
    ------
    PeriodNotCovered
        The salaire minimum of the day is not in the tables (before 2026).
    """
    floor = PARAMETERS.read(on, _SMIC, label="salaire minimum mensuel").number(
        "valeur", "salaire minimum mensuel"
    )
    missing = np.maximum(floor - full, 0.0)
    return share_in_euros(missing, 1, num, den)


def below_known_minimum(full: Euros, on: date) -> bool | None:
    """Tell whether anybody is below the salaire minimum; None where it is not known that day.

    Where it is not known (before 2026), a pay above the first known one is surely above it.
    """
    known = PARAMETERS.find(on, _SMIC)
    if known is not None:
        return bool(np.any(full < known.values["valeur"]))
    rows = [row for row in PARAMETERS.in_force(None) if row.values["cle"] == _SMIC]
    return None if np.any(full < min(row.values["valeur"] for row in rows)) else False
