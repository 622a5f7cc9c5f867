"""La classe exceptionnelle from 2017 to 2023, by two viviers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import YEAR, rentree
from iprof_kit.base.explanation import Words, explaining
from iprof_kit.base.sources import Confidence, Source, worst
from iprof_kit.base.words import echelon_label
from iprof_kit.law.career.advancement import echelon_duration
from iprof_kit.law.promotion.rows import EXCEPTIONNELLE_ROWS as ROWS
from iprof_kit.law.promotion.rows import PARAMETERS, order, parameter
from iprof_kit.law.tables.cells import CELLS, Cell
from iprof_kit.law.tables.facts import Fact
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.schema import EVERYBODY

Bools = npt.NDArray[np.bool_]
Years = npt.NDArray[np.float64]
_HC = "hors_classe"


@dataclass(frozen=True)
class Viviers:
    """Who was in which vivier; columns of equal length.

    Attributes
    ----------
    doubtful : array of bool
        The sources disagree on the échelon of the second vivier, and the person is between the two.
    unknown : array of bool
        The years of functions are missing, and they would decide.
    """

    first: Bools
    second: Bools
    doubtful: Bools
    unknown: Bools


def _judged(given: Mapping[str, Any], pools: Viviers) -> tuple[Words, ...]:
    """Write the two viviers of one person."""
    del given
    names = (("Premier vivier", pools.first), ("Second vivier", pools.second))
    return tuple(
        (name, "conditions remplies" if pool[0] else "conditions non remplies")
        for name, pool in names
        if pool.size
    )


@rule(
    name="viviers",
    sentence="Le premier vivier demandait l’échelon requis de la hors classe et la durée requise "
    "de fonctions listées par arrêté ; le second, le dernier échelon de la hors classe (agrégés : "
    "{vivier2_agrege_annees:an} dans le {vivier2_agrege_echelon}e échelon).",
    source="décret 2017-786 ; décret d’avril 2022 (JORFTEXT000045512073) ; arrêté 10-05-2017",
    since="2017-09-01",
    until="2023-09-01",
    tables=("bareme_classe_exceptionnelle", "parametres_promotion"),
    reads=_judged,
)
def viviers(cell: Cell, days_in_echelon: Cell, year: int, years_of_functions: Years) -> Viviers:
    """Tell who was in which vivier of a campaign.

    Parameters
    ----------
    cell : array of int
        Position on 31 August.
    days_in_echelon : array of int
        Seniority in the échelon, or in the chevron, up to 1 September exclusive.
    year : int
        Campaign, 2017 to 2023.
    years_of_functions : array of float
        Years of the functions listed by the arrêté of 2017-05-10; NaN where unknown.

    Raises
    ------
    PeriodNotCovered
        Another campaign.
    """
    cell, days = np.asarray(cell, np.int64), np.asarray(days_in_echelon, np.int64)
    years = np.asarray(years_of_functions, np.float64)
    first = np.zeros(cell.shape, bool)
    second, doubtful, unknown = first.copy(), first.copy(), first.copy()
    for corps in dict.fromkeys(CELLS.corps[cell]):
        of_the_corps = (CELLS.corps[cell] == corps) & (CELLS.grade[cell] == _HC)
        rank = echelon_numbers()[cell]
        placed = of_the_corps & (
            rank >= _first_echelon(corps, year).whole("valeur", "vivier 1, échelon")
        )
        needed = _duration(corps, year).number("valeur", "vivier 1, années de fonctions")
        first |= placed & (years >= needed)
        opened, between = _second(corps, year, cell, days)
        second |= of_the_corps & opened
        doubtful |= of_the_corps & between
        unknown |= placed & np.isnan(years) & ~second
    return Viviers(first, second, doubtful, unknown)


def days_in_whole_echelon(cell: Cell, days: Cell, day: int) -> Cell:
    """Return the seniority in the échelon where `days` is counted in the chevron.

    Parameters
    ----------
    cell, days : arrays of int
    day : int
        Axis day whose durations of chevrons are used.

    Returns
    -------
    array of int
        Days; those of the chevrons before are added.
    """
    cell = np.asarray(cell, np.int64)
    added = np.zeros(CELLS.count, np.int64)
    for code in np.flatnonzero(np.bincount(cell, minlength=CELLS.count)):
        added[code] = _before(int(code), day)
    whole: Cell = np.asarray(days, np.int64) + added[cell]
    return whole


def viviers_condition_text(corps: str, year: int) -> str:
    """Return the condition of a campaign 2017 to 2023 in French, lower case, no full stop."""
    first = _first_echelon(corps, year).text("valeur")
    years = _duration(corps, year).text("valeur")
    if own := _stay(corps, year):
        echelon, length = (fact.text("valeur") for fact in own)
        second = f"{length} ans dans le {echelon_label(echelon)}"
    else:
        low, high = _bounds(_second_echelon(corps, year))
        second = f"le {echelon_label(str(low))}"
        if high != low:
            second += f" (le {echelon_label(str(high))} selon une autre source)"
    return (
        f"il fallait, au 31 août {year}, être dans la hors classe au {echelon_label(first)} au "
        f"moins avec {years} ans de fonctions particulières (vivier 1), ou y avoir {second} "
        "(vivier 2)"
    )


def years_required(corps: str, year: int) -> int:
    """Return the years of functions that the first vivier of a campaign asked."""
    return _duration(corps, year).whole("valeur", "vivier 1, années de fonctions")


def viviers_sources(corps: str, year: int) -> tuple[Source, ...]:
    """Return the texts of the two viviers of a campaign."""
    rows = [_first_echelon(corps, year), _duration(corps, year)]
    own = _stay(corps, year)
    rows += own[1:] if own else (_second_echelon(corps, year),)
    return tuple(row.papers for row in rows)


def viviers_confidence(corps: str, year: int) -> Confidence:
    """Return the weakest confidence of the two viviers of a campaign."""
    return worst(source.confidence for source in viviers_sources(corps, year))


def application_text(corps: str, year: int) -> str:
    """Return whether an application was asked: « aucun acte de candidature n’est requis »."""
    row = ROWS.find(year, corps, "candidature", "vivier1")
    if row is None:
        return "aucun acte de candidature n’est requis"
    return f"vivier 1 : {_APPLICATIONS[row.text('valeur')]} ; vivier 2 : aucun acte"


_APPLICATIONS = {
    "obligatoire": "acte de candidature obligatoire",
    "inscription automatique": "inscription automatique",
}


def _second(corps: str, year: int, cell: Cell, days: Cell) -> tuple[Bools, Bools]:
    """Tell who is in the second vivier, and for whom the sources disagree."""
    rank = echelon_numbers()[cell]
    if own := _stay(corps, year):
        echelon = own[0].whole("valeur", "vivier 2, échelon")
        years = own[1].whole("valeur", "vivier 2, années")
        at_the_echelon = (
            (CELLS.corps[cell] == corps) & (CELLS.grade[cell] == _HC) & (rank == echelon)
        )
        opened = np.zeros(cell.shape, bool)
        length = days_in_whole_echelon(
            cell[at_the_echelon], days[at_the_echelon], rentree(year) - 1
        )
        opened[at_the_echelon] = length >= years * YEAR
        return opened, np.zeros(cell.shape, bool)
    row = _second_echelon(corps, year)
    if explaining():
        row.text("valeur", "vivier 2, échelon")
    low, high = _bounds(row)
    return rank >= low, (rank >= low) & (rank < high)


def _bounds(row: Fact) -> tuple[int, int]:
    """Return the lowest and the highest échelon that the sources give: « 6 ou 7 »."""
    numbers = [int(digits) for digits in re.findall(r"\d+", str(row.values["valeur"]))]
    return min(numbers), max(numbers)


def _stay(corps: str, year: int) -> tuple[Fact, ...]:
    """Return the échelon and the years in it of the second vivier; () where none are asked."""
    keys = [f"vivier2_{corps}_{what}" for what in ("echelon", "annees")]
    known = {key for (key,) in PARAMETERS.keys()}  # noqa: SIM118
    return tuple(parameter(key, year) for key in keys) if known.intersection(keys) else ()


def _first_echelon(corps: str, year: int) -> Fact:
    return ROWS.read(year, corps, "eligibilite", "vivier1_echelon_min_hc")


def _second_echelon(corps: str, year: int) -> Fact:
    return ROWS.read(year, corps, "eligibilite", "vivier2_echelon_min_hc")


def _duration(corps: str, year: int) -> Fact:
    return ROWS.read(year, corps, "eligibilite", "vivier1_duree_fonctions_annees")


@cache
def echelon_numbers() -> Cell:
    """Return the number of each cell's échelon."""
    return np.array([order(echelon) for echelon in CELLS.echelon], np.int64)


