"""What the screens read in the tables of mobility: places, borders, map, campaigns, limits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from iprof_kit.base.calendar import date_of, rentree_day
from iprof_kit.base.errors import PeriodNotCovered
from iprof_kit.base.reference import department_code
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import points_text
from iprof_kit.calculate.mobility.added_bars import BarreAjoutee, by_place
from iprof_kit.calculate.mobility.answer import words
from iprof_kit.law.mobility.bars import limits
from iprof_kit.law.mobility.calendar import Degree
from iprof_kit.law.mobility.criteria import (
    Criteria,
    academies_touch,
    departements_touch,
)
from iprof_kit.law.mobility.first import rules
from iprof_kit.law.mobility.second import table
from iprof_kit.law.tables.facts import Fact, Facts

_DEPARTEMENTS = Facts("departements", ("code_insee",))
_TILES = Facts("carte_schematique", ("niveau", "code"))
_LEVELS = {"1d": "departement", "2d": "academie"}
_CRITERIA: dict[str, Criteria] = {
    "1d": rules.CRITERIA,
    "2d": table.CRITERIA,
}


@dataclass(frozen=True)
class Destination:
    """A département (1d) or an academy (2d) that may be asked for.

    Attributes
    ----------
    key : str
        How a wish names it: code of the département, label of the academy.
    short : str
        What its tile of the map says.
    tile : tuple of int or None
        Column and line of its tile; None for one that the map does not draw.
    """

    key: str
    name: str
    short: str
    academie: str
    tile: tuple[int, int] | None
    overseas: bool


@dataclass(frozen=True)
class MostWishes:
    """How many wishes a campaign admits, and whether the number must be verified."""

    number: int
    a_verifier: bool
    source: str


def campaigns(degre: Degree) -> tuple[int, ...]:
    """Return the campaigns that the tables cover, oldest first."""
    return _CRITERIA[degre].campaigns


@cache
def places(degre: Degree, campagne: int) -> tuple[Destination, ...]:
    """Return what may be asked for in a campaign, in the order of the tables."""
    if degre == "1d":
        rows = [
            row
            for row in _DEPARTEMENTS.in_force(None)
            if row.values["departement_siam_1d"] == "oui"
        ]
        return tuple(_departement(row) for row in rows)
    return tuple(_academie(row) for row in table.open_academies(campagne))


def _departement(row: Fact) -> Destination:
    code = str(row.values["code_insee"])
    tile = _TILES.find(None, _LEVELS["1d"], code)
    return Destination(
        code,
        words(str(row.values["nom"])),
        code,
        words(str(row.values["academie"])),
        _cell(tile),
        row.values["est_dom"] == "oui",
    )


def _academie(row: Fact) -> Destination:
    label = str(row.values["libelle_academie"])
    tile = _TILES.find(None, _LEVELS["2d"], str(row.values["code_academie"]))
    short = str(tile.values["abrege"]) if tile else label
    overseas = row.values["est_dom"] == "oui"
    return Destination(label, words(label), short, words(label), _cell(tile), overseas)


def _cell(tile: Fact | None) -> tuple[int, int] | None:
    return None if tile is None else (int(tile.values["colonne"]), int(tile.values["ligne"]))


@cache
def bordering(degre: Degree, campagne: int, key: str) -> tuple[str, ...]:
    """Return the keys of the places that share a border with one, in the order of the tables."""
    if degre == "1d":
        return tuple(p.key for p in places(degre, campagne) if departements_touch(key, p.key))
    return tuple(p.key for p in places(degre, campagne) if academies_touch(key, p.key))


def map_source(degre: Degree) -> str:
    """Return what the map is, in the words of its table."""
    row = next(r for r in _TILES.in_force(None) if r.values["niveau"] == _LEVELS[degre])
    return words(str(row.values["source"]))


@cache
def most_wishes(degre: Degree, campagne: int) -> MostWishes | None:
    """Return the largest number of wishes of a campaign; None where no table says it."""
    row = _CRITERIA[degre].find(campagne, "regle", "nb_voeux_max")
    if row is None:
        return None
    return MostWishes(row.number(), to_verify(row.confidence), words(row.source))


@cache
def known_since(degre: Degree, critere: str, sous_critere: str) -> int | None:
    """Return the oldest campaign for which the tables give a value to a criterion."""
    return next(iter(_CRITERIA[degre].campaigns_of(critere, sous_critere)), None)


def echelon_day(campagne: int) -> date:
    """Return the first day after the échelon that counts: 1 September before the campaign."""
    return rentree_day(campagne - 1)


def seniority_day(degre: Degree, campagne: int) -> date:
    """Return the day up to which the seniority of a campaign runs (excluded)."""
    if degre == "2d":
        return rentree_day(campagne)
    try:
        return date_of(rules.reference_day(campagne))
    except PeriodNotCovered:
        return rentree_day(campagne)


def departement_named(written: str) -> str:
    """Return the code that SIAM uses of « 063 » or « 0639999X »; "" for an unknown one."""
    code = department_code(written[: len("063")])
    known = {str(row.values["code_insee"]) for row in _DEPARTEMENTS.in_force(None)}
    return code if code in known else ""


def academie_named(code: str) -> str:
    """Return the label of an academy of the movement by its code; "" for an unknown one."""
    for row in table.ACADEMIES.in_force(None):
        if row.values["code_academie"] == code and row.values["codes_departements"]:
            return str(row.values["libelle_academie"])
    return ""


def bar_limits(degre: Degree, given: Iterable[BarreAjoutee] = ()) -> tuple[str, ...]:
    """Return what a comparison with a bar does not say; `given` are bars beside the tables."""
    return tuple(words(sentence) for sentence in limits(degre, by_place(degre, given)))


def points(number: float) -> str:
    """Write points in French: « 1 702 », « 1,83 »."""
    return points_text(number)
