"""People for the tests of careers."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml

from iprof_kit.base.calendar import MONTH, axis_of
from iprof_kit.careers.agents import Agents
from iprof_kit.law.career.advancement import cells_at, echelon_duration
from iprof_kit.law.tables.cells import CELLS, cell_code

TODAY = axis_of(date(2026, 9, 1))


@pytest.fixture(scope="session")
def cases():
    """Return the published cases."""
    return yaml.safe_load((Path(__file__).parent / "cas.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def person():
    """Return one starting point, as many times as asked."""

    def make(depart, end=date(2060, 9, 1), rows=1):
        cell = cell_code(depart["corps"], depart["grade"], depart["echelon"], depart.get("chevron"))
        entry, kept = axis_of(depart["date"]), depart["mois"] * MONTH
        one = np.ones(rows, np.int64)
        return Agents(np.arange(rows), cell * one, entry * one, kept * one, axis_of(end) * one)

    return make


@pytest.fixture(scope="session")
def population():
    """Return a population of every corps and grade, in a fixed draw."""

    def draw(size, seed=1):
        random = np.random.default_rng(seed)
        cell = random.choice(cells_at(TODAY), size)
        duration = echelon_duration(cell, TODAY)
        spent = (random.random(size) * np.where(duration, duration, 900)).astype(int)
        end = TODAY + random.integers(360, 30 * 360, size)
        ids = random.permutation(size * 10)[:size]
        return Agents(ids, cell, TODAY - spent, np.zeros(size), end)

    return draw


@pytest.fixture(scope="session")
def held():
    """Return (date, grade, échelon, chevron) of each event, as texts."""

    def read(events):
        from iprof_kit.base.calendar import date_of

        return [
            (date_of(day), CELLS.grade[cell], CELLS.echelon[cell], CELLS.chevron[cell])
            for day, cell in zip(events.day, events.cell, strict=True)
        ]

    return read
