"""Contingents, baremes and viviers that somebody published, or that a text gives by hand."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import yaml

from iprof_kit.law.promotion.bareme import appreciation_codes, bareme_hors_classe
from iprof_kit.law.promotion.contingent import classe_exceptionnelle_places, promotion_contingent
from iprof_kit.law.promotion.rankings import reserved_places
from iprof_kit.law.promotion.ratios import promotion_ratio
from iprof_kit.law.promotion.viviers import viviers
from iprof_kit.law.tables.cells import cell_code

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "promotion.yml").read_text("utf-8"))
YEAR = 360
SECOND_DEGREE = ("certifie", "agrege", "peps", "plp", "cpe", "psyen")
SCALE = ("excellent", "tres_satisfaisant", "satisfaisant", "a_consolider")


def named(cases):
    return pytest.mark.parametrize("case", cases, ids=[case["id"] for case in cases])


def met(case):
    return case.get("ecart") is None


def points(corps, echelon, days, appreciation, year):
    cell = np.array([cell_code(corps, "classe_normale", echelon)])
    given = appreciation_codes([appreciation])
    return int(bareme_hors_classe(given, cell, np.array([days]), year)[0])


@named(CASES["contingents"])
def test_a_contingent(case):
    given = case["entree"]
    share = promotion_ratio(given["corps"], given["grade"], given["annee"]).share
    assert (promotion_contingent(given["promouvables"], share)[0] == case["attendu"]) is met(case)


@pytest.mark.parametrize(
    ("corps", "grade", "year", "promoted"),
    [
        (corps, case["grade"], year, promoted)
        for case in CASES["pour_mille"]
        for corps in case["corps"]
        for year, promoted in case["annees"].items()
    ],
)
def test_promotions_for_a_thousand(corps, grade, year, promoted):
    ratio = promotion_ratio(corps, grade, year)
    assert ratio.known
    assert promotion_contingent(1_000, ratio.share) == (promoted, 0)


@named(CASES["bareme_hors_classe"])
def test_a_bareme(case):
    given = case["entree"]
    days = given["annees"] * YEAR + given["mois"] * 30
    found = points(given["corps"], given["echelon"], days, given["appreciation"], given["annee"])
    assert found == case["attendu"]


@pytest.mark.parametrize("bar", CASES["barres_pe"])
@pytest.mark.parametrize("appreciation", SCALE)
def test_where_a_professeur_des_ecoles_reaches_a_bar(bar, appreciation):
    places = [(9, 2), (9, 3)] + [(10, n) for n in range(4)] + [(11, n) for n in range(6)]
    reached = [p for p in places if points("pe", p[0], p[1] * YEAR, appreciation, 2024) >= bar]
    assert reached[0] == tuple(CASES["barres_pe"][bar][appreciation])


def test_ten_points_a_year_and_twenty_on_reaching_the_11th():
    # sections.se-unsa.org/59 (2021)
    places = [(9, 2), (9, 3)] + [(10, n) for n in range(4)] + [(11, n) for n in range(6)]
    gained = [points("pe", e, n * YEAR, "excellent", 2021) for e, n in places]
    steps = [after - before for before, after in pairwise(gained)]
    assert steps == [10, 10, 10, 10, 10, 20, 10, 10, 10, 10, 10]


@pytest.mark.parametrize("corps", SECOND_DEGREE)
def test_the_bareme_of_the_second_degree_goes_from_0_to_160(corps):
    # LDG ministérielles, annexe 1, II.2.2: 10 a year, 20 more at the 11e's third year
    places = [(9, 2), (9, 3)] + [(10, n) for n in range(4)] + [(11, n) for n in range(10)]
    gained = [points(corps, e, n * YEAR, "excellent", 2018) - 145 for e, n in places]
    assert gained == [0, 10, 20, 30, 40, 50, 60, 70, 80, 100, 110, 120, 130, 140, 150, 160]


def test_sixty_points_part_the_best_from_the_last_professeur_des_ecoles():
    # sections.se-unsa.org/88: 120, 100, 80, 60
    gained = [points("pe", 10, 0, name, 2023) for name in SCALE]
    assert [gained[0] - other for other in gained] == [0, 20, 40, 60]


@pytest.mark.parametrize("corps", SECOND_DEGREE)
def test_fifty_points_part_the_best_from_the_last_appreciation(corps):
    # snalc-lyon.fr: 50 points; nantes3.snuep.fr: 145, 125, 105, 95
    gained = [points(corps, 9, 2 * YEAR, name, 2020) for name in SCALE]
    assert [gained[0] - other for other in gained] == [0, 20, 40, 50]


@named(CASES["viviers"])
def test_a_vivier(case):
    given = case["entree"]
    chevron = "HEA1" if given["echelon"] == 4 and given["corps"] == "agrege" else None
    cell = np.array([cell_code(given["corps"], "hors_classe", given["echelon"], chevron)])
    found = viviers(cell, np.array([0]), given["annee"], np.array([given["fonctions"]]))
    assert [bool(found.first[0]), bool(found.second[0])] == case["attendu"]
    assert bool(found.doubtful[0]) is case.get("douteux", False)


@pytest.mark.parametrize("corps", ["pe", "certifie", "peps", "plp", "cpe", "psyen"])
def test_the_viviers_were_the_same_for_every_corps_but_the_agreges(corps):
    # décret 2017-786: the 3e échelon and eight years of functions, or the last échelon, the 6e
    # until 2020; a 7e exists since 2021-01-01 and the sources disagree
    def pools(echelon, year, functions):
        cell = np.array([cell_code(corps, "hors_classe", echelon)])
        found = viviers(cell, np.array([0]), year, np.array([functions]))
        return bool(found.first[0]), bool(found.second[0]), bool(found.doubtful[0])

    for year in (2017, 2020):
        assert pools(2, year, 30) == (False, False, False)
        assert pools(3, year, 8) == (True, False, False)
        assert pools(5, year, 0) == (False, False, False)
        assert pools(6, year, 0) == (False, True, False)
    assert pools(5, 2021, 0) == (False, False, False)
    assert pools(6, 2021, 0) == (False, True, True)
    assert pools(7, 2023, 0) == (False, True, False)


@pytest.mark.parametrize(
    ("corps", "yearly"),
    [
        # 25.snuipp.fr: 1.43 % a year for professeurs des écoles
        ("pe", [143] * 6),
        # nice.snes.edu: 2.5 % a year until 2019, then 0.62
        ("certifie", [250] * 3 + [62] * 3),
        ("agrege", [250] * 3 + [62] * 3),
    ],
)
def test_the_classe_exceptionnelle_filled_year_after_year(corps, yearly):
    filled = 0
    for year, places in enumerate(yearly, start=2017):
        assert classe_exceptionnelle_places(corps, year, 10_000, filled).total == places
        filled += places


@named(CASES["reserves"])
def test_a_reserve(case):
    given = case["entree"]
    assert reserved_places(given["contingent"], given["part"]) == case["attendu"]


@named(CASES["places_classe_exceptionnelle"])
def test_places_of_the_classe_exceptionnelle(case):
    given = case["entree"]
    found = classe_exceptionnelle_places(
        given["corps"], given["annee"], given["corps_total"], given["dans_le_grade"]
    )
    assert ([found.total, found.vivier1, found.vivier2] == case["attendu"]) is met(case)
    assert found.confidence == ("B" if given["annee"] == 2023 else "C")
