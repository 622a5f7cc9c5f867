"""What a first answer asks of the engine and of the tables, counted: no load changes a count.

Somebody was shown before, as a rehearsal does; who comes then stands some days apart, and nobody
comes twice: whatever is kept by a day of a person, or read again from a table for her, is found
here, whichever test of this file comes first.
"""

import cProfile
import functools
import gc
import pstats
from collections import Counter
from datetime import date, timedelta

import pandas as pd
import pytest

from iprof_kit.calculate.career import runs
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.rehearsal import Understudy
from iprof_kit.ui.screens.desk.screen import sample_people

TODAY = date(2026, 11, 25)
FIRST_GRADE = [
    person for person in sample_people().values() if person.echelons[-1].grade == "classe_normale"
]
MOST = {
    "/accueil": (3, 66_000),
    "/perspectives/promotions": (2, 75_900),
    "/perspectives/et-si": (1, 59_500),
    "/perspectives/ma-paie": (2, 87_400),
    "/perspectives/retraite": (2, 69_100),
    "/perspectives/autres-parcours": (0, 98_000),
}
"""Careers walked at most (the paces, then the career first shown; on Accueil the rendez-vous too),
and calls of functions, a seventh above what they were when this was written."""
MOST_READINGS = 0
"""Columns of a frame looked at; a row of the law is read once, when its table is."""


@pytest.fixture(scope="module")
def certifie():
    """Return a professeur certifié at his first grade, to whom every screen was shown."""
    person = next(one for one in FIRST_GRADE if one.corps == "certifie")
    for path in MOST:
        first_answer(person, path)
    return person


def sooner(person, days):
    """Return the same person, all of whose échelons came some days sooner."""
    moved = tuple(
        one.model_copy(update={"date_effet": one.date_effet - timedelta(days)})
        for one in person.echelons
    )
    return person.model_copy(update={"echelons": moved, "rendez_vous": ()})


KEEPING = type(functools.cache(len))
"""What a function with a memory is."""


def never_seen(person, path, before):
    """Return a neighbour of a person whom no test of this file has shown on any screen."""
    return sooner(person, before + 2 * (1 + list(MOST).index(path)))


def first_answer(person, path):
    portal = Portal(lambda: Understudy(person, TODAY))
    return portal.handle({"kind": "route", "path": path}).html


def kept_for_ever():
    """Return how much each memory without limit of the kit holds."""
    return {
        f"{one.__module__}.{one.__qualname__}": one.cache_info().currsize
        for one in gc.get_objects()
        if isinstance(one, KEEPING)
        and str(one.__module__).startswith("iprof_kit")
        and one.cache_parameters()["maxsize"] is None
    }


@pytest.mark.parametrize("path", MOST)
def test_a_first_answer_walks_few_careers_and_reads_no_table_again(certifie, path, monkeypatch):
    asked = Counter()

    def counted(name, act):
        def count(*args, **options):
            asked[name] += 1
            return act(*args, **options)

        return count

    monkeypatch.setattr(runs, "project", counted("walks", runs.project))
    for reading in ("to_dict", "itertuples", "__getitem__"):
        act = getattr(pd.DataFrame, reading)
        monkeypatch.setattr(pd.DataFrame, reading, counted("readings", act))
    before = kept_for_ever()
    assert "<h1" in first_answer(never_seen(certifie, path, 0), path)
    assert asked["walks"] <= MOST[path][0]
    assert asked["readings"] <= MOST_READINGS
    assert {name: held for name, held in kept_for_ever().items() if held != before.get(name)} == {}


@pytest.mark.parametrize("path", MOST)
def test_a_first_answer_calls_few_functions(certifie, path):
    profile = cProfile.Profile()
    profile.runcall(first_answer, never_seen(certifie, path, 1), path)
    assert pstats.Stats(profile).total_calls <= MOST[path][1]
