"""La surcotisation: part-time paid for as full time, what it brings and what it costs."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from iprof_kit.law.pension.parameters import Numbers, Whole, find, number, whole
from iprof_kit.law.rules import rule

FULL = 100


@rule(
    sentence="La surcotisation compte le temps partiel comme du temps plein, dans la limite de "
    "quatre trimestres sur la carrière (huit pour une incapacité d’au moins 80 %).",
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
    handicap : array of bool
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


@rule(
    sentence="La surcotisation est assise sur le traitement d’un temps plein : le taux de l’agent "
    "pour la part travaillée, 80 % des taux de l’agent et de l’employeur pour le reste ; le taux "
    "suit la date de la demande.",
    source="CPCMR D5 ; décret 91-613, art. 5 II",
    since="2017-01-01",
    tables=("retraite_parametres", "parametres_pension"),
)
def surcotisation_rate(quotite: npt.ArrayLike, demande: date) -> Numbers:
    """Return the rate paid on the full-time salary, as a fraction.

    Parameters
    ----------
    quotite : array of float
        Percent worked.
    demande : date
        Day of the request.
    """
    worked = np.asarray(quotite, dtype=np.float64) / FULL
    own = number("retenue_pension_civile", demande)
    employer = number("surcotisation_taux_employeur_representatif", _day_of_rate(demande))
    factor = number("surcotisation_coefficient", demande)
    rate: Numbers = worked * own + (1 - worked) * factor * (own + employer)
    return rate


def _day_of_rate(demande: date) -> date:
    """Return the day whose rate applies: a rise may wait for requests of a later day."""
    rise = find("surcotisation_nouveau_taux_demandes_du", demande)
    later = rise is not None and rise.until is not None and demande > rise.until
    if rise is None or later or demande >= date.fromisoformat(rise.text):
        return demande
    return date(demande.year - 1, 12, 30)
