"""Quota of bonifications, months of school heads, ASA."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import InputError
from iprof_kit.base.explanation import explain
from iprof_kit.law.career.bonifications import (
    advanced_by_direction,
    asa_civil_years,
    asa_months,
    asa_years,
    bonification_quota,
    direction_day,
    direction_months,
    two_years_ceiling,
)
from iprof_kit.law.career.positions import interrupts_asa, position_code


def test_a_column_of_lists_is_counted_like_each_list():
    # CAR27, fsu67.fsu.fr 2022
    granted, left = bonification_quota(np.array([132, 216, 148]))
    assert granted.tolist() == [39, 64, 44]
    assert left.tolist() == [60, 80, 40]


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=30), st.integers(0, 99))
def test_nothing_is_lost_in_a_quota(sizes, carried):
    granted, left = bonification_quota(np.array(sizes), carried)
    assert (granted * 100 + left == np.array(sizes) * 30 + carried).all()
    assert ((left >= 0) & (left < 100)).all()


def test_over_two_years_the_lists_together_allow_the_same_share():
    # décret 2023-841 art. 4: 30 % of 335 is 100.5
    assert two_years_ceiling(335) == 100


def test_three_months_for_each_complete_year_of_direction():
    # décret 2023-777 art. 4
    assert direction_months([0, 1, 4]).tolist() == [0, 3, 12]


def test_the_first_months_are_given_on_2024_09_01():
    # décret 2023-777 art. 21
    assert direction_day(2023) == axis_of(date(2024, 9, 1))
    with pytest.raises(InputError, match=r"2022-2023.*2023-2024"):
        direction_day(2022)


def test_an_echelon_due_before_2024_09_01_does_not_use_them():
    # s2de.fr
    due = np.array([axis_of(date(2024, 8, 31)), axis_of(date(2024, 9, 1))])
    assert (due - advanced_by_direction(due, 2)).tolist() == [0, 180]


@pytest.mark.parametrize(
    ("years", "months"),
    [(0, 0), (1, 0), (2, 0), (3, 3), (4, 5), (9, 15)],
)
def test_asa_comes_as_a_block_after_three_years_then_two_months_a_year(years, months):
    # circulaire 2001-132 ; siaes, sncl: 2000 to 2008 are nine years, 3 + 6 × 2 = 15 months
    assert asa_months([years]).tolist() == [months]


@pytest.mark.parametrize(
    ("begin", "end", "share", "restart", "years"),
    [
        ("1995-09-01", "2009-01-01", 100, None, 9),  # counted since 2000-01-01
        ("2010-09-01", "2014-01-01", 100, None, 3),  # full civil years only
        ("2010-01-01", "2013-12-31", 100, None, 3),
        ("2010-01-01", "2014-01-01", 50, None, 4),
        ("2010-01-01", "2014-01-01", 49, None, 0),
        ("2005-01-01", "2015-01-01", 100, "2011-06-01", 3),  # reset by an interruption
        ("2013-09-01", "2014-06-01", 100, None, 0),
    ],
)
def test_one_source_counts_full_civil_years(begin, end, share, restart, years):
    day = [axis_of(date.fromisoformat(text)) for text in (begin, end, restart or "1900-01-01")]
    found = asa_civil_years(np.array([day[0]]), np.array([day[1]]), share, np.array([day[2]]))
    assert found.tolist() == [years]


@pytest.mark.parametrize(
    ("begin", "end", "share", "restart", "years"),
    [
        ("1995-09-01", "2009-09-01", 100, None, 9),  # comptées depuis le 1er janvier 2000 : siaes
        ("2010-09-01", "2013-09-01", 100, None, 3),
        ("2010-09-01", "2013-08-31", 100, None, 2),
        ("2010-09-01", "2013-09-01", 49, None, 0),
        ("2005-09-01", "2015-09-01", 100, "2012-09-01", 3),
    ],
)
def test_p09_asa_counts_years_of_continuous_service(begin, end, share, restart, years):
    day = [axis_of(date.fromisoformat(text)) for text in (begin, end, restart or "1900-01-01")]
    found = asa_years(np.array([day[0]]), np.array([day[1]]), share, np.array([day[2]]))
    assert found.tolist() == [years]


@pytest.mark.parametrize(
    ("position", "motif", "interrupts"),
    [
        # circulaire 2001-132 ; sncl
        ("Congé de longue durée", None, True),
        ("Congé parental", None, True),
        ("Disponibilité", None, True),
        ("Disponibilité", "élever un enfant", True),
        ("Disponibilité", "activité professionnelle", True),
        ("Détachement", None, True),
        ("Congé de maladie ordinaire", None, False),
        ("Congé de longue maladie", None, False),
        ("En activité", "maternité", False),
        ("Temps partiel", None, False),
    ],
)
def test_what_resets_asa(position, motif, interrupts):
    assert interrupts_asa(position_code(position, motif)) is interrupts


def test_an_unknown_position_resets_nothing():
    assert not interrupts_asa(position_code("hors cadres"))


@given(st.lists(st.integers(0, 40), min_size=2, max_size=20))
def test_more_years_never_give_less(years):
    column = np.array(sorted(years))
    assert (np.diff(asa_months(column)) >= 0).all()
    assert (np.diff(direction_months(column)) >= 0).all()


def test_the_explanation_shows_what_was_read():
    with explain() as trace:
        asa_months([5])
    names = {p.name: p.value for p in trace.steps[0].parameters}
    assert names == {
        "années du premier bloc": 3,
        "mois par année du premier bloc": 1,
        "mois par année suivante": 2,
    }
