"""Cells: the smallest positions of the law, and what is said of a position that does not exist."""

import pytest

from iprof_kit.base.errors import InputError
from iprof_kit.law.tables.cells import CELLS, cell_code, grade_code


def test_every_cell_is_found_by_its_words():
    for cell in range(CELLS.count):
        words = (CELLS.corps[cell], CELLS.grade[cell], CELLS.echelon[cell], CELLS.chevron[cell])
        assert cell_code(*words) == cell
        assert CELLS.grades[CELLS.grade_code[cell]] == words[:2]
        assert grade_code(*words[:2]) == CELLS.grade_code[cell]


def test_cells_of_a_grade_are_in_the_order_of_echelons():
    mine = [key for key in CELLS.codes if key[:2] == ("pe", "classe_normale")]
    assert [key[2] for key in mine] == [str(step) for step in range(1, 12)]


@pytest.mark.parametrize(
    ("corps", "grade", "echelon", "chevrons"),
    [
        ("pe", "classe_exceptionnelle", "special", ("HEA1", "HEA2", "HEA3")),
        ("pe", "classe_exceptionnelle", "5", ("HEA1", "HEA2", "HEA3")),
        ("agrege", "hors_classe", "4", ("HEA1", "HEA2", "HEA3")),
        ("agrege", "classe_exceptionnelle", "2", ("HEA1", "HEA2", "HEA3")),
        ("agrege", "classe_exceptionnelle", "3", ("HEB1", "HEB2", "HEB3")),
        ("chaire_sup", "grade_unique", "6", ("HEA1", "HEA2", "HEA3")),
        ("pe", "hors_classe", "7", ()),
    ],
)
def test_an_echelon_hors_echelle_is_made_of_its_chevrons_only(corps, grade, echelon, chevrons):
    assert CELLS.chevrons(corps, grade, echelon) == chevrons
    assert ((corps, grade, echelon, "") in CELLS.codes) is (chevrons == ())


def test_the_old_numbering_before_2017_makes_no_cell():
    assert ("agrege", "hors_classe", "6", "HEA1") not in CELLS.codes


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("prof", "classe_normale", "7"), "Corps connus.*pe, certifie, agrege"),
        (("pe", "grade_unique", "7"), "Grades connus.*classe_normale, hors_classe"),
        (("pe", "classe_normale", "12"), "hors de la grille.*1 à 11"),
        (("pe", "classe_normale", ""), "hors de la grille"),
        (("pe", "classe_exceptionnelle", "9"), "1 à 5 ou special"),
        (("agrege", "hors_classe", "4"), "Précisez le chevron.*HEA1, HEA2, HEA3"),
        (("agrege", "hors_classe", "4", "HEB1"), "Précisez le chevron"),
        (("pe", "classe_normale", "7", "HEA1"), "n’a pas de chevron"),
    ],
)
def test_a_position_that_does_not_exist_says_which_do(words, message):
    with pytest.raises(InputError, match=message):
        cell_code(*words)
