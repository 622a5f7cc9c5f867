"""Where people work and how: academy, department, school, discipline, function, service, position.

Nothing here is a real school: the numbers of the UAI begin at 9000 in each department, and its
letter is never the key of the code.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from iprof_kit.analytics.columns import EDUCATION_PRIORITAIRE
from iprof_kit.analytics.population.entrants import Draw, Entrants, Whole
from iprof_kit.analytics.population.laws import (
    corps_codes,
    distribution,
    own_series,
    series,
    share,
    value,
)
from iprof_kit.base.calendar import YEAR
from iprof_kit.law.tables.loading import table

Texts = npt.NDArray[np.object_]
ADJOINT, SERVING, FULL_TIME, PART_TIME = (
    "adjoint",
    "En activité",
    "Temps complet",
    "Temps partiel sur autorisation",
)


@dataclass(frozen=True)
class Service:
    """How people serve on a day: quotité in per cent, and the words of the dossier."""

    quotite: Whole
    modalite: Texts
    position: Texts


def academies() -> Texts:
    """Return the codes of the academies of the population, in order."""
    return np.array(list(series("academie")), dtype=object)


def draw_academies(people: Entrants, draw: Draw) -> Whole:
    """Draw the academy of each person, as its place in `academies`.

    The recent half of each corps is more often in the young academies, the other half less.
    """
    codes = academies()
    academy = np.zeros(len(people), np.int64)
    for place, corps in enumerate(corps_codes()):
        rows = np.flatnonzero(people.corps == place)
        if not rows.size:
            continue
        recent = people.entered[rows] > np.median(people.entered[rows])
        for side, is_recent in ((recent, True), (~recent, False)):
            weights = academy_weights(corps, recent=is_recent)
            academy[rows[side]] = draw.choice(
                codes.size, int(side.sum()), p=weights / weights.sum()
            )
    return academy


def academy_weights(corps: str, *, recent: bool) -> npt.NDArray[np.float64]:
    """Return the weight of each of `academies` in a corps, among the recent or the others."""
    codes, young, factor = academies(), series("academie_jeune"), _factor(corps)
    own = np.array([series("academie", corps)[code] * factor.get(code, 1) for code in codes])
    tilt = np.array([young.get(code, 0) / 100 for code in codes])
    weights: npt.NDArray[np.float64] = own * (1 + (tilt if recent else -tilt))
    return weights


def _factor(corps: str) -> dict[str, float]:
    return own_series("academie_corps", corps)


def draw_departments(academy: Whole, draw: Draw) -> Texts:
    """Draw a department of each person's academy, on three characters, all with one probability."""
    department = np.empty(academy.size, dtype=object)
    for place, code in enumerate(academies()):
        rows = np.flatnonzero(academy == place)
        department[rows] = draw.choice(_departments()[code], rows.size)
    return department


@cache
def _departments() -> dict[str, Texts]:
    frame = table("departements")
    codes = frame["code_insee"].str.zfill(3)
    return {
        str(academy): np.array(sorted(codes[rows]), dtype=object)
        for academy, rows in frame.groupby("code_academie").groups.items()
    }


def draw_schools(department: Texts, draw: Draw) -> Texts:
    """Draw the code of a school that does not exist: seven digits, and a letter that is no key."""
    number = draw.integers(0, YEAR, department.size)
    known = {code: _school_prefix(code) for code in np.unique(department).tolist()}
    return np.array(
        [
            f"{known[code]}9{n:03d}{_wrong_letter(known[code], n)}"
            for code, n in zip(department.tolist(), number.tolist(), strict=True)
        ],
        dtype=object,
    )


def _school_prefix(department: str) -> str:
    """Return the three digits of a department in a UAI; 02A and 02B are 620 and 720 there."""
    return {"02A": "620", "02B": "720"}.get(department, department)


_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


def _wrong_letter(prefix: str, number: int) -> str:
    """Return the letter after the key of the code: the code is then no school's."""
    key = int(f"{prefix}9{number:03d}") % len(_LETTERS)
    return _LETTERS[(key + 1) % len(_LETTERS)]


