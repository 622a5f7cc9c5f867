"""Services, children and bonifications: what each period and each child is worth."""

from datetime import date

import numpy as np
import pytest

from iprof_kit.base.calendar import axis_of
from iprof_kit.law.payroll.deductions import surcotisation_rate
from iprof_kit.law.pension import bonuses, children, services
from iprof_kit.law.pension.dates import days

DAY = date(2026, 9, 1)
YEAR, MONTH, QUARTER = 360, 30, 90
NO = np.array([False])
AUTHORISED, RIGHT, PARENTAL, LEAVE, OUT = range(5)


def periods(*lines):
    """Person, first day, day after the last, nature, quotité, surcotisé, birth of the child."""
    rows = [
        (
            person,
            axis_of(date.fromisoformat(begin)),
            axis_of(date.fromisoformat(end)),
            nature,
            quotite,
            overpaid,
            axis_of(date.fromisoformat(born)) if born else -1,
            1 if born else 0,
        )
        for person, begin, end, nature, quotite, overpaid, born in lines
    ]
    person, begin, end, nature, quotite, overpaid, born, rank = np.array(rows).T
    return services.Periods(person, begin, end, nature, quotite, overpaid.astype(bool), born, rank)


def worth(*lines, handicap=False):
    return services.services(periods(*lines), 1, np.array([handicap]), DAY)


@pytest.mark.parametrize(
    ("length", "expected"),
    [(0, 0), (44, 0), (45, 1), (90, 1), (134, 1), (135, 2), (15 * YEAR + 44, 60),
     (15 * YEAR + 45, 61)],
)  # fmt: skip
def test_a_rest_of_45_days_is_a_quarter(length, expected):
    # service-public F13736
    assert services.quarters([length], DAY).tolist() == [expected]


@pytest.mark.parametrize(
    ("overpaid", "liquidated"), [(False, 8), (True, 9)], ids=["sans", "avec surcotisation"]
)
def test_ten_years_at_80_percent(overpaid, liquidated):
    # service-public F21142 : 10 ans d'assurance, 8 ans liquidés, 9 avec surcotisation
    found = worth((0, "2010-09-01", "2020-09-01", AUTHORISED, 80, overpaid, None))
    assert found.constitution.tolist() == found.assurance.tolist() == [10 * YEAR]
    assert found.liquidation.tolist() == [liquidated * YEAR]


def test_a_handicap_raises_the_ceiling_of_the_surcotisation_to_eight_quarters():
    found = worth((0, "2010-09-01", "2020-09-01", AUTHORISED, 70, True, None), handicap=True)
    assert found.liquidation.tolist() == [9 * YEAR]


def test_strike_and_unpaid_leave_do_not_count():
    found = worth(
        (0, "2000-09-01", "2010-09-01", AUTHORISED, 100, False, None),
        (0, "2010-09-01", "2012-09-01", OUT, 100, False, None),
    )
    assert found.liquidation.tolist() == found.assurance.tolist() == [10 * YEAR]


@pytest.mark.parametrize(
    ("nature", "born", "begin", "end", "counted"),
    [
        # L. 9 : trois ans par enfant né depuis 2004
        (PARENTAL, "2005-03-01", "2005-03-01", "2008-03-01", 3 * YEAR),
        (PARENTAL, "2005-03-01", "2005-03-01", "2009-03-01", 3 * YEAR),
        (PARENTAL, "2003-03-01", "2003-03-01", "2006-03-01", 0),
        # disponibilité : jusqu'aux 8 ans, 12 ans depuis septembre 2023
        (LEAVE, "2005-03-01", "2012-03-01", "2014-03-01", YEAR),
        (LEAVE, "2013-03-01", "2022-09-01", "2024-09-01", 0),
        (LEAVE, "2013-03-01", "2023-09-01", "2025-09-01", 540),
    ],
)
def test_time_given_to_a_child(nature, born, begin, end, counted):
    found = worth((0, begin, end, nature, 100, False, born))
    assert found.liquidation.tolist() == found.assurance.tolist() == [counted]


@pytest.mark.parametrize(
    ("born", "end", "counted"),
    [
        # temps partiel de droit : gratuit jusqu'aux trois ans d'un enfant né depuis 2004
        ("2010-09-01", "2013-09-01", 3 * YEAR),
        ("2010-09-01", "2014-09-01", 3.5 * YEAR),
        ("2003-09-01", "2013-09-01", 1.5 * YEAR),
    ],
)
def test_part_time_of_right(born, end, counted):
    found = worth((0, "2010-09-01", end, RIGHT, 50, False, born))
    assert found.liquidation.tolist() == [counted]


def test_the_three_years_belong_to_one_child_over_all_her_periods():
    found = worth(
        (0, "2005-03-01", "2007-03-01", PARENTAL, 100, False, "2005-03-01"),
        (0, "2007-03-01", "2009-09-01", LEAVE, 100, False, "2005-03-01"),
    )
    assert found.liquidation.tolist() == [3 * YEAR]


def test_two_people_do_not_share_their_ceilings():
    both = periods(
        (0, "2005-03-01", "2008-03-01", PARENTAL, 100, False, "2005-03-01"),
        (1, "2005-03-01", "2008-03-01", PARENTAL, 100, False, "2005-03-01"),
    )
    found = services.services(both, 2, np.zeros(2, bool), DAY)
    assert found.liquidation.tolist() == [3 * YEAR, 3 * YEAR]


