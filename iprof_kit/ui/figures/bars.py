"""A figure of bars: one amount a line, and one amount to compare all with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from iprof_kit.base.palette import COLOURS
from iprof_kit.documents.figures import inline_svg
from iprof_kit.ui.figures.charts_plot import SETTINGS
from iprof_kit.ui.shared import text

_COLOURS = ("--a", "--b", "--c", "--d")
_LINE, _TOP, _BOTTOM = 62, 34, 34


@dataclass(frozen=True)
class Bar:
    """One line; `until` draws bounds, from `amount`; without amount, only the words are written."""

    label: str
    words: str
    amount: float | None
    until: float | None = None


@lru_cache(maxsize=32)
def bar_chart(
    bars: tuple[Bar, ...], *, mark: tuple[str, float] | None, title: str, desc: str, wide: bool
) -> str:
    """Return horizontal bars as inline SVG.

    Parameters
    ----------
    bars : tuple of Bar
        Four at most, from the top.
    mark : tuple of str and float, optional
        What the bars are compared with: words, and the amount where a dotted line stands.
    wide : bool
        The width class: about 1000 units, or about 360 for a phone.
    """
    with mpl.rc_context(SETTINGS):
        return inline_svg(_drawn(bars, mark, wide=wide), title, desc)


def _drawn(bars: tuple[Bar, ...], mark: tuple[str, float] | None, *, wide: bool) -> Figure:
    width, size = (1000, 14) if wide else (360, 12.5)
    height = _TOP + _BOTTOM + _LINE * len(bars)
    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    FigureCanvasSVG(figure)
    left = 10
    axes = figure.add_axes(
        (
            left / width,
            _BOTTOM / height,
            (width - 2 * left) / width,
            (height - _TOP - _BOTTOM) / height,
        )
    )
    amounts = [a for bar in bars for a in (bar.amount, bar.until) if a is not None]
    most = max([*amounts, *([mark[1]] if mark else []), 1.0])
    axes.set_xlim(0, most * 1.04)
    axes.set_ylim(len(bars), 0)
    _frame(axes, most, size, wide=wide)
    for place, (bar, colour) in enumerate(zip(bars, _COLOURS, strict=False)):
        _bar(axes, bar, place, colour, size)
    if mark:
        words, at = mark
        axes.axvline(at, color=COLOURS["--text"], linewidth=1.5, linestyle=(0, (2, 3)))
        side = "right" if at > most / 2 else "left"
        axes.annotate(
            words,
            (at, 0),
            xytext=(-6 if side == "right" else 6, 12),
            ha=side,
            textcoords="offset points",
            fontsize=size,
            color=COLOURS["--text"],
        )
    return figure


def _frame(axes: Axes, most: float, size: float, *, wide: bool) -> None:
    step = next(s for s in (250, 500, 1000, 2000, 5000, 10**6) if most / s <= (8 if wide else 4))
    ticks = range(0, int(most) + 1, step)
    axes.set_xticks(list(ticks), [f"{t:,}".replace(",", text.NBSP) for t in ticks])
    axes.set_yticks([])
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(COLOURS["--line-strong"])
    axes.grid(axis="x", color=COLOURS["--line"], linewidth=1)
    axes.set_axisbelow(True)
    axes.tick_params(axis="x", labelsize=size, labelcolor=COLOURS["--sec"], length=0, pad=8)


def _bar(axes: Axes, bar: Bar, place: int, colour: str, size: float) -> None:
    axes.annotate(
        f"{bar.label} : {bar.words}",
        (0, place),
        xytext=(0, -18),
        ha="left",
        textcoords="offset points",
        fontsize=size,
        fontweight="bold",
        color=COLOURS[colour],
    )
    if bar.amount is None:
        return
    middle = place + 0.64
    if bar.until is None:
        axes.barh(middle, bar.amount, height=0.34, color=COLOURS[colour])
        return
    axes.barh(
        middle,
        bar.until - bar.amount,
        left=bar.amount,
        height=0.34,
        facecolor="none",
        edgecolor=COLOURS[colour],
        linewidth=2,
        linestyle=(0, (4, 2)),
    )
