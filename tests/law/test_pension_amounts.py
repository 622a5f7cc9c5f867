"""Rate, décote, surcote, minimum garanti and increase for children, worked by hand."""

from fractions import Fraction

import numpy as np
import pytest

from iprof_kit.law.pension import amounts, rate
from iprof_kit.law.pension.dates import add_months, days, whole_civil_quarters

DAY = days("2026-11-01")
POINT = Fraction("59.0734")


@pytest.mark.parametrize(
    ("done", "bonus", "required", "expected"),
    [
        # L. 13 : 75 % × trimestres / durée ; au-delà, seules les bonifications, jusqu'à 80 %
        (170, 0, 170, Fraction(75, 100)),
        (200, 0, 170, Fraction(75, 100)),
        (85, 0, 170, Fraction(375, 1000)),
        (170, 4, 170, Fraction(75, 100) * Fraction(174, 170)),
        (170, 12, 170, Fraction(80, 100)),
        (200, 4, 170, Fraction(75, 100) * Fraction(174, 170)),
        (160, 8, 172, Fraction(75, 100) * Fraction(168, 172)),
    ],
)
def test_rate_of_liquidation(done, bonus, required, expected):
    found = rate.liquidation_rate([done], [bonus], [required], DAY)
    assert Fraction(int(found.num[0]), int(found.den[0])) == expected


@pytest.mark.parametrize(
    ("leaves", "cancels", "insured", "expected"),
    [
        # L. 14 I : le plus petit des deux, vingt au plus, arrondi au trimestre supérieur
        ("2027-07-01", "2031-07-01", 159, 11),
        ("2027-07-01", "2031-07-01", 150, 16),
        ("2027-07-01", "2027-09-30", 150, 1),
        ("2027-07-01", "2027-10-01", 150, 1),
        ("2027-07-01", "2027-10-02", 150, 2),
        ("2027-07-01", "2040-01-01", 100, 20),
        ("2031-07-01", "2031-07-01", 100, 0),
        ("2032-07-01", "2031-07-01", 100, 0),
        ("2027-07-01", "2031-07-01", 175, 0),
    ],
)
def test_quarters_of_decote(leaves, cancels, insured, expected):
    found = rate.decote_quarters(days(leaves), days(cancels), [170], [insured], [20])
    assert found.tolist() == [expected]


@pytest.mark.parametrize(
    ("first", "end", "expected"),
    [
        # service-public F16494 : trimestres civils entiers
        ("2026-07-01", "2027-07-01", 4),
        ("2026-07-02", "2027-07-01", 3),
        ("2026-06-15", "2027-07-01", 4),
        ("2026-06-15", "2027-06-01", 3),
        ("2026-08-01", "2026-12-31", 0),
        ("2027-08-01", "2026-12-31", 0),
        ("2026-10-01", "2027-01-01", 1),
    ],
)
def test_whole_civil_quarters(first, end, expected):
    assert whole_civil_quarters(days(first), days(end)).tolist() == [expected]


def test_the_surcote_has_no_ceiling_and_waits_for_the_duration():
    leaves, age = days("2037-01-01"), days("2027-01-01")
    assert rate.surcote_quarters(leaves, age, days("2020-01-01")).tolist() == [40]
    assert rate.surcote_quarters(leaves, age, days("2036-01-01")).tolist() == [4]


@pytest.mark.parametrize(
    ("insured", "own", "expected"),
    [(170 * 90, 170, "2027-07-01"), (174 * 90, 170, "2026-07-01"), (166 * 90, 170, "2028-07-01")],
)
def test_day_on_which_the_duration_is_reached(insured, own, expected):
    assert str(rate.duration_reached(days("2027-07-01"), [insured], [own])[0]) == expected


@pytest.mark.parametrize(
    ("born", "legal", "reached", "leaves", "opened", "expected"),
    [
        # L. 14 V : de 63 ans à l'âge légal, quatre trimestres au plus, durée atteinte à 63 ans
        ("1969-01-01", 768, "2031-01-01", "2033-01-01", True, 4),
        ("1969-01-01", 768, "2032-02-01", "2033-01-01", True, 0),
        ("1969-01-01", 768, "2031-01-01", "2036-01-01", True, 4),
        ("1969-01-01", 768, "2031-01-01", "2033-01-01", False, 0),
        # âge légal de 63 ans 3 mois : un seul trimestre
        ("1966-01-01", 759, "2025-01-01", "2030-01-01", True, 1),
        # sans objet si l'âge légal est inférieur à 63 ans
        ("1964-01-01", 753, "2020-01-01", "2030-01-01", True, 0),
    ],
)
def test_surcote_parentale(born, legal, reached, leaves, opened, expected):
    found = rate.parental_quarters(
        days(born), days(leaves), [legal], days(reached), np.array([opened]), days(leaves)
    )
    assert found.tolist() == [expected]
    assert rate.parental_rate(days(leaves)) == 0.0125


@pytest.mark.parametrize(
    ("index", "rated", "factor", "expected"),
    [
        # 673 × 59,0734 × 75 % / 12 ; puis 159/170 et onze trimestres de décote
        (673, (170, 0, 170), (0, 0, 0), "2484.77"),
        (673, (159, 0, 170), (11, 0, 0), "2004.45"),
        (821, (170, 12, 170), (0, 8, 0), "3556.61"),
        (967, (172, 0, 172), (0, 4, 4), "3927.27"),
    ],
)
def test_gross_pension(index, rated, factor, expected):
    taux = rate.liquidation_rate([rated[0]], [rated[1]], [rated[2]], DAY)
    lost, won, parental = factor
    coef = rate.coefficient([lost], [0.0125], [won], [0.0125], [parental], 0.0125)
    paid = amounts.gross_pension([index], DAY, taux, coef)
    assert paid.tolist() == [float(expected)]
    exact = POINT * index * Fraction(int(taux.num[0]), int(taux.den[0])) / 12
    exact *= 1 + Fraction(won + parental - lost, 80)
    assert abs(Fraction(expected) - exact) <= Fraction(1, 200)


