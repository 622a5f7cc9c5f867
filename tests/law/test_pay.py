"""The index, the point, the fraction paid, and the gross pay to the cent."""

import csv
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import yaml

from iprof_kit.base.errors import InputError, LawError, PeriodNotCovered
from iprof_kit.base.explanation import explain
from iprof_kit.base.paths import REFERENCE
from iprof_kit.law.career.traitement import (
    brut_confidence,
    fraction_confidence,
    gross_monthly,
    index_confidence,
    indice_brut,
    indice_majore,
    intermediate_fraction,
    paid_fraction,
    part_time_fraction,
    point_value,
    possible_quotites,
)

MOCKUP = yaml.safe_load((Path(__file__).parent / "cases" / "maquettes.yml").read_text("utf-8"))
PAY = MOCKUP["traitement_80"]
EIGHTY = part_time_fraction(80, "sur_autorisation")


@pytest.mark.parametrize("case", PAY["cas"], ids=lambda case: f"{case['grade']}-{case['echelon']}")
def test_gross_pay_at_80_percent(one, on, case):
    day = on(PAY["jour"])
    index = indice_majore(one("pe", case["grade"], case["echelon"]), day)
    assert index.tolist() == [case["indice"]]
    assert gross_monthly(index, point_value(day), *EIGHTY).tolist() == [case["brut"]]


def test_full_time_pay(on):
    # maquette perspectives-promotions : 629 × 59,0734 € ÷ 12 = 3 096,43 €
    assert gross_monthly([629], point_value(on(PAY["jour"]))).tolist() == [3096.43]


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("2016-06-30", 55.5635),
        ("2022-07-01", 58.2004),
        ("2023-06-30", 58.2004),
        ("2023-07-01", 59.0734),
    ],
)
def test_value_of_the_point(on, day, value):
    # point_indice.csv
    assert point_value(on(day)) == value


def test_the_point_is_read_for_a_column_of_days(on):
    days = np.array([on("2022-06-30"), on("2024-01-01")])
    assert point_value(days).tolist() == [56.2323, 59.0734]


def test_the_point_before_the_table_is_not_covered(on):
    with pytest.raises(PeriodNotCovered, match="1er octobre 2009"):
        point_value(on("2009-09-30"))


@pytest.mark.parametrize(
    ("words", "day", "majore", "brut"),
    [
        # grilles.csv
        (("pe", "classe_normale", 9), "2018-12-31", 578, -1),
        (("pe", "hors_classe", 7), "2021-01-01", 821, 1015),
        (("pe", "classe_exceptionnelle", "special", "HEA2"), "2023-08-05", 925, -1),
        (("pe", "classe_exceptionnelle", 5, "HEA2"), "2024-01-01", 930, -1),
        (("agrege", "classe_exceptionnelle", 3, "HEB1"), "2024-01-01", 977, -1),
    ],
)
def test_index_of_a_position(one, on, words, day, majore, brut):
    cell = one(*words)
    assert indice_majore(cell, on(day)).tolist() == [majore]
    assert indice_brut(cell, on(day)).tolist() == [brut]


@pytest.mark.parametrize(
    ("words", "day", "place"),
    [
        (("pe", "hors_classe", 7), "2018-01-01", "professeur des écoles hors classe, 7e échelon"),
        (("instituteur", "grade_unique", 1), "2024-01-01", "instituteur, 1er échelon"),
        (
            ("chaire_sup", "grade_unique", 1),
            "2019-12-31",
            "professeur de chaire supérieure, 1er échelon",
        ),
    ],
)
def test_an_index_that_the_grid_does_not_have_is_refused(one, on, words, day, place):
    with pytest.raises(LawError, match=place):
        indice_majore(one(*words), on(day))


def test_confidence_of_indices(one, on):
    cell, day = one("pe", "hors_classe", 2), on("2024-01-01")
    assert index_confidence(cell, day).tolist() == ["B"]
    assert brut_confidence(cell, day).tolist() == ["D"]


