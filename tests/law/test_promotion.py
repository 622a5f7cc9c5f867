"""Who may be promoted to the next grade, seen on 31 August, and who decides."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml

from iprof_kit.base.calendar import axis_of, rentree
from iprof_kit.base.errors import InputError, LawError, PeriodNotCovered
from iprof_kit.base.explanation import explain
from iprof_kit.law.promotion.conditions import (
    campaign_day,
    classe_exceptionnelle_open,
    condition_text,
    decider_text,
    hors_classe_open,
    next_grade,
    references,
    required_days,
)
from iprof_kit.law.tables.cells import CELLS, cell_code
from iprof_kit.law.tables.loading import load_reference

MOCKUP = yaml.safe_load((Path(__file__).parent / "cases" / "maquettes.yml").read_text("utf-8"))
YEAR = 360


@pytest.mark.parametrize("case", MOCKUP["hors_classe"]["cas"], ids=lambda case: case["campagne"])
def test_jean_dupont_waits_for_two_years_in_the_9th_echelon(one, case):
    since = axis_of(MOCKUP["hors_classe"]["neuvieme_echelon"])
    days = np.array([rentree(case["campagne"]) - since])
    open_ = hors_classe_open(one("pe", "classe_normale", 9), days, case["campagne"])
    assert open_.tolist() == [case["ouverte"]]


@pytest.mark.parametrize(
    ("echelon", "days", "expected"),
    [(8, 9 * YEAR, False), (9, 2 * YEAR - 1, False), (9, 2 * YEAR, True), (10, 0, True)],
)
def test_hors_classe_needs_two_years_in_the_9th_echelon(one, echelon, days, expected):
    cell = one("certifie", "classe_normale", echelon)
    assert hors_classe_open(cell, np.array([days]), 2025).tolist() == [expected]


def test_31_august_is_inclusive(one):
    cell = one("pe", "classe_normale", 9)
    for reached, expected in ((date(2023, 9, 1), True), (date(2023, 9, 2), False)):
        days = np.array([rentree(2025) - axis_of(reached)])
        assert hors_classe_open(cell, days, 2025).tolist() == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("pe", "hors_classe", 4), False),
        (("pe", "hors_classe", 5), True),
        (("agrege", "hors_classe", 3), False),
        (("agrege", "hors_classe", 4, "HEA1"), True),
        (("pe", "classe_normale", 11), False),
        (("chaire_sup", "grade_unique", 5), False),
    ],
)
def test_classe_exceptionnelle_needs_an_echelon_since_2024(one, words, expected):
    assert classe_exceptionnelle_open(one(*words), np.array([0]), 2024).tolist() == [expected]


def test_the_viviers_before_2024_need_the_years_of_functions(one):
    with pytest.raises(LawError, match=r"annees_fonctions.*2023.*viviers"):
        classe_exceptionnelle_open(one("pe", "hors_classe", 6), np.array([0]), 2023)


def test_a_campaign_before_the_tables_is_not_covered(one):
    with pytest.raises(PeriodNotCovered, match="2017"):
        hors_classe_open(one("pe", "classe_normale", 11), np.array([0]), 2017)


def test_nobody_is_open_in_a_corps_without_grades():
    needed = required_days("hors_classe", 2026)
    for cell in range(CELLS.count):
        if CELLS.corps[cell] in ("instituteur", "chaire_sup"):
            assert needed[cell] == -1


def test_next_grade():
    cells = np.array([cell_code("pe", "classe_normale", 7), cell_code("pe", "hors_classe", 7)])
    assert next_grade(cells).tolist() == ["hors_classe", "classe_exceptionnelle"]
    last = np.array([cell_code("instituteur", "grade_unique", 7)])
    assert next_grade(last).tolist() == [""]


def test_the_one_who_decides_is_named_for_every_corps():
    assert decider_text("pe") == "recteur de l’académie, tableau arrêté par département"
    for corps in load_reference("corps")["corps"]:
        assert decider_text(corps)
    with pytest.raises(InputError, match="Corps connus"):
        decider_text("prof")


def test_agreges_were_promoted_by_the_minister_until_2024_09_01():
    assert "ministre" in decider_text("agrege", date(2024, 9, 1)).split("(")[0]
    assert decider_text("agrege", date(2024, 9, 2)).startswith("recteur")


def test_conditions_are_told_in_french():
    text = "il faut 2 ans au 9e échelon de la classe normale au 31 août 2033"
    assert condition_text("pe", "hors_classe", 2033) == text
    text = "il faut au moins le 4e échelon de la hors classe au 31 août 2026"
    assert condition_text("agrege", "classe_exceptionnelle", 2026) == text


def test_references_carry_their_confidence():
    condition, decider = references("certifie", "classe_exceptionnelle", 2026)
    assert "2023-720" in condition.text
    assert (condition.confidence, decider.confidence) == ("B", "B")


def test_an_access_that_does_not_exist_is_not_covered():
    with pytest.raises(LawError, match="règle non couverte"):
        condition_text("pe", "grade_unique", 2026)
    with pytest.raises(LawError, match="règle non couverte"):
        condition_text("instituteur", "hors_classe", 2026)


def test_promotions_take_effect_on_1_september():
    assert campaign_day(2033) == axis_of(date(2033, 9, 1))


def test_the_explanation_shows_the_condition(one):
    with explain() as trace:
        hors_classe_open(one("pe", "classe_normale", 9), np.array([540]), 2032)
    (step,) = trace.steps
    assert step.result.tolist() == [False]
    assert "2 ans au 9e échelon" in step.parameters[0].value
    assert step.parameters[0].confidence == "A"
