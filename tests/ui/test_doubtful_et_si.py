"""Et si…: an amount to verify is marked in the sentence, the figure and the results alike."""

from datetime import date

import pytest
import ui_people as people

from iprof_kit.calculate.et_si.calculation import answer
from iprof_kit.calculate.et_si.question import EtSiQuestion, Evenement, ScenarioEtSi
from iprof_kit.calculate.pension.question import PeriodeService
from iprof_kit.ui.screens.et_si.figure import figures
from iprof_kit.ui.screens.et_si.instrument import compared, results
from iprof_kit.ui.screens.et_si.words import differences

EVENTS = (
    Evenement(nature="temps_partiel", debut=date(2028, 9, 1), quotite=50),
    Evenement(nature="retraite", debut=date(2057, 9, 1)),
)
ANSWER = answer(
    EtSiQuestion(
        situation=people.SITUATION,
        aujourdhui=people.TODAY,
        zone=3,
        services=(PeriodeService(debut=date(2014, 9, 1)),),
        scenarios=(ScenarioEtSi(nom="Un"), ScenarioEtSi(nom="Deux", evenements=EVENTS)),
    )
)
MARK = "(à vérifier)"


def doubted(pay=None, pension=None):
    """Return the answer with one scenario's pay, or pension, to verify and nothing else."""
    scenarios = []
    for rank, one in enumerate(ANSWER.scenarios):
        pieces = tuple(p.model_copy(update={"a_verifier": rank == pay}) for p in one.tranches)
        found = one.pension.model_copy(update={"a_verifier": rank == pension})
        scenarios.append(one.model_copy(update={"tranches": pieces, "pension": found}))
    return ANSWER.model_copy(update={"scenarios": tuple(scenarios)})


def said(answer, word):
    return next(line for line in differences(answer) if word in line)


@pytest.mark.parametrize("rank", [0, 1, None])
def test_a_pay_to_verify_marks_the_sentence_and_the_figure(rank):
    found = doubted(pay=rank)
    assert said(found, "nets de").count(MARK) == (0 if rank is None else 2)
    wide = figures(compared(found, 1))[0]
    assert ('fill="var(--ground)"' in wide) == (rank is not None)
    assert (MARK in wide) == (rank is not None)


@pytest.mark.parametrize(
    ("pay", "pension", "marked", "again"),
    [(0, 1, [0], [1, 2]), (1, None, [0], [1]), (None, 1, [2], []), (None, None, [], [])],
)
def test_the_three_results_carry_one_mark_and_a_sign_for_the_other_doubts(
    pay, pension, marked, again
):
    shown = results(compared(doubted(pay, pension), 1))
    assert [place for place, one in enumerate(shown) if one.verify] == marked
    assert [place for place, one in enumerate(shown) if one.again] == again


@pytest.mark.parametrize("rank", [0, 1, None])
def test_a_pension_to_verify_marks_its_sentence(rank):
    found = doubted(pension=rank)
    assert (MARK in said(found, "pension de l’État")) == (rank is not None)
    assert MARK not in said(found, "nets de")
