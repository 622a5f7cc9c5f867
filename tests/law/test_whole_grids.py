"""What each whole grade lasts, in every corps: outcomes of the statutes, not rows of the table."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from iprof_kit.base.calendar import axis_of
from iprof_kit.law.career.advancement import (
    cells_at,
    echelon_duration,
    next_cell,
    shortened_duration,
)
from iprof_kit.law.career.reclassement import reclassify
from iprof_kit.law.career.traitement import INDICES, indice_majore, majore
from iprof_kit.law.tables.cells import CELLS, cell_code

DAY = axis_of(date(2024, 9, 1))
MONTH = 30
COMMON = ("pe", "certifie", "peps", "plp", "cpe", "psyen")


def walk(corps, grade, last, bonus=(), day=DAY):
    """Return the months at which each échelon, or chevron, of a grade is entered."""
    cell, total, entered = np.array([cell_code(corps, grade, 1)]), 0, {}
    while True:
        name = CELLS.chevron[cell[0]] or CELLS.echelon[cell[0]]
        entered[name] = total // MONTH
        if name == last:
            return entered
        read = shortened_duration if CELLS.echelon[cell[0]] in bonus else echelon_duration
        total += int(read(cell, day)[0])
        cell = next_cell(cell, day)


@pytest.mark.parametrize("corps", [*COMMON, "agrege"])
def test_the_classe_normale_lasts_26_years_and_24_with_both_bonifications(corps):
    # 76.sgen-cfdt-normandie.fr ; snes.edu p=190450 ; sncl.fr (CAR01, CAR02)
    assert walk(corps, "classe_normale", "11")["11"] == 26 * 12
    assert walk(corps, "classe_normale", "11", ("6", "8"))["11"] == 24 * 12
    # snes.edu: 6e après 8 ans et demi, 9e après 18 ans
    entered = walk(corps, "classe_normale", "11")
    assert (entered["3"], entered["5"], entered["6"], entered["9"]) == (24, 72, 102, 216)


@pytest.mark.parametrize("corps", COMMON)
def test_the_hors_classe_lasts_15_years_up_to_the_7th(corps):
    # décret 90-680 art. 24 ; snes.edu: 36 months at the 6e
    entered = walk(corps, "hors_classe", "7")
    assert entered["7"] == 15 * 12
    assert entered["7"] - entered["6"] == 36


@pytest.mark.parametrize("corps", COMMON)
def test_the_classe_exceptionnelle_reaches_its_chevrons_after_9_years_and_a_half(corps):
    # décret 90-680 art. 24 (2023): three chevrons of one year (décret 85-1148 art. 6)
    entered = walk(corps, "classe_exceptionnelle", "HEA3")
    assert entered["HEA1"] == 9 * 12 + 6
    assert entered["HEA3"] - entered["HEA1"] == 24


@pytest.mark.parametrize("corps", COMMON)
@pytest.mark.parametrize(
    ("echelon", "months", "to", "kept"),
    [
        # snes.edu, « après la promotion, le reclassement »: T1 to T4, the same in six corps
        ("10", 0, "3", 0), ("10", 29, "3", 29), ("10", 30, "4", 0), ("10", 47, "4", 0),
        ("11", 0, "4", 0), ("11", 29, "4", 29), ("11", 30, "5", 0), ("11", 90, "5", 0),
    ],
)  # fmt: skip
def test_promotion_from_the_10th_and_the_11th(corps, echelon, months, to, kept):
    cell = np.array([cell_code(corps, "classe_normale", echelon)])
    placed = reclassify(cell, np.array([months * MONTH]), "hors_classe", DAY)
    assert CELLS.echelon[placed.cell[0]] == to
    assert placed.days_kept.tolist() == [kept * MONTH]


@pytest.mark.parametrize("corps", COMMON)
@pytest.mark.parametrize(("origin", "to"), [("5", "3"), ("6", "4"), ("7", "4")])
def test_promotion_to_the_classe_exceptionnelle(corps, origin, to):
    # sections.se-unsa.org/30 art. 2794 ; correspondance d'indices
    cell = np.array([cell_code(corps, "hors_classe", origin)])
    placed = reclassify(cell, np.array([0]), "classe_exceptionnelle", DAY)
    assert CELLS.echelon[placed.cell[0]] == to


@pytest.mark.parametrize("corps", COMMON)
@pytest.mark.parametrize(("origin", "to"), [("3", "1"), ("4", "2"), ("5", "3")])
def test_promotion_to_the_classe_exceptionnelle_in_2018(corps, origin, to):
    # sections.se-unsa.org/30 art. 2794 (2018)
    cell = np.array([cell_code(corps, "hors_classe", origin)])
    placed = reclassify(cell, np.array([0]), "classe_exceptionnelle", axis_of(date(2018, 9, 1)))
    assert CELLS.echelon[placed.cell[0]] == to


def test_the_other_grids():
    # correspondance d'indices (agrégés) ; décret 2023-720 (chaires) ; statut des instituteurs
    assert walk("agrege", "classe_exceptionnelle", "HEB3") == {
        "1": 0,
        "HEA1": 30,
        "HEA2": 42,
        "HEA3": 54,
        "HEB1": 66,
        "HEB2": 78,
        "HEB3": 90,
    }
    chairs = walk("chaire_sup", "grade_unique", "HEB3")
    assert (chairs["5"], chairs["HEA1"], chairs["HEB1"], chairs["HEB3"]) == (96, 138, 180, 204)
    assert (chairs["HEA2"], chairs["HEA3"], chairs["HEB2"]) == (150, 162, 192)
    before = walk("chaire_sup", "grade_unique", "HEA3", day=axis_of(date(2023, 8, 5)))
    assert (before["5"], before["HEA1"], before["HEA3"]) == (96, 150, 174)
    teachers = walk("instituteur", "grade_unique", "11")
    assert (teachers["11"], teachers["7"], teachers["3"]) == (21 * 12 + 3, 84, 18)


@pytest.mark.parametrize("corps", COMMON)
def test_before_2023_the_special_echelon_had_three_chevrons_of_a_year(corps):
    # décret 85-1148 art. 6
    day = axis_of(date(2022, 9, 1))
    cells = [
        np.array([cell_code(corps, "classe_exceptionnelle", "special", f"HEA{n}")])
        for n in (1, 2, 3)
    ]
    assert [int(echelon_duration(cell, day)[0]) for cell in cells] == [360, 360, 0]
    assert next_cell(cells[0], day).tolist() == cells[1].tolist()
    last = np.array([cell_code(corps, "classe_exceptionnelle", "4")])
    assert echelon_duration(last, day).tolist() == [0]
    assert walk(corps, "classe_exceptionnelle", "4", day=day)["4"] == 78


@pytest.mark.parametrize("corps", [*COMMON, "agrege"])
def test_how_many_echelons_each_grade_has(corps):
    # regles_avancement.md, structure ; linéarisation le 6 août 2023, non le 1er septembre
    counts = {
        day: [len(set(_echelons(corps, grade, day))) for grade in GRADES]
        for day in ("2020-12-31", "2021-01-01", "2023-08-05", "2023-08-06")
    }
    if corps == "agrege":
        assert set(map(tuple, counts.values())) == {(11, 4, 3)}
    else:
        assert list(counts.values()) == [[11, 6, 5], [11, 7, 5], [11, 7, 5], [11, 7, 5]]
        assert "special" in _echelons(corps, GRADES[2], "2023-08-05")
        assert "special" not in _echelons(corps, GRADES[2], "2023-08-06")


GRADES = ("classe_normale", "hors_classe", "classe_exceptionnelle")


def _echelons(corps, grade, day):
    cells = cells_at(axis_of(date.fromisoformat(day)))
    mine = (CELLS.corps[cells] == corps) & (CELLS.grade[cells] == grade)
    return CELLS.echelon[cells[mine]].tolist()


@pytest.mark.parametrize("corps", COMMON)
@pytest.mark.parametrize("grade", GRADES)
def test_the_six_corps_have_one_grid(corps, grade):
    # décret 2017-789: one grid for the certifiés and the corps assimilés
    for day in DAYS:
        mine = _indices(corps, grade, day)
        assert mine == _indices("certifie", grade, day)
        assert all(low < high for low, high in pairwise(mine.values()))


def test_a_chevron_is_paid_the_same_everywhere_and_hea3_as_heb1():
    # décret 85-1148 art. 6 ; HEA3 = HEB1 (972 puis 977)
    for day in DAYS:
        cells = cells_at(day)
        known = majore(day)
        cells = cells[(CELLS.chevron[cells] != "") & (known[cells] > 0)]
        paid = {}
        for cell, index in zip(cells, known[cells], strict=True):
            paid.setdefault(CELLS.chevron[cell], set()).add(int(index))
        assert all(len(found) == 1 for found in paid.values())
        assert paid["HEA3"] == paid["HEB1"]
    for text, index in (("2019-01-01", 972), ("2023-12-31", 972), ("2024-01-01", 977)):
        cell = np.array([cell_code("agrege", "classe_exceptionnelle", "3", "HEB1")])
        assert indice_majore(cell, axis_of(date.fromisoformat(text))).tolist() == [index]


def test_the_classe_exceptionnelle_of_2018_as_it_was_seen():
    # 690, 730, 770, 825 (constaté en 2018), not what had been announced in 2017
    found = _indices("pe", "classe_exceptionnelle", axis_of(date(2018, 9, 1)))
    assert [found[step, ""] for step in "1234"] == [690, 730, 770, 825]


def test_5_points_more_on_2024_01_01():
    # décret 2023-519
    old, new = (
        _indices("certifie", "hors_classe", axis_of(d))
        for d in (date(2023, 12, 31), date(2024, 1, 1))
    )
    assert {step: index + 5 for step, index in old.items()} == new


DAYS = [int(day) for day in INDICES.starts if day >= axis_of(date(2017, 9, 1))]


def _indices(corps, grade, day):
    cells = cells_at(day)
    cells = cells[(CELLS.corps[cells] == corps) & (CELLS.grade[cells] == grade)]
    paid = indice_majore(cells, day).tolist()
    return dict(
        zip(zip(CELLS.echelon[cells], CELLS.chevron[cells], strict=True), paid, strict=True)
    )
