"""Rates and bases of what is withheld, worked by hand on round amounts."""

from datetime import date

import numpy as np
import pytest

from iprof_kit.base.errors import LawError, PeriodNotCovered
from iprof_kit.law.payroll import compensation, contributions, deductions, health, taxation

THOUSAND = np.array([1000.0])
TEN = np.array([10_000.0])
ONE = np.array([1])


def on(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("day", "euros"),
    # décrets 2010-1749, 2012-847, 2013-1290 et 2014-1531 : montée progressive à 11,10 %
    [
        ("2010-06-01", 78.50), ("2011-06-01", 81.20), ("2012-06-01", 83.90),
        ("2012-12-01", 84.90), ("2013-06-01", 87.60), ("2014-06-01", 91.40),
        ("2015-06-01", 95.40), ("2016-06-01", 99.40), ("2017-06-01", 102.90),
        ("2018-06-01", 105.60), ("2019-06-01", 108.30), ("2020-01-01", 111.00),
        ("2026-11-01", 111.00),
    ],
)  # fmt: skip
def test_pension(day, euros):
    assert deductions.pension_contribution(THOUSAND, on(day)).tolist() == [euros]


def social(day):
    codes = ("CSG_DED", "CSG_NON_DED", "CRDS")
    return [float(deductions.social_contribution(TEN, code, on(day))[0]) for code in codes]


def test_csg_and_crds_are_rounded_one_by_one():
    # 98,25 % de 10 000 € : 9 825 € ; 6,8 %, 2,4 %, 0,5 %
    assert social("2024-01-01") == [668.10, 235.80, 49.13]
    # taux effectifs : 9,53025 % depuis 2018, 7,86 % avant
    assert sum(social("2018-01-01")) == pytest.approx(953.025, abs=0.01)
    assert sum(social("2017-12-01")) == pytest.approx(786.0, abs=0.015)
    # abattement de 3 % jusqu'en 2011 : 9 700 €
    assert social("2011-12-01") == [494.70, 232.80, 48.50]


def test_the_contribution_of_solidarity_ends_with_2017():
    # 1 % de 1 790 €
    amounts = np.array([1790.0]), np.array([1790.0])
    assert deductions.solidarity_contribution(*amounts, on("2017-06-01")).tolist() == [17.90]
    with pytest.raises(LawError):
        deductions.solidarity_contribution(*amounts, on("2018-01-01"))


@pytest.mark.parametrize(
    ("day", "threshold"),
    [("2017-01-01", 1439.35), ("2017-02-01", 1447.98), ("2017-03-01", 1466.73)],
)
def test_threshold_of_the_contribution_of_solidarity(day, threshold):
    # cotisations.csv, CES : due seulement au-dessus du seuil
    compared = np.array([threshold, threshold + 1])
    due = deductions.solidarity_contribution(compared, compared, on(day))
    assert due[0] == 0
    assert due[1] > 14


def test_the_transfer_is_bounded_by_the_primes_and_follows_the_quotite():
    rich, poor = np.array([500.0]), np.array([20.0])
    assert deductions.bonus_transfer(rich, on("2018-06-01"), ONE, ONE).tolist() == [13.92]
    assert deductions.bonus_transfer(rich, on("2019-01-01"), ONE, ONE).tolist() == [32.42]
    assert deductions.bonus_transfer(rich, on("2024-01-01"), ONE, ONE * 2).tolist() == [16.21]
    assert deductions.bonus_transfer(poor, on("2024-01-01"), ONE, ONE).tolist() == [20.0]
    free = deductions.bonus_transfer(poor, on("2024-01-01"), ONE, ONE, limited=False)
    assert free.tolist() == [32.42]


@pytest.mark.parametrize(
    ("withheld", "bonuses", "added"),
    # plafond 389 €, puis les primes réelles : 12 × 32,42 = 389,04
    [(389.04, 5000.0, -0.04), (100.0, 300.0, 200.0), (32.42, 32.42, 0.0)],
)
def test_the_transfer_of_the_year(withheld, bonuses, added):
    found = deductions.transfer_adjustment(
        np.array([withheld]), np.array([bonuses]), on("2024-12-01"), ONE, ONE
    )
    assert found.tolist() == [added]


