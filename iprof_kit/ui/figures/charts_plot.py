"""The figure of careers with matplotlib, for notebooks and printed documents."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from iprof_kit.ui.figures.charts import COLOURS, STROKES, Career, place, scale_of, short

SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "iprof",
    "text.parse_math": False,
    "path.simplify": True,
    "font.family": "DejaVu Sans",
}
_SYMBOLS = {"disc": "o", "square": "s", "triangle": "^", "diamond": "D"}
_WIDTH, _HEIGHT, _LETTERS = 1000, 340, 14
_BESIDE: dict[str, Any] = {"textcoords": "offset points", "fontsize": _LETTERS}


def plotted(career: Career) -> Figure:
    """Return the figure: the same lines, steps and words as on a screen, at places of its own."""
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(_WIDTH / 72, _HEIGHT / 72), dpi=72)
        FigureCanvasSVG(figure)
        axes = figure.add_axes((0.06, 0.11, 0.72, 0.79))
        _frame(axes, career)
        area = career.between()
        if area:
            level = scale_of(career).level
            days, first, second = zip(*area, strict=True)
            low, high = (tuple(map(level, side)) for side in (first, second))
            tint = COLOURS["--gap"]
            axes.fill_between([*map(place, days)], low, high, step="post", color=tint, linewidth=0)
        _lines(axes, career)
        _flags(axes, career)
        for day, amount in career.now():
            gold: dict[str, Any] = {
                "markerfacecolor": COLOURS["--gold"],
                "markeredgecolor": COLOURS["--text"],
            }
            axes.plot([place(day)], [amount], "o", markersize=14, markeredgewidth=2, **gold)
        return figure


def _frame(axes: Axes, career: Career) -> None:
    scale = scale_of(career)
    axes.set_xlim(scale.start, scale.end)
    axes.set_ylim(scale.low, scale.high)
    axes.set_yticks(scale.amounts, [*map(scale.words, scale.amounts)])
    years = scale.years(0.72 * _WIDTH, 3.7 * _LETTERS)
    axes.set_xticks(years, [str(year) for year in years])
    axes.set_title(career.head, loc="left", fontsize=_LETTERS, color=COLOURS["--sec"])
    axes.grid(axis="y", color=COLOURS["--line"])
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=_LETTERS, labelcolor=COLOURS["--sec"], length=0, pad=6)
    axes.spines[["top", "right", "left"]].set_visible(False)


def _flags(axes: Axes, career: Career) -> None:
    if not career.flags:
        return
    low = scale_of(career).low
    colour = COLOURS[STROKES[career.series[career.active].key].colour]
    for flag in career.flags:
        begin = place(max(flag.day, career.start))
        axes.plot([begin], [low], "^", color=colour, markersize=10, clip_on=False, zorder=5)
        if flag.until:
            end = place(min(flag.until, career.end))
            axes.plot([begin, end], [low, low], color=colour, linewidth=5, clip_on=False)
        axes.annotate(flag.words, (begin, low), (0, -14), color=colour, **_BESIDE)


def _lines(axes: Axes, career: Career) -> None:
    level = scale_of(career).level
    for one in career.stretches():
        days, amounts = zip(
            *((place(day), level(amount)) for day, amount in one.corners), strict=True
        )
        colour = COLOURS[one.stroke.colour]
        dashes = (0, tuple(d / 3 for d in one.stroke.dashes)) if one.stroke.dashes else "solid"
        axes.plot(
            days,
            amounts,
            color=colour,
            linewidth=3,
            linestyle=dashes,
            drawstyle="steps-post",
            label="" if one.common else one.series.key,
            clip_on=False,
        )
        previous = ""
        for point in one.points:
            if point.amount <= 0:
                continue
            face = COLOURS["--page"] if point.verify else colour
            axes.plot(
                [place(point.day)],
                [point.amount],
                _SYMBOLS[one.stroke.symbol],
                markersize=9,
                markerfacecolor=face,
                markeredgecolor=colour,
                clip_on=False,
            )
            words, previous = short(point.label, previous), point.label or previous
            at = (place(point.day), point.amount)
            axes.annotate(words, at, (-6, 8), ha="right", color=colour, **_BESIDE)
    shown = career.series if career.apart is not None else career.series[:1]
    for series in shown:
        words = f"{series.end_head}\n{series.end_text}"
        at = (place(career.end), series.points[-1].amount)
        axes.annotate(words, at, (10, 0), va="center", color=COLOURS["--text"], **_BESIDE)