def draw_disciplines(corps: Whole, draw: Draw) -> Texts:
    """Draw the discipline of each person, "" where none is known."""
    discipline = np.empty(corps.size, dtype=object)
    for place, code in enumerate(corps_codes()):
        rows = np.flatnonzero(corps == place)
        codes, weights = distribution("discipline", code)
        discipline[rows] = draw.choice(codes, rows.size, p=weights)
    return discipline


def draw_functions(people: Entrants, day: int, draw: Draw) -> Texts:
    """Draw the function in the corps that have some: adjoint before some years, "" for others."""
    function = first_functions(people.corps)
    for place, corps in enumerate(corps_codes()):
        if not (own := own_series("fonction", corps)):
            continue
        since = day - value("fonction_anciennete", corps) * YEAR
        senior = (people.corps == place) & (people.entered <= since)
        codes, weights = np.array(list(own), dtype=object), np.array(list(own.values()))
        function[senior] = draw.choice(codes, int(senior.sum()), p=weights / weights.sum())
    return function


def first_functions(corps: Whole) -> Texts:
    """Return the function of who enters: adjoint in the corps that have functions, "" in others."""
    with_some = np.array([bool(own_series("fonction", code)) for code in corps_codes()])
    return np.where(with_some[corps], ADJOINT, "").astype(object)


def draw_priority(people: Entrants, day: int, draw: Draw) -> Texts:
    """Draw REP, REP+ or "": more often the young, and the men."""
    chance = by_corps_and_sex("education_prioritaire", people)
    age = (day - people.born) / YEAR
    slope = share("education_prioritaire_age")
    chance = chance * np.clip(
        1 + slope * (value("education_prioritaire_age_reference") - age), 0, 2
    )
    inside = draw.random(len(people)) < chance
    plus = draw.random(len(people)) < by_corps_share("rep_plus", people.corps)
    rep, rep_plus = EDUCATION_PRIORITAIRE
    return np.select([inside & plus, inside], [rep_plus, rep], "").astype(object)


def draw_service(people: Entrants, day: int, draw: Draw) -> Service:
    """Draw the position and the part-time: by corps and sex, with the profile of ages."""
    size = len(people)
    ages = series("temps_partiel_age")
    starts = np.array([int(age) for age in ages])
    age = (day - people.born) // YEAR
    profile = np.array(list(ages.values()))[np.searchsorted(starts, age, side="right") - 1]
    base = by_corps_and_sex("temps_partiel", people)
    part = draw.random(size) < base * profile / profile.mean()
    codes, weights = distribution("quotite")
    quotite = np.where(part, draw.choice(codes.astype(np.int64), size, p=weights), 100)
    away = series("position")
    names = np.array([*away, SERVING], dtype=object)
    bounds = np.cumsum([rate / 100 for rate in away.values()])
    position = names[np.searchsorted(bounds, draw.random(size), side="right")]
    absent = position != SERVING
    first_year = people.entered > day - YEAR
    position = np.where(absent & first_year, SERVING, position)
    quotite = np.where(position == SERVING, quotite, np.where(position == "Détachement", 100, 0))
    modalite = np.select([quotite == 0, quotite < 100], ["Aucun service", PART_TIME], FULL_TIME)
    return Service(quotite.astype(np.int64), modalite.astype(object), position.astype(object))


def by_corps_and_sex(name: str, people: Entrants) -> npt.NDArray[np.float64]:
    """Return a parameter written in per cent, as the share of each person's corps and sex."""
    table_of = np.array([[share(name, code, sex) for code in corps_codes()] for sex in ("H", "F")])
    shares: npt.NDArray[np.float64] = table_of[people.woman.astype(np.int64), people.corps]
    return shares


def by_corps_share(name: str, corps: Whole) -> npt.NDArray[np.float64]:
    """Return a parameter written in per cent, as the share of each person's corps."""
    shares: npt.NDArray[np.float64] = np.array([share(name, code) for code in corps_codes()])[corps]
    return shares
