"""What a population costs: index points and pay by month, with the employer's contributions."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from iprof_kit.analytics.population.laws import PER_CENT
from iprof_kit.analytics.projection.scenario import Scenario
from iprof_kit.base.calendar import axis_of, rentree_day
from iprof_kit.base.errors import LawError
from iprof_kit.law.career.traitement import UNKNOWN, majore, point_value
from iprof_kit.law.payroll.contributions import ON_PAY
from iprof_kit.law.payroll.tables import rate
from iprof_kit.law.tables.cells import CELLS

MONTHS = 12
CONTRIBUTIONS = tuple(code for code, _ in ON_PAY)
PARTS = ["traitement_brut", *(code.lower() for code in CONTRIBUTIONS)]


def indices(cells: np.ndarray, on: date, scenario: Scenario) -> np.ndarray:
    """Return the indice majoré of cells on a day, points of the scenario included.

    Raises
    ------
    LawError
        The grid of that day has no index for a cell.
    """
    base = majore(axis_of(on))[cells]
    lost = np.flatnonzero(base == UNKNOWN)
    if lost.size:
        raise LawError(
            f"pas d’indice pour ({CELLS.in_full(int(cells[lost[0]]))}) au {on:%d/%m/%Y}.",
            where="grilles",
            remedy="Vérifiez l’échelon de ces personnes.",
        )
    indexed: np.ndarray = base + sum(points for day, points in scenario.points if day <= on)
    return indexed


def point(on: date, scenario: Scenario) -> float:
    """Return the annual value of the point on a day, with the changes of the scenario."""
    annual = float(point_value(axis_of(on)))
    for day, per_cent in scenario.point_indice:
        annual *= 1 + (per_cent / PER_CENT if day <= on else 0)
    return annual


def month(stock: pd.DataFrame, on: date, scenario: Scenario) -> pd.DataFrame:
    """Return the pay and the contributions of a month, row by row of a stock, in euros."""
    full = indices(stock["cell"].to_numpy(np.int64), on, scenario)
    pay = full * stock["etp_paye"] * point(on, scenario) / MONTHS
    amounts = pd.DataFrame({"traitement_brut": pay})
    for code in CONTRIBUTIONS:
        amounts[code.lower()] = pay * rate(on, code) / PER_CENT
    return amounts


def civil_year(
    before: pd.DataFrame, after: pd.DataFrame, year: int, scenario: Scenario, keys: list[str]
) -> pd.DataFrame:
    """Return the pay of a civil year: one stock until the rentrée, another from it on."""
    first = rentree_day(year).month
    parts = []
    for stock, months in ((before, range(1, first)), (after, range(first, MONTHS + 1))):
        people = stock.reset_index(drop=True)
        pay = month(people, date(year, months[0], 1), scenario)
        for number in months[1:]:
            pay += month(people, date(year, number, 1), scenario)
        parts.append(pd.concat([people[keys], pay], axis=1))
    paid = pd.concat(parts).assign(annee=year).groupby(["annee", *keys], as_index=False).sum()
    return paid.assign(total=paid[PARTS].sum(axis=1))
