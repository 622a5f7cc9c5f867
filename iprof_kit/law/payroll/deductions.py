"""What the payslip withholds for pensions and the social contributions, each rounded alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.explanation import Words
from iprof_kit.base.money import percent_in_euros, share_in_euros, sum_in_euros
from iprof_kit.law.career.traitement import Euros
from iprof_kit.law.payroll.tables import PARAMETERS, parameter, rate
from iprof_kit.law.payroll.tables import rate as agent_rate
from iprof_kit.law.pension.parameters import Numbers, find, number
from iprof_kit.law.tables.cells import Cell
from iprof_kit.law.tables.reading import in_euros
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.sentences import value

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


_IN_EUROS = in_euros(bonuses="Primes du mois qui le limitent", result="Retenu ce mois")


def _transferred(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    """Write the fraction that the allowance follows, then what bounds it."""
    num, den = (int(np.ravel(given[name])[0]) for name in ("num", "den"))
    share = () if num == den else (("Fraction payée", f"{num}/{den}"),)
    return (*share, *_IN_EUROS(given, result))


@rule(
    sentence="Un abattement annuel, dit transfert primes/points, est retenu chaque mois sur les "
    "primes, dans leur limite ; il suit la quotité.",
    source="loi 2015-1785, art. 148 ; décret 2016-588, art. 2",
    since="2017-01-01",
    tables=("parametres_paie",),
    reads=_transferred,
)
def bonus_transfer(
    bonuses: Euros, on: date, num: Cell, den: Cell, *, limited: bool = True
) -> Euros:
    """Return the month's transfert primes/points.

    Parameters
    ----------
    bonuses : array of float64
        Primes of the month that enter its base, euros.
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
    reads=in_euros(pay="Traitement, BI et NBI du mois"),
)
def pension_contribution(pay: Euros, on: date) -> Euros:
    """Return the retenue pour pension.

    Parameters
    ----------
    pay : array of float64
        Traitement + BI + NBI as paid, euros of the month.

    Returns
    -------
    array of float64
        Euros of the month.
    """
    return percent_in_euros(pay, rate(on, "PENSION_CIVILE"))


@rule(
    sentence="L’assiette de la retraite additionnelle réunit les primes, les indemnités et les "
    "heures, moins le transfert primes/points, dans la limite de {rafp_plafond:%} du traitement "
    "de l’année civile.",
    source="loi 2003-775, art. 76 ; décret 2004-569",
    since="2005-01-01",
    tables=("cotisations", "parametres_paie", "assiettes_paie"),
    reads=in_euros(
        base="Primes, indemnités et heures du mois, transfert déduit",
        pay="Traitement du mois, pour le plafond",
        result="Assiette retenue",
    ),
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
    sentence="L’agent verse à la retraite additionnelle {RAFP:%} de son assiette plafonnée.",
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

    Returns
    -------
    array of float64
        Euros of the month.
    """
    return percent_in_euros(base, rate(on, "RAFP"))


@rule(
    sentence="La CSG et la CRDS portent sur la rémunération brute, moins le transfert "
    "primes/points, après un abattement pour frais ({ABATT_CSG:%}, jusqu’à {plafonds} plafonds de "
    "la sécurité sociale) ; chaque ligne est arrondie seule.",
    source="CSS, art. L136-2 ; loi 2017-1836, art. 8 ; ordonnance 96-50",
    since="2005-01-01",
    tables=("cotisations", "assiettes_paie"),
    values={"plafonds": value("cotisations", "assiette", nth=0, code="ABATT_CSG")},
    reads=in_euros(base="Rémunération du mois, transfert déduit, avant l’abattement"),
)
def social_contribution(base: Euros, code: str, on: date) -> Euros:
    """Return CSG_DED, CSG_NON_DED or CRDS.

    Parameters
    ----------
    base : array of float64
        Gross subject to it, less the transfert, before the abatement, euros of the month.

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
    sentence="Jusqu’en 2017, une contribution de solidarité portait sur la rémunération, nette "
    "du transfert primes/points, de pension et de retraite additionnelle. Elle n’était due "
    "qu’au-dessus d’un seuil, apprécié sur le traitement, la BI, la NBI et l’indemnité de "
    "résidence, nets des mêmes retenues.",
    source="loi 82-939 ; c. trav., art. L5423-32 et R5423-52 ; circulaire FP7 2033 du 27/05/2003 ; "
    "fonds-de-solidarite.fr ; décret 2016-588, art. 2 ; loi 2017-1837 (suppression)",
    since="1982-11-01",
    until="2017-12-31",
    tables=("cotisations", "parametres_paie", "assiettes_paie"),
    reads=in_euros(base="Assiette", compared="Rémunération comparée au seuil"),
)
def solidarity_contribution(base: Euros, compared: Euros, on: date) -> Euros:
    """Return the contribution exceptionnelle de solidarité.

    Parameters
    ----------
    base : array of float64
        Pay less the transfert primes/points, the retenue pour pension and the retraite
        additionnelle, euros of the month.
    compared : array of float64
        What the threshold is compared with: traitement, index points and indemnité de résidence,
        less the same retenues, euros of the month.

    Returns
    -------
    array of float64
        Euros of the month, 0 up to the threshold.

    Raises
    ------
    PeriodNotCovered
        The threshold of the day is not in the tables.
    """
    threshold = PARAMETERS.read(on, "ces_seuil", label="seuil de la contribution").number(
        "valeur", "seuil de la contribution"
    )
    return np.where(compared > threshold, percent_in_euros(base, rate(on, "CES")), 0.0)


@rule(
    sentence="Une réduction de cotisations de {REDUC_HS:%} est créditée sur les heures "
    "supplémentaires, les missions et les parts fonctionnelles du Pacte.",
    source="décret 2019-133",
    since="2019-01-01",
    tables=("cotisations", "assiettes_paie"),
    reads=in_euros(overtime="Heures et missions du mois"),
)
def overtime_credit(overtime: Euros, on: date) -> Euros:
    """Return the credit on overtime, euros of the month."""
    return percent_in_euros(overtime, rate(on, "REDUC_HS"))
