"""The functions of the first vivier: school years that count, by the rules that notes published."""

from datetime import date, timedelta

import numpy as np
import pytest

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import InputError
from iprof_kit.law.promotion.functions import (
    Served,
    Verdict,
    admissibility,
    function_of,
    function_years,
    functions_of,
    least_share,
)

DIRECTION, PRIORITY, SUPERIOR = "direction_ecole", "education_prioritaire", "enseignement_superieur"


def day(words):
    return date.fromisoformat(words)


def count(*functions, year=2019, people=1):
    """Count functions « (code, first day, last day, share, acting, person) »."""
    rows = [(*one, *(100, False, 0)[len(one) - 3 :]) for one in functions]
    served = Served(
        np.array([row[5] for row in rows], np.int64),
        np.array([axis_of(day(row[1])) for row in rows], np.int64),
        np.array([axis_of(day(row[2]) + timedelta(days=1)) for row in rows], np.int64),
        np.array([row[3] for row in rows], np.int64),
        np.array([least_share(year, "pe", row[0]) for row in rows], np.int64),
        np.array([row[4] for row in rows], bool),
    )
    return function_years(served, people, year)


def test_only_whole_school_years_count():
    # versailles.sgen-cfdt.fr: « seules les années complètes sont retenues »
    assert count((DIRECTION, "2011-09-01", "2019-08-31")).years.tolist() == [8]
    assert count((DIRECTION, "2011-09-02", "2019-08-31")).years.tolist() == [7]
    assert count((DIRECTION, "2011-09-01", "2019-08-30")).years.tolist() == [7]
    short = count((DIRECTION, "2011-09-02", "2012-08-31"))
    assert (short.years.tolist(), short.verdict.tolist()) == ([0], [Verdict.NOT_WHOLE])


def test_years_after_the_31_august_of_the_campaign_do_not_count():
    # reims.snes.edu: « les conditions requises s’apprécient au 31 août de l’année »
    long = (DIRECTION, "2011-09-01", "2022-08-31")
    assert count(long, year=2018).years.tolist() == [7]
    assert count(long, year=2019).years.tolist() == [8]


def test_one_function_counts_for_one_period():
    # versailles.sgen-cfdt.fr: a head of SEGPA in priority education validates one year alone
    both = count(
        ("direction_segpa", "2015-09-01", "2016-08-31"),
        (PRIORITY, "2015-09-01", "2016-08-31"),
    )
    assert both.years.tolist() == [1]
    assert both.of_each.tolist() == [1, 0]
    assert both.verdict.tolist() == [Verdict.COUNTED, Verdict.ALREADY]


def test_functions_add_up_when_they_follow_each_other():
    # aquitaine.sgen-cfdt.fr: « les durées sont cumulatives sauf […] en même temps »
    one_after_another = count(
        (DIRECTION, "2009-09-01", "2013-08-31"), (PRIORITY, "2015-09-01", "2019-08-31")
    )
    assert one_after_another.years.tolist() == [8]


def test_acting_without_appointment_counts_for_nothing():
    # snuep.fr, aquitaine.sgen-cfdt.fr: « les faisant fonction ne sont pas éligibles »
    acting = count((DIRECTION, "2011-09-01", "2019-08-31", 100, True))
    assert (acting.years.tolist(), acting.verdict.tolist()) == ([0], [Verdict.ACTING])


@pytest.mark.parametrize(("share", "years"), [(50, 8), (49, 0)])
def test_priority_education_counts_from_half_of_the_service(share, years):
    # snuep.fr: « année pleine toute année effectuée avec au moins 50 % du service »
    assert count((PRIORITY, "2011-09-01", "2019-08-31", share)).years.tolist() == [years]


def test_before_2018_a_shared_year_of_priority_education_did_not_count():
    shared = (PRIORITY, "2009-09-01", "2017-08-31", 50)
    assert count(shared, year=2017).years.tolist() == [0]
    assert count(shared, year=2018).years.tolist() == [8]


def test_a_trainer_counts_whatever_the_share_and_a_section_of_technicians_only_in_full():
    # snuep.fr: formateurs « quelle que soit la quotité » ; STS « services effectifs complets »
    assert count(("formateur_academique", "2015-09-01", "2016-08-31", 10)).years.tolist() == [1]
    assert count((SUPERIOR, "2015-09-01", "2016-08-31", 90)).years.tolist() == [0]


def test_two_functions_that_share_a_year_are_shown_apart():
    halves = count((DIRECTION, "2015-09-01", "2016-02-29"), (PRIORITY, "2016-03-01", "2016-08-31"))
    assert (halves.years.tolist(), halves.joined.tolist()) == ([0], [1])


def test_people_are_counted_apart_whatever_the_order_of_their_functions():
    served = [
        (DIRECTION, "2015-09-01", "2017-08-31", 100, False, 1),
        (DIRECTION, "2010-09-01", "2018-08-31", 100, False, 0),
        (PRIORITY, "2017-09-01", "2018-08-31", 100, False, 1),
    ]
    assert count(*served, people=3).years.tolist() == [8, 3, 0]
    assert count(*reversed(served), people=3).years.tolist() == [8, 3, 0]


def test_a_function_that_ends_before_it_begins_is_refused_with_its_line():
    with pytest.raises(InputError, match="ligne 1"):
        count((DIRECTION, "2016-09-01", "2016-08-01"))


def test_the_arrete_of_2022_adds_functions_that_earlier_campaigns_do_not_know():
    # versailles.sgen-cfdt.fr (2022)
    assert set(functions_of(2022, "plp")) - set(functions_of(2021, "plp")) == {
        "formation_continue",
        "centre_ferme",
    }
    with pytest.raises(InputError, match="campagne 2019"):
        function_of(2019, "plp", "centre_ferme")


def test_what_follows_a_refusal_is_said_where_a_text_says_it():
    assert admissibility(2017, "pe").sources == ()
    assert admissibility(2018, "pe").days is None
    assert "procédure complète" in admissibility(2018, "pe").after
    assert admissibility(2021, "certifie").days == 15
