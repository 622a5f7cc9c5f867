"""What holds whatever the people: scalar = column, order, the index never falls."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import LawError
from iprof_kit.law.career.advancement import (
    cells_at,
    echelon_duration,
    next_cell,
    shortened_duration,
)
from iprof_kit.law.career.reclassement import reclassify
from iprof_kit.law.career.traitement import gross_monthly, indice_majore, majore, point_value
from iprof_kit.law.promotion.conditions import (
    classe_exceptionnelle_open,
    hors_classe_open,
    next_grade,
)
from iprof_kit.law.tables.cells import CELLS
from iprof_kit.law.tables.loading import change_days

DAY = axis_of(date(2025, 9, 1))
PAID = [cell for cell in cells_at(DAY) if majore(DAY)[cell] > 0]
PEOPLE = st.lists(st.tuples(st.sampled_from(PAID), st.integers(0, 3000)), min_size=1, max_size=30)
PERIODS = [int(day) for day in change_days() if day >= axis_of(date(2017, 9, 1))]


def columns(people):
    cells, days = zip(*people, strict=True)
    return np.array(cells), np.array(days)


def rules(cells, days):
    """Every rule that answers whatever the cell."""
    index = indice_majore(cells, DAY)
    return [
        echelon_duration(cells, DAY),
        shortened_duration(cells, DAY),
        next_cell(cells, DAY),
        index,
        gross_monthly(index, point_value(DAY), 6, 7),
        hors_classe_open(cells, days, 2025),
        classe_exceptionnelle_open(cells, days, 2025),
        next_grade(cells),
    ]


@given(PEOPLE)
def test_one_row_equals_many_rows(people):
    together = rules(*columns(people))
    for row, person in enumerate(people):
        alone = rules(*columns([person]))
        assert [column[0] for column in alone] == [column[row] for column in together]


@given(PEOPLE, st.randoms())
def test_the_order_of_rows_has_no_effect(people, random):
    order = list(range(len(people)))
    random.shuffle(order)
    before = rules(*columns(people))
    after = rules(*columns([people[row] for row in order]))
    for one, other in zip(before, after, strict=True):
        assert one[order].tolist() == other.tolist()


@given(PEOPLE)
def test_one_day_equals_a_column_of_the_same_day(people):
    cells, _ = columns(people)
    column = np.full(len(cells), DAY)
    for read in (echelon_duration, next_cell, indice_majore):
        assert read(cells, DAY).tolist() == read(cells, column).tolist()


def placed_or_none(cell, days, target, day):
    try:
        return reclassify(np.array([cell]), np.array([days]), target, day)
    except LawError:
        return None


@pytest.mark.parametrize("day", PERIODS)
@pytest.mark.parametrize("target", ["hors_classe", "classe_exceptionnelle"])
def test_a_promotion_never_lowers_the_index(day, target):
    index = majore(day)
    tried = 0
    for cell in cells_at(day):
        for days in range(0, 2000, 90):
            placed = placed_or_none(cell, days, target, day)
            if placed is None:
                break
            tried += 1
            assert index[placed.cell[0]] >= index[cell], CELLS.name(cell)
            assert 0 <= placed.days_kept[0] <= days
            assert CELLS.grade[placed.cell[0]] == target
            duration = echelon_duration(placed.cell, day)[0]
            assert duration == 0 or placed.days_kept[0] < duration
    assert tried > 0


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=20), st.sampled_from(["pe", "agrege"]))
def test_reclassement_one_row_equals_many(days, corps):
    cells = [c for c in PAID if CELLS.corps[c] == corps and CELLS.grade[c] == "classe_normale"]
    column = np.resize(np.array(cells), len(days))
    together = reclassify(column, np.array(days), "hors_classe", DAY)
    for row, length in enumerate(days):
        alone = reclassify(column[row : row + 1], np.array([length]), "hors_classe", DAY)
        assert alone.cell[0] == together.cell[row]
        assert alone.days_kept[0] == together.days_kept[row]
        assert alone.rule_id[0] == together.rule_id[row]