@cache
def _before(cell: int, day: int) -> int:
    """Return the days of the chevrons that come before a cell in its échelon."""
    same = (
        (CELLS.corps == CELLS.corps[cell])
        & (CELLS.grade == CELLS.grade[cell])
        & (CELLS.echelon == CELLS.echelon[cell])
    )
    earlier = np.flatnonzero(same)
    earlier = earlier[earlier < cell]
    return int(echelon_duration(earlier, day).sum()) if earlier.size else 0


def with_viviers(year: int) -> bool:
    """Tell whether a campaign passed through the viviers."""
    first, last = ROWS.campaigns(EVERYBODY, "candidature")
    return first is not None and last is not None and first <= year <= last


def ceiling_text(corps: str, year: int) -> str:
    """Return what bounded a campaign 2017 to 2023, where no ratio did, in French, no full stop."""
    row = ROWS.find(year, corps, "contingent_pct_corps", "plafond")
    row = row or ROWS.find(year, corps, "contingent_pct_corps", "cumul")
    part = ROWS.read(year, corps, "volume", "part_vivier2_max_pct").text("valeur")
    ceiling = "non trouvée" if row is None else f"{row.text('valeur').replace('.', ',')} %"
    return (
        f"pas de ratio : une part de l’effectif du corps ({ceiling}), dont au plus {part} % des "
        "promotions pour le vivier 2"
    )
