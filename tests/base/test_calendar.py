"""The 30/360 axis and the civil calendar of ages."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iprof_kit.base.calendar import (
    add_months_civil,
    axis_of,
    date_of,
    date_text,
    duration_text,
    rentree,
    school_year_of,
    school_year_text,
    to_axis,
    to_dates,
)

DATES = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@given(DATES)
def test_a_date_goes_to_the_axis_and_back_except_the_31st(day):
    back = date_of(axis_of(day))
    assert back == (day if day.day < 31 else day - timedelta(days=1))


@given(st.integers(1950 * 360, 2101 * 360))
def test_a_day_of_the_axis_comes_back_at_the_end_of_february_at_most(axis):
    lost = axis - axis_of(date_of(axis))
    assert lost == 0 or (date_of(axis).month == 2 and 0 < lost <= 2)


@given(st.lists(DATES, max_size=20))
def test_columns_agree_with_single_dates(days):
    column = np.array(days, dtype="datetime64[D]")
    axis = to_axis(column)
    assert axis.dtype == np.int64
    assert axis.tolist() == [axis_of(day) for day in days]
    assert to_dates(axis).tolist() == [date_of(day) for day in axis]


@given(DATES, DATES)
def test_the_axis_keeps_the_order_of_dates(one, other):
    first, second = sorted([one, other])
    assert axis_of(first) <= axis_of(second)


def test_thirty_february_is_its_last_day():
    assert to_dates(np.array([axis_of(date(2023, 3, 1)) - 1])).tolist() == [date(2023, 2, 28)]
    assert date_of(axis_of(date(2024, 3, 1)) - 1) == date(2024, 2, 29)


def test_au_31_aout_is_inclusive_a_full_year_up_to_1_september():
    assert rentree(2033) - axis_of(date(2032, 9, 1)) == 360
    assert rentree(2033) - axis_of(date(2031, 3, 1)) == 900
    assert rentree(2033) == axis_of(date(2033, 8, 31)) + 1


def test_the_school_year_begins_on_1_september():
    days = np.array([axis_of(date(2028, 8, 31)), axis_of(date(2028, 9, 1))])
    assert school_year_of(days).tolist() == [2027, 2028]
    assert school_year_text(2028) == "2028-2029"


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (912, "2 ans 6 mois 12 jours"),
        (0, "0 jour"),
        (360, "1 an"),
        (1, "1 jour"),
        (1200, "3 ans 4 mois"),
        (370, "1 an 10 jours"),
    ],
)
def test_durations_are_written_without_zero_part(days, text):
    assert duration_text(days) == text


def test_dates_are_written_in_french():
    assert date_text(date(2027, 9, 1)) == "1er septembre 2027"
    assert date_text(date(2026, 11, 25)) == "25 novembre 2026"


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(1964, 5, 16), 753, date(2027, 2, 16)),
        (date(1960, 2, 29), 804, date(2027, 2, 28)),
    ],
)
def test_ages_follow_the_civil_calendar(day, months, expected):
    assert add_months_civil(day, months) == expected