def test_the_cap_of_the_rafp_is_that_of_the_year():
    # 20 % de 2 000 € : 400 € ; un mois sans prime laisse 400 € au suivant
    pay = np.array([2000.0])

    def base(amount, **since):
        return deductions.additional_base(np.array([amount]), pay, on("2024-02-01"), **since)[0]

    assert base(500.0) == 400
    assert base(500.0, capped=False) == 500
    assert base(-32.42, capped=False) == 0
    assert base(500.0, base_before=np.array([0.0]), pay_before=pay) == 500
    assert base(100.0, base_before=np.array([700.0]), pay_before=pay) == 400
    assert deductions.additional_contribution(np.array([400.0]), on("2024-02-01")).tolist() == [20]


def test_the_credit_on_overtime():
    assert deductions.overtime_credit(THOUSAND, on("2019-01-01")).tolist() == [50.0]
    with pytest.raises(PeriodNotCovered):
        deductions.overtime_credit(THOUSAND, on("2018-12-01"))


@pytest.mark.parametrize(
    ("day", "total"),
    # pensions 74,28, 78,28 puis 82,28 % ; ATI 0,32 % ; maladie 9,7 %
    [("2024-12-01", 843.00), ("2025-06-01", 883.00), ("2026-06-01", 923.00)],
)
def test_contributions_of_the_employer(day, total):
    codes = [code for code, _ in contributions.ON_PAY]
    found = sum(contributions.employer_contribution(THOUSAND, code, on(day))[0] for code in codes)
    assert found == pytest.approx(total, abs=0.001)


def test_the_employer_pays_the_same_rafp():
    paid = contributions.employer_contribution(THOUSAND, "RAFP_EMPLOYEUR", on("2024-01-01"))
    assert paid.tolist() == deductions.additional_contribution(THOUSAND, on("2024-01-01")).tolist()


def test_the_health_cover():
    # cotisation d'équilibre 75,40 € : 15,08 € fixes, 22,62 € au niveau de référence, 37,70 €
    day = on("2026-05-01")
    assert (health.health_share(day), health.health_share(day, employer=True)) == (15.08, 37.70)
    gross = np.array([3000.0, 1500.0, 9000.0])
    assert health.health_solidarity(gross, 3000, 4000, day).tolist() == [22.62, 11.31, 30.16]
    assert not health.in_force(on("2026-04-01"))


def test_the_compensation_of_the_csg():
    # (30 000 × 1,6702 % − 250) × 1,1053 / 12 = 251,06 × 1,1053 / 12
    gross, solidarity = np.array([30_000.0]), np.array([250.0])
    day = on("2024-01-01")
    found = compensation.compensation_before_2018(gross, solidarity, day, ONE, ONE)
    assert found.tolist() == [23.12]
    half = compensation.compensation_before_2018(gross, solidarity, day, ONE, ONE * 2)
    assert half.tolist() == [11.56]
    # 0,76 % de 2 500 €
    since = compensation.compensation_since_2018(np.array([2500.0]), day, ONE, ONE)
    assert since.tolist() == [19.0]


def test_overtime_is_exempted_up_to_the_limit_of_the_year():
    hours, csg = np.array([600.0]), np.array([40.0])
    assert taxation.exempt_overtime(hours, csg, on("2024-01-01")).tolist() == [560.0]
    nearly = np.array([4900.0])
    assert taxation.exempt_overtime(hours, csg, on("2021-06-01"), nearly).tolist() == [100.0]
    assert taxation.exempt_overtime(hours, csg, on("2022-06-01"), nearly).tolist() == [560.0]
    assert taxation.exempt_overtime(hours, csg, on("2022-06-01"), nearly + 2500).tolist() == [100.0]


def test_the_tax_is_withheld_since_2019():
    assert taxation.withheld_tax(THOUSAND, 4.2, on("2024-01-01")).tolist() == [42.0]
    with pytest.raises(PeriodNotCovered):
        taxation.withheld_tax(THOUSAND, 4.2, on("2018-12-01"))
