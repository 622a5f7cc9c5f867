"""Who enters each September: how many by corps, and who they are, from the generator's laws."""

from __future__ import annotations

import numpy as np

from iprof_kit.analytics.population import postings
from iprof_kit.analytics.population.entrants import (
    Draw,
    Entrants,
    Whole,
    enter,
    recruitment,
    spent,
)
from iprof_kit.analytics.population.laws import corps_codes, value
from iprof_kit.analytics.projection.people import People
from iprof_kit.analytics.projection.scenario import Scenario
from iprof_kit.base.calendar import rentree, school_year_of


def recruits(people: People, years: range, scenario: Scenario) -> Whole:
    """Return how many people enter [corps, year].

    Without a scenario, recruitments go on as the last years of the table show, with the profile
    of the generator's series: its last known value holds after it.
    """
    found = np.zeros((len(corps_codes()), len(years)), np.int64)
    for place, code in enumerate(corps_codes()):
        scale = _scale(people, place)
        usual = np.diff(np.round(np.cumsum(scale * recruitment(code, np.array(years)))), prepend=0)
        given = [scenario.recruited(code, year) for year in years]
        found[place] = [
            round(own) if own is not None else usually
            for own, usually in zip(given, usual, strict=True)
        ]
    return found


def _scale(people: People, place: int) -> float:
    """Return the people who enter for a weight of one, as the last years of the table show."""
    back = np.arange(people.year - int(value("projection_recul")), people.year)
    mine = people.who.corps == place
    entered = school_year_of(people.who.entered[mine])
    stayed = np.exp(-spent((people.year - 1 - back).astype(float)))
    weight = float((recruitment(corps_codes()[place], back) * stayed).sum())
    return float(np.isin(entered, back).sum()) / weight if weight else 0.0


def draw_recruits(numbers: Whole, years: range, draw: Draw) -> Entrants:
    """Draw the people who enter, corps by corps; when they leave is not decided here."""
    parts = [
        enter(place, np.repeat(rentree(np.array(years)), numbers[place]), draw)  # type: ignore[arg-type]
        for place in range(len(corps_codes()))
    ]
    names = Entrants.__dataclass_fields__
    return Entrants(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def draw_authorities(people: People, new: Entrants, draw: Draw) -> Whole:
    """Draw the academy of those who enter, among those of the table.

    The generator's weights of the recent people of each corps, restricted to these academies;
    where it knows none of them, the shares of the table.
    """
    known = postings.academies().tolist()
    found = np.zeros(len(new), np.int64)
    stock = np.bincount(people.academy, minlength=len(people.academies)).astype(float)
    for place, code in enumerate(corps_codes()):
        rows = np.flatnonzero(new.corps == place)
        law = dict(zip(known, postings.academy_weights(code, recent=True), strict=True))
        weights = np.array([law.get(name, 0) for name in people.academies])
        weights = weights if weights.sum() else stock
        found[rows] = draw.choice(len(weights), rows.size, p=weights / weights.sum())
    return found
