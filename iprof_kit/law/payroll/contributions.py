"""What the employer pays on top: the cost of a post, as far as the tables know it."""

from __future__ import annotations

from datetime import date

from iprof_kit.base.money import percent_in_euros
from iprof_kit.law.career.traitement import Euros
from iprof_kit.law.payroll.tables import rate
from iprof_kit.law.tables.reading import in_euros
from iprof_kit.law.tables.rules import rule

ON_PAY = (
    ("CAS_PENSION_EMPLOYEUR", "Pensions civiles, contribution de l’employeur"),
    ("ATI_EMPLOYEUR", "Allocation temporaire d’invalidité"),
    ("MALADIE_EMPLOYEUR", "Maladie, part de l’employeur"),
)
NOT_KNOWN = (
    "coût employeur : cotisations familiales, FNAL, contribution solidarité autonomie et versement "
    "mobilité non comptés (taux absents des tables)"
)


@rule(
    sentence="L’employeur verse des contributions sur le traitement et la NBI (pensions, "
    "invalidité, maladie), et la même part que l’agent à la retraite additionnelle.",
    source="décrets 2012-1507, 2025-61 et 2025-1341 ; cotisations.csv",
    since="2014-01-01",
    tables=("cotisations",),
    reads=in_euros(base="Assiette du mois"),
)
def employer_contribution(base: Euros, code: str, on: date) -> Euros:
    """Return one contribution of the employer.

    Parameters
    ----------
    base : array of float64
        Traitement + BI + NBI (RAFP: the capped base), euros of the month.

    Returns
    -------
    array of float64
        Euros of the month.

    Raises
    ------
    PeriodNotCovered
        The rate of the day is not in the tables.
    """
    return percent_in_euros(base, rate(on, code))
