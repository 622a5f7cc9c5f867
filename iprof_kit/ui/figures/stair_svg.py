"""The stair of a career as SVG: text is text, colours are the page's own, nothing is loaded."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from html import escape

from iprof_kit.ui.figures.charts import place
from iprof_kit.ui.figures.stair import COMING, NOW, PAST, Stair, StairStep

_serial = itertools.count()
_EDGE, _DISC = 6, 49
"""What is left empty at both sides; the least height of the disc of today, for its words."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Size:
    """A width class, in CSS pixels: the figure, what is above and under the steps, its letters."""

    width: int
    height: int
    top: int
    bottom: int
    letters: float
    every: int
    """Years between two that are written under the axis."""
    narrow: bool = False


WIDE = Size(976, 272, 20, 46, 13, 5)
PHONE = Size(352, 240, 24, 46, 13, 10, narrow=True)


@lru_cache(maxsize=32)
def stair_charts(stair: Stair) -> tuple[str, str]:
    """Return the figure as inline SVG, for wide screens, then for phones."""
    return written(stair, WIDE), written(stair, PHONE)


def written(stair: Stair, size: Size) -> str:
    """Return the figure in a width class; every word is escaped."""
    serial = f"m{next(_serial)}"
    return (
        f'<svg viewBox="0 0 {size.width} {size.height}" role="img" focusable="false" '
        f'aria-labelledby="{serial}t {serial}d"><title id="{serial}t">{escape(stair.title)}'
        f'</title><desc id="{serial}d">{escape(stair.desc)}</desc>'
        f"{_Drawing(stair, size).whole()}</svg>"
    )


