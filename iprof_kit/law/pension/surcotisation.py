"""La surcotisation: part-time paid for as full time, what it brings."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from iprof_kit.law.pension.parameters import Numbers, Whole, whole
from iprof_kit.law.tables.rules import rule

HEAVY = "surcotisation_handicap_taux"
"""Permanent incapacity that raises the ceiling, in per cent."""


@rule(
    sentence="La surcotisation compte le temps partiel comme du temps plein, dans la limite de "
    "{surcotisation_max:trimestre} sur la carrière ({surcotisation_max_handicap} pour une "
    "incapacité d’au moins {surcotisation_handicap_taux:%}).",
    source="CPCMR L11 bis ; décret 2003-1307, art. 2",
    since="2004-01-01",
    tables=("retraite_parametres", "parametres_pension"),
)
def surcotised_days(days: npt.ArrayLike, handicap: npt.ArrayLike, day: date) -> Numbers:
    """Return the days that the surcotisation brings, cut at the ceiling of the career.

    Parameters
    ----------
    days : array of float
        Days not worked of the part-times on which the person overpaid.
    """
    ceiling = surcotisation_ceiling(handicap, day)
    length = whole("jours_par_trimestre_liquidation", day)
    cut: Numbers = np.minimum(np.asarray(days, dtype=np.float64), ceiling * length)
    return cut


def surcotisation_ceiling(handicap: npt.ArrayLike, day: date) -> Whole:
    """Return the quarters that a surcotisation may bring in a career."""
    plain = whole("surcotisation_max", day)
    raised = whole("surcotisation_max_handicap", day) if np.any(handicap) else plain
    return np.where(handicap, raised, plain)
