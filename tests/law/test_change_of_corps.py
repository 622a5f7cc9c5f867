"""Change of corps: theoretical seniority, coefficients, échelon in the new corps."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import LawError, PeriodNotCovered
from iprof_kit.base.explanation import explain
from iprof_kit.law.career.change_of_corps import (
    change_corps,
    changes_from,
    converted_seniority,
    theoretical_seniority,
)
from iprof_kit.law.career.service_credit import placed_by_seniority
from iprof_kit.law.tables.cells import CELLS, cell_code

CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "changement_corps.yml").read_text("utf-8")
)
DAY = axis_of(date(2024, 9, 1))
PLACED = [case for case in CASES if "de" in case]


def identifier(case):
    return case["id"]


@pytest.mark.parametrize("case", PLACED, ids=identifier)
def test_theoretical_seniority(case):
    cell = np.array([cell_code(case["corps"], *case["de"])])
    found = theoretical_seniority(
        cell,
        np.array([case["jours_echelon"]]),
        np.array([case.get("au_11e", 0)]),
        axis_of(case["le"]),
        biadmissible=case.get("biadmissible", False),
    )
    assert found.tolist() == [case["theorique"]]


@pytest.mark.parametrize("case", [c for c in CASES if "convertie" in c], ids=identifier)
def test_conversion_and_echelon(case):
    day = axis_of(case["le"])
    found = converted_seniority(
        np.array([case["theorique"]]),
        case["corps"],
        "agrege",
        day,
        biadmissible=case.get("biadmissible", False),
    )
    assert found.tolist() == [case["convertie"]]
    cell, kept = placed_by_seniority(found, "agrege", day)
    assert (CELLS.echelon[cell[0]], kept[0]) == (case["echelon"], case["jours"])


@pytest.mark.parametrize("case", [c for c in PLACED if "convertie" in c], ids=identifier)
def test_the_whole_change(case):
    cell = np.array([cell_code(case["corps"], *case["de"])])
    found = change_corps(
        cell,
        np.array([case["jours_echelon"]]),
        "agrege",
        axis_of(case["le"]),
        np.array([case.get("au_11e", 0)]),
        biadmissible=case.get("biadmissible", False),
    )
    assert CELLS.grade[found.cell[0]] == "classe_normale"
    assert CELLS.echelon[found.cell[0]] == case["echelon"]
    assert found.days_kept.tolist() == [case["jours"]]
    assert found.personal_index.tolist() == [-1]


def test_a_higher_index_is_kept_on_a_personal_basis():
    # R10 : HEA3 au 5e CE (977), 11e agrégé (835)
    cell = np.array([cell_code("certifie", "classe_exceptionnelle", "5", "HEA3")])
    found = change_corps(cell, np.array([0]), "agrege", DAY)
    assert found.personal_index.tolist() == [977]


@pytest.mark.parametrize(
    ("corps", "target"),
    [("pe", "agrege"), ("certifie", "pe"), ("agrege", "certifie"), ("instituteur", "pe")],
)
def test_a_change_that_no_rule_covers_is_refused_by_name(corps, target):
    with pytest.raises(LawError, match=rf"règle non couverte.*{corps}.*{target}.*R10"):
        changes_from(corps, target, date(2024, 9, 1))


def test_the_equivalences_of_the_classe_exceptionnelle_begin_in_2023():
    cell = np.array([cell_code("certifie", "classe_exceptionnelle", "1")])
    with pytest.raises(PeriodNotCovered):
        theoretical_seniority(cell, np.array([0]), np.array([0]), axis_of(date(2023, 8, 31)))


def test_a_position_outside_the_rule_is_refused():
    cell = np.array([cell_code("agrege", "classe_exceptionnelle", "1")])
    with pytest.raises(LawError, match=r"règle non couverte.*X1"):
        theoretical_seniority(cell, np.array([0]), np.array([0]), DAY)
    cell = np.array([cell_code("chaire_sup", "grade_unique", "1")])
    with pytest.raises(LawError, match="règle non couverte"):
        theoretical_seniority(cell, np.array([0]), np.array([0]), DAY)


def test_what_rests_on_one_source_is_marked():
    cell = np.array([cell_code("plp", "hors_classe", "3")])
    with explain() as trace:
        change_corps(cell, np.array([0]), "agrege", DAY)
    letters = {step.rule: step.confidence for step in trace.steps}
    assert letters["theoretical_seniority"] == "C"
    assert letters["converted_seniority"] == "B"


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=20))
def test_more_seniority_never_places_lower_and_one_row_equals_many(days):
    column = np.array(sorted(days))
    cells = np.full(len(column), cell_code("certifie", "classe_normale", "6"))
    found = change_corps(cells, column, "agrege", DAY)
    assert (np.diff(found.converted) >= 0).all()
    for row, each in enumerate(column):
        one = change_corps(cells[:1], np.array([each]), "agrege", DAY)
        assert (one.cell[0], one.days_kept[0]) == (found.cell[row], found.days_kept[row])
