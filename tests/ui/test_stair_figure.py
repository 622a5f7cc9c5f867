"""The stair of a career: its words stand clear of its lines."""

import re
from datetime import date

import pytest

from iprof_kit.ui.figures.stair import COMING, NOW, PAST, Higher, Stair, StairStep
from iprof_kit.ui.figures.stair_svg import stair_charts


@pytest.mark.parametrize("rise", [9, 12, 16, 20])
def test_p14_the_words_of_today_cross_no_line_of_a_stair_on_a_phone(rise):
    years = (2014, 2018, 2024, 2029, 2034, 2037)
    ends = (*years[1:], 2057)
    states = (PAST, PAST, NOW, COMING, COMING, COMING)
    steps = tuple(
        StairStep(date(begin, 9, 1), date(end, 9, 1), 480 + rise * rank * 2, f"{rank + 5}e", state)
        for rank, (begin, end, state) in enumerate(zip(years, ends, states, strict=True))
    )
    higher = tuple(Higher(date(2031 + 2 * n, 9, 1), 560 + rise * 2 * n, "") for n in range(5))
    drawn = stair_charts(
        Stair(steps, date(2026, 12, 1), date(2013, 9, 1), date(2057, 9, 1), "t", "d", higher=higher)
    )[1]
    [(at, height, more)] = re.findall(
        r'<text x="([\d.]+)" y="([\d.]+)" font-size="13"([^>]*)>vous, aujourd’hui', drawn
    )
    wide = 7.5 * len("vous, aujourd’hui")
    left = float(at) - (0 if "anchor" not in more else wide / 2 if "middle" in more else wide)
    for begin, top, length in re.findall(r'd="M([\d.]+) ([\d.]+)h([\d.]+)" stroke="var', drawn):
        beside = float(begin) > left + wide or float(begin) + float(length) < left
        assert beside or not float(height) - 13 < float(top) < float(height) + 4
