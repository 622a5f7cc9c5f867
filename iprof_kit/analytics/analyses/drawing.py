"""The figures of the analyses: one look, numbers in French, nothing told by colour alone."""

# No number here is of the law: sizes of figures.

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from iprof_kit.base.errors import KitError
from iprof_kit.base.palette import COLOURS
from iprof_kit.base.words import NBSP, corps_label, grade_label

SERIES = ("--a", "--b", "--c", "--d", "--sec", "--line-strong")
HATCHES = ("", "////", "....", "xxxx", "\\\\\\\\", "++++")
"""A series is told by its colour and by its hatching."""
WOMEN, MEN = COLOURS["--d"], COLOURS["--c"]
LABELS = {"F": "femmes", "H": "hommes"}


def code_label(code: object) -> str:
    """Return a corps, a grade or a sex in French; anything else as it is."""
    text = str(code)
    for words in (LABELS.__getitem__, corps_label, grade_label):
        with suppress(KitError, KeyError):
            return words(text)
    return text


def number(value: float, decimals: int = 0) -> str:
    """« 12 345,6 »."""
    return f"{value:,.{decimals}f}".replace(",", "\u202f").replace(".", ",").replace("-", "−")


def precision(values: npt.ArrayLike) -> int:
    """Return how many decimals write the largest of some values with three figures or more."""
    largest = float(np.nanmax(np.abs(np.asarray(values, float))))
    return max(0, 2 - math.floor(math.log10(largest))) if largest > 0 else 0


