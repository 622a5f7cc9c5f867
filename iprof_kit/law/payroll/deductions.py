"""What the payslip withholds for pensions and the social contributions, each rounded alone."""

from __future__ import annotations

from datetime import date

import numpy as np

from iprof_kit.base.money import percent_in_euros, share_in_euros, sum_in_euros
from iprof_kit.law.cells import Cell
from iprof_kit.law.pay import Euros
from iprof_kit.law.payroll.tables import PARAMETERS, PART_TIME, parameter, rate
from iprof_kit.law.rules import rule


@rule(
    sentence="Un abattement annuel, dit transfert primes/points, est retenu chaque mois sur les "
    "primes, dans leur limite ; il suit la quotité.",
    source="loi 2015-1785, art. 148 ; décret 2016-588, art. 2",
    since="2017-01-01",
    tables=("parametres_paie",),
)
def bonus_transfer(
    bonuses: Euros, on: date, num: Cell, den: Cell, *, limited: bool = True
) -> Euros:
    """Return the month's transfert primes/points.

    Parameters
    ----------
    bonuses : array of float64
        Primes of the month that enter its base, euros.
    on : date
    num, den : arrays of int
        Fraction paid.
    limited : bool
        Whether the primes received bound it (some published tables ignore it).

    Returns
    -------
    array of float64
        Euros of the month.
    """
    month = share_in_euros(parameter(on, "tpp_annuel"), 1, 1, 12)
    due = share_in_euros(month, 1, num, den)
    return np.minimum(due, np.maximum(bonuses, 0.0)) if limited else due


@rule(
    sentence="Le transfert primes/points est régularisé sur l’année civile : le plafond annuel, "
    "puis les primes réellement perçues.",
    source="loi 2015-1785, art. 148 ; décret 2016-588, art. 2",
    since="2017-01-01",
    tables=("parametres_paie",),
)
def transfer_adjustment(withheld: Euros, bonuses: Euros, on: date, num: Cell, den: Cell) -> Euros:
    """Return what December adds (or gives back, negative) to the transfert of the year.

    Parameters
    ----------
    withheld, bonuses : arrays of float64
        Transfert withheld and primes received in the year, euros.
    on : date
    num, den : arrays of int
        Fraction paid.

    Returns
    -------
    array of float64
        Euros.
    """
    year = share_in_euros(parameter(on, "tpp_annuel"), 1, num, den)
    return sum_in_euros(np.minimum(year, bonuses), -np.asarray(withheld))


@rule(
    sentence="La retenue pour pension civile porte sur le traitement, la BI et la NBI, sans les "
    "primes, les indemnités, les heures ni les majorations d’outre-mer.",
    source="CPCMR, art. L61 ; décret 2010-1749 et suivants",
    since="1991-02-01",
    tables=("cotisations",),
)
def pension_contribution(pay: Euros, on: date) -> Euros:
    """Return the retenue pour pension.

    Parameters
    ----------
    pay : array of float64
        Traitement + BI + NBI as paid, euros of the month.
    on : date

    Returns
    -------
    array of float64
        Euros of the month.
    """
    return percent_in_euros(pay, rate(on, "PENSION_CIVILE"))


@rule(
    sentence="Qui choisit de surcotiser paie, sur le traitement d’un temps plein, le taux de "
    "l’agent sur la quotité travaillée, et 80 % du taux de l’agent et de l’employeur sur le reste.",
    source="CPCMR, art. L11 bis et D5 ; décret 91-613, art. 5",
    since="2015-01-01",
    tables=("cotisations", "temps_partiel", "parametres_paie"),
)
def extra_contribution_rate(worked: float, on: date, *, employer: float | None = None) -> float:
    """Return the global rate of the surcotisation.

    Parameters
    ----------
    worked : float
        Quotité worked, in per cent.
    on : date
    employer : float, optional
        Employer's representative rate; by default that of the table.

    Returns
    -------
    float
        Per cent of the traitement of a full time.
    """
    own = rate(on, "PENSION_CIVILE")
    if employer is None:
        row = PART_TIME.read(on, "SURCOTISATION_TAUX_EMPLOYEUR")
        employer = row.number("quotite_remuneree_pct", "taux représentatif de l’employeur")
    part = parameter(on, "surcotisation_part") / 100
    return (worked * own + (100 - worked) * part * (own + employer)) / 100


