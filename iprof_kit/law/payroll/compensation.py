"""L'indemnité compensatrice de la hausse de la CSG."""

from __future__ import annotations

from datetime import date

from iprof_kit.base.money import TEN_THOUSANDTHS, percent_in_euros, share_in_euros, sum_in_euros
from iprof_kit.law.career.traitement import Euros
from iprof_kit.law.payroll.tables import parameter, rate
from iprof_kit.law.tables.cells import Cell
from iprof_kit.law.tables.reading import in_euros
from iprof_kit.law.tables.rules import rule


@rule(
    sentence="Pour un agent en poste avant 2018, l’indemnité compensatrice part de "
    "{ic_csg_taux:%} de la rémunération brute de 2017, moins la contribution de solidarité de "
    "2017. Le tout est multiplié par {ic_csg_coefficient} et ramené au mois ; l’indemnité suit la "
    "quotité.",
    source="décret 2017-1889 ; circulaire du 15/01/2018",
    since="2018-01-01",
    tables=("parametres_paie",),
    reads=in_euros(
        gross_2017="Brut de l’année", solidarity_2017="Contribution de solidarité de l’année"
    ),
)
def compensation_before_2018(
    gross_2017: Euros, solidarity_2017: Euros, on: date, num: Cell, den: Cell
) -> Euros:
    """Return the indemnité compensatrice of somebody in post before 2018.

    Parameters
    ----------
    gross_2017, solidarity_2017 : arrays of float64
        Gross pay and contribution de solidarité of 2017, euros a year.
    num, den : arrays of int
        Fraction paid.

    Returns
    -------
    array of float64
        Euros of the month, before the later re-evaluations.
    """
    share = percent_in_euros(gross_2017, parameter(on, "ic_csg_taux"))
    times = round(parameter(on, "ic_csg_coefficient") * TEN_THOUSANDTHS)
    lost = sum_in_euros(share, -solidarity_2017)
    return share_in_euros(share_in_euros(lost, times, 1, TEN_THOUSANDTHS * 12), 1, num, den)


@rule(
    sentence="Pour un agent nommé depuis 2018, l’indemnité compensatrice est de "
    "{IC_CSG_DEPUIS_2018:%} de la rémunération brute du premier mois complet ; elle suit la "
    "quotité.",
    source="décret 2017-1889, art. 2",
    since="2018-01-01",
    tables=("cotisations",),
    reads=in_euros(first_month="Brut du premier mois complet"),
)
def compensation_since_2018(first_month: Euros, on: date, num: Cell, den: Cell) -> Euros:
    """Return the indemnité compensatrice of somebody appointed since 2018.

    Parameters
    ----------
    first_month : array of float64
        Gross pay of the first full month, euros.
    num, den : arrays of int
        Fraction paid.

    Returns
    -------
    array of float64
        Euros of the month, before the later re-evaluations.
    """
    due = percent_in_euros(first_month, rate(on, "IC_CSG_DEPUIS_2018"))
    return share_in_euros(due, 1, num, den)