def readable(euros: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return amounts in millions of euros, or in thousands where none reaches one, and the unit."""
    if float(euros.abs().max().max()) >= 1_000_000:
        return euros / 1_000_000, f"{NBSP}M€"
    return euros / 1_000, f"{NBSP}k€"


def blank(width: float = 9, height: float = 4.5) -> tuple[Figure, Axes]:
    """Return a figure without anything drawn, and its axes."""
    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.subplots()
    dress(axes)
    return figure, axes


def nobody() -> Figure:
    """Return the figure of a table without a row."""
    figure, axes = blank(height=1.6)
    axes.set_axis_off()
    axes.annotate("Personne.", (0, 0.5), xycoords="axes fraction", color=COLOURS["--sec"])
    return figure


def entitle(figure: Figure, title: str) -> None:
    """Write the title of a figure, to the left."""
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold")


def dress(axes: Axes) -> None:
    """Give axes the common look."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(COLOURS["--line-strong"])
    axes.tick_params(colors=COLOURS["--sec"])
    axes.grid(axis="y", color=COLOURS["--line"])
    axes.set_axisbelow(True)


def french_axis(
    axes: Axes, which: str = "y", decimals: int = 0, unit: str = "", *, mirrored: bool = False
) -> None:
    """Write the numbers of an axis in French; mirrored, those below zero without their sign."""
    axis = axes.yaxis if which == "y" else axes.xaxis
    if not decimals:
        axis.set_major_locator(MaxNLocator("auto", integer=True, steps=[1, 2, 5, 10]))
    shown = abs if mirrored else float
    axis.set_major_formatter(FuncFormatter(lambda v, _: number(shown(v), decimals) + unit))


def stacked(
    table: pd.DataFrame, *, unit: str = "", horizontal: bool = False, height: float = 0
) -> Figure:
    """Draw bars: a bar a row of the table (its index), a part a column."""
    figure, axes = blank(height=height or (0.35 * len(table) + 1.6 if horizontal else 4.5))
    places = np.arange(len(table))
    base = np.zeros(len(table))
    for place, name in enumerate(table.columns):
        values = table[name].to_numpy(float)
        style = style_of(place) | {"label": code_label(name)}
        if horizontal:
            axes.barh(places, values, left=base, **style)
        else:
            axes.bar(places, values, bottom=base, **style)
        base += np.nan_to_num(values)
    _name(axes, [code_label(name) for name in table.index], horizontal=horizontal)
    french_axis(axes, "x" if horizontal else "y", unit=unit)
    if len(table.columns) > 1:
        legend(axes)
    return figure


def grouped(table: pd.DataFrame, *, unit: str = "", decimals: int = 0, height: float = 0) -> Figure:
    """Draw horizontal bars side by side, each with its number: a group a row, a bar a column."""
    count = len(table.columns)
    figure, axes = blank(height=height or 0.3 * count * len(table) + 1.6)
    thick = 0.8 / count
    for place, name in enumerate(table.columns):
        at = np.arange(len(table)) + (place - (count - 1) / 2) * thick
        values = table[name].to_numpy(float)
        axes.barh(at, values, height=thick * 0.9, label=code_label(name), **style_of(place))
        for y, value in zip(at, values, strict=True):
            if not np.isnan(value):
                axes.annotate(
                    f" {number(value, decimals)}{unit}",
                    (max(value, 0), y),
                    va="center",
                    fontsize=8,
                    color=COLOURS["--text"],
                )
    _name(axes, [code_label(name) for name in table.index], horizontal=True)
    french_axis(axes, "x", decimals, unit)
    axes.margins(x=0.12, y=0.01)
    legend(axes)
    return figure


def heat(
    table: pd.DataFrame, *, unit: str = "", decimals: int = 0, darkest: float | None = None
) -> Figure:
    """Draw a matrix whose cells carry their number; the darker, the larger.

    `darkest`: value from which cells are all as dark, where totals would pale the others.
    """
    figure, axes = blank(height=0.3 * len(table) + 2.4)
    values = table.to_numpy(float)
    top = darkest or (np.nanmax(values) if values.size else 0)
    axes.imshow(values, cmap="GnBu", aspect="auto", vmin=0, vmax=top)
    axes.grid(visible=False)
    middle = top * 0.6
    for (row, column), value in np.ndenumerate(values):
        if not np.isnan(value):
            axes.annotate(
                number(value, decimals) + unit,
                (column, row),
                ha="center",
                va="center",
                color="white" if value > middle else COLOURS["--text"],
            )
    _name_across(axes, [code_label(name) for name in table.columns])
    axes.set_yticks(range(len(table)), [code_label(name) for name in table.index])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return figure


def mark(axes: Axes, place: float, text: str) -> None:
    """Draw a line across, and say what it is: the bar among bars."""
    axes.axvline(place, color=COLOURS["--text"], linestyle="--")
    axes.annotate(
        f" {text}",
        (place, 1),
        xycoords=("data", "axes fraction"),
        va="top",
        color=COLOURS["--text"],
    )


def lines(
    table: pd.DataFrame, *, unit: str = "", decimals: int = 0, steps: bool = False, across: str = ""
) -> Figure:
    """Draw lines: the index across (what it is, if not a year), one line a column."""
    figure, axes = blank()
    markers = ("o", "s", "^", "D", "v", "P")
    for place, name in enumerate(table.columns):
        axes.plot(
            table.index,
            table[name].to_numpy(float),
            color=COLOURS[SERIES[place % len(SERIES)]],
            marker="" if steps else markers[place % len(markers)],
            label=code_label(name),
            drawstyle="steps-post" if steps else "default",
            linestyle=("-", "--", ":", "-.")[place % 4],
            linewidth=2,
        )
    french_axis(axes, decimals=decimals, unit=unit)
    if pd.api.types.is_integer_dtype(table.index):  # no « 2026,5 »
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(across, color=COLOURS["--sec"])
    legend(axes)
    return figure


def waterfall(
    parts: pd.Series, *, unit: str = "", decimals: int = 1, opening: bool = True
) -> Figure:
    """Draw what leads from a first value to a last, which stand on zero.

    Without an `opening`, the first is a part like those that follow, and the last their sum.
    """
    figure, axes = blank()
    values = parts.to_numpy(float)
    begin = np.concatenate([[0], np.cumsum(values[:-2]), [0]])
    kinds = np.where(values >= 0, COLOURS["--c"], COLOURS["--b"])
    totals = (0, len(values) - 1) if opening else (len(values) - 1,)
    kinds[[*totals]] = COLOURS["--a"]
    axes.bar(range(len(values)), values, bottom=begin, color=kinds.tolist())
    for place, (low, value) in enumerate(zip(begin, values, strict=True)):
        sign = "+" if value > 0 and place not in totals else ""
        axes.annotate(
            f"{sign}{number(value, decimals)}{unit}",
            (place, max(low, low + value)),
            ha="center",
            va="bottom",
            color=COLOURS["--text"],
        )
    axes.axhline(0, color=COLOURS["--line-strong"], zorder=1)
    axes.use_sticky_edges = False  # room for the numbers above the bars
    axes.margins(y=0.1)
    _name(axes, [code_label(name) for name in parts.index], horizontal=False)
    french_axis(axes, decimals=max(decimals - 1, 0), unit=unit)
    return figure


def pyramid(names: Sequence[str], women: npt.ArrayLike, men: npt.ArrayLike) -> Figure:
    """Draw women to the left and men to the right, a bar a class, the youngest at the bottom."""
    figure, axes = blank(height=0.26 * len(names) + 1.6)
    places = np.arange(len(names))
    for values, side, colour, hatch, label in (
        (np.asarray(women), -1, WOMEN, "", LABELS["F"]),
        (np.asarray(men), 1, MEN, "////", LABELS["H"]),
    ):
        axes.barh(
            places,
            side * values,
            color=colour,
            hatch=hatch,
            edgecolor="white",
            label=label,
            height=0.9,
        )
    _name(axes, list(names), horizontal=True, turned=False)
    axes.axvline(0, color=COLOURS["--line-strong"])
    french_axis(axes, "x", mirrored=True)
    legend(axes)
    return figure


def style_of(place: int) -> dict[str, Any]:
    """Return the colour and the hatching of a series."""
    at = place % len(SERIES)
    return {"color": COLOURS[SERIES[at]], "hatch": HATCHES[at], "edgecolor": "white"}


def legend(axes: Axes) -> None:
    """Write the names of the series under the figure."""
    figure = axes.get_figure(root=True)
    if figure is not None:
        widest = max(map(len, axes.get_legend_handles_labels()[1]), default=0)
        columns = max(1, min(4, 100 // (widest + 6)))
        figure.legend(loc="outside lower center", ncols=columns, frameon=False)


def _name(axes: Axes, names: list[str], *, horizontal: bool, turned: bool = True) -> None:
    if horizontal:
        axes.set_yticks(range(len(names)), names)
        axes.grid(visible=False)
        axes.grid(axis="x", color=COLOURS["--line"])
        if turned:
            axes.invert_yaxis()
    else:
        _name_across(axes, names)


def _name_across(axes: Axes, names: list[str]) -> None:
    slanted = max(map(len, names), default=0) * len(names) > 90
    axes.set_xticks(
        range(len(names)), names, rotation=30 if slanted else 0, ha="right" if slanted else "center"
    )
