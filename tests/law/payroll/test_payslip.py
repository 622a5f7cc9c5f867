"""The payslip of a month: absences, overseas, bonus points, bases."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iprof_kit.base.errors import InputError, PeriodNotCovered
from iprof_kit.law.payroll.deductions import surcotisation_rate
from iprof_kit.law.payroll.overseas import overseas_fact, overseas_increase
from iprof_kit.law.payroll.payslip import payslip
from iprof_kit.law.payroll.people import Payees
from iprof_kit.law.payroll.sick_leave import Absence


def test_sick_leave_at_90_percent_since_march_2025(slip, amounts):
    # 2 294,02 € : 10 % d'un mois entier ; 50 % de 15 jours ; rien avant le 1er mars 2025
    month = Absence(first_months=30)
    assert amounts(slip("2025-03-01", 466, absence=month))["ABS_CMO"] == 229.40
    assert amounts(slip("2025-02-01", 466, absence=month))["ABS_CMO"] == 0
    half = Absence(next_months=15)
    assert amounts(slip("2025-03-01", 466, absence=half))["ABS_CMO"] == 573.51


def test_the_rate_of_a_leave_is_that_of_its_prescription(slip, amounts):
    before = Absence(first_months=30, prescribed=date(2025, 2, 20))
    assert amounts(slip("2025-03-01", 466, absence=before))["ABS_CMO"] == 0


def test_residence_and_family_supplement_stay_whole(slip, amounts):
    found = slip("2025-06-01", 466, zone=1, children=2, absence=Absence(next_months=30))
    lines = amounts(found)
    assert lines["ABS_CMO"] == 1147.01
    assert found.gross[0] == pytest.approx(1147.01 + lines["IR"] + lines["SFT"], abs=0.01)
    assert lines["PENSION_CIVILE"] == pytest.approx(1147.01 * 0.111, abs=0.006)


def test_a_waiting_day_and_a_strike_day_cost_a_thirtieth_each(slip, amounts):
    found = amounts(slip("2024-01-01", 466, absence=Absence(waiting=1, strike=2)))
    assert (found["ABS_CARENCE"], found["ABS_GREVE"]) == (76.47, 152.93)
    with pytest.raises(PeriodNotCovered):
        slip("2017-12-01", 466, absence=Absence(waiting=1))


@pytest.mark.parametrize(
    "days", [{"strike": 31}, {"waiting": -1}, {"first_months": 20, "strike": 11}]
)
def test_an_absence_longer_than_the_month_is_refused(days):
    with pytest.raises(InputError, match="entre 0 et 30"):
        Absence(**days)


def test_days_of_absence_reduce_the_hours_and_the_part_modulable(pay, amounts):
    # 1/270 de l'HSA et 1/360 de la part modulable par jour
    given = {"corps": "certifie", "hsa": 1,
             "primes": "ISOE_MODULABLE=6e,5e,4e"}  # fmt: skip
    found = amounts(pay("2024-11-01", absence={"greve": 1}, **given))
    lost = found["ABS_JOURS"]
    assert lost == pytest.approx(1462.75 / 270 + 1308.72 / 360, abs=0.011)


@pytest.mark.parametrize(
    ("territory", "euros"),
    # 2 294,02 € : 40 % ; 35 %
    [("Martinique", 917.61), ("Guadeloupe", 917.61), ("Guyane", 917.61), ("Mayotte", 917.61),
     ("Saint-Martin", 917.61), ("La Reunion", 802.91)],
)  # fmt: skip
def test_overseas_the_pension_ignores_the_increase(slip, amounts, territory, euros):
    there, here = slip("2024-01-01", 466, territory=territory), slip("2024-01-01", 466)
    lines = amounts(there)
    assert lines["MAJORATION"] == euros
    assert lines["PENSION_CIVILE"] == amounts(here)["PENSION_CIVILE"]
    assert lines["CSG_DED"] > amounts(here)["CSG_DED"]
    assert ("INDEX" in lines) is (territory == "La Reunion")


@pytest.mark.parametrize(
    ("territory", "euros"),
    # (2 294,02 − 254,64) × (coefficient − 1)
    [("Wallis-et-Futuna", 2141.35), ("Nouvelle-Caledonie zone 2", 1917.02),
     ("Nouvelle-Caledonie zone 1 (Noumea, Mont-Dore, Dumbea, Paita)", 1488.75),
     ("Polynesie francaise zone 1 (iles du Vent et Sous-le-Vent)", 1713.08),
     ("Polynesie francaise zone 2", 2202.53)],
)  # fmt: skip
def test_the_pacific_coefficients(slip, amounts, territory, euros):
    assert amounts(slip("2024-01-01", 466, territory=territory))["COEFFICIENT"] == euros


def test_mayotte_rose_by_steps():
    # décret 2013-964 : 5, 10, 20, 30 puis 40 %
    found = [
        overseas_increase(
            np.array([100.0]), overseas_fact("MAJORATION_TRAITEMENT", "Mayotte", day)
        )[0]
        for day in (date(year, 6, 1) for year in range(2013, 2019))
    ]
    assert found == [5, 10, 20, 30, 40, 40]


def test_an_unknown_territory_lists_the_known_ones(slip):
    with pytest.raises(InputError, match="Martinique"):
        slip("2024-01-01", 466, territory="Atlantide")


def test_an_unknown_zone_lists_the_known_ones(slip):
    with pytest.raises(InputError, match="1, 2, 3"):
        slip("2024-01-01", 466, zone=4)


def test_corsica_is_paid_twice_a_year(pay, amounts):
    # (1 076,84 + 2 × 92,67) / 2 ; conjoint : (1 206,62 + 2 × 92,67) / 2
    given = {"territoire": "Corse (2A, 2B)", "enfants": 2}
    assert amounts(pay("2024-03-01", **given))["ICFT_CORSE"] == 631.09
    assert amounts(pay("2024-10-01", conjoint_sans_indemnite=True, **given))["ICFT_CORSE"] == 695.98
    assert "ICFT_CORSE" not in amounts(pay("2024-04-01", **given))
    with_it, without = pay("2024-03-01", **given).totaux, pay("2024-04-01", **given).totaux
    assert with_it.net_avant_impot - without.net_avant_impot == pytest.approx(631.09, abs=0.001)
    assert with_it.net_imposable == without.net_imposable


def test_part_time_of_the_family_supplement(slip, amounts):
    # part proportionnelle réduite comme le traitement, jamais sous le minimum d'un temps plein
    full = amounts(slip("2024-01-01", 830, children=2))["SFT"]
    part = amounts(slip("2024-01-01", 830, children=2, num=6, den=7))["SFT"]
    half = amounts(slip("2024-01-01", 466, children=2, num=1, den=2))["SFT"]
    assert part == pytest.approx(10.67 + (full - 10.67) * 6 / 7, abs=0.011)
    assert half == 77.72


def test_the_surcotisation_bears_on_a_full_time(slip, amounts):
    # 2024, 80 % : 0,8 × 11,10 + 0,2 × 0,8 × (11,10 + 31,65) = 15,72 % de 2 294,02 €
    found = amounts(slip("2024-06-01", 466, num=6, den=7, worked=80))
    assert found["SURCOTISATION"] == 360.62
    assert "PENSION_CIVILE" not in found


@pytest.mark.parametrize(
    ("day", "quotite", "own", "employer"),
    # décret 2004-678, art. 2 puis CPCMR D5 : taux représentatif de l'employeur, année par année
    # (26,9 puis 27,3 : décrets 2004-678, 2006-403 et 2008-349 ; 30,40 : décret 2014-1026 ;
    # depuis 2017, décret 91-613, art. 5 II : décrets 2024-49 et 2025-86)
    [
        ("2004-06-01", 50, 7.85, 26.9), ("2005-12-01", 80, 7.85, 26.9),
        ("2006-06-01", 50, 7.85, 27.3), ("2008-01-01", 60, 7.85, 27.3),
        ("2014-09-01", 50, 9.14, 27.3), ("2014-10-01", 50, 9.14, 30.4),
        ("2015-06-01", 50, 9.54, 30.5), ("2016-06-01", 90, 9.94, 30.6),
        ("2017-06-01", 50, 10.29, 30.65), ("2018-06-01", 70, 10.56, 30.65),
        ("2019-06-01", 50, 10.83, 30.65), ("2020-06-01", 50, 11.10, 30.65),
        ("2023-06-01", 60, 11.10, 30.65), ("2024-06-01", 50, 11.10, 31.65),
        ("2025-06-01", 80, 11.10, 34.65), ("2026-06-01", 80, 11.10, 37.65),
        ("2027-06-01", 50, 11.10, 40.65), ("2028-06-01", 50, 11.10, 43.65),
    ],
)  # fmt: skip
def test_the_surcotisation_of_each_year(day, quotite, own, employer):
    found = surcotisation_rate([quotite], date.fromisoformat(day))
    worked = quotite / 100
    assert found * 100 == pytest.approx([worked * own + (1 - worked) * 0.8 * (own + employer)])


def test_the_surcotisation_follows_the_day_of_the_request(slip, amounts):
    # décret 2024-49, art. 5 : qui a demandé le 1er février 2024 au plus tard garde 30,65 %
    # 80 % : 0,8 × 11,10 + 0,2 × 0,8 × (11,10 + 30,65) = 15,56 % de 2 294,02 €
    kept = slip("2024-06-01", 466, num=6, den=7, worked=80, asked=date(2024, 2, 1))
    assert amounts(kept)["SURCOTISATION"] == 356.95


def test_a_month_before_the_tables_is_not_covered(slip):
    with pytest.raises(PeriodNotCovered):
        slip("2009-06-01", 466)


@given(
    people=st.lists(
        st.tuples(
            st.integers(367, 1000),
            st.sampled_from([(1, 1), (6, 7), (1, 2)]),
            st.integers(1, 3),
            st.integers(0, 5),
            st.integers(0, 50),
        ),
        min_size=1,
        max_size=12,
    ),
    day=st.sampled_from(["2016-07-01", "2018-02-01", "2023-09-01", "2026-11-01"]),
)
def test_one_row_equals_many_in_any_order(people, day):
    def run(rows):
        index, fraction, zone, children, nbi = (np.array(c) for c in zip(*rows, strict=True))
        num, den = np.array(list(fraction)).T
        nothing = np.zeros(len(rows), np.int64)
        return payslip(
            Payees(date.fromisoformat(day), index, num, den, zone, children, nothing, nbi)
        )

    many = run(people)
    for name in ("gross", "net", "taxable", "cost"):
        alone = [float(getattr(run([person]), name)[0]) for person in people]
        assert getattr(many, name).tolist() == alone
        assert getattr(run(people[::-1]), name).tolist() == alone[::-1]
