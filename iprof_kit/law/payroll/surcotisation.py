"""La surcotisation: what it costs, month after month."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from iprof_kit.law.payroll.tables import rate as agent_rate
from iprof_kit.law.pension.parameters import Numbers, find, number
from iprof_kit.law.tables.rules import rule

FULL = 100
EMPLOYER = "surcotisation_taux_employeur_representatif"


@rule(
    sentence="La surcotisation est assise sur le traitement d’un temps plein : le taux de "
    "l’agent pour la part travaillée, une part des taux de l’agent et de l’employeur pour le "
    "reste. Le taux de l’employeur est celui du jour de la demande.",
    source="CPCMR L11 bis et D5 (ex-décret 2004-678, art. 2) ; décret 91-613, art. 5 II ; décret "
    "2024-49, art. 5 ; cnracl.retraites.fr (2025-02-14)",
    since="2004-01-01",
    tables=("retraite_parametres", "parametres_pension", "cotisations"),
)
def surcotisation_rate(
    quotite: npt.ArrayLike, demande: date, *, month: date | None = None
) -> Numbers:
    """Return the rate paid on the full-time salary, as a fraction.

    Parameters
    ----------
    quotite : array of float
        Percent worked.
    demande : date
        Day of the request: the employer's rate is the one of that day.
    month : date, optional
        Month of the pay: the agent's own rate is the one of that month; by default, of the request.
    """
    worked = np.asarray(quotite, dtype=np.float64) / FULL
    own = agent_rate(month or demande, "PENSION_CIVILE") / FULL
    employer = number(EMPLOYER, day_of_rate(demande))
    factor = number("surcotisation_coefficient", demande)
    rate: Numbers = worked * own + (1 - worked) * factor * (own + employer)
    return rate


def day_of_rate(demande: date) -> date:
    """Return the day whose rate applies: a rise may wait for requests of a later day."""
    rise = find("surcotisation_nouveau_taux_demandes_du", demande)
    later = rise is not None and rise.until is not None and demande > rise.until
    if rise is None or later or demande >= date.fromisoformat(rise.text):
        return demande
    return date(demande.year - 1, 12, 30)
