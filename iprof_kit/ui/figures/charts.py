"""Figures: matplotlib drawn to SVG whose text is text and whose colours are the page's own."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from iprof_kit.base.palette import COLOURS
from iprof_kit.documents.figures import inline_svg
from iprof_kit.ui.shared import text

STROKES = {
    "A": ("--a", "solid", "o"),
    "B": ("--b", (0, (3, 5 / 3)), "s"),
    "C": ("--c", (0, (0.7, 1.7)), "^"),
    "D": ("--d", (0, (4, 1.3, 0.7, 1.3)), "D"),
}
_HEIGHTS = (430, 340)
SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "iprof",
    "text.parse_math": False,
    "path.simplify": True,
    "font.family": "DejaVu Sans",
}


@dataclass(frozen=True)
class Point:
    """One step: from this day, this amount; `verify` draws it hollow, with the words."""

    day: date
    amount: float
    label: str
    verify: bool = False


@dataclass(frozen=True)
class Series:
    """One scenario: its letter, its steps, and what is written at the end of its line."""

    key: str
    points: tuple[Point, ...]
    end_head: str
    end_text: str
    last: date | None = None
    """The day on which this line ends, where it is before the others'."""


@lru_cache(maxsize=32)
def career_chart(
    series: tuple[Series, ...],
    *,
    today: date,
    end: date,
    split: date | None,
    gap: str,
    title: str,
    desc: str,
    wide: bool,
    unit: str = "€ bruts par mois",
) -> str:
    """Return the stepped figure of scenarios as inline SVG.

    Parameters
    ----------
    split : date or None
        First day on which the scenarios differ; before it the line is drawn once, in text colour.
    gap : str
        The cumulated difference, written inside the tinted area between two scenarios.
    wide : bool
        The width class: about 1000 units, or about 360 for a phone.
    unit : str
        What the vertical axis counts.

    Returns
    -------
    str
        An ``<svg>`` with ``title`` and ``desc``; colours are CSS variables; text is text.
    """
    with mpl.rc_context(SETTINGS):
        drawing = _Drawing(series, today, end, split, wide)
        drawing.frame(unit)
        drawing.lines(gap)
        return inline_svg(drawing.figure, title, desc)