@dataclass
class _Drawing:
    """One figure being written; `taken` are the places where words stand."""

    stair: Stair
    size: Size
    taken: list[Box] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ground = self.size.height - self.size.bottom
        self.low, self.high = self.stair.bounds
        self.top = float(self.size.top)
        share = (self.high - self.stair.index_on(self.stair.today)) / (self.high - self.low)
        if self.y(self.stair.index_on(self.stair.today)) < _DISC:
            self.top = (_DISC - share * self.ground) / (1 - share)

    def whole(self) -> str:
        """Return the drawing; words that matter most take their place first."""
        steps = self._before() + "".join(map(self._step, self.stair.steps))
        you, names, higher = self._you(), self._higher_name(), self._higher_labels()
        drawn = (self._axis(), self._promotion(), steps, self._squares(), self._leaving())
        return "".join((*drawn, self._meetings(), names, higher, you))

    def x(self, day: date) -> float:
        """Return the place of a day."""
        begin, end = place(self.stair.begin), place(self.stair.end)
        share = (place(day) - begin) / max(end - begin, 1e-9)
        return _EDGE + share * (self.size.width - 2 * _EDGE)

    def y(self, index: float) -> float:
        """Return the height of an index."""
        share = (self.high - index) / (self.high - self.low)
        return self.top + share * (self.ground - self.top)

    def _axis(self) -> str:
        size, ground = self.size, self.ground
        drawn = [f'<path d="M{_EDGE} {ground}H{size.width - _EDGE}" stroke="var(--line-strong)"/>']
        first = -(-self.stair.begin.year // size.every) * size.every
        for year in range(first, self.stair.end.year + 1, size.every):
            at = self.x(max(date(year, 1, 1), self.stair.begin))
            anchor = "start" if at < 22 else "end" if at > size.width - 22 else "middle"
            drawn.append(f'<path d="M{at:.1f} {ground}v4" stroke="var(--line-strong)"/>')
            drawn.append(self._words(str(year), at, ground + 18, "--sec", anchor))
        return "".join(drawn)

    def _before(self) -> str:
        """Draw the years of which the file says no échelon."""
        first = self.stair.steps[0]
        if self.stair.begin >= first.begin:
            return ""
        left, right, top = self.x(self.stair.begin), self.x(first.begin) - 2, self.y(first.index)
        dotted = (
            f'<path d="M{left:.1f} {self.ground}V{top:.1f}H{max(right, left):.1f}" fill="none" '
            'stroke="var(--line-strong)" stroke-dasharray="3 3"/>'
        )
        words = self.stair.begin_words
        if self.size.narrow or not words or not self._take(words, left, top - 7, "start"):
            return dotted
        return dotted + self._words(words, left, top - 7, "--sec")

    def _step(self, one: StairStep) -> str:
        left, right, top = self.x(one.begin), self.x(one.end) - 2, self.y(one.index)
        wide, tall = max(right - left, 1), self.ground - top
        clear = self._clear(one, left, wide)
        ink = {PAST: "var(--step)", NOW: "var(--link)", COMING: "var(--page)"}[one.state]
        dashed = (
            ' stroke="var(--link)" stroke-width="1.3" stroke-dasharray="5 4"'
            if one.state == COMING
            else ""
        )
        drawn = (
            f'<rect class="{one.state}" x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" '
            f'height="{tall:.1f}" fill="{ink}"{dashed}/>'
        )
        if one.state != NOW:
            drawn += (
                f'<path d="M{left:.1f} {top:.1f}h{wide:.1f}" stroke="var(--link)" '
                'stroke-width="3"/>'
            )
        return drawn + self._step_words(one, left + clear / 2, clear, top)

    def _clear(self, one: StairStep, left: float, wide: float) -> float:
        """Return the width for the words of a step: before the line of the departure."""
        leaving = self.stair.leaving
        if leaving is None or not one.begin < leaving < one.end:
            return wide
        return max(self.x(leaving) - left, 0.0)

    def _step_words(self, one: StairStep, middle: float, wide: float, top: float) -> str:
        """Write an échelon in its step, and its year under it, where there is room."""
        now = one.state == NOW
        size = self.size.letters + (0 if self.size.narrow else 3 if now else 2)
        if wide < len(one.label) * 0.66 * size:
            return ""
        ink = "--on-link" if now else "--text"
        drawn = self._words(one.label, middle, top + 19, ink, "middle", bold=True, size=size)
        if not self.size.narrow and wide > 44:
            second = "--on-link" if now else "--sec"
            drawn += self._words(str(one.begin.year), middle, top + 36, second, "middle")
        return drawn

    def _promotion(self) -> str:
        """Tint what a promotion would add, under its dashed line."""
        area = self.stair.between()
        if not area:
            return ""
        right = self.size.width - _EDGE
        days = [self.x(day) for day, _, _ in area]
        line = f"M{days[0]:.1f} {self.y(area[0][1]):.1f}"
        back = f"H{right:.1f}"
        for at, (_, _, above) in zip(days, area, strict=True):
            line += f"H{at:.1f}V{self.y(above):.1f}"
        for at, (_, under, _) in reversed(tuple(zip(days, area, strict=True))):
            back += f"V{self.y(under):.1f}H{at:.1f}"
        return (
            f'<path d="{line}{back}Z" fill="var(--gap)"/><path d="{line}H{right:.1f}" fill="none" '
            'stroke="var(--b)" stroke-width="3" stroke-dasharray="9 4"/>'
        )

    def _squares(self) -> str:
        return "".join(
            f'<path d="M{self.x(one.begin) - 4:.1f} {self.y(one.index) - 4:.1f}h8v8h-8z" '
            'fill="var(--b)"/>'
            for one in self.stair.higher
        )

    def _higher_name(self) -> str:
        """Name the promotion above the end of its line."""
        if not self.stair.higher:
            return ""
        words = self.stair.higher_words[self.size.narrow]
        at, top = self.size.width - _EDGE - 2, self.y(self.stair.higher[-1].index) - 9
        self._take(words, at, top, "end", bold=True)
        return self._words(words, at, top, "--b", "end", bold=True)

    def _higher_labels(self) -> str:
        """Name each step of the promotion at the left of its square, where there is room."""
        if self.size.narrow:
            return ""
        drawn = []
        for one in self.stair.higher:
            at, top = self.x(one.begin) - 7, self.y(one.index) - 7
            if self._take(one.label, at, top, "end", bold=True):
                drawn.append(self._words(one.label, at, top, "--b", "end", bold=True))
        return "".join(drawn)

    def _you(self) -> str:
        """Draw the disc of today, which nothing else of the kit looks like, and its words."""
        stair = self.stair
        if not stair.begin <= stair.today < stair.end:
            return ""
        at, foot = self.x(stair.today), self.y(stair.index_on(stair.today)) - 9
        wide, words = self._width(stair.you, bold=True), max(foot - 29, 11.0)
        near = any(at < self.x(one.begin) < at + wide for one in stair.higher)
        aside = near or self.size.narrow or at > self.size.width - wide
        anchor = "end" if aside and at + 14 > wide else "start" if at < wide else "middle"
        if anchor == "start" and at > wide / 2 and self._struck(at, at + wide, words):
            anchor = "middle"
        at_words = at + (14 if anchor == "end" else 0)
        left = at_words - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        while lines := self._struck(left, left + wide, words):
            words = min(lines) - 7
        self._take(stair.you, at_words, words, anchor, bold=True)
        self.taken.append((at - 9, foot - 9, at + 9, foot + 9))
        return (
            f'<path d="M{at:.1f} {foot:.1f}V{words + 5:.1f}" stroke="var(--text)" '
            f'stroke-width="1.5"/><circle class="you" cx="{at:.1f}" cy="{foot:.1f}" r="8.5" '
            'fill="var(--gold)" stroke="var(--text)" stroke-width="2"/>'
            + self._words(stair.you, at_words, words, "--text", anchor, bold=True)
        )

    def _struck(self, left: float, right: float, words: float) -> list[float]:
        """Return the heights of the lines that would cross words written there."""
        ends = [self.x(one.begin) for one in self.stair.higher[1:]] + [float(self.size.width)]
        lines = [
            (self.x(one.begin), self.x(one.end), self.y(one.index)) for one in self.stair.steps
        ]
        lines += [
            (self.x(one.begin), end, self.y(one.index))
            for one, end in zip(self.stair.higher, ends, strict=False)
        ]
        return [
            height
            for begin, end, height in lines
            if begin < right and left < end and words - self.size.letters < height < words + 6
        ]

    def _leaving(self) -> str:
        """Draw the day from which one may leave; its words stand in a step, else beneath."""
        stair = self.stair
        if stair.leaving is None or not stair.begin < stair.leaving < stair.end:
            return ""
        at, top = self.x(stair.leaving), self.y(stair.index_on(stair.leaving))
        before = (one for one in reversed(stair.steps) if one.begin <= stair.leaving)
        holds = next(before, stair.steps[0])
        ink = "--text" if holds.state == COMING else "--on-link"
        line = f'<path d="M{at:.1f} {top:.1f}V{self.ground}" stroke="var({ink})" stroke-width="2"/>'
        first, second, short = stair.leaving_words
        both = (short,) if self.size.narrow else (first, second)
        room = at - self.x(holds.begin) - 12
        if holds.state != COMING or self._width(max(both, key=len), bold=True) > room:
            return line + self._beneath(short, at)
        drawn = ""
        for rank, words in enumerate(reversed(both)):
            strong = rank == len(both) - 1
            ink = "--text" if strong else "--sec"
            drawn += self._words(
                words, at - 7, self.ground - 10 - 17 * rank, ink, "end", bold=strong
            )
        return line + drawn

    def _beneath(self, words: str, at: float) -> str:
        height = self.ground + 36
        anchor = "end" if at > self.size.width / 2 else "start"
        self._take(words, at, height, anchor, bold=True)
        return self._words(words, at, height, "--text", anchor, bold=True)

    def _meetings(self) -> str:
        """Draw the rendez-vous de carrière under the axis, and name them."""
        stair, drawn = self.stair, []
        height = self.ground + 30
        last = 0.0
        for begin, end in stair.meetings:
            left = self.x(max(begin, stair.begin))
            last = self.x(min(end, stair.end))
            drawn.append(
                f'<path d="M{left:.1f} {height}H{last:.1f}" stroke="var(--text)" stroke-width="5"/>'
            )
        if drawn:
            words = stair.meetings_words[self.size.narrow]
            right = last + 8 + self._width(words) < self.size.width
            at = last + 8 if right else self.x(stair.meetings[0][0]) - 8
            anchor = "start" if right else "end"
            if self._take(words, at, height + 5, anchor):
                drawn.append(self._words(words, at, height + 5, "--text", anchor))
        return "".join(drawn)

    def _width(self, words: str, *, bold: bool = False) -> float:
        return len(words) * self.size.letters * (0.58 if bold else 0.53)

    def _take(self, words: str, x: float, y: float, anchor: str, *, bold: bool = False) -> bool:
        """Take the place of words; tell whether it was free and inside the figure."""
        width = self._width(words, bold=bold)
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        box = (left, y - self.size.letters, left + width, y + 3)
        free = left >= 0 and left + width <= self.size.width
        free = free and not any(_meet(box, other) for other in self.taken)
        if free:
            self.taken.append(box)
        return free

    def _words(
        self,
        words: str,
        x: float,
        y: float,
        ink: str,
        anchor: str = "start",
        *,
        bold: bool = False,
        size: float = 0,
    ) -> str:
        more = f' text-anchor="{anchor}"' if anchor != "start" else ""
        more += ' font-weight="700"' if bold else ""
        more += ' class="halo"' if bold and not size else ""
        return (
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size or self.size.letters:g}" '
            f'fill="var({ink})"{more}>{escape(words)}</text>'
        )


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
