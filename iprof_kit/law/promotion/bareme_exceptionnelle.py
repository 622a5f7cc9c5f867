"""The bareme of the classe exceptionnelle, campaigns 2018 to 2023."""

from __future__ import annotations

import re

import numpy as np

from iprof_kit.base.errors import LawError
from iprof_kit.base.explanation import explaining
from iprof_kit.law.promotion.bareme import APPRECIATIONS, NOT_IN_RANGE, Points, refuse_missing
from iprof_kit.law.promotion.rows import EXCEPTIONNELLE_ROWS, refuse
from iprof_kit.law.tables.cells import CELLS, Cell
from iprof_kit.law.tables.facts import Fact
from iprof_kit.law.tables.rules import rule

_EXCEPTIONNELLE = "bareme_classe_exceptionnelle"


@rule(
    sentence="De 2018 à 2023, le barème de la classe exceptionnelle ajoutait les points de "
    "l’appréciation et ceux des années passées dans la hors classe, plafonnés.",
    source="sections.se-unsa.org/59 (2021)",
    since="2018-09-01",
    until="2023-09-01",
    tables=("bareme_classe_exceptionnelle",),
)
def bareme_classe_exceptionnelle(
    appreciation: Points, years_in_grade: Points, cell: Cell, year: int
) -> Points:
    """Return the points of each candidate to the classe exceptionnelle, campaigns 2018 to 2023.

    Parameters
    ----------
    appreciation : array of int
        Codes of `appreciation_codes`.
    years_in_grade : array of int
        Whole years in the hors classe on 31 August.
    cell : array of int
        Position on 31 August.

    Raises
    ------
    PeriodNotCovered
        Another campaign: since 2024 there is no bareme.
    LawError
        A corps of which only a part of the bareme is known.
    """
    cell, years = np.asarray(cell, np.int64), np.asarray(years_in_grade, np.int64)
    points = np.zeros(cell.shape, np.int64)
    for corps in dict.fromkeys(CELLS.corps[cell]):
        of_the_corps = CELLS.corps[cell] == corps
        row = EXCEPTIONNELLE_ROWS.read(
            year, corps, "bareme_anciennete", "points_par_an_hors_classe"
        )
        each, most = row.whole("valeur", "points par an"), _ceiling(row)
        points[of_the_corps] = np.minimum(years[of_the_corps] * each, most)
        points[of_the_corps] += exceptionnelle_appreciation(
            np.asarray(appreciation)[of_the_corps], corps, year
        )
    return points


def exceptionnelle_appreciation(appreciation: Points, corps: str, year: int) -> Points:
    """Return the points of the appréciation in the bareme of the classe exceptionnelle."""
    rows = EXCEPTIONNELLE_ROWS.all(year, corps, "bareme_appreciation")
    if not rows:
        refuse(_EXCEPTIONNELLE, "barème de la classe exceptionnelle", corps, year, [])
    table = np.full(len(APPRECIATIONS) + 1, NOT_IN_RANGE, np.int64)
    for row in rows:
        names, values = str(row.values["cle"]).split("|"), str(row.values["valeur"]).split("|")
        for name, value in zip(names, values, strict=True):
            code = APPRECIATIONS.index(name)
            table[code] = int(value)
            if explaining() and code in appreciation:
                row.text("valeur", f"appréciation ({name})")
    points: Points = table[np.asarray(appreciation, np.int64)]
    refuse_missing(points)
    return points


def _ceiling(row: Fact) -> int:
    """Return the most points of a row whose detail says « plafond 48 »."""
    match = re.search(r"plafond (\d+)", row.text("detail", "plafond"))
    if match is None:
        raise LawError("le plafond des points d’ancienneté manque.", where=_EXCEPTIONNELLE)
    return int(match[1])
