"""The grid of what is taken away: each case is the engine's, what is closed says why."""

import pytest

from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import PERSONAS
from iprof_kit.calculate.atelier.files import check_text, personas
from iprof_kit.calculate.atelier.grid import MOST_CASES, grid_of
from iprof_kit.calculate.atelier.levers import Choix, Levier
from iprof_kit.calculate.atelier.seance import Seance
from iprof_kit.calculate.atelier.sentences import Lived, Statement
from iprof_kit.calculate.et_si.calculation import answer
from iprof_kit.calculate.et_si.question import Evenement, ScenarioEtSi

CLAIRE = personas()["claire_vasseur"]
TEXT = (PERSONAS / "claire_vasseur.yml").read_text(encoding="utf-8")
HALF = Evenement(nature="temps_partiel", debut="2027-09-01", fin="2030-08-31", quotite=50)
LEVERS = (
    Levier(titre="Temps", choix=(Choix(nom="prévu"), Choix(nom="50 %", evenements=(HALF,)))),
    Levier(titre="Quand", choix=(Choix(nom="prévu"), Choix(nom="1 an après", decalage=1),
                                 Choix(nom="2 ans", hors_fichier="hors de ce fichier"))),
)  # fmt: skip


@pytest.fixture(scope="module")
def grid():
    return grid_of(Seance.of(CLAIRE), LEVERS)


def alone(*events):
    """What the engine answers of one scenario, asked by itself."""
    asked = (ScenarioEtSi(nom="seul", evenements=events),)
    return answer(CLAIRE.question(asked, CLAIRE.jour)).scenarios[0]


def test_a_case_has_the_events_of_its_choices_put_off_together(grid):
    one = grid.cases[0, 1, 1].lived
    promoted = Evenement(nature="hors_classe", debut="2027-09-01")
    assert one.tranches == alone(promoted, HALF).tranches
    assert (one.cumul_net, one.depart) == (alone(promoted, HALF).cumul_net, one.depart)


def test_every_set_of_choices_is_a_case_and_the_plain_ones_are_those_of_the_board(grid):
    assert len(grid.cases) == 4 * 2 * 3
    board = answer(CLAIRE.question(CLAIRE.scenarios, CLAIRE.jour)).scenarios
    assert [grid.cases[rank, 0, 0].lived.tranches for rank in range(4)] == [
        one.tranches for one in board
    ]
    assert (grid.opening, grid.reference) == ((0, 0, 0), (1, 0, 0))


def test_what_is_outside_the_grid_is_closed_with_its_reason(grid):
    outside = [case for choices, case in grid.cases.items() if choices[2] == 2]
    assert {(case.lived, case.reason) for case in outside} == {(None, "hors de ce fichier")}


def test_what_the_law_refuses_is_closed_with_what_it_says(grid):
    # scénario C a déjà un temps partiel de 2028 à 2031 : deux temps partiels ne se tiennent pas
    refused = grid.cases[2, 1, 0]
    assert refused.lived is None
    assert "on n’en tient qu’une à la fois" in refused.reason


def test_the_gap_is_that_of_the_sentence_of_her_file(grid):
    said = Statement(Lived.of(CLAIRE), CLAIRE.phrases[0])
    assert grid.gap(grid.cases[0, 0, 0].lived) == said.gap
    assert "8\u00a0405" in said.text()
    assert grid.gap(grid.compared_with).net == 0


def test_too_many_cases_are_refused():
    wide = Levier(titre="Large", choix=tuple(Choix(nom=str(n)) for n in range(6)))
    other = wide.model_copy(update={"titre": "Autre"})
    with pytest.raises(InputError, match=str(MOST_CASES)):
        grid_of(Seance.of(CLAIRE), (wide, other, LEVERS[0]))


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("decalage: 1", "decalage: 11", "au plus 10"),
        ("      - nom: prévu\n      - nom: 80 %",
         "      - {nom: prévu, hors_fichier: non}\n      - nom: 80 %", "premier choix"),
        ("nom: 2 ans après", "nom: 1 an après", "même nom"),
        ("fin: 2030-08-31, quotite: 80", "fin: 2030-02-30, quotite: 80", "n’existe pas"),
        ("{nature: temps_partiel, debut: 2027-09-01, fin: 2030-08-31, quotite: 80}",
         "{nature: temps_partiel, debut: 2027-09-01, fin: 2030-08-31}", "quotite est attendu"),
    ],
)  # fmt: skip
def test_a_grid_badly_written_is_refused_where_it_stands(before, after, message):
    assert before in TEXT
    with pytest.raises(InputError, match=message) as refused:
        check_text(TEXT.replace(before, after, 1), "claire.yml")
    assert "ligne" in str(refused.value)
