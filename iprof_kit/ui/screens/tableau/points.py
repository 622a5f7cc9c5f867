"""The points of a ranking: one dot a person, women above the axis, filled where proposed.

Dots are drawn as dashes of no length with round ends: a lane of a column is one line of SVG,
whatever the number of people in it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil

import pandas as pd

from iprof_kit.ui.shared import text

WIDE, NARROW = (660, 4, 8.6), (340, 3, 5.2)
"""Width of the figure, lanes of a column, widest step between two dots."""
_STEPS = (5, 10, 20, 50, 100, 200)
_MOST_COLUMNS = 24
_TALLEST = 26
"""Rows of dots above the axis from which a dot stands for several people."""
_TOP, _AXIS, _EDGE = 40, 24, 6
_LABEL = 34
"""Width that a label needs."""


@dataclass(frozen=True)
class Lane:
    """One line of dots, from the axis outwards."""

    x: float
    y: float
    length: float
    filled: bool


@dataclass(frozen=True)
class Column:
    """The people of as many points: two counts a sex, and where the label stands."""

    points: int
    x: float
    women: tuple[int, int]
    """Proposed, all."""
    men: tuple[int, int]
    labelled: bool = True
    """Whether its points are written: on a phone, one in so many, and none beside the bar's."""


@dataclass(frozen=True)
class Strip:
    """The figure and the numbers of its table."""

    title: str
    desc: str
    width: float
    height: float
    axis: float
    """Top of the axis band."""
    radius: float
    step: float
    columns: tuple[Column, ...]
    lanes: tuple[Lane, ...]
    column_width: float
    bar: Column | None
    women: int
    men: int
    note: str


def strip(
    ranking: pd.DataFrame, title: str, bar: float | None, size: tuple[float, int, float]
) -> Strip | None:
    """Return the points of a ranking; None where it has no barème.

    Parameters
    ----------
    ranking : DataFrame
        `bareme`, `sexe`, `propose`; people whose line is wrong left out.
    title : str
        Of the campaign.
    bar : float or None
        Points of the last one who is proposed.
    size : tuple
        `WIDE` or `NARROW`.
    """
    if "bareme" not in ranking or ranking.empty:
        return None
    width, per, widest = size
    points = ranking["bareme"].astype(float)
    bins = _bins(points)
    column = (width - 2 * _EDGE) / len(bins)
    step = min(column / (per + 0.7), widest)
    counts = _counts(ranking, points, bins)
    tallest = max(max(each[0][1], each[1][1]) for each in counts)
    each = max(1, ceil(tallest / (per * _TALLEST)))
    rows = [max(_rows(one[sex][1], each, per) for one in counts) for sex in (0, 1)]
    axis = _TOP + rows[0] * step + 4
    columns = tuple(
        Column(low, round(_EDGE + (n + 0.5) * column, 1), *counts[n]) for n, low in enumerate(bins)
    )
    lanes = tuple(
        lane
        for one in columns
        for sex, base, way in ((one.women, axis - 5, -1), (one.men, axis + _AXIS + 5, 1))
        for lane in _lanes(sex, one.x, base, way * step, per, each)
    )
    last = None if bar is None else next((c for c in reversed(columns) if c.points <= bar), None)
    sexes = ranking["sexe"].value_counts()
    return Strip(
        title=f"PROJET. {text.sentence(title).rstrip('.')}, une personne, un point",
        desc="Femmes au-dessus de l’axe, hommes au-dessous ; plein : proposé. Mêmes valeurs dans "
        "le tableau qui suit.",
        width=width,
        height=round(axis + _AXIS + rows[1] * step + 12, 1),
        axis=round(axis, 1),
        radius=round(step * 0.39, 2),
        step=round(step, 2),
        columns=_labelled(columns, last, width),
        lanes=lanes,
        column_width=round(column, 1),
        bar=last,
        women=int(sexes.get("F", 0)),
        men=int(sexes.get("H", 0)),
        note=f"Un point pour {each} personnes." if each > 1 else "",
    )


def _labelled(columns: tuple[Column, ...], bar: Column | None, width: float) -> tuple[Column, ...]:
    """Return the columns with as many labels as fit, that of the bar among them."""
    every = max(1, ceil(len(columns) * _LABEL / width))
    at = columns.index(bar) if bar else 0
    return tuple(
        replace(one, labelled=n == at or (n % every == 0 and abs(n - at) >= every))
        for n, one in enumerate(columns)
    )


def _bins(points: pd.Series) -> list[int]:
    """Return the lowest points of each column, from the lowest score to the highest."""
    gaps = sorted(set(points))
    finest = min((b - a for a, b in pairwise(gaps)), default=10.0)
    for step in _STEPS:
        first = int(points.min() // step * step)
        bins = list(range(first, int(points.max()) + 1, step))
        if len(bins) <= _MOST_COLUMNS and (step <= max(finest, 10) or step == _STEPS[-1]):
            return bins
    return bins


def _counts(
    ranking: pd.DataFrame, points: pd.Series, bins: list[int]
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    place = pd.cut(points, [*bins, float("inf")], right=False, labels=False)
    table = ranking.assign(place=place).groupby(["place", "sexe"])["propose"].agg(["sum", "count"])
    by_bin = {key: (int(row["sum"]), int(row["count"])) for key, row in table.iterrows()}
    return [(by_bin.get((n, "F"), (0, 0)), by_bin.get((n, "H"), (0, 0))) for n in range(len(bins))]


def _rows(count: int, each: int, per: int) -> int:
    return ceil(ceil(count / each) / per)


def _lanes(
    counts: tuple[int, int], x: float, base: float, step: float, per: int, each: int
) -> list[Lane]:
    """Return the lines of one side of a column: the proposed nearest the axis."""
    proposed, everybody = (ceil(count / each) for count in counts)
    across = min(per, everybody)
    lanes = []
    for lane in range(across):
        at = round(x + (lane - (across - 1) / 2) * abs(step), 1)
        full = _rows(max(proposed - lane, 0), 1, per)
        whole = _rows(max(everybody - lane, 0), 1, per)
        if full:
            lanes.append(Lane(at, round(base, 1), round((full - 1) * step, 1), filled=True))
        if whole > full:
            start = round(base + full * step, 1)
            lanes.append(Lane(at, start, round((whole - full - 1) * step, 1), filled=False))
    return lanes
