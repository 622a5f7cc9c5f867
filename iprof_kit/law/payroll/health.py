"""The compulsory health cover since 1 May 2026."""

from __future__ import annotations

from datetime import date

import numpy as np

from iprof_kit.base.errors import InputError
from iprof_kit.base.money import percent_in_euros, share_in_euros
from iprof_kit.base.words import euros_text
from iprof_kit.law.career.traitement import Euros
from iprof_kit.law.payroll.tables import PARAMETERS, RATES, parameter, rate
from iprof_kit.law.tables.reading import in_euros
from iprof_kit.law.tables.rules import rule

_BALANCE = "psc_cotisation_equilibre"
_FIXED, _SHARED, _EMPLOYER = (
    "PSC_SANTE_AGENT_FIXE",
    "PSC_SANTE_AGENT_VARIABLE",
    "PSC_SANTE_EMPLOYEUR",
)


def in_force(on: date) -> bool:
    """Tell whether the compulsory cover exists on a day."""
    return RATES.find(on, _FIXED) is not None


@rule(
    sentence="L’agent paie une part fixe, {PSC_SANTE_AGENT_FIXE:%} de la cotisation d’équilibre, "
    "et l’employeur {PSC_SANTE_EMPLOYEUR:%}.",
    source="accord interministériel du 26/01/2022 ; cotisations.csv, PSC_SANTE",
    since="2026-05-01",
    tables=("cotisations", "parametres_paie"),
    reads=in_euros(result="Part du mois"),
)
def health_share(on: date, *, employer: bool = False) -> float:
    """Return the agent's fixed part of the month, or the employer's, euros."""
    percent = rate(on, _EMPLOYER if employer else _FIXED)
    return float(percent_in_euros(parameter(on, _BALANCE), percent))


@rule(
    sentence="L’agent paie aussi une part solidaire, en proportion de sa rémunération (plafonnée) "
    "à une rémunération de référence.",
    source="accord interministériel du 26/01/2022 ; cotisations.csv, PSC_SANTE_AGENT_VARIABLE",
    since="2026-05-01",
    tables=("cotisations", "parametres_paie"),
    reads=in_euros(
        gross="Brut du mois", ceiling="Plafond du mois", reference="Rémunération de référence"
    ),
)
def health_solidarity(gross: Euros, reference: float, ceiling: float, on: date) -> Euros:
    """Return the agent's solidarity part.

    Parameters
    ----------
    gross : array of float64
        Gross of the month, euros.
    reference, ceiling : float
        Reference pay and ceiling of the month, euros: no table holds the reference, a real payslip
        gives it (`reference_of`).

    Returns
    -------
    array of float64
        Euros of the month.
    """
    full = percent_in_euros(parameter(on, _BALANCE), rate(on, _SHARED))
    cents = np.rint(np.minimum(gross, ceiling) * 100)
    return share_in_euros(full, cents, 1, round(reference * 100))


@rule(
    sentence="La rémunération de référence se déduit de ce qu’un bulletin retient : une fois la "
    "part fixe ôtée, il reste la part solidaire, proportionnelle à la rémunération plafonnée.",
    source="accord interministériel du 26/01/2022 ; cotisations.csv, PSC_SANTE_AGENT_VARIABLE",
    since="2026-05-01",
    tables=("cotisations", "parametres_paie"),
)
def reference_of(withheld: float, gross: float, ceiling: float, on: date) -> float:
    """Return the reference pay that a real payslip gives.

    Parameters
    ----------
    withheld : float
        What the payslip of the month withholds for the cover, both parts, euros.
    gross, ceiling : float
        Gross and ceiling of the month, euros.

    Returns
    -------
    float
        Euros a month.

    Raises
    ------
    InputError
        No more than the fixed part is withheld: nothing says the reference.
    """
    fixed = health_share(on)
    if withheld <= fixed:
        raise InputError(
            f"la retenue lue ne dépasse pas la part fixe ({euros_text(fixed)}).",
            where="psc_retenue",
            remedy="Additionnez toutes les retenues pour la complémentaire santé du bulletin, ou "
            "laissez ce champ vide.",
        )
    full = float(percent_in_euros(parameter(on, _BALANCE), rate(on, _SHARED)))
    return round(full * min(gross, ceiling) / (withheld - fixed), 2)


def ceiling_of(on: date) -> float | None:
    """Return the monthly ceiling of the sécurité sociale, None where no table holds it."""
    known = PARAMETERS.find(on, "pss_mensuel")
    return None if known is None else known.number("valeur")
