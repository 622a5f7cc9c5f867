"""The two days that moved everybody: 2017-09-01 and 2023-08-06."""

import numpy as np
import pytest

from iprof_kit.base.errors import LawError
from iprof_kit.law.career.advancement import cells_at, echelon_duration
from iprof_kit.law.career.transitions import before_ppcr, linearise_2023, ppcr_2017
from iprof_kit.law.tables.cells import CELLS

MONTH = 30


@pytest.mark.parametrize(
    ("corps", "grade", "echelon", "chevron", "months", "expected", "kept", "rule"),
    [
        # P1, P2 : décret 2017-786 art. 62 ; P3, P4 : snes.edu le reclassement
        ("agrege", "hors_classe", "6", "HEA2", 6, ("4", "HEA2"), 6, "P1"),
        ("agrege", "hors_classe", "4", "", 30, ("2", ""), 24, "P1"),
        ("agrege", "hors_classe", "2", "", 6, ("1", ""), 0, "P1"),
        ("agrege", "classe_normale", "2", "", 4, ("1", ""), 7, "P2"),
        ("agrege", "classe_normale", "8", "", 10, ("8", ""), 10, "P2"),
        ("pe", "classe_normale", "4", "", 6, ("4", ""), 6, "P3"),
        ("pe", "classe_normale", "5", "", 30, ("6", ""), 0, "P3"),
        ("pe", "hors_classe", "5", "", 6, ("4", ""), 6, "P4"),
        # snes.edu : échelon renuméroté, puis échelon suivant sans ancienneté à la nouvelle durée
        # (30 mois au 4e, 36 au 5e)
        ("pe", "hors_classe", "5", "", 29, ("4", ""), 29, "P4"),
        ("pe", "hors_classe", "5", "", 30, ("5", ""), 0, "P4"),
        ("certifie", "hors_classe", "6", "", 40, ("6", ""), 0, "P4"),
        # décret 2017-786 art. 36 : CPE, 2e vers 1er et trois mois de plus ; HC 1er sans rien
        ("cpe", "classe_normale", "2", "", 4, ("1", ""), 7, "P3"),
        ("cpe", "hors_classe", "1", "", 6, ("1", ""), 0, "P4"),
        # reunion.sgen-cfdt.fr : les néo-titulaires (9 mois au 2e) commencent l'année au 2e
        ("pe", "classe_normale", "2", "", 9, ("2", ""), 0, "P3"),
        # art. 37, 63, 82 : qui est promu ce jour-là au 4e (un an au 3e) l'est d'abord
        ("agrege", "classe_normale", "3", "", 12, ("4", ""), 0, "P2"),
        ("certifie", "classe_normale", "3", "", 12, ("4", ""), 0, "P3"),
        ("pe", "classe_normale", "3", "", 12, ("4", ""), 0, "P3"),
        ("certifie", "classe_normale", "3", "", 11, ("3", ""), 11, "P3"),
    ],
)
def test_ppcr(corps, grade, echelon, chevron, months, expected, kept, rule):
    placed = ppcr_2017(corps, grade, echelon, chevron, months * MONTH)
    assert (CELLS.echelon[placed.cell], CELLS.chevron[placed.cell]) == expected
    assert (placed.days_kept, placed.rule_id) == (kept * MONTH, rule)


@pytest.mark.parametrize(
    "words",
    [
        ("psyen", "classe_normale", "4", ""),
        ("pe", "hors_classe", "1", ""),
        ("agrege", "hors_classe", "9", ""),
    ],
    ids=["corps created that day", "no échelon 0", "outside the old grid"],
)
def test_ppcr_of_what_no_row_covers_is_refused(words):
    with pytest.raises(LawError, match="règle non couverte"):
        ppcr_2017(*words, 0)


@pytest.mark.parametrize(
    ("words", "months", "expected", "kept"),
    [
        # reims.snes.edu
        (("pe", "classe_exceptionnelle", "special", "HEA2"), 5, ("5", "HEA2"), 5),
        (("certifie", "classe_exceptionnelle", 4), 40, ("5", "HEA1"), 0),
        (("certifie", "classe_exceptionnelle", 4), 36, ("5", "HEA1"), 0),
        (("certifie", "classe_exceptionnelle", 4), 35, ("4", ""), 35),
        (("pe", "hors_classe", 4), 60, ("4", ""), 60),
    ],
)
def test_linearisation(one, words, months, expected, kept):
    cell, days = linearise_2023(one(*words), np.array([months * MONTH]))
    assert (CELLS.echelon[cell[0]], CELLS.chevron[cell[0]]) == expected
    assert days.tolist() == [kept * MONTH]


def test_after_the_linearisation_nobody_of_the_common_grid_is_in_a_gap(on):
    before = cells_at(on("2023-08-05"))
    after, _ = linearise_2023(before, np.zeros_like(before))
    assert (echelon_duration(after, on("2023-08-06")) >= 0).all()


def test_an_echelon_of_2017_was_reached_from_its_own_or_from_the_one_below_long_held():
    # P3 : même échelon, ou échelon suivant quand l'ancienneté atteint la nouvelle durée
    assert before_ppcr("certifie", "classe_normale", "6") == ("5", "6")
    assert before_ppcr("pe", "hors_classe", "4") == ("4", "5")  # P4
