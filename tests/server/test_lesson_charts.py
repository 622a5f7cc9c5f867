"""The chart of a slider: every phone is in it, and its heights are in proportion."""

import pytest

from iprof_kit.calculate.played_lesson import Question
from iprof_kit.server.lessons.charts import dots
from iprof_kit.services.contract.lecons import Compte

ASKED = Question(forme="estimation", texte="À 80 % ?", minimum=50, maximum=100, pas=1, unite="%")


def drawn(values, own=None):
    total = sum(number for _, number in values)
    return dots(ASKED, Compte(reponses=total, valeurs=values), 86, own)


def test_few_phones_are_a_dot_each_and_one_s_own_is_the_highest_of_its_place():
    chart = drawn(((75, 2), (80, 1)), own=75)
    assert [len(one.dots) for one in chart.columns] == [2, 1]
    assert chart.own == (chart.columns[0].x, chart.columns[0].top)
    assert chart.own_words == "vous, 75\u00a0%"
    assert chart.most is None


def test_many_phones_are_bars_in_proportion_with_the_number_of_the_highest():
    chart = drawn(((60, 5), (70, 10), (80, 20)))
    heights = [chart.axis - one.top for one in chart.columns]
    assert heights == pytest.approx([heights[2] / 4, heights[2] / 2, heights[2]], abs=0.1)
    assert chart.most.number == 20
    assert not any(one.dots for one in chart.columns)


def test_no_answer_is_an_empty_chart_that_says_so():
    chart = drawn(())
    assert chart.columns == ()
    assert chart.words == "0 réponse. La bonne : 86\u00a0%."
