"""Primes: which amount, in which month, for whom."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from emptied import rewritten

from iprof_kit.base.errors import InputError, PeriodNotCovered
from iprof_kit.law.payroll.allowances import (
    allowance_codes,
    band_of,
    direction_coefficient,
    find_allowance,
    usual_codes,
    variants,
)
from iprof_kit.law.payroll.gains import PaidMonth, allowance_line, yearly_line
from iprof_kit.law.payroll.overtime import scale_of

ONE = np.array([1])
DAY = date(2024, 1, 1)


def due(code, corps, variant=None, **more):
    """Amounts due in each month of 2024, by month."""
    found = {}
    for month in range(1, 13):
        on = date(2024, month, 1)
        row = find_allowance(code, variant, corps, on)
        line = allowance_line(row, PaidMonth(on, ONE, ONE), **more)
        if line is not None:
            found[month] = float(line.amount[0])
    return found


def test_the_pacte_is_paid_by_ninths_from_october_to_june():
    # 1 250 € / 9 = 138,89 € par mission
    months = due("PACTE", "pe", count=2)
    assert sorted(months) == [1, 2, 3, 4, 5, 6, 10, 11, 12]
    assert set(months.values()) == {277.78}


def test_due_dates():
    assert due("PRIME_INFORMATIQUE", "pe") == {1: 176.0}
    assert due("PRIME_ENTREE_METIER", "pe") == {2: 750.0, 11: 750.0}
    assert due("REP_PLUS_MODULABLE", "pe", "haut") == {}
    assert due("REP_PLUS_MODULABLE", "pe", "haut", month=7) == {7: 702.0}
    assert due("REP_PLUS_MODULABLE", "pe", "moyen", month=7) == {7: 421.0}
    assert due("REP_PLUS_MODULABLE", "pe", "bas", month=7) == {7: 234.0}
    assert len(due("REP", "pe")) == 12


@pytest.mark.parametrize(
    ("code", "corps", "euros"),
    [("TUTORAT_STAGIAIRE", "pe", 1250), ("TUTORAT_MEEF_M2", "certifie", 300),
     ("TUTORAT_SOPA", "pe", 150), ("TUTORAT_CONTRACTUEL", "plp", 800)],
)  # fmt: skip
def test_tutoring_is_paid_once_for_each_person_tutored(code, corps, euros):
    assert due(code, corps, count=2, month=6) == {6: 2 * euros}


@pytest.mark.parametrize("share", ["0.25", "0.5", "1", "2", "3"])
def test_a_mission_is_a_share_of_1250_euros(share):
    assert due("IMP", "agrege", share, month=6) == {6: 1250 * float(share)}


def test_a_prime_paid_in_full_whatever_the_quotite():
    row = find_allowance("ISOE_MODULABLE", "6e,5e,4e", "certifie", DAY)
    whole = allowance_line(row, PaidMonth(DAY, ONE, ONE)).amount
    assert allowance_line(row, PaidMonth(DAY, ONE, ONE * 2)).amount.tolist() == whole.tolist()
    row = find_allowance("ISAE_FIXE", None, "pe", DAY)
    assert allowance_line(row, PaidMonth(DAY, ONE, ONE * 2)).amount.tolist() == [106.25]


# arrêtés de 2016 à 2021 : 2 312, 3 479, 4 646 puis 5 114 € par an
@pytest.mark.parametrize(
    ("day", "month"),
    [
        ("2018-06-01", 192.67),
        ("2018-10-01", 289.92),
        ("2020-01-01", 387.17),
        ("2024-01-01", 426.17),
    ],
)
def test_rep_plus(day, month):
    on = date.fromisoformat(day)
    row = find_allowance("REP_PLUS_FIXE", None, "certifie", on)
    assert allowance_line(row, PaidMonth(on, ONE, ONE)).amount.tolist() == [month]


# par jour effectif (arrêté du 27/08/2022)
@pytest.mark.parametrize(
    ("distance", "before", "after"),
    [("<10 km", 15.38, 15.94), ("10-19 km", 20.02, 21.04), ("20-29 km", 24.66, 26.16),
     ("30-39 km", 28.97, 30.87), ("40-49 km", 34.40, 36.86), ("50-59 km", 39.98, 42.89),
     ("60-80 km", 45.66, 49.24), ("par tranche de 20 km en plus", 6.81, 7.34)],
)  # fmt: skip
def test_replacement_by_day(distance, before, after):
    for day, unit in ((date(2021, 12, 1), before), (date(2022, 1, 1), after)):
        row = find_allowance("ISSR", distance, "pe", day)
        line = allowance_line(row, PaidMonth(day, ONE, ONE * 2), count=10)
        assert line.amount.tolist() == [pytest.approx(10 * unit)]
        assert line.family == "frais"


@pytest.mark.parametrize(
    ("classes", "iss", "bi"),
    [(1, "1-3", "1"), (2, "1-3", "2-4"), (4, "4-9", "2-4"), (5, "4-9", "5-9"), (9, "4-9", "5-9"),
     (10, "10+", "10+"), (25, "10+", "10+")],
)  # fmt: skip
def test_bands_of_school_heads(classes, iss, bi):
    assert band_of("DIR_ISS_VARIABLE", classes, DAY) == iss
    assert band_of("DIR_BI", classes, DAY) == bi
    with pytest.raises(InputError, match="impossible"):
        band_of("DIR_BI", 0, DAY)


def test_coefficient_of_school_heads():
    # cumul avec l'intérim : 1,8 et 2,25 (primes.csv, DIR_ISS_FIXE)
    found = [direction_coefficient(p, DAY, interim=True) for p in ("aucune", "REP", "REP+")]
    assert found == pytest.approx([1.5, 1.8, 2.25])


def test_errors_list_what_is_possible():
    with pytest.raises(InputError, match=r"ISAE_FIXE.*PACTE"):
        find_allowance("PRIME_INCONNUE", None, "pe", DAY)
    with pytest.raises(InputError, match=r"Précisions possibles.*6e,5e,4e"):
        find_allowance("ISOE_MODULABLE", None, "certifie", DAY)
    with pytest.raises(InputError, match=r"Corps concernés.*certifie"):
        find_allowance("ISOE_FIXE", None, "pe", DAY)
    with pytest.raises(PeriodNotCovered):
        find_allowance("PACTE", None, "pe", date(2022, 1, 1))
    with pytest.raises(InputError, match="certifie, plp, peps, agrege"):
        scale_of("cpe", "classe_normale", DAY, hours=None, eps=False)
    with pytest.raises(InputError, match="18, 21"):
        scale_of("certifie", "classe_normale", DAY, hours=15, eps=False)


def test_every_code_has_an_amount_on_some_day():
    day = date(2024, 1, 1)
    dated = [code for code in allowance_codes() if variants(code, day)]
    gone = {"IND_STAGIAIRE", "CPGE_IFP"}
    assert set(allowance_codes()) - set(dated) == gone


def test_usual_primes_of_each_corps():
    assert usual_codes("pe", DAY) == ("ISAE_FIXE", "PRIME_ATTRACTIVITE", "PRIME_INFORMATIQUE")
    assert usual_codes("certifie", DAY) == (
        "ISOE_FIXE",
        "PRIME_ATTRACTIVITE",
        "PRIME_INFORMATIQUE",
    )
    assert usual_codes("cpe", DAY) == ("CPE_FORFAIT", "PRIME_ATTRACTIVITE")


def test_a_prime_that_a_corps_no_longer_receives_is_no_longer_usual(monkeypatch):
    def closed(frame):
        last = frame["valide_au"].mask(frame["code"] == "ISAE_FIXE", pd.Timestamp(2023, 12, 31))
        return frame.assign(valide_au=last)

    with rewritten("primes_usuelles", closed, monkeypatch):
        assert "ISAE_FIXE" in usual_codes("pe", date(2023, 12, 1))
        assert "ISAE_FIXE" not in usual_codes("pe", DAY)


def test_a_month_of_a_smoothed_year_is_a_twelfth():
    line = yearly_line(
        "PRIME_INFORMATIQUE",
        "",
        np.array([176.0]),
        (),
        PaidMonth(DAY, ONE, ONE, smoothed=True),
        periodicity="annuel_janvier",
        follows=False,
    )
    assert line.amount.tolist() == [14.67]


def test_hours_of_segpa():
    # (395 + 678) / 2 × 59,0734 × 9/13 / 21
    scale = scale_of("pe", "classe_normale", DAY, hours=21, eps=False)
    assert (scale.first, scale.last, scale.hours) == (395, 678, 21)
    with pytest.raises(InputError, match="21"):
        scale_of("pe", "classe_normale", DAY, hours=None, eps=False)