class _Drawing:
    """One figure being drawn, in user units equal to CSS pixels."""

    def __init__(
        self, series: tuple[Series, ...], today: date, end: date, split: date | None, wide: bool
    ) -> None:
        self.series, self.today, self.end, self.wide = series, today, end, wide
        self.split = (split or end) if len(series) > 1 else None
        self.size = 14 if wide else 12.5
        width, height = (1000, _HEIGHTS[0]) if wide else (360, _HEIGHTS[1])
        left, right = (64, 206) if wide else (46, 14)
        bottom, top = (40, 34) if wide else (34, 30)
        self.figure = Figure(figsize=(width / 72, height / 72), dpi=72)
        FigureCanvasSVG(self.figure)
        self.axes = self.figure.add_axes(
            (
                left / width,
                bottom / height,
                (width - left - right) / width,
                (height - top - bottom) / height,
            )
        )
        self.start = min(s.points[0].day for s in series)
        amounts = [p.amount for s in series for p in s.points]
        self.step = next(
            s
            for s in (100, 200, 400, 500, 1000, 2000)
            if (max(amounts) - min(amounts)) / s <= 4 or s == 2000
        )
        self.low = int(min(amounts) // self.step * self.step)
        self.high = int(-(-max(amounts) // self.step) * self.step)
        if self.low == self.high:
            self.high += self.step
        self.axes.set_xlim(_x(self.start), _x(end))
        self.axes.set_ylim(self.low, self.high)
        self.px = (width - left - right) / max(_x(end) - _x(self.start), 1e-9)
        self.py = (height - top - bottom) / (self.high - self.low)
        self.taken: list[tuple[float, float, float, float]] = []

    def frame(self, unit: str) -> None:
        """Draw grid, axis labels and the line of today."""
        axes = self.axes
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.spines["bottom"].set_color(COLOURS["--line-strong"])
        ticks = range(self.low, self.high + 1, self.step)
        axes.set_yticks(list(ticks), [f"{t:,}".replace(",", text.NBSP) for t in ticks])
        axes.grid(axis="y", color=COLOURS["--line"], linewidth=1)
        axes.set_axisbelow(True)
        years = self.end.year - self.start.year
        every = (2 if self.wide else 4) * (1 if years <= 26 else 2)
        first = self.start.year + (_x(self.start) > self.start.year)
        shown = [y for y in range(first, self.end.year + 1) if y % every == 0]
        axes.set_xticks(shown, [str(y) for y in shown])
        axes.tick_params(
            axis="both",
            labelsize=self.size,
            labelcolor=COLOURS["--sec"],
            color=COLOURS["--line-strong"],
            length=5,
            pad=5,
        )
        axes.tick_params(axis="y", length=0, pad=8)
        self._write(unit, (self.start, self.high), (-self.axes.bbox.x0, 14), "--sec", free=True)
        if any(p.verify for s in self.series for p in s.points):
            self._write(
                "symbole creux : à vérifier",
                (self.end, self.high),
                (0, 14),
                "--verify",
                "right",
                free=True,
            )
        if self.start < self.today < self.end:
            axes.axvline(
                _x(self.today), color=COLOURS["--text"], linewidth=1, linestyle=(0, (2, 3))
            )
            self._write("aujourd’hui", (self.today, self.high), (5, -14), "--text")

    def lines(self, gap: str) -> None:
        """Draw each series; what they share once, in text colour."""
        self._ends()
        if gap and self.split and len(self.series) == 2 and self.split < self.end:
            self._gap(gap)
        if self.split and self.split > self.start:
            self._line(self.series[0], self.start, self.split, "--text", "solid", "o", common=True)
        for series in self.series:
            colour, dashes, marker = STROKES[series.key]
            begin, until = self.split or self.start, series.last or self.end
            if begin < until:
                self._line(series, begin, until, colour, dashes, marker)

    def _line(
        self,
        series: Series,
        begin: date,
        end: date,
        colour: str,
        dashes: object,
        marker: str,
        *,
        common: bool = False,
    ) -> None:
        days, amounts = _stairs(series.points, begin, end)
        self.axes.plot(
            days,
            amounts,
            color=COLOURS[colour],
            linewidth=3,
            linestyle=dashes,
            drawstyle="steps-post",
            solid_joinstyle="miter",
            clip_on=False,
        )
        shown = [p for p in series.points if begin <= p.day < end or (p.day == end == self.end)]
        above = common or self._is_upper(series)
        previous = ""
        for point in shown:
            hollow = point.verify
            self.axes.plot(
                [_x(point.day)],
                [point.amount],
                marker=marker,
                markersize=9.5,
                markerfacecolor=COLOURS["--page" if hollow else colour],
                markeredgecolor=COLOURS[colour],
                markeredgewidth=2.5 if hollow else 0,
                linestyle="none",
                clip_on=False,
            )
            if not point.label:
                continue
            label = _short(point.label, previous)
            previous = point.label
            self._label(point, label, colour, above=above, centred=common)

    def _label(self, point: Point, label: str, colour: str, *, above: bool, centred: bool) -> None:
        places = (
            [(0, 12, "center"), (-7, 10, "right"), (8, -20, "left")]
            if centred
            else [(-7, 10, "right"), (0, 12, "center"), (8, -20, "left")]
            if above
            else [(8, -20, "left"), (-7, 10, "right"), (0, -24, "center")]
        )
        texts = [f"{label} à vérifier", label] if point.verify else [label]
        ink = "--verify" if point.verify else colour
        for words, (dx, dy, anchor) in itertools.product(texts, places):
            if self._write(words, (point.day, point.amount), (dx, dy), ink, anchor, bold=True):
                return

    def _ends(self) -> None:
        heights: list[float] = []
        ordered = sorted(self.series, key=lambda s: -s.points[-1].amount)
        for series in ordered:
            y = series.points[-1].amount * self.py
            apart = 42 if self.wide else 18
            if heights and heights[-1] - y < apart:
                y = heights[-1] - apart
            heights.append(y)
            colour = STROKES[series.key][0]
            shift = y - series.points[-1].amount * self.py
            at = (self.end, series.points[-1].amount)
            if self.wide:
                self._write(series.end_head, at, (12, shift + 2), colour, bold=True, free=True)
                self._write(series.end_text, at, (12, shift - 17), "--text", free=True)
            else:
                dy = 20 if series is ordered[0] and len(ordered) > 1 else -34
                self._write(series.end_head, at, (0, dy), colour, "right", bold=True)

    def _gap(self, words: str) -> None:
        split = self.split or self.start
        days = sorted(
            {
                split,
                self.end,
                *(p.day for s in self.series for p in s.points if split <= p.day <= self.end),
            }
        )
        low, high = ([_amount(s, d) for d in days] for s in self.series)
        self.axes.fill_between(
            [_x(d) for d in days],
            low,
            high,
            step="post",
            color=COLOURS["--gap"],
            linewidth=0,
            zorder=1,
        )
        last = days[-2]  # the words stand at the end of the lines
        bottom, top = sorted(_amount(s, last) for s in self.series)
        if self.wide and (top - bottom) * self.py > 34:
            self._write(
                f"écart cumulé {words}",
                (self.end, (top + bottom) / 2),
                (-14, -5),
                "--text",
                "right",
            )

    def _is_upper(self, series: Series) -> bool:
        return series.points[-1].amount >= max(s.points[-1].amount for s in self.series)

    def _write(
        self,
        words: str,
        at: tuple[date, float],
        offset: tuple[float, float],
        colour: str,
        anchor: str = "left",
        *,
        bold: bool = False,
        free: bool = False,
    ) -> bool:
        """Write where nothing stands yet; `free` places are ours alone. Return whether done."""
        size = self.size
        width = len(words) * size * (0.58 if bold else 0.54)
        x = (_x(at[0]) - _x(self.start)) * self.px + offset[0]
        y = (at[1] - self.low) * self.py + offset[1]
        left = x - {"left": 0, "center": width / 2, "right": width}[anchor]
        box = (left, y - 3, left + width, y + size * 0.8)
        if not free:
            span = (_x(self.end) - _x(self.start)) * self.px
            clash = any(
                box[0] < t[2] and t[0] < box[2] and box[1] < t[3] and t[1] < box[3]
                for t in self.taken
            )
            if clash or box[0] < -self.axes.bbox.x0 or box[2] > span + (180 if self.wide else 14):
                return False
        self.taken.append(box)
        self.axes.annotate(
            words,
            (_x(at[0]), at[1]),
            xytext=offset,
            textcoords="offset points",
            fontsize=size,
            fontweight="bold" if bold else "normal",
            color=COLOURS[colour],
            ha=anchor,
            va="baseline",
            annotation_clip=False,
        )
        return True


def _x(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def _short(label: str, previous: str) -> str:
    """Return the label without the grade it shares with the step before."""
    head, _, tail = label.rpartition(" ")
    return tail if head and previous.startswith(f"{head} ") else label


def _amount(series: Series, day: date) -> float:
    past = [p.amount for p in series.points if p.day <= day]
    return past[-1] if past else series.points[0].amount


def _stairs(points: tuple[Point, ...], begin: date, end: date) -> tuple[list[float], list[float]]:
    """Return the corners of the line between two days; it starts from the step before."""
    before = [p for p in points if p.day < begin]
    corners = [(begin, before[-1].amount)] if before else []
    corners += [(p.day, p.amount) for p in points if begin <= p.day <= end]
    corners.append((end, corners[-1][1]))
    return [_x(day) for day, _ in corners], [amount for _, amount in corners]
