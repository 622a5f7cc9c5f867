"""Who entered, when, at what age, and when each one leaves: before anything of a career.

Enough people enter for the asked number to be there on the day of observation; those who left on
the way are kept too: they were on the lists of their time, and they make the flows of exits.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from iprof_kit.analytics.population.laws import (
    by_corps,
    corps_codes,
    distribution,
    series,
    share,
    value,
)
from iprof_kit.base.calendar import YEAR, rentree

Whole = npt.NDArray[np.int64]
Draw = np.random.Generator
RETIREMENT = "retraite"
_STAGES = ("stagiaires", "debut", "ensuite")


@dataclass(frozen=True)
class Entrants:
    """People, one row each; days of the axis.

    Attributes
    ----------
    corps : array of int
        Place in `laws.corps_codes`.
    born, entered, left : arrays of int
        `left` is the first day out of the corps.
    retired : array of bool
        Whether the exit is a retirement.
    credit : array of int
        Days of services taken up at the entry (reclassement).
    """

    corps: Whole
    born: Whole
    entered: Whole
    left: Whole
    woman: npt.NDArray[np.bool_]
    retired: npt.NDArray[np.bool_]
    credit: Whole

    def __len__(self) -> int:
        return len(self.corps)

    def take(self, rows: npt.ArrayLike) -> Entrants:
        """Return some people, in the order asked."""
        index = np.asarray(rows)
        return Entrants(*(getattr(self, field.name)[index] for field in fields(self)))

    def present(self, day: int) -> npt.NDArray[np.bool_]:
        """Tell who is in the corps on a day."""
        return np.asarray((self.entered <= day) & (self.left > day))


def shares(size: int) -> list[int]:
    """Return how many of each corps make a population: whole numbers, by the largest remainders."""
    weights = np.array([value("effectif", corps) for corps in corps_codes()])
    exact = size * weights / weights.sum()
    counts = np.floor(exact).astype(np.int64)
    for place in np.argsort(counts - exact, kind="stable")[: size - int(counts.sum())]:
        counts[place] += 1
    return [int(count) for count in counts]


def draw_entrants(size: int, year: int, since: int, draw: Draw) -> Entrants:
    """Draw people until the asked number is present on the eve of the rentrée of a year.

    Parameters
    ----------
    size : int
        Present on that day.
    since : int
        Axis day: who left before is of no use, and is not kept.
    draw : numpy Generator
    """
    parts = [
        _corps(place, count, year, since, draw) for place, count in enumerate(shares(size)) if count
    ]
    return Entrants(
        *(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Entrants))
    )


def _corps(place: int, count: int, year: int, since: int, draw: Draw) -> Entrants:
    """Draw one corps, batch after batch, and stop at the person who completes it."""
    parts, missing = [], count
    while missing > 0:
        part = _batch(place, 2 * missing + YEAR, year, draw)
        there = np.flatnonzero(part.present(rentree(year) - 1))
        if there.size > missing:
            part = part.take(np.arange(there[missing - 1] + 1))
        missing -= there.size
        parts.append(part)
    whole = Entrants(
        *(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Entrants))
    )
    return whole.take(np.flatnonzero(whole.left > since))


def _batch(place: int, size: int, year: int, draw: Draw) -> Entrants:
    return enter(place, _entries(corps_codes()[place], size, year, draw), draw)


def enter(place: int, entered: Whole, draw: Draw) -> Entrants:
    """Draw people of one corps from the days on which they enter it.

    Parameters
    ----------
    place : int
        Of the corps in `laws.corps_codes`.
    entered : array of int
        Axis days, all of a 1 September.
    draw : numpy Generator
    """
    code, size = corps_codes()[place], len(entered)
    corps = np.full(size, place)
    born = entered - _ages(code, size, draw)
    logit = value("femmes_logit_1970", code) + value("femmes_pente", code) * (
        born / YEAR - value("naissance_reference")
    )
    woman = draw.random(size) < 1 / (1 + np.exp(-logit))
    early = entered + stay(draw.exponential(1.0, size))
    late = born + _retirement_age(corps, born, woman, draw)
    late = np.maximum(next_rentree(late), entered + YEAR)
    return Entrants(
        corps,
        born,
        entered,
        np.minimum(early, late),
        woman,
        late <= early,
        _credit(code, size, draw),
    )


def next_rentree(day: Whole) -> Whole:
    """Return the 1 September that each day is, or that follows it."""
    return np.asarray(rentree(0) + -(-(day - rentree(0)) // YEAR) * YEAR, np.int64)


def recruitment(code: str, years: Whole) -> npt.NDArray[np.float64]:
    """Return the weight of each year's recruitments in a corps; after the last known, that one."""
    points = series("recrutements", code)
    known = np.array([int(key) for key in points])
    weights: npt.NDArray[np.float64] = np.interp(years, known, np.array(list(points.values())))
    return weights