def test_the_salary_is_that_of_the_day_of_the_effect():
    both = days(["2022-06-01", "2026-11-01"])
    # 673 × 56,2323 = 37 844,34 ; 673 × 59,0734 = 39 756,40
    assert amounts.reference_salary([673, 673], both).tolist() == [37844.34, 39756.40]


@pytest.mark.parametrize(
    ("since", "before", "expected"),
    [("2026-05-01", 600, 673), ("2026-05-02", 600, 600), ("2026-09-01", 0, 0), (None, 0, 673)],
)
def test_the_index_is_held_for_six_months(since, before, expected):
    held = np.array([since], dtype="datetime64[D]")
    assert amounts.retained_index([673], held, [before], DAY).tolist() == [expected]


@pytest.mark.parametrize(
    ("done", "required", "ill", "effect", "expected"),
    [
        # L. 17 ; barème 2026 (retraitesdeletat.gouv.fr) et montants d'avant
        (60, 170, False, "2026-01-01", 785.65),
        (120, 170, False, "2026-01-01", 1298.03),
        (140, 170, False, "2026-01-01", 1332.19),
        (160, 170, False, "2026-01-01", 1366.35),
        (190, 170, False, "2026-01-01", 1366.35),
        (160, 170, False, "2022-07-01", 1248.33),
        # trap: V2023, né en mars 1964 : 171 trimestres
        (52, 171, False, "2026-06-01", 415.50),
        # invalidité : 16 396,19 × 0,575 × 52/60 / 12
        (52, 170, True, "2026-01-01", 680.90),
        (0, 170, False, "2026-01-01", 0.0),
    ],
)
def test_minimum_garanti(done, required, ill, effect, expected):
    assert amounts.minimum_garanti([done], [required], [ill], days(effect)).tolist() == [expected]


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        # chaîne de revalorisation : 11 975,57 × 1,16 … les coefficients de L. 16
        ("2017-09-01", 13896.68), ("2017-10-01", 14007.85), ("2019-01-01", 14049.87),
        ("2020-01-01", 14190.37), ("2021-01-01", 14247.13), ("2022-01-01", 14403.85),
        ("2022-07-01", 14980.00), ("2023-01-01", 15099.84), ("2024-01-01", 15900.13),
        ("2025-01-01", 16249.94), ("2026-01-01", 16396.18),
    ],
)  # fmt: skip
def test_the_minimum_follows_the_chain_of_revalorisations(effect, expected):
    month = amounts.minimum_garanti([160], [170], [False], days(effect))[0]
    assert month * 12 == pytest.approx(expected, abs=0.08)


def test_the_minimum_is_unknown_where_its_reference_is():
    found = amounts.minimum_garanti(
        [160, 160], [170, 170], [False, False], days(["2014-01-01", "2026-01-01"])
    )
    assert np.isnan(found[0])
    assert found[1] == 1366.35


@pytest.mark.parametrize(
    ("insured", "leaves", "ill", "expected"),
    [(170, "2027-07-01", False, True), (169, "2027-07-01", False, False),
     (100, "2031-07-01", False, True), (100, "2027-07-01", True, True)],
)  # fmt: skip
def test_who_may_receive_the_minimum(insured, leaves, ill, expected):
    found = amounts.minimum_open([insured], [170], days(leaves), days("2031-07-01"), [ill])
    assert found.tolist() == [expected]


@pytest.mark.parametrize(
    ("children", "pension", "salary", "expected"),
    [
        # L. 18 : 10 % pour trois, 5 % de plus par enfant ; pension majorée ≤ traitement
        (2, 2000.0, 39756.40, 0.0),
        (3, 2000.0, 39756.40, 200.0),
        (4, 2000.0, 39756.40, 300.0),
        (5, 2000.0, 39756.40, 400.0),
        (6, 3000.0, 39756.40, 313.03),
        (3, 3400.0, 39756.40, 0.0),
    ],
)
def test_increase_for_children(children, pension, salary, expected):
    found = amounts.children_increase([pension], [children], [salary], DAY)
    assert found == pytest.approx([expected])


@pytest.mark.parametrize(
    ("born", "raised", "expected"),
    [("2010-01-01", "2010-01-01", True), ("2010-01-01", "2017-01-01", True),
     ("2010-01-01", "2017-01-02", False), ("2018-01-01", "2018-01-01", False)],
)  # fmt: skip
def test_a_child_is_raised_nine_years_before_sixteen(born, raised, expected):
    found = amounts.counts_for_increase(days(born), days(raised), DAY)
    assert found.tolist() == [expected]


def test_months_are_civil():
    assert str(add_months(days("2025-08-31"), 6)[0]) == "2026-02-28"
    assert str(add_months(days("1964-05-16"), 753)[0]) == "2027-02-16"


def test_the_gross_pension_is_what_is_served_and_its_increase():
    # L. 18: 10 % of 2 324,00 €, to the cent
    assert amounts.pension_paid([2324.00, 1297.5], [232.40, 0]).tolist() == [2556.40, 1297.50]
