"""Leaves of health: days of a rolling year against a naive count, months of long leaves by hand."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iprof_kit.base.errors import InputError, PeriodNotCovered
from iprof_kit.law.payroll.health_leave import (
    HALF,
    SPENT,
    WHOLE,
    WORKS,
    LeaveDays,
    days_counted,
    kept_shares,
    ordinary_stand,
    stage_extended,
)
from iprof_kit.law.payroll.sick_leave import Absence

ON = date(2026, 9, 1)
WINDOW = 360


@pytest.mark.parametrize(
    ("leave", "month", "on", "kept"),
    [
        # CGFP, L. 822-8 ; décret 2010-997, art. 2-1 (conges_maladie.csv, A)
        ("CLM", 1, "2026-09-01", (100, 33)),
        ("CLM", 12, "2026-09-01", (100, 33)),
        # décret 2024-641 du 27 juin 2024 : 60 % depuis le 1er septembre 2024 (B)
        ("CLM", 13, "2026-09-01", (60, 60)),
        ("CLM", 36, "2026-09-01", (60, 60)),
        # avant : la moitié, primes suspendues (loi 84-16, art. 34, A)
        ("CLM", 13, "2024-08-01", (50, 0)),
        # CGFP, L. 822-15 ; décret 2010-997, art. 2, II
        ("CLD", 36, "2026-09-01", (100, 0)),
        ("CLD", 37, "2026-09-01", (50, 0)),
        ("CLD", 60, "2026-09-01", (50, 0)),
    ],
)
def test_what_a_month_of_a_long_leave_keeps(leave, month, on, kept):
    assert kept_shares(leave, month, date.fromisoformat(on)) == kept


@pytest.mark.parametrize(("leave", "month"), [("CLM", 37), ("CLD", 61)])
def test_no_month_is_paid_past_the_last(leave, month):
    with pytest.raises(PeriodNotCovered):
        kept_shares(leave, month, ON)


def test_the_primes_of_an_accident_are_not_invented():
    # conges_maladie.csv dit le plein traitement, rien des primes
    with pytest.raises(PeriodNotCovered):
        kept_shares("CITIS", 1, ON)


def test_a_leave_that_no_table_has_is_refused():
    with pytest.raises(InputError, match="CLX"):
        LeaveDays("CLX", 1, 30)


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.integers(1, 30))
def test_the_days_of_a_rolling_year_are_those_of_a_naive_count(pieces, length):
    sick = np.repeat(np.array(pieces), length)
    counted = days_counted(sick[None, :], ON)[0]
    for day in range(0, len(sick), 7):
        assert counted[day] == sum(sick[max(0, day - WINDOW + 1) : day + 1])


def test_three_months_at_the_first_rate_then_nine_at_half_then_nothing():
    # CGFP, L. 822-3 : trois mois puis neuf ; 90 puis 270 jours comptables (Créteil, glossaire)
    sick = np.ones((1, 400), bool)
    stand = ordinary_stand(sick, days_counted(sick, ON), ON)[0]
    counts = [int((stand == kind).sum()) for kind in (WHOLE, HALF, SPENT, WORKS)]
    assert counts == [90, 270, 40, 0]


def test_twelve_days_of_march_bring_half_pay_twelve_days_sooner():
    sick = np.zeros((2, 300), bool)
    sick[:, 200:] = True
    sick[1, 20:32] = True  # moins d'un an avant
    halves = [np.flatnonzero(row == HALF)[0] for row in
              ordinary_stand(sick, days_counted(sick, ON), ON)]  # fmt: skip
    assert halves == [200 + 90, 200 + 78]


def test_a_day_older_than_a_year_counts_no_more():
    sick = np.zeros((1, 400), bool)
    sick[0, 0] = sick[0, 360] = True
    assert days_counted(sick, ON)[0, [359, 360]].tolist() == [1, 1]


@pytest.mark.parametrize(("taken", "put_off"), [(30, 0), (36, 0), (42, 6), (90, 54)])
def test_a_stage_is_put_off_past_its_tenth(taken, put_off):
    # service-public.fr F1895 : 36 jours pour un stage d'un an
    assert stage_extended(np.array([taken]), ON).tolist() == [put_off]


@pytest.mark.parametrize(
    ("month", "taken"),
    [
        # 2 579,54 € (524 points) entiers ; 337,50 € de primes (ISOE 212,50 et attractivité 125)
        # à 33 % : 67 % de 212,50 = 142,375 et de 125 = 83,75
        (1, 142.38 + 83.75),
        # 40 % de 2 579,54 = 1 031,816, de 212,50 = 85 et de 125 = 50
        (13, 1031.82 + 85 + 50),
    ],
)
def test_a_month_of_a_long_sickness_by_hand(pay, amounts, month, taken):
    given_month = {"conges": [{"conge": "CLM", "mois": month, "jours": 30}]}
    lines = amounts(_certified(pay, absence=given_month))
    assert lines["ABS_CLM"] == pytest.approx(taken, abs=0.005)


def test_a_month_cut_by_two_tiers_is_one_line(pay):
    parts = [{"conge": "CLM", "mois": 12, "jours": 10}, {"conge": "CLM", "mois": 13, "jours": 20}]
    found = _certified(pay, absence={"conges": parts})
    lines = [line for line in found.lignes if line.code == "ABS_CLM"]
    # un tiers du mois à 67 % des primes, deux tiers à 40 % de tout
    taken = 47.46 + 27.92 + 687.88 + 56.67 + 33.33
    assert [line.montant for line in lines] == [pytest.approx(taken, abs=0.02)]


def test_residence_and_family_supplement_stay_whole(pay, amounts):
    given_month = {"conges": [{"conge": "CLM", "mois": 13, "jours": 30}]}
    whole, cut = (
        amounts(_certified(pay, zone=1, enfants=2, absence=one)) for one in (None, given_month)
    )
    assert (cut["IR"], cut["SFT"]) == (whole["IR"], whole["SFT"])
    assert cut["IR"] > 0 < cut["SFT"]
    without = amounts(_certified(pay, absence=given_month))
    assert cut["ABS_CLM"] == without["ABS_CLM"]


def test_an_ordinary_leave_that_became_long_gives_its_traitement_back_and_keeps_its_primes(
    pay, amounts
):
    # la moitié des primes seule (106,25 et 62,50) : le traitement est complété (décret 86-442, 35)
    absence = {"cmo_neuf_mois_suivants": 30, "traitement_complete": True}
    assert amounts(_certified(pay, absence=absence))["ABS_CMO"] == pytest.approx(168.75)


def test_a_waiting_day_of_a_leave_that_became_long_takes_the_primes_alone(pay, amounts):
    absence = {"cmo_trois_premiers_mois": 29, "carence": 1, "traitement_complete": True}
    # un trentième de 212,50 et de 125
    found = amounts(_certified(pay, absence=absence))["ABS_CARENCE"]
    assert found == pytest.approx(7.08 + 4.17)


def test_days_of_every_leave_fit_in_a_month():
    with pytest.raises(InputError):
        Absence(first_months=10, leaves=(LeaveDays("CLM", 1, 21),))


def _certified(pay, **more):
    return pay(
        "2026-11-01", mode="annualise", corps="certifie", grade="classe_normale", echelon="7",
        primes=["ISOE_FIXE", "PRIME_ATTRACTIVITE"], **{"zone": 3, **more},
    )  # fmt: skip
