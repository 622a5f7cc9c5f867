"""School holidays: the days of a delay outside of them, and what no row says."""

from datetime import date, timedelta

import pytest

from iprof_kit.law.career.school_holidays import (
    HOLIDAYS,
    academie_of,
    days_outside_holidays,
    holidays_between,
)

A, C, CORSE, REUNION, MAYOTTE = "10", "01", "27", "28", "43"


@pytest.mark.parametrize(
    ("academie", "begins", "ends", "days", "latest"),
    [
        # arrêté du 22 octobre 2025, zone A: Toussaint from 17 October to 1 November 2026
        (A, date(2026, 10, 10), date(2026, 11, 10), 15, date(2026, 10, 10)),
        (A, date(2026, 10, 12), date(2026, 11, 10), 13, date(2026, 10, 10)),
        # zone C: winter from 6 to 21 February 2027; zone A has none of those days before the 13th
        (C, date(2027, 2, 1), date(2027, 2, 26), 9, date(2027, 1, 26)),
        (A, date(2027, 1, 20), date(2027, 2, 6), 17, date(2027, 1, 22)),
        # no holiday at all between
        (C, date(2026, 11, 9), date(2026, 11, 24), 15, date(2026, 11, 9)),
        # La Réunion: austral summer from 19 December 2026 to 31 January 2027
        (REUNION, date(2026, 12, 10), date(2027, 2, 4), 12, date(2026, 12, 7)),
    ],
)
def test_p15_the_days_of_holidays_do_not_count(academie, begins, ends, days, latest):
    counted = days_outside_holidays(academie, begins, ends, 15)
    assert (counted.days, counted.latest) == (days, latest)


@pytest.mark.parametrize(
    ("academie", "ends"),
    [
        (MAYOTTE, date(2026, 11, 20)),  # no zone
        (CORSE, date(2027, 1, 12)),  # a zone, no row of that year
        (A, date(2031, 1, 12)),
        (A, date(2024, 9, 10)),  # the delay begins in a year that no row holds
        ("", date(2026, 11, 20)),
    ],
)
def test_p15_where_no_row_says_it_nothing_is_counted(academie, ends):
    assert days_outside_holidays(academie, ends - timedelta(days=20), ends, 15) is None


@pytest.mark.parametrize(
    ("departement", "academie"), [("063", "06"), ("2A", "27"), ("974", "28"), ("1", "10"), ("", "")]
)
def test_p15_a_department_has_its_academy(departement, academie):
    assert academie_of(departement) == academie


def test_p15_each_year_of_a_zone_is_whole():
    years = {}
    for row in HOLIDAYS.in_force(None):
        years.setdefault((row.values["zone"], row.values["annee"]), []).append(row)
    for rows in years.values():
        assert {int(row.values["periodes"]) for row in rows} == {len(rows)}


def test_p28_the_holidays_of_a_school_year_are_those_of_the_zone_in_their_order():
    # arrêté du 22 octobre 2025, zone C: winter from 6 to 21 February 2027
    known = holidays_between(C, date(2027, 1, 4), date(2027, 3, 31))
    assert [(one.first, one.last) for one in known] == [(date(2027, 2, 6), date(2027, 2, 21))]


@pytest.mark.parametrize("academie", [MAYOTTE, CORSE, ""])
def test_p28_where_no_row_says_the_holidays_of_a_place_none_is_drawn(academie):
    assert holidays_between(academie, date(2026, 9, 1), date(2027, 7, 1)) == ()
