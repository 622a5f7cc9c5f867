"""The opinions held of each person: appréciations, avis, oppositions, years of functions.

Two laws of appréciation: whoever was already promouvable in 2018 was given one on file, once and
for all; the others at their rendez-vous de carrière.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from iprof_kit.analytics.columns import AVIS
from iprof_kit.analytics.population.entrants import Draw, Whole
from iprof_kit.analytics.population.laws import distribution, share, value
from iprof_kit.analytics.population.past import ReplayStart, advance
from iprof_kit.base.calendar import rentree, school_year_of
from iprof_kit.law.career.advancement import first_day
from iprof_kit.law.promotion.bareme import APPRECIATIONS
from iprof_kit.law.promotion.conditions import hors_classe_open
from iprof_kit.law.tables.cells import CELLS

_FAVOURED = ("directeur", "conseiller_pedagogique")


@dataclass(frozen=True)
class Merit:
    """One value a person; appréciations are places in APPRECIATIONS, avis places in AVIS.

    Attributes
    ----------
    on_file : array of bool
        Whether the appréciation of the hors classe is the one of 2018, on file.
    first, last : arrays of int
        Of the first rendez-vous, and of the campaigns of hors classe.
    avis : array of int [2, row]
    functions : array of float
        Years of the functions of the first vivier.
    """

    on_file: npt.NDArray[np.bool_]
    first: Whole
    last: Whole
    avis: Whole
    opposed: npt.NDArray[np.bool_]
    functions: npt.NDArray[np.float64]


def draw_merit(start: ReplayStart, function: npt.NDArray[np.object_], draw: Draw) -> Merit:
    """Draw the opinions of everybody.

    Parameters
    ----------
    start : ReplayStart
        Situation of 2017: it says who is appreciated on file.
    function : array of str
        Function held: some are better appreciated.
    """
    size = len(start.cell)
    favour = np.where(np.isin(function, _FAVOURED), 1 - share("faveur_fonction"), 1.0)
    on_file = promouvable_in_first_campaign(start)
    seen = draw.random(size) * favour
    last = np.where(
        on_file,
        _cut("appreciation_dossier", seen, APPRECIATIONS),
        _cut("appreciation_rdv_3", seen, APPRECIATIONS),
    )
    first = _cut("appreciation_rdv_1", draw.random(size) * favour, APPRECIATIONS)
    one = draw.random(size)
    two = np.where(draw.random(size) < share("avis_lien"), one, draw.random(size))
    holds = draw.random(size) < share("fonctions_part")
    return Merit(
        on_file,
        first,
        last,
        np.stack([_cut("avis_1", one, AVIS), _cut("avis_2", two, AVIS)]),
        draw.random(size) < share("opposition"),
        np.where(holds, value("fonctions_annees"), 0.0),
    )


def promouvable_in_first_campaign(start: ReplayStart) -> npt.NDArray[np.bool_]:
    """Tell who meets the condition of the first campaign, from the situation of 2017."""
    opening = first_day()
    year = int(school_year_of(opening)) + 1
    cell, days = advance(start.cell, start.kept + rentree(year) - opening, opening)
    open_then = hors_classe_open(cell, days, year)
    return np.asarray((open_then | _above(cell)) & (start.day == opening))


def _above(cell: Whole) -> npt.NDArray[np.bool_]:
    """Tell who is already in a higher grade: appreciated on file, if ever."""
    return np.asarray(~np.isin(CELLS.grade[cell], ("classe_normale", "grade_unique")))


def _cut(name: str, drawn: npt.NDArray[np.float64], known: tuple[str, ...]) -> Whole:
    """Turn uniform draws into places in `known`, the best first for the smallest draws."""
    codes, weights = distribution(name)
    order = np.array([known.index(code) for code in codes])
    place = np.searchsorted(np.cumsum(weights), drawn, side="right")
    return np.asarray(order[np.minimum(place, len(weights) - 1)], np.int64)
