"""What income tax sees of a payslip, and what is withheld for it."""

from __future__ import annotations

from datetime import date

import numpy as np

from iprof_kit.base.money import percent_in_euros, sum_in_euros
from iprof_kit.law.career.traitement import Euros
from iprof_kit.law.payroll.tables import PARAMETERS, parameter
from iprof_kit.law.tables.reading import in_euros
from iprof_kit.law.tables.rules import rule


@rule(
    sentence="Les heures supplémentaires sont exonérées d’impôt sur le revenu, nettes de CSG "
    "déductible, dans une limite annuelle.",
    source="CGI, art. 81 quater ; loi 2018-1213, art. 2",
    since="2019-01-01",
    tables=("parametres_paie", "assiettes_paie"),
    reads=in_euros(overtime="Heures du mois", result="Exonéré d’impôt"),
)
def exempt_overtime(
    overtime: Euros, deductible: Euros, on: date, before: Euros | float = 0.0
) -> Euros:
    """Return the overtime that income tax exempts.

    Parameters
    ----------
    overtime, deductible : arrays of float64
        Gross overtime and the deductible CSG on it, euros of the month.
    before : array of float64
        Already exempted since 1 January.

    Returns
    -------
    array of float64
        Euros of the month.
    """
    left = np.maximum(parameter(on, "exo_ir_hs_plafond") - np.asarray(before), 0.0)
    return np.minimum(sum_in_euros(overtime, -deductible), left)


@rule(
    sentence="Le net imposable est le net avant impôt, plus la CSG non déductible et la CRDS, "
    "moins les heures supplémentaires exonérées.",
    source="CGI, art. 83 et 154 quinquies ; notes de calcul de la paie, ordre de calcul, 15",
    since="1998-01-01",
    reads=in_euros(
        net="Net avant impôt",
        csg="CSG non déductible",
        crds="CRDS",
        exempted="Heures exonérées",
        result="Net imposable",
    ),
)
def taxable(net: Euros, csg: Euros, crds: Euros, exempted: Euros, untaxed: Euros) -> Euros:
    """Return the net imposable.

    Parameters
    ----------
    net, csg, crds, exempted, untaxed : arrays of float64
        Net before tax, non-deductible CSG, CRDS, exempted overtime, reimbursements of costs that
        are no income; euros of the month.

    Returns
    -------
    array of float64
        Euros of the month.
    """
    return sum_in_euros(net, csg, crds, -exempted, -untaxed)


@rule(
    sentence="L’impôt est prélevé à la source, au taux du foyer, sur le net imposable.",
    source="CGI, art. 204 A ; notes de calcul de la paie, ordre de calcul, 16",
    since="2019-01-01",
    tables=("parametres_paie",),
)
def withheld_tax(taxed: Euros, percent: float, on: date) -> Euros:
    """Return the prélèvement à la source.

    Parameters
    ----------
    taxed : array of float64
        Net imposable, euros of the month.
    percent : float
        The household's own rate, with at most four decimals.

    Returns
    -------
    array of float64
        Euros of the month.

    Raises
    ------
    PeriodNotCovered
        Before 2019.
    """
    share = PARAMETERS.read(on, "pas", label="prélèvement à la source").number(
        "valeur", "part soumise au taux du foyer"
    )
    return percent_in_euros(taxed, share, percent)
