"""The traps that regle_calcul_paie.md lists: each one a behaviour."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from iprof_kit.base.calendar import axis_of
from iprof_kit.law.career.traitement import point_value
from iprof_kit.law.payroll.allowances import attractivity, find_allowance
from iprof_kit.law.payroll.family import family_supplement, opens_supplement
from iprof_kit.law.payroll.gains import PaidMonth, allowance_line
from iprof_kit.law.payroll.residence import residence_base, residence_indemnity
from iprof_kit.law.tables.cells import CELLS, cell_code

ONE = np.array([1])
LITTLE = np.array([1000.0])
TEACHERS = ("pe", "certifie", "agrege", "plp", "peps", "cpe", "psyen")


def point(day):
    return float(point_value(axis_of(date.fromisoformat(day))))


def monthly(code, day, corps, variant=None):
    on = date.fromisoformat(day)
    row = find_allowance(code, variant, corps, on)
    return float(allowance_line(row, PaidMonth(on, ONE, ONE)).amount[0])


def test_the_isoe_follows_the_point_until_august_2023_only():
    before = monthly("ISOE_FIXE", "2022-06-01", "certifie")
    after = monthly("ISOE_FIXE", "2022-07-01", "certifie")
    assert after == pytest.approx(before * point("2022-07-01") / point("2022-06-01"), abs=0.01)
    last = monthly("ISOE_FIXE", "2023-08-01", "certifie")
    assert last == pytest.approx(after * point("2023-07-01") / point("2022-07-01"), abs=0.01)
    # depuis : 2 550 € par an, fixe
    assert monthly("ISOE_FIXE", "2023-09-01", "certifie") == 212.50
    assert monthly("ISOE_FIXE", "2026-11-01", "certifie") == 212.50


@pytest.mark.parametrize(
    ("code", "corps", "variant", "begin", "end"),
    [
        ("CPE_FORFAIT", "cpe", None, "2022-06-01", "2022-07-01"),
        ("ISSR", "pe", "20-29 km", "2022-06-01", "2023-07-01"),
        ("ISAE_FIXE", "pe", None, "2022-06-01", "2022-07-01"),
    ],
)
def test_some_primes_no_longer_follow_the_point(code, corps, variant, begin, end):
    assert point(begin) != point(end)
    assert monthly(code, begin, corps, variant) == monthly(code, end, corps, variant)


# service-public F32511, versions du 28/01/2020, du 08/07/2022, de 2023 et de 2024 : 44 et 14,67 €,
# puis 51,21 et 17,07 €, 53,31 et 17,77 €, 54,05 et 18,01 € (« en ignorant les millièmes d'euro »)
FLOORS = [
    ("2020-02-01", 44.00, 14.67), ("2022-07-01", 51.21, 17.07), ("2023-07-01", 53.31, 17.77),
    ("2024-01-01", 54.05, 18.01), ("2026-11-01", 54.05, 18.01),
]  # fmt: skip


def residence(pay, zone, on):
    return float(
        residence_indemnity(residence_base(pay, ONE * zone, on, ONE, ONE), ONE * zone, on)[0]
    )


@pytest.mark.parametrize(("day", "first", "second"), FLOORS)
def test_floor_of_the_residence_indemnity(day, first, second):
    on = date.fromisoformat(day)
    assert [residence(LITTLE, zone, on) for zone in (1, 2, 3)] == [first, second, 0.0]


def test_floor_of_the_residence_indemnity_in_the_years_before():
    # 299, 306, 312 puis 313 points à 55,5635 € (décret 85-1148, art. 9)
    found = [
        residence(LITTLE, 1, date.fromisoformat(day))
        for day in ("2011-06-01", "2012-03-01", "2012-09-01", "2013-06-01")
    ]
    assert found == [41.53, 42.51, 43.34, 43.48]


def test_the_nbi_is_counted_in_the_residence_indemnity_and_in_the_family_supplement(slip):
    # service-public F32511 : IM 427 et 10 points de NBI comptent comme 437 ;
    # service-public F32513 : IM 485 et 10 points, comme 495
    for code, index, more in (("IR", 427, {"zone": 1}), ("SFT", 485, {"children": 2})):
        with_nbi, alone = (
            slip("2024-06-01", index, nbi=10, **more),
            slip("2024-06-01", index + 10, **more),
        )
        mine, wanted = (
            next(line for line in found.lines if line.code == code) for found in (with_nbi, alone)
        )
        assert mine.amount.tolist() == pytest.approx(wanted.amount.tolist(), abs=0.011)
        assert mine.doubt_of(0) == ""


def test_the_line_of_the_residence_indemnity_shows_the_floor_that_was_counted(slip):
    # plancher : IM 366, 1 801,74 € ; à mi-temps, la moitié
    found = slip("2026-11-01", 300, num=1, den=2, zone=2)
    line = next(line for line in found.lines if line.code == "IR")
    assert (line.base.tolist(), line.amount.tolist()) == ([900.87], [9.0])


# service-public F32513 : naissance le 13 octobre, versement dès novembre ; vingt ans le 27 juin,
# dernier versement en mai
@pytest.mark.parametrize(
    ("birth", "month", "counted"),
    [
        ("2025-10-13", "2025-10-01", False), ("2025-10-13", "2025-11-01", True),
        ("2005-06-27", "2025-05-01", True), ("2005-06-27", "2025-06-01", False),
    ],
)  # fmt: skip
def test_months_in_which_a_child_opens_the_family_supplement(birth, month, counted):
    found = opens_supplement(np.array([birth], "datetime64[D]"), date.fromisoformat(month))
    assert found.tolist() == [counted]


# 2 enfants : 10,67 € + 3 % ; 3 enfants : 15,24 € + 8 % ; plus : 4,57 € + 6 % chacun ;
# bornes 449 et 717 points, puis 454 et 722 au 1er janvier 2024
SUPPLEMENTS = [
    ("2023-12-01", 76.98, 192.07, 116.56, 297.61),
    ("2024-01-01", 77.72, 194.04, 117.30, 299.58),
]


@pytest.mark.parametrize(("day", "two_low", "three_low", "two_high", "three_high"), SUPPLEMENTS)
def test_the_floor_of_the_supplement_is_another_one(day, two_low, three_low, two_high, three_high):
    on = date.fromisoformat(day)

    def supplement(pay, children):
        return float(family_supplement(np.array([pay]), ONE * children, on, ONE, ONE)[0])

    assert (supplement(1000.0, 2), supplement(1000.0, 3)) == (two_low, three_low)
    assert (supplement(9000.0, 2), supplement(9000.0, 3)) == (two_high, three_high)
    assert (supplement(1000.0, 0), supplement(9000.0, 1)) == (0.0, 2.29)
    more = supplement(9000.0, 5) - supplement(9000.0, 4)
    assert more == pytest.approx(supplement(9000.0, 4) - three_high, abs=0.02)


def test_forgetting_the_cap_of_the_rafp_costs_up_to_22_euros(pay):
    # énoncé de REM-MEN2309-REPPLUS : « avec plafond : environ 22 EUR de plus »
    repplus = {"primes_usuelles": True, "education_prioritaire": "REP+", "echelon": "2"}
    day = "2023-09-01"
    capped = pay(day, mode="annualise", **repplus).totaux.net_avant_impot
    free = pay(day, mode="annualise", rafp_plafonnee=False, **repplus).totaux.net_avant_impot
    assert capped - free == pytest.approx(22, abs=0.5)


@pytest.mark.parametrize(("echelon", "reached"), [("2", True), ("3", True), ("5", False)])
def test_the_cap_of_the_rafp_is_reached_in_the_first_echelons(pay, echelon, reached):
    given = {"mode": "annualise", "primes_usuelles": True, "echelon": echelon}
    capped = pay("2023-09-01", **given).totaux.net_avant_impot
    free = pay("2023-09-01", rafp_plafonnee=False, **given).totaux.net_avant_impot
    assert (capped > free) is reached


@pytest.mark.parametrize("corps", TEACHERS)
def test_no_prime_dattractivite_at_the_end_of_the_classe_normale_nor_after(corps):
    mine = np.flatnonzero(CELLS.corps == corps)
    paid = {
        (CELLS.grade[c], CELLS.echelon[c])
        for c in mine
        if attractivity(np.array([c]), date(2024, 1, 1))[0] > 0
    }
    assert paid == {("classe_normale", str(echelon)) for echelon in range(1, 10)}


# arrêtés du 12/03/2021, du 14/12/2021 et du 19/07/2023 (montants annuels)
ATTRACTIVITY = {
    "2021-05-01": [0, 1400, 1250, 900, 700, 500, 500, 0, 0, 0, 0],
    "2022-02-01": [0, 2200, 2050, 1500, 1100, 900, 900, 400, 400, 0, 0],
    "2023-09-01": [2130, 2980, 3370, 3180, 2880, 2500, 1500, 400, 400, 0, 0],
}


@pytest.mark.parametrize("day", ATTRACTIVITY)
def test_amounts_of_the_prime_dattractivite(day):
    cells = np.array([cell_code("plp", "classe_normale", e) for e in range(1, 12)])
    found = attractivity(cells, date.fromisoformat(day)).tolist()
    assert found == ATTRACTIVITY[day]
    assert all(before >= after for before, after in pairwise(found[2:]))


def test_one_rate_for_the_professeur_principal_of_lycee_since_2023():
    low, high = "3e,2nde,1re annee CAP,bac pro", "1re et terminale LEGT"
    before = [monthly("ISOE_MODULABLE", "2023-08-01", "certifie", v) for v in (low, high)]
    after = [monthly("ISOE_MODULABLE", "2023-09-01", "certifie", v) for v in (low, high)]
    assert before[0] > before[1]
    assert after[0] == after[1]


def test_an_hour_does_not_depend_on_the_echelon(pay, amounts):
    given = {"corps": "certifie", "hsa": 1, "hse": 2}
    low, high = (amounts(pay(echelon=e, **given)) for e in ("2", "11"))
    assert (low["HSA"], low["HSE"]) == (high["HSA"], high["HSE"])
    promoted = amounts(pay(grade="hors_classe", echelon="1", **given))
    assert promoted["HSA"] == pytest.approx(low["HSA"] * 1.1, abs=0.01)


def test_an_overtime_hour_is_worth_its_gross_less_csg_and_crds(pay):
    # regle_calcul_paie.md, 12 : brut × (1 − 0,0953025), RAFP et crédit se compensant
    given = {"corps": "certifie", "echelon": "9", "primes_usuelles": True}
    without, with_hours = pay(**given).totaux, pay(hse=3, **given).totaux
    gross = with_hours.brut - without.brut
    net = with_hours.net_avant_impot - without.net_avant_impot
    assert gross > 100
    assert net == pytest.approx(gross * (1 - 0.0953025), abs=0.03)


@pytest.mark.parametrize(("day", "euros"), [("2026-01-01", 21.29), ("2026-06-01", 65.28)])
def test_gap_between_the_minimum_and_the_salaire_minimum(slip, amounts, day, euros):
    # regle_calcul_paie.md, horizon des sources : écart à l'IM 366
    assert amounts(slip(day, 366))["IND_DIFFERENTIELLE"] == euros


def test_from_june_2026_the_salaire_minimum_reaches_the_index_379(slip, amounts):
    # 379 × 4,92278 = 1 865,73 € ; SMIC 1 867,02 €
    assert "IND_DIFFERENTIELLE" not in amounts(slip("2026-05-01", 379))
    assert amounts(slip("2026-06-01", 379))["IND_DIFFERENTIELLE"] == 1.29
    assert "IND_DIFFERENTIELLE" not in amounts(slip("2026-06-01", 395))


def test_an_unknown_salaire_minimum_is_said(slip):
    assert any("salaire minimum" in text for text in slip("2024-01-01", 366).unknown)
    assert not slip("2024-01-01", 395).unknown
