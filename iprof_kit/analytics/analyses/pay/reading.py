"""What the analyses of pay read in common: work of each, value of the point, published figures."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from iprof_kit.analytics.analyses.drawing import number
from iprof_kit.analytics.analyses.people import PER_CENT
from iprof_kit.base.calendar import axis_of, date_text
from iprof_kit.base.errors import InputError
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import NBSP, counted
from iprof_kit.law.career.traitement import paid_fraction, point_value
from iprof_kit.law.tables.loading import carried_forward, table

EURO = f"{NBSP}€"
MILLION = 1_000_000
_WIDEST = "sur_autorisation"
"""The part-time that opens every quotité; where another is open too, it is paid alike."""


def work(gens: pd.DataFrame, *, paid: bool) -> pd.Series:
    """Return the full-time equivalent of each, missing where the quotité says none.

    Parameters
    ----------
    gens : DataFrame
        `quotite`, per cent.
    paid : bool
        The fraction paid by the law (six sevenths at 80 %) instead of the quotité worked.
    """
    quotite = gens["quotite"].astype("Float64")
    if paid:
        shares = {percent: _paid_share(percent) for percent in quotite.dropna().unique()}
        return quotite.map(shares).astype(float)
    return (quotite / PER_CENT).where(quotite.between(0, PER_CENT)).astype(float)


def work_text(*, paid: bool) -> str:
    """Say how the full-time equivalent is counted."""
    if paid:
        return "ETP compté à la fraction payée de chaque quotité (CGFP L612-5)"
    return "ETP compté à la quotité de service, non à la fraction payée"


def point_on(day: date) -> tuple[float, str]:
    """Return the annual value of the point on a day, and what to say of it."""
    value = float(point_value(axis_of(day)))
    late = ", dernière valeur connue" if carried_forward("point_indice", day) else ""
    return value, f"point d’indice du {date_text(day)} : {number(value, 4)}{EURO} par an{late}"


def published(*indicators: str) -> pd.DataFrame:
    """Return published figures to compare with, with their source and confidence.

    Parameters
    ----------
    *indicators : str
        Beginnings of the indicators of data/reference/salaires_stats.csv.
    """
    rows = table("salaires_stats")
    figures = rows[rows["indicateur"].str.startswith(indicators)]
    shown = figures[
        [
            "annee",
            "population",
            "indicateur",
            "valeur",
            "unite",
            "quotite",
            "perimetre",
            "source",
            "confiance",
        ]
    ]
    return shown.assign(a_verifier=shown["confiance"].map(to_verify)).reset_index(drop=True)


def left_out(count: int, why: str) -> tuple[str, ...]:
    """Return a warning that counts rows left out, nothing where there is none."""
    return (f"{counted(count, 'ligne')} {why}, hors du calcul",) if count else ()


def _paid_share(percent: float) -> float:
    if percent == 0:
        return 0.0
    try:
        numerator, denominator = paid_fraction(percent, _WIDEST)
    except InputError:
        return float(np.nan)
    return numerator / denominator
