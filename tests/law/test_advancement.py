"""Durations, shortened or not, and the position that follows."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import LawError, PeriodNotCovered
from iprof_kit.base.explanation import explain
from iprof_kit.base.words import place_in_full
from iprof_kit.law.career.advancement import (
    cells_at,
    duration_confidence,
    echelon_duration,
    next_cell,
    shortened_duration,
)
from iprof_kit.law.tables.cells import CELLS, cell_code
from iprof_kit.law.tables.loading import change_days

MONTH = 30


def months(one, on, words, day):
    return echelon_duration(one(*words), on(day))[0] / MONTH


@pytest.mark.parametrize(
    ("words", "day", "expected"),
    [
        # décret 90-680 art. 24 (durees_echelon.csv)
        (("pe", "classe_normale", 7), "2024-09-01", 36),
        (("pe", "classe_normale", 11), "2024-09-01", 0),
        (("pe", "hors_classe", 6), "2020-12-31", 0),
        (("pe", "hors_classe", 6), "2021-01-01", 36),
        (("pe", "classe_exceptionnelle", 4), "2023-08-05", 0),
        (("pe", "classe_exceptionnelle", 4), "2023-08-06", 36),
        # décret 85-1148 art. 6
        (("pe", "classe_exceptionnelle", "special", "HEA1"), "2023-08-05", 12),
        (("pe", "classe_exceptionnelle", 5, "HEA1"), "2023-08-06", 12),
        (("agrege", "hors_classe", 4, "HEA3"), "2024-09-01", 0),
        (("agrege", "classe_exceptionnelle", 2, "HEA3"), "2024-09-01", 12),
        # décret 2023-720 : le 6e échelon dure 42 mois, dont 12 + 12 en HEA1 et HEA2
        (("chaire_sup", "grade_unique", 5), "2023-08-05", 54),
        (("chaire_sup", "grade_unique", 5), "2023-08-06", 42),
        (("chaire_sup", "grade_unique", 6, "HEA2"), "2024-09-01", 12),
        (("chaire_sup", "grade_unique", 6, "HEA3"), "2024-09-01", 18),
        (("chaire_sup", "grade_unique", 6, "HEA3"), "2023-08-05", 0),
    ],
)
def test_duration_of_an_echelon(one, on, words, day, expected):
    assert months(one, on, words, day) == expected


def test_only_the_6th_and_8th_of_classe_normale_are_shortened(on):
    day = on("2024-09-01")
    cells = cells_at(day)
    short = cells[shortened_duration(cells, day) > 0]
    assert {(CELLS.grade[cell], CELLS.echelon[cell]) for cell in short} == {
        ("classe_normale", "6"),
        ("classe_normale", "8"),
    }
    saved = echelon_duration(short, day) - shortened_duration(short, day)
    assert set(saved.tolist()) == {12 * MONTH}


@pytest.mark.parametrize(
    ("words", "day", "expected"),
    [
        (("pe", "classe_normale", 7), "2024-09-01", ("classe_normale", "8", "")),
        (("pe", "hors_classe", 6), "2021-01-01", ("hors_classe", "7", "")),
        (("pe", "classe_exceptionnelle", 4), "2023-08-06", ("classe_exceptionnelle", "5", "HEA1")),
        (
            ("pe", "classe_exceptionnelle", "special", "HEA1"),
            "2023-01-01",
            ("classe_exceptionnelle", "special", "HEA2"),
        ),
        (("agrege", "hors_classe", 3), "2024-09-01", ("hors_classe", "4", "HEA1")),
        (
            ("agrege", "classe_exceptionnelle", 2, "HEA3"),
            "2024-09-01",
            ("classe_exceptionnelle", "3", "HEB1"),
        ),
        (("chaire_sup", "grade_unique", 6, "HEA3"), "2024-09-01", ("grade_unique", "7", "HEB1")),
    ],
)
def test_position_that_follows(one, on, name, words, day, expected):
    assert name(next_cell(one(*words), on(day))[0]) == expected


@pytest.mark.parametrize(
    ("words", "day"),
    [
        (("pe", "classe_normale", 11), "2024-09-01"),
        (("pe", "hors_classe", 6), "2020-12-31"),
        (("pe", "classe_exceptionnelle", 4), "2023-08-05"),
        (("agrege", "hors_classe", 4, "HEA3"), "2024-09-01"),
    ],
)
def test_nothing_follows_a_terminal_position(one, on, words, day):
    assert next_cell(one(*words), on(day))[0] == -1


def test_the_echelon_special_is_never_reached_by_seniority(on):
    for day in ("2017-09-01", "2023-08-05"):
        follow = next_cell(cells_at(on(day)), on(day))
        before = cells_at(on(day))
        for here, after in zip(before, follow, strict=True):
            if after >= 0 and CELLS.echelon[after] == "special":
                assert CELLS.echelon[here] == "special"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        (("pe", "hors_classe", 7), "2020-06-01"),
        (("pe", "classe_exceptionnelle", "special", "HEA1"), "2023-08-06"),
        (("pe", "classe_exceptionnelle", 5, "HEA1"), "2023-08-05"),
    ],
)
def test_asking_inside_a_gap_names_the_key_and_the_date(one, on, words, day):
    written = date.fromisoformat(day)
    corps, grade, echelon, *chevron = map(str, words)
    place = place_in_full(corps, grade, echelon, *chevron)
    with pytest.raises(LawError, match=rf"\({place}\).*{written.year}"):
        echelon_duration(one(*words), on(day))


def test_before_2017_is_not_covered(one, on):
    with pytest.raises(PeriodNotCovered, match=r"période non couverte.*1er septembre 2017"):
        next_cell(one("pe", "classe_normale", 7), on("2017-08-31"))


def test_a_column_of_days_reads_each_row_in_its_period(on):
    cell = np.array([cell_code("pe", "hors_classe", 6)] * 2)
    days = np.array([on("2020-12-31"), on("2021-01-01")])
    assert echelon_duration(cell, days).tolist() == [0, 36 * MONTH]


def test_an_empty_column_is_answered():
    assert echelon_duration(np.array([], dtype=np.int64), axis_of(date(2024, 9, 1))).size == 0


def test_a_law_without_change_gives_the_same_answer_all_along_its_period():
    starts = change_days()
    for begin, after in pairwise(starts):
        if begin >= axis_of(date(2017, 9, 1)):
            cells = cells_at(int(begin))
            assert np.array_equal(cells, cells_at(int(after) - 1))
            first = echelon_duration(cells, int(begin))
            assert np.array_equal(first, echelon_duration(cells, int(after) - 1))


def test_confidence_of_durations(one, on):
    day = on("2024-09-01")
    assert duration_confidence(one("pe", "classe_normale", 7), day).tolist() == ["A"]
    assert duration_confidence(one("chaire_sup", "grade_unique", 6, "HEA3"), day).tolist() == ["C"]


def test_the_explanation_shows_the_duration_in_force(one, on):
    with explain() as trace:
        echelon_duration(one("pe", "classe_normale", 7), on("2027-09-01"))
    (step,) = trace.steps
    (parameter,) = step.parameters
    assert "art. 24" in step.source
    assert (parameter.value, parameter.confidence) == (36 * MONTH, "A")
    assert parameter.since == date(2017, 9, 1)
    assert parameter.carried_forward
