"""Figures of analyses: their axes read as a reader expects them."""

import pandas as pd

from iprof_kit.analytics.analyses import drawing


def test_years_across_a_line_are_whole():
    figure = drawing.lines(pd.DataFrame({"promus": [473, 400, 315]}, index=[2026, 2027, 2028]))
    ticks = figure.axes[0].get_xticks()
    assert set(ticks) >= {2026, 2027, 2028}
    assert all(float(tick).is_integer() for tick in ticks)
