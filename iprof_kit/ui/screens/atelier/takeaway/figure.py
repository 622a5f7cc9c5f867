"""The figure of what is taken away: the two scenarios compared, their ends said apart."""

from __future__ import annotations

import re
from dataclasses import replace

from iprof_kit.base.palette import COLOURS
from iprof_kit.ui.figures.charts import Career, Series, scale_of
from iprof_kit.ui.figures.charts_svg import SIZES, written
from iprof_kit.ui.screens.atelier.figure import described
from iprof_kit.ui.screens.atelier.pair import Pair

_VARIABLE = re.compile(r"var\((--[a-z-]+)\)")
_PRINTED = {**COLOURS, "--ground": COLOURS["--page"]}
_FACE = "Atkinson Hyperlegible"
_HALO = (
    f'paint-order="stroke" stroke="{COLOURS["--page"]}" stroke-width="4" stroke-linejoin="round"'
)
_TOO_NEAR = 0.07
"""Share of the figure's height under which what is written at two ends would touch."""


def still_career(pair: Pair) -> Career:
    """Return the figure of two scenarios, for what nobody moves: a page, a slide, a notebook."""
    whole = described(pair)
    career = replace(whole, series=whole.series[:2], readings=(), read_first=None, unrolled=False)
    return replace(career, series=_apart(career))


def printed_svg(pair: Pair) -> str:
    """Return the figure for a page that typst sets: the colours and the faces of the handout.

    The SVG of the screens, without the variables of their style sheet: matplotlib would first look
    for the fonts of the machine, which takes a session many seconds.
    """
    svg = written(still_career(pair), SIZES["instrument"])
    svg = _VARIABLE.sub(lambda name: _PRINTED[name[1]], svg)
    svg = svg.replace('class="halo"', _HALO)
    return svg.replace(
        "<svg ", f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{_FACE}" ', 1
    )


def picture(pair: Pair) -> str:
    """Return the figure as an SVG whose letters are drawn, for a notebook."""
    from iprof_kit.documents.figures import drawn_svg  # matplotlib is loaded where it draws
    from iprof_kit.ui.figures.charts_plot import plotted

    return drawn_svg(plotted(still_career(pair)))


def _apart(career: Career) -> tuple[Series, ...]:
    """Return the two lines; ends that would touch are written together, at the first one's."""
    if len(career.series) < 2:
        return career.series
    first, second = career.series
    ends = [one.points[-1].amount for one in career.series]
    scale = scale_of(career)
    if abs(ends[0] - ends[1]) > _TOO_NEAR * (scale.high - scale.low):
        return career.series
    both = replace(first, end_text=second.end_head)
    return both, replace(second, end_head="")