@rule(
    sentence="La retraite additionnelle prend 5 % des primes, indemnités et heures, moins le "
    "transfert primes/points, dans la limite de 20 % du traitement de l’année civile.",
    source="loi 2003-775, art. 76 ; décret 2004-569",
    since="2005-01-01",
    tables=("cotisations", "parametres_paie", "assiettes_paie"),
)
def additional_base(
    base: Euros,
    pay: Euros,
    on: date,
    *,
    capped: bool = True,
    base_before: Euros | float = 0.0,
    pay_before: Euros | float = 0.0,
) -> Euros:
    """Return the base of the retraite additionnelle for the month.

    Parameters
    ----------
    base : array of float64
        Primes, indemnités and hours of the month, less the transfert, euros.
    pay : array of float64
        Traitement indiciaire of the month.
    on : date
    capped : bool
        False: the habit of published tables, which forget the cap.
    base_before, pay_before : arrays of float64
        The same since 1 January, this month excluded: the payslip applies the cap to the total.

    Returns
    -------
    array of float64
        Euros of the month; negative where the cap gives back.
    """
    if not capped:
        return np.maximum(base, 0.0)
    cap = parameter(on, "rafp_plafond")

    def bounded(amount: Euros, upon: Euros) -> Euros:
        return np.minimum(np.maximum(amount, 0.0), percent_in_euros(upon, cap))

    before = bounded(np.asarray(base_before), np.asarray(pay_before))
    return sum_in_euros(bounded(base + base_before, pay + pay_before), -before)


@rule(
    sentence="L’agent verse à la retraite additionnelle 5 % de son assiette plafonnée.",
    source="décret 2004-569, art. 3",
    since="2005-01-01",
    tables=("cotisations",),
)
def additional_contribution(base: Euros, on: date) -> Euros:
    """Return the agent's retraite additionnelle.

    Parameters
    ----------
    base : array of float64
        See `additional_base`.
    on : date

    Returns
    -------
    array of float64
        Euros of the month.
    """
    return percent_in_euros(base, rate(on, "RAFP"))


@rule(
    sentence="CSG et CRDS portent sur la rémunération brute, moins le transfert primes/points, "
    "après un abattement pour frais (jusqu’à quatre plafonds de la sécurité sociale) ; chaque "
    "ligne est arrondie seule.",
    source="CSS, art. L136-2 ; loi 2017-1836, art. 8 ; ordonnance 96-50",
    since="2005-01-01",
    tables=("cotisations", "assiettes_paie"),
)
def social_contribution(base: Euros, code: str, on: date) -> Euros:
    """Return CSG_DED, CSG_NON_DED or CRDS.

    Parameters
    ----------
    base : array of float64
        Gross subject to it, less the transfert, before the abatement, euros of the month.
    code : str
    on : date

    Returns
    -------
    array of float64
        Euros of the month.
    """
    return percent_in_euros(base, 100 - rate(on, "ABATT_CSG"), rate(on, code))


def abated_base(base: Euros, on: date) -> Euros:
    """Return the base of CSG and CRDS as the payslip shows it, to the cent."""
    return percent_in_euros(base, 100 - rate(on, "ABATT_CSG"))


@rule(
    sentence="Jusqu’en 2017, une contribution de solidarité d’un pour cent portait sur la "
    "rémunération nette de pension et de retraite additionnelle, au-dessus d’un seuil.",
    source="loi 82-939 ; loi 2017-1837 (suppression)",
    since="1982-11-01",
    until="2017-12-31",
    tables=("cotisations", "parametres_paie"),
)
def solidarity_contribution(gross: Euros, pension: Euros, additional: Euros, on: date) -> Euros:
    """Return the contribution exceptionnelle de solidarité.

    Parameters
    ----------
    gross, pension, additional : arrays of float64
        Gross, retenue pour pension, retraite additionnelle, euros of the month.
    on : date

    Returns
    -------
    array of float64
        Euros of the month, 0 up to the threshold.

    Raises
    ------
    PeriodNotCovered
        The threshold of the day is not in the tables.
    """
    threshold = PARAMETERS.read(on, "ces_seuil", label="seuil de la contribution").number("valeur")
    due = percent_in_euros(gross - pension - additional, rate(on, "CES"))
    return np.where(gross - pension > threshold, due, 0.0)


@rule(
    sentence="Une réduction de cotisations de 5 % est créditée sur les heures supplémentaires, "
    "les missions et les parts fonctionnelles du Pacte.",
    source="décret 2019-133",
    since="2019-01-01",
    tables=("cotisations", "assiettes_paie"),
)
def overtime_credit(overtime: Euros, on: date) -> Euros:
    """Return the credit on overtime, euros of the month."""
    return percent_in_euros(overtime, rate(on, "REDUC_HS"))