@pytest.mark.parametrize(
    ("others", "days_of_year", "kept"), [(4, 0, 4), (4, 180, 2), (4, 360, 0), (6, 0, 4), (1, 90, 1)]
)
def test_four_quarters_a_year(others, days_of_year, kept):
    assert services.other_schemes_kept([others], [days_of_year], DAY).tolist() == [kept]


@pytest.mark.parametrize(
    ("asked", "percent", "expected"),
    [
        # q × r + (1 − q) × 0,80 × (r + e), à la main
        ("2017-09-01", 80, 14.7824),
        ("2018-09-01", 50, 21.764),
        ("2019-09-01", 90, 13.0654),
        ("2023-09-01", 50, 22.25),
        ("2024-01-15", 50, 22.25),
        ("2024-02-02", 50, 22.65),
        ("2024-09-01", 80, 15.72),
        ("2025-02-01", 50, 22.65),
        ("2025-02-02", 50, 23.85),
        ("2026-09-01", 80, 16.68),
        ("2027-09-01", 50, 26.25),
        ("2029-09-01", 50, 27.45),
    ],
)
def test_rate_of_the_surcotisation(asked, percent, expected):
    rate = surcotisation_rate([percent], date.fromisoformat(asked))
    assert rate * 100 == pytest.approx([expected])


# — children ------------------------------------------------------------------------------------


def child(born, **what):
    given = dict.fromkeys(
        ("interruption", "reduction_50", "reduction_60", "reduction_70", "invalide"), 0
    ) | {"etudes": -1, "apres_recrutement": False}
    given |= what
    return children.Children(
        person=np.array([0]),
        naissance=days(born),
        **{name: np.array([value]) for name, value in given.items()},
    )


def quarters_of(one, effect="2026-09-01"):
    found = children.child_quarters(one, days(effect), DAY)
    return found.liquidation.tolist()[0], found.assurance.tolist()[0]


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ({"interruption": 2}, 4),
        ({"interruption": 1}, 0),
        ({"reduction_50": 4}, 4),
        ({"reduction_50": 3}, 0),
        ({"reduction_60": 5}, 4),
        ({"reduction_60": 4}, 0),
        ({"reduction_70": 7}, 4),
        ({"reduction_70": 6}, 0),
        ({"etudes": 24}, 4),
        ({"etudes": 0}, 4),
        ({"etudes": 25}, 0),
        ({}, 0),
    ],
)
def test_a_child_born_before_2004(what, expected):
    # L. 12 b et b bis : quatre trimestres, en liquidation et en assurance
    assert quarters_of(child("2003-12-31", **what)) == (expected, expected)


@pytest.mark.parametrize(
    ("effect", "what", "expected"),
    [
        # L. 12 bis : deux trimestres d'assurance ; loi 2025-1403 art. 104 : l'un en liquidation
        ("2026-08-01", {"apres_recrutement": True}, (0, 2)),
        ("2026-09-01", {"apres_recrutement": True}, (1, 2)),
        ("2026-09-01", {"apres_recrutement": True, "interruption": 5}, (1, 2)),
        ("2026-09-01", {"apres_recrutement": True, "interruption": 6}, (0, 0)),
        ("2026-09-01", {"interruption": 2}, (0, 0)),
    ],
)
def test_a_child_born_since_2004(effect, what, expected):
    assert quarters_of(child("2004-01-01", **what), effect) == expected


@pytest.mark.parametrize(("months", "expected"), [(29, 0), (30, 1), (119, 3), (120, 4), (300, 4)])
def test_a_disabled_child(months, expected):
    assert quarters_of(child("2010-01-01", invalide=months)) == (0, expected)


# — bonifications of services -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("months", "leave", "zone", "mission", "expected"),
    [
        # R. 11, R. 12, D. 9 : un tiers, la moitié, un quart ; congés déduits, missions de 3 mois
        (12, 0, "hors_europe", False, 4),
        (12, 3, "hors_europe", False, 3),
        (12, 0, "hors_zone_origine", False, 6),
        (12, 0, "afrique_du_nord", False, 3),
        (2, 0, "hors_zone_origine", True, 0),
        (3, 0, "hors_zone_origine", True, 1.5),
        (2, 0, "hors_zone_origine", False, 1),
    ],
)
def test_services_outside_europe(months, leave, zone, mission, expected):
    found = bonuses.abroad_days(
        [months * MONTH], [leave * MONTH], [bonuses.ZONES.index(zone)], [mission], days(DAY)
    )
    assert (found / MONTH).tolist() == [expected]


@pytest.mark.parametrize(
    ("recruited", "months", "by_work", "expected"),
    [("2010-12-31", 60, True, 60), ("2010-12-31", 72, True, 60), ("2011-01-01", 60, True, 0),
     ("2005-09-01", 60, False, 0), ("2005-09-01", 36, True, 36)],
)  # fmt: skip
def test_technical_teachers(recruited, months, by_work, expected):
    # L. 12 h, R. 25 ; CE 2019-09-25 n° 413850 : refusée par diplôme ou concours interne
    found = bonuses.technical_days([months], days(recruited), [by_work], days(DAY))
    assert (found / MONTH).tolist() == [expected]


@pytest.mark.parametrize(
    ("months", "ill", "expected"), [(180, False, True), (179, False, False), (0, True, True)]
)
def test_bonifications_need_fifteen_years(months, ill, expected):
    found = bonuses.service_bonuses_open([months * MONTH], [ill], days(DAY))
    assert found.tolist() == [expected]
