"""La retraite additionnelle (RAFP): points of a year, rente or capital."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt

from iprof_kit.base.money import share_in_euros
from iprof_kit.law.pension.parameters import Whole, find, known, number, numbers, whole
from iprof_kit.law.pension.rate import UNIT
from iprof_kit.law.tables.rules import rule

Nature = Literal["rente", "capital", "capital_fractionne"]
_CENT = 100
_AGE = "rafp_coef_majoration_age_"
_CONVERSION = "rafp_coef_conversion_capital_age_"


@dataclass(frozen=True)
class Additional:
    """What the RAFP pays; None where a coefficient is not in the tables, and why."""

    nature: Nature
    coefficient: float
    service_value: float
    annual: float
    """Annual rente, or what it would be."""
    capital: float | None
    first_fraction: float | None
    missing: str = ""


@rule(
    sentence="Les points RAFP d’une année sont les cotisations de l’agent et de l’employeur "
    "divisées par la valeur d’acquisition du point, arrondies au point supérieur.",
    source="décret 2004-569 ; service-public.gouv.fr F12387",
    since="2005-01-01",
    tables=("retraite_parametres",),
)
def rafp_points(cotisations: npt.ArrayLike, annee: npt.ArrayLike) -> Whole:
    """Return the points of each year.

    Parameters
    ----------
    cotisations : array of float
        Contributions of both, euros of the year.
    annee : array of int
        Civil year; after the last value, the last one known.

    Returns
    -------
    array of int64
        −1 for a year that the tables do not cover.
    """
    days = np.asarray(annee).astype(str).astype("datetime64[Y]").astype("datetime64[D]")
    values = numbers("rafp_valeur_acquisition", days, "valeur d’acquisition du point")
    unit = np.rint(np.nan_to_num(values, nan=1.0) * UNIT).astype(np.int64)
    paid = np.rint(np.asarray(cotisations, dtype=np.float64) * _CENT).astype(np.int64) * _CENT**2
    points: Whole = np.where(np.isnan(values), -1, -(paid // -unit))
    return points


@rule(
    sentence="Dès {rafp_seuil_rente:point}, la RAFP est une rente ; au-dessous du seuil du "
    "fractionnement, un capital ; entre les deux, un capital fractionné.",
    source="décret 2004-569 ; rafp.fr",
    since="2005-01-01",
    tables=("retraite_parametres",),
)
def rafp_nature(points: int, day: date) -> Nature:
    """Return what is paid for a number of points."""
    if points >= whole("rafp_seuil_rente", day):
        return "rente"
    split = points >= whole("rafp_seuil_capital_fractionne", day)
    return "capital_fractionne" if split else "capital"


def age_coefficient(age: int, day: date) -> float:
    """Return the coefficient of an age in years; the first and last ages bound the table."""
    ages = [step for step in range(age + 1) if known(f"{_AGE}{step}")]
    first = next((step for step in range(age, age + 100) if known(f"{_AGE}{step}")), age)
    return number(f"{_AGE}{ages[-1] if ages else first}", day)


@rule(
    sentence="La rente annuelle est le nombre de points multiplié par le coefficient d’âge et par "
    "la valeur de service ; le capital, cette rente multipliée par le coefficient de conversion "
    "de l’âge.",
    source="décret 2004-569 ; rafp.fr, calcul et paiement de la prestation",
    since="2005-01-01",
    tables=("retraite_parametres", "parametres_pension"),
)
def rafp_benefit(points: int, age: int, day: date) -> Additional:
    """Return what the RAFP pays.

    Parameters
    ----------
    age : int
        Complete years at the liquidation of the RAFP.
    day : date
        Day of that liquidation.

    Returns
    -------
    Additional
        `capital` is None where the conversion of the age is not in the tables.
    """
    factor = age_coefficient(age, day)
    value = number("rafp_valeur_service", day, "valeur de service du point")
    exact = points * round(factor * _CENT) * round(value * UNIT)
    annual = float(share_in_euros(1, exact, 1, _CENT**2 * _CENT**2)[()])
    nature = rafp_nature(points, day)
    if nature == "rente":
        return Additional(nature, factor, value, annual, None, None)
    if nature == "capital_fractionne":
        return Additional(
            nature,
            factor,
            value,
            annual,
            None,
            _first_fraction(annual, day),
            "suite du fractionnement non connue",
        )
    if not known(f"{_CONVERSION}{age}"):
        return Additional(
            nature,
            factor,
            value,
            annual,
            None,
            None,
            f"coefficient de conversion à {age} ans non relevé",
        )
    conversion = number(f"{_CONVERSION}{age}", day, "conversion en capital")
    capital = share_in_euros(1, exact * round(conversion * _CENT), 1, _CENT**2 * UNIT)
    return Additional(nature, factor, value, annual, float(capital[()]), None)


def _first_fraction(annual: float, day: date) -> float | None:
    if find("rafp_capital_fractionne_mois", day) is None:
        return None
    months = whole("rafp_capital_fractionne_mois", day)
    return float(share_in_euros(annual, months, 1, 12)[()])