@pytest.mark.parametrize(
    ("quotite", "fraction"),
    # CGFP L612-5
    [(100, (1, 1)), (90, (32, 35)), (80, (6, 7)), (70, (7, 10)), (60, (3, 5)), (50, (1, 2))],
)
def test_fraction_paid(quotite, fraction):
    assert part_time_fraction(quotite, "sur_autorisation") == fraction


def test_90_percent_is_not_open_de_droit():
    assert possible_quotites("sur_autorisation") == (100, 90, 80, 70, 60, 50)
    assert possible_quotites("de_droit") == (100, 80, 70, 60, 50)
    with pytest.raises(InputError, match="50\u00a0%, 60\u00a0%, 70\u00a0%, 80\u00a0%, 100\u00a0%"):
        part_time_fraction(90, "de_droit")


@pytest.mark.parametrize("quotite", [0, -80, 101, 75])
def test_an_impossible_quotite_lists_the_possible_ones(quotite):
    with pytest.raises(InputError, match="Quotités possibles"):
        part_time_fraction(quotite, "sur_autorisation")


def test_an_unknown_kind_of_part_time_lists_the_known_ones():
    with pytest.raises(InputError, match="sur_autorisation, de_droit"):
        possible_quotites("thérapeutique")


def test_the_explanation_shows_the_point_and_its_decree(on):
    with explain() as trace:
        point_value(on("2024-01-01"))
    (parameter,) = trace.steps[0].parameters
    assert parameter.value == 59.0734
    assert "2023-519" in parameter.source
    assert not parameter.carried_forward


def test_a_day_to_come_has_the_last_known_point_and_says_so(on):
    with (REFERENCE / "point_indice.csv").open(encoding="utf-8", newline="") as file:
        *_, last = csv.DictReader(file)
    with explain() as trace:
        point_value(on("2060-01-01"))
    (parameter,) = trace.steps[0].parameters
    assert parameter.value == float(last["valeur_annuelle_point"])
    assert parameter.source == last["source"]
    assert parameter.carried_forward


def test_the_formula_of_intermediate_quotites_meets_the_law_at_its_bounds():
    # loi 84-16, art. 40 : 80 % → 6/7, 90 % → 32/35 ; 85 % → 85 × 4/7 + 40 = 88,571 %
    kind = "sur_autorisation"
    found = [Fraction(*intermediate_fraction(q, kind)) for q in (80, 85, 90)]
    assert found == [Fraction(6, 7), Fraction(31, 35), Fraction(32, 35)]


def test_below_80_percent_a_quotite_is_paid_as_it_is():
    paid = [Fraction(*paid_fraction(q, "sur_autorisation")) for q in (50, 55.56, 75, 77.78, 79.99)]
    assert paid == [Fraction(n, 10_000) for n in (5000, 5556, 7500, 7778, 7999)]


@pytest.mark.parametrize(
    ("quotite", "kind"),
    [(49, "sur_autorisation"), (90.01, "sur_autorisation"), (75, "de_droit"), (95, "de_droit")],
)
def test_a_quotite_outside_the_open_span_is_refused(quotite, kind):
    with pytest.raises(InputError, match="Quotités possibles"):
        paid_fraction(quotite, kind)


def test_half_days_of_the_first_degree_are_paid_alike():
    # SE-UNSA, temps partiel dans le premier degré : 75 % et 62,5 % payés à l'identique
    for kind in ("sur_autorisation", "de_droit"):
        found = [Fraction(*paid_fraction(share, kind, "pe")) for share in (75, 62.5)]
        assert found == [Fraction(3, 4), Fraction(5, 8)]
    with pytest.raises(InputError):
        paid_fraction(75, "de_droit", "certifie")
    letters = [fraction_confidence(share, "de_droit", "pe") for share in (80, 75, 62.5)]
    assert letters == ["A", "B", "C"]
