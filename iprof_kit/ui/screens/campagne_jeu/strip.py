"""The points of the game: one dot a person, women above the axis, men below, filled = promoted.

The wide figure draws a circle a person, that a click reads; a phone gets the same dots as lines of
no length, and reads them by the slider under the figure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from iprof_kit.base.calendar import YEAR
from iprof_kit.calculate.campaign_game.campaign import Campaign, value_text
from iprof_kit.calculate.campaign_game.compared import Difference
from iprof_kit.ui.shared import text

WIDE, NARROW = (660, 11), (340, 7)
"""Width of the figure, widest step between two dots."""
PROMOTED, OUT, ENTERS, LEAVES = "p", "o", "e", "l"
_MOST_COLUMNS, _TALLEST, _FEWEST_LANES = 24, 13, 3
_TOP, _AXIS, _EDGE, _LABEL = 40, 24, 6, 36
_YEARS = ("anciennete_corps", "anciennete_grade", "anciennete_echelon", "ags", "age")


@dataclass(frozen=True)
class Dot:
    """One person: where she stands, her rank, and what happens to her."""

    x: float
    y: float
    rank: int
    kind: str


@dataclass(frozen=True)
class Column:
    """People of one value: where its label stands, and its counts, promoted and all, by sex."""

    label: str
    x: float
    labelled: bool
    women: tuple[int, int]
    men: tuple[int, int]


@dataclass(frozen=True)
class Strip:
    """The figure and the numbers of its table."""

    width: float
    height: float
    axis: float
    radius: float
    dots: tuple[Dot, ...]
    columns: tuple[Column, ...]
    column_width: float
    bars: tuple[tuple[float, str], ...]
    """Where each bar stands, and of whom it is."""
    read: Dot
    paths: tuple[tuple[str, str], ...]
    """The dots of each kind as one line of SVG."""
    women: int
    men: int


def strip(played: Campaign, beside: Difference, row: int, size: tuple[float, float]) -> Strip:
    """Return the figure of a campaign.

    Parameters
    ----------
    beside : Difference
        Against which procedure who enters and who leaves is marked.
    row : int
        The person read.
    size : tuple
        `WIDE` or `NARROW`.
    """
    width, widest = size
    bins, labels = _bins(played)
    names = sorted(set(bins))
    column = (width - 2 * _EDGE) / len(names)
    people = [_people(played, bins, name) for name in names]
    most = max(len(whom) for each in people for whom in each)
    lanes = max(_FEWEST_LANES, ceil(most / _TALLEST))
    step = min(column / (lanes + 0.7), widest)
    rows = [max(ceil(len(each[sex]) / lanes) for each in people) for sex in (0, 1)]
    axis = _TOP + rows[0] * step + 4
    kinds = _kinds(played, beside)
    dots, columns = {}, []
    every = max(1, ceil(len(names) * _LABEL / width))
    for place, (name, each) in enumerate(zip(names, people, strict=True)):
        middle = _EDGE + (place + 0.5) * column
        for whom, base, way in ((each[0], axis - 5, -1), (each[1], axis + _AXIS + 5, 1)):
            across = min(lanes, len(whom))
            for n, one in enumerate(whom):
                x = middle + (n % lanes - (across - 1) / 2) * step
                y = base + way * (n // lanes) * step
                rank = int(played.result.rank[one])
                dots[one] = Dot(round(x, 1), round(y, 1), rank, kinds[one])
        counts = (_counts(played, each[0]), _counts(played, each[1]))
        columns.append(
            Column(labels(name), round(middle, 1), place % every == 0, counts[0], counts[1])
        )
    women = sum(len(each[0]) for each in people)
    return Strip(
        width,
        round(axis + _AXIS + rows[1] * step + 12, 1),
        round(axis, 1),
        round(step * 0.39, 2),
        tuple(dots.values()),
        tuple(columns),
        round(column, 1),
        tuple(
            (columns[names.index(bins[bar])].x, f"barre{text.NBSP}{name}".rstrip())
            for name, bar in played.bars
        ),
        dots[row],
        _paths(tuple(dots.values())),
        women,
        len(bins) - women,
    )


def _bins(played: Campaign) -> tuple[list[int], Callable[[int], str]]:
    """Return the column of each person, and what is written under a column."""
    name = played.criteria[0]
    values = played.result.values[0].tolist()
    if name in _YEARS:
        values = [value // YEAR for value in values]
    width = 1
    while len({value // width for value in values}) > _MOST_COLUMNS:
        width += 1

    def label(low: int) -> str:
        if name in _YEARS or name == "bareme":
            return str(low * width)
        return value_text(name, low).removesuffix(" échelon").removesuffix(" avis très favorable")

    return [value // width for value in values], label


def _people(played: Campaign, bins: list[int], name: int) -> tuple[list[int], list[int]]:
    """Return the women and the men of a column, the promoted first, then by rank."""
    order = [row for row in played.result.order.tolist() if bins[row] == name]
    order.sort(key=lambda row: not played.taken[row])
    women = [row for row in order if played.people.woman(row)]
    return women, [row for row in order if not played.people.woman(row)]


def _kinds(played: Campaign, beside: Difference) -> list[str]:
    kinds = [PROMOTED if taken else OUT for taken in played.taken.tolist()]
    for rows, kind in ((beside.enter, ENTERS), (beside.leave, LEAVES)):
        for row in rows:
            kinds[row] = kind
    return kinds


def _counts(played: Campaign, rows: list[int]) -> tuple[int, int]:
    return sum(bool(played.taken[row]) for row in rows), len(rows)


def _paths(dots: tuple[Dot, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (kind, "".join(f"M{dot.x:g} {dot.y:g}h0" for dot in dots if dot.kind == kind))
        for kind in (PROMOTED, OUT, ENTERS, LEAVES)
    )
