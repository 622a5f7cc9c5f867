"""The ages that bound a career."""

from datetime import date

import numpy as np
import pytest

from iprof_kit.base.errors import InputError, LawError, PeriodNotCovered
from iprof_kit.base.explanation import explain
from iprof_kit.law.pension.retirement import (
    ages_by_services,
    limit_dates,
    opening_dates,
    retirement_ages,
)

TODAY = date(2026, 11, 25)


def test_jean_dupont():
    # retraite_ages.csv V2026 : né en 1991, 64 ans et 67 ans
    ages = retirement_ages(date(1991, 5, 20), "sedentaire", TODAY)
    assert (ages.opening_age_months, ages.limit_age_months) == (768, 804)
    assert (ages.opening_date, ages.limit_date) == (date(2055, 5, 20), date(2058, 5, 20))
    assert ages.confidence == "A"


@pytest.mark.parametrize(
    ("as_of", "months"),
    [(date(2023, 8, 31), 744), (date(2023, 9, 1), 756), (date(2026, 9, 1), 753)],
)
def test_the_law_read_is_that_of_the_day(as_of, months):
    # loi 2010-1330, loi 2023-270 art. 10, loi 2025-1403 art. 105
    ages = retirement_ages(date(1964, 6, 1), "sedentaire", as_of)
    assert ages.opening_age_months == months


def test_bounds_of_the_years_of_birth():
    # loi 2025-1403 art. 105 : 1965 est coupé au 31 mars
    before = retirement_ages(date(1965, 3, 31), "sedentaire", TODAY)
    after = retirement_ages(date(1965, 4, 1), "sedentaire", TODAY)
    assert (before.opening_age_months, after.opening_age_months) == (753, 756)


def test_refusals():
    with pytest.raises(InputError, match="sedentaire"):
        retirement_ages(date(1991, 5, 20), "militaire", TODAY)
    with pytest.raises(InputError, match="avenir"):
        retirement_ages(date(2030, 1, 1), "sedentaire", TODAY)
    with pytest.raises(PeriodNotCovered, match="période non couverte"):
        retirement_ages(date(1950, 1, 1), "sedentaire", date(2010, 1, 1))
    with pytest.raises(LawError, match="1er janvier 1940"):
        retirement_ages(date(1940, 1, 1), "sedentaire", TODAY)


def test_the_explanation_shows_both_ages():
    with explain() as trace:
        retirement_ages(date(1991, 5, 20), "sedentaire", TODAY)
    assert [parameter.value for parameter in trace.steps[-1].parameters] == [768, 804]


def test_a_column_of_births_has_the_dates_of_each_and_none_where_one_is_refused():
    # loi 2025-1403: 62 years 9 months in 1963, 57 years 6 months (active) in 1967; 67 and 62 years
    births = np.array(
        ["1963-03-31", "1967-01-01", "1967-01-01", "2050-01-01", "NaT", "1900-01-01"],
        "datetime64[D]",
    )
    categories = ["sedentaire", "active", "inconnue", *["sedentaire"] * 3]
    opening = opening_dates(births, categories, TODAY)
    limit = limit_dates(births, categories, TODAY)
    assert opening[:2].astype(str).tolist() == ["2025-12-31", "2024-07-01"]
    assert limit[:2].astype(str).tolist() == ["2030-03-31", "2029-01-01"]
    assert np.isnat(opening[2:]).all()
    assert np.isnat(limit[2:]).all()


@pytest.mark.parametrize(
    ("since", "opens"),
    [
        (date(1998, 9, 1), date(2027, 12, 9)),  # the age comes after the services
        (date(2014, 2, 10), date(2031, 2, 10)),  # seventeen years of services come after it
        (date(2020, 9, 1), date(2034, 3, 9)),  # and here after the age of everybody
    ],
)
def test_p02_the_active_right_opens_with_the_age_and_the_services_both(since, opens):
    # CPCMR L24 I 1°, second subparagraph; loi 2025-1403 art. 105: born in March 1970, 57 years and
    # 9 months (active), 64 years (everybody)
    ages = ages_by_services(date(1970, 3, 9), "sedentaire", since, TODAY)
    assert (ages.opening_date, ages.limit_date) == (opens, date(2037, 3, 9))


@pytest.mark.parametrize(
    ("since", "limit"), [(date(2014, 9, 1), date(2032, 3, 9)), (date(2015, 9, 1), date(2037, 3, 9))]
)
def test_p02_the_limit_of_instituteurs_is_kept_by_who_has_their_services_before_it(since, limit):
    # CGFP L556-6: 62 years by option, 67 otherwise
    assert ages_by_services(date(1970, 3, 9), "active", since, TODAY).limit_date == limit


def test_p02_a_reason_says_the_day_on_which_the_services_are_had():
    with explain() as trace:
        ages_by_services(date(1970, 3, 9), "sedentaire", date(2014, 2, 10), TODAY)
    words = [each for step in trace.steps for each in step.words]
    assert ("Services exigés acquis le", "10 février 2031") in words
