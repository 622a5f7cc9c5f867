"""Entry into a corps: services by coefficient, then the échelon they give."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import BadTable, InputError, LawError, PeriodNotCovered
from iprof_kit.base.explanation import explain
from iprof_kit.law.career.service_credit import (
    COEFFICIENTS,
    credited_days,
    natures,
    placed_by_index,
    placed_by_seniority,
    third_concours_days,
)
from iprof_kit.law.tables.cells import CELLS

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "reprise.yml").read_text("utf-8"))
DAY = axis_of(date(2024, 9, 1))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_services_of_one_nature(case):
    asked = case["entree"]
    day = axis_of(asked["le"]) if "le" in asked else DAY
    found = credited_days(
        np.array([asked["jours"]]), asked["nature"], asked["corps"], day, asked.get("quotite", 100)
    )
    assert found.tolist() == [case["attendu"]]


def test_every_nature_has_a_case_or_is_classed_by_index():
    assert {case["entree"]["nature"] for case in CASES} | {"fonctionnaire_a"} == set(natures())


@pytest.mark.parametrize(
    ("years", "months", "echelon", "kept"),
    [
        # décret 90-680 art. 24 : 1 an au 1er et au 2e, 2 ans au 3e et au 4e, 2 ans 6 mois au 5e
        (0, 0, "1", 0),
        (0, 11, "1", 11),
        (1, 0, "2", 0),
        (2, 6, "3", 6),
        (4, 0, "4", 0),
        (8, 5, "5", 29),
        (8, 6, "6", 0),
        (26, 0, "11", 0),
        (40, 0, "11", 168),
    ],
)
def test_a_seniority_is_walked_in_the_classe_normale(years, months, echelon, kept):
    cell, days = placed_by_seniority(np.array([years * 360 + months * 30]), "pe", DAY)
    assert (CELLS.grade[cell[0]], CELLS.echelon[cell[0]]) == ("classe_normale", echelon)
    assert days.tolist() == [kept * 30]


def test_without_services_one_begins_at_the_first_echelon():
    # décret 51-1423 art. 2
    for corps in ("pe", "certifie", "agrege", "peps", "plp", "cpe", "psyen"):
        cell, days = placed_by_seniority(np.array([0]), corps, DAY)
        assert (CELLS.corps[cell[0]], CELLS.echelon[cell[0]], days[0]) == (corps, "1", 0)


@given(st.lists(st.integers(0, 20_000), min_size=1, max_size=30))
def test_more_seniority_never_places_lower_and_rows_do_not_depend_on_each_other(days):
    column = np.array(sorted(days))
    cells, kept = placed_by_seniority(column, "certifie", DAY)
    assert (np.diff(cells) >= 0).all()
    assert (kept >= 0).all()
    for row, total in enumerate(column):
        one, left = placed_by_seniority(np.array([total]), "certifie", DAY)
        assert (one[0], left[0]) == (cells[row], kept[row])


@given(st.lists(st.integers(0, 20_000), min_size=1, max_size=30), st.sampled_from(CASES))
def test_more_services_never_give_less(days, case):
    asked = case["entree"]
    found = credited_days(np.array(sorted(days)), asked["nature"], asked["corps"], DAY)
    assert (np.diff(found) >= 0).all()


@pytest.mark.parametrize(
    ("years", "given_years"), [(0, 0), (5, 1), (6, 2), (8, 2), (9, 3), (20, 3)]
)
def test_the_third_concours_gives_one_to_three_years_and_is_uncertain(years, given_years):
    with explain() as trace:
        found = third_concours_days(np.array([years * 360]), DAY)
    assert found.tolist() == [given_years * 360]
    assert trace.steps[0].confidence == "D"


@pytest.mark.parametrize(
    ("held", "echelon", "index"), [(450, "3", 453), (453, "3", 453), (454, "4", 466)]
)
def test_a_civil_servant_of_category_a_is_classed_by_index(held, echelon, index):
    # grille des certifiés 2024 : 3e 453, 4e 466 (coefficients_reprise.csv : égal ou supérieur)
    from iprof_kit.law.career.traitement import indice_majore

    cell = placed_by_index(np.array([held]), "certifie", DAY)
    assert CELLS.echelon[cell[0]] == echelon
    assert indice_majore(cell, DAY).tolist() == [index]


def test_an_index_above_the_grid_gives_the_last_echelon():
    assert CELLS.echelon[placed_by_index(np.array([2000]), "pe", DAY)[0]] == "11"


@pytest.mark.parametrize("nature", ["prive", "aed", "contractuel_enseignant", "ens_1_2"])
def test_before_2023_09_01_only_what_the_table_covers(nature):
    # décret 2023-729 : classements prenant effet à partir du 1er septembre 2023
    with pytest.raises(PeriodNotCovered, match="période non couverte"):
        credited_days(np.array([360]), nature, "certifie", axis_of(date(2023, 8, 31)))
    assert credited_days(np.array([360]), nature, "certifie", axis_of(date(2023, 9, 1)))[0] > 0


def test_an_unknown_nature_names_the_known_ones():
    with pytest.raises(InputError, match=r"nature.*contractuel_enseignant, aed"):
        credited_days(np.array([360]), "militaire", "pe", DAY)


@pytest.mark.parametrize("corps", ["instituteur", "chaire_sup"])
def test_a_corps_without_coefficient_is_not_covered(corps):
    with pytest.raises(LawError, match=f"règle non couverte.*{corps}"):
        credited_days(np.array([360]), "aed", corps, DAY)


@pytest.mark.parametrize("nature", ["prive", "ens_1_2", "etranger", "service_national"])
def test_part_time_that_the_table_does_not_treat_is_not_covered(nature):
    with pytest.raises(LawError, match=r"règle non couverte.*temps partiel"):
        credited_days(np.array([360]), nature, "certifie", DAY, 50)


def test_services_classed_by_index_have_no_duration():
    with pytest.raises(LawError, match="indice"):
        credited_days(np.array([360]), "fonctionnaire_a", "certifie", DAY)


def test_the_explanation_holds_the_coefficient_and_its_confidence():
    with explain() as trace:
        credited_days(np.array([360]), "aed", "certifie", DAY)
    values = [p.value for p in trace.steps[0].parameters]
    assert "100/135" in values
    assert trace.steps[0].confidence == "B"


def test_a_rule_that_cannot_be_read_is_a_bad_table(monkeypatch):
    other = COEFFICIENTS.read(None, "tous", "service national")
    monkeypatch.setattr(COEFFICIENTS, "read", lambda *_key: other)
    with pytest.raises(BadTable, match="illisible"):
        third_concours_days(np.array([360]), DAY)
