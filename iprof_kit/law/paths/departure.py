"""La rupture conventionnelle: the floor and the ceiling of its specific indemnity (ISRC)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from iprof_kit.base.errors import LawError
from iprof_kit.base.explanation import Parameter, explaining, note
from iprof_kit.base.money import share_in_euros
from iprof_kit.law.paths.rows import paths
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.sentences import value

Euros = npt.NDArray[np.float64]
CEILING = "ISRC_PLAFOND"


@dataclass(frozen=True)
class Slice:
    """Years of one slice, and the share of a month's pay due for each."""

    code: str
    above: int
    up_to: int
    numerator: int
    denominator: int


@cache
def slices() -> tuple[Slice, ...]:
    """Return the slices of the floor, lowest first."""
    listed = []
    for code, path in paths().items():
        bounds = re.fullmatch(r"ISRC_(\d+)_(\d+)", code)
        if bounds:
            share = _share(code, path.text("remuneration"))
            listed.append(Slice(code, int(bounds[1]), int(bounds[2]), *share))
    return tuple(sorted(listed, key=lambda part: part.above))


def _share(code: str, text: str) -> tuple[int, int]:
    match = re.match(r"(\d+)/(\d+)", text)
    if match is None:
        raise LawError("fraction attendue dans « remuneration ».", where=code)
    return int(match[1]), int(match[2])


@rule(
    name="isrc_floor",
    sentence="L’indemnité de rupture conventionnelle ne peut être inférieure à une fraction de "
    "mois de rémunération brute par année d’ancienneté ; cette fraction croît par tranche jusqu’à "
    "{dernier:an}.",
    source="décret 2019-1596, art. 2",
    since="2020-01-01",
    tables=("parcours",),
    values={"dernier": value("parcours", "libelle", nth=1, code="ISRC_20_24")},
)
def isrc_floor(annual_gross: npt.ArrayLike, years: npt.ArrayLike) -> Euros:
    """Return the least amount of the indemnity.

    Parameters
    ----------
    annual_gross : array of float
        Gross pay of the reference year, euros.
    years : array of int
        Complete years of seniority.

    Returns
    -------
    array of float64
        Euros, rounded once to the cent.
    """
    complete = np.asarray(years, np.int64)
    common = math.lcm(*(part.denominator for part in slices()))
    units = np.zeros_like(complete)
    for part in slices():
        inside = np.clip(complete - part.above, 0, part.up_to - part.above)
        units = units + inside * part.numerator * (common // part.denominator)
        _note(part.code, f"{part.numerator}/{part.denominator}")
    return share_in_euros(annual_gross, units, 1, 12 * common)


@rule(
    name="isrc_ceiling",
    sentence="L’indemnité de rupture conventionnelle ne peut dépasser {part}/{de} de la "
    "rémunération brute annuelle par année d’ancienneté, dans la limite de {plafond:an}.",
    source="décret 2019-1596, art. 3",
    since="2020-01-01",
    tables=("parcours",),
    values={
        "part": value("parcours", "remuneration", nth=0, code=CEILING),
        "de": value("parcours", "remuneration", nth=1, code=CEILING),
        "plafond": value("parcours", "remuneration", nth=2, code=CEILING),
    },
)
def isrc_ceiling(annual_gross: npt.ArrayLike, years: npt.ArrayLike) -> Euros:
    """Return the greatest amount of the indemnity; same parameters as `isrc_floor`."""
    text = paths()[CEILING].text("remuneration")
    numerator, denominator = _share(CEILING, text)
    longest = re.search(r"(\d+) ans au plus", text)
    if longest is None:
        raise LawError("nombre d’années attendu dans « remuneration ».", where=CEILING)
    _note(CEILING, text)
    counted = np.minimum(np.asarray(years, np.int64), int(longest[1]))
    return share_in_euros(annual_gross, counted * numerator, 1, denominator)


def _note(code: str, value: object) -> None:
    if explaining():
        path = paths()[code]
        note(Parameter(path.label, value, path.papers.text, confidence=path.papers.confidence))