def _entries(code: str, size: int, year: int, draw: Draw) -> Whole:
    years = np.arange(int(next(iter(series("recrutements", code)))), year)
    weights = recruitment(code, years)
    drawn = draw.choice(years, size, p=weights / weights.sum())
    return np.asarray(rentree(0) + drawn * YEAR, np.int64)


def _ages(code: str, size: int, draw: Draw) -> Whole:
    student = draw.random(size) < share("part_etudiants", code)
    mean = np.where(student, value("age_etudiants", code), value("age_reconversions", code))
    spread = np.where(
        student, value("ecart_age_etudiants", code), value("ecart_age_reconversions", code)
    )
    age = draw.normal(mean, spread)
    low, high = value("age_entree_min"), value("age_entree_max")
    age = np.where((age < low) | (age > high), draw.uniform(low, mean), age)
    return np.asarray(np.ceil(age * YEAR), np.int64)


def _credit(code: str, size: int, draw: Draw) -> Whole:
    years = draw.exponential(value("reclassement_annees", code), size)
    years = np.minimum(years, value("reclassement_max", code))
    none = draw.random(size) < share("reclassement_sans")
    return np.where(none, 0, years * YEAR).astype(np.int64)


def stay(lasting: npt.NDArray[np.float64]) -> Whole:
    """Return how long each would stay if nobody retired: three rates a year, one after the other.

    Parameters
    ----------
    lasting : array of float
        Hazard that each one spends before she leaves, an exponential draw; plus `spent` for
        whoever already served.

    Returns
    -------
    array of int
        Days from the entry, whole years.
    """
    rates, begin = _exit_rates()
    after_first = lasting - rates[0]
    after_begin = after_first - rates[1] * (begin - 1)
    years = np.select(
        [after_first <= 0, after_begin <= 0],
        [np.ones(len(lasting)), 1 + np.ceil(after_first / rates[1])],
        begin + np.ceil(after_begin / rates[2]),
    )
    return np.asarray(years * YEAR, np.int64)


def spent(served: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the hazard that some years of service have spent, for `stay`."""
    rates, begin = _exit_rates()
    first, later = np.minimum(served, 1), np.clip(served - 1, 0, begin - 1)
    hazard: npt.NDArray[np.float64] = (
        rates[0] * first + rates[1] * later + rates[2] * np.maximum(served - begin, 0)
    )
    return hazard


def exit_reasons() -> tuple[str, ...]:
    """Return the reasons of an exit, retirement first."""
    laws = [series(f"motif_sortie_{stage}") for stage in _STAGES]
    return (RETIREMENT, *dict.fromkeys(reason for law in laws for reason in law))


def reasons_of(
    seniority: Whole, retired: npt.NDArray[np.bool_], luck: npt.NDArray[np.float64]
) -> Whole:
    """Return why each leaves: at the end of the first year, in the next ones, or later.

    Parameters
    ----------
    seniority : array of int
        Days from the entry to the exit.
    luck : array of float
        A uniform draw each.

    Returns
    -------
    array of int
        Places in `exit_reasons`.
    """
    names = exit_reasons()
    drawn = []
    for stage in _STAGES:
        codes, weights = distribution(f"motif_sortie_{stage}")
        place = np.searchsorted(np.cumsum(weights)[:-1], luck, side="right")
        drawn.append(np.array([names.index(code) for code in codes])[place])
    when = (seniority <= YEAR, seniority <= value("sortie_debut_annees") * YEAR)
    return np.where(retired, 0, np.select(when, drawn[:-1], drawn[-1]))


def _exit_rates() -> tuple[npt.NDArray[np.float64], float]:
    """Return the hazard of the first year, of each one of the beginning, then; and its years."""
    first, begin = share("sortie_stagiaires"), value("sortie_debut_annees")
    return -np.log1p([-first, -share("sortie_debut"), -share("sortie_ensuite")]), begin


def retirement_law(
    corps: Whole, born: Whole, woman: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.float64], float]:
    """Return the mean of each person's law of the age of retirement, and its spread, in years."""
    means = np.where(
        woman, by_corps("age_retraite", corps, "F"), by_corps("age_retraite", corps, "H")
    )
    mean = mean_retirement_age(means, by_corps("age_retraite_pente", corps), born)
    return mean, value("age_retraite_ecart")


def _retirement_age(corps: Whole, born: Whole, woman: npt.NDArray[np.bool_], draw: Draw) -> Whole:
    mean, spread = retirement_law(corps, born, woman)
    age = draw.normal(mean, spread)
    low, high = value("age_retraite_min"), value("age_retraite_max")
    return np.asarray(np.clip(age, low, high) * YEAR, np.int64)


def mean_retirement_age(
    of_generation: npt.ArrayLike, slope: npt.ArrayLike, born: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    """Return the mean age of retirement of each person, in years.

    Parameters
    ----------
    of_generation : array of float
        That of the generation of reference.
    slope : array of float
        Years more a year of birth.
    born : array
        Axis days.
    """
    later = np.asarray(born) / YEAR - value("age_retraite_generation")
    mean = np.asarray(of_generation) + np.asarray(slope) * later
    return np.minimum(mean, value("age_retraite_moyen_max"))
