"""The figure of careers as SVG: text is text, colours are the page's own, nothing is loaded."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from html import escape

from iprof_kit.base.words import hard_spaces_read
from iprof_kit.ui.figures import flags_svg as flags
from iprof_kit.ui.figures.charts import (
    COMMON,
    STROKES,
    Career,
    Point,
    Scale,
    Stretch,
    place,
    scale_of,
    short,
)

_serial = itertools.count()
_ROWS, _CLEAR = 8, 2.0
"""How far from its line an end is named, in rows of words; how near a line may pass, in pixels."""
_NARROW = 520
"""Below this width, lines are named on the figure: there is no margin for it."""
Box = tuple[float, float, float, float]
Offset = tuple[float, float, str]
_UNDER: Offset = (8, 19, "start")
_LEFT: Offset = (-8, -8, "end")
_ABOVE: tuple[Offset, ...] = (_LEFT, (0, -11, "middle"), (7, -8, "start"), _UNDER)
_BELOW: tuple[Offset, ...] = (_UNDER, (0, 21, "middle"), (-7, 19, "end"), _LEFT)
_CENTRED: tuple[Offset, ...] = ((0, -11, "middle"), *_ABOVE)
_RIGHT = ((12, 20, "start"), (12, -11, "start"))
_BESIDE: tuple[Offset, ...] = (*_RIGHT, (-12, 20, "end"), (12, 34, "start"))
_TIED: tuple[Offset, ...] = tuple(
    (dx, dy, anchor)
    for far in range(34, 222, 14)
    for dy in (far, -far)
    for dx, anchor in ((-7, "start"), (7, "end"), (0, "middle"))
)
"""Where the words of today stand: beside the disc, or over and under it, tied by a line."""


@dataclass(frozen=True)
class Size:
    """A width class, in CSS pixels: the figure, its margins, its letters."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    letters: float

    @property
    def narrow(self) -> bool:
        """Whether lines are named on the figure itself."""
        return self.width < _NARROW


SIZES = {
    "page": Size(1000, 340, 58, 206, 34, 34, 14),
    "instrument": Size(660, 316, 48, 132, 28, 30, 13),
    "projected": Size(780, 300, 60, 128, 32, 34, 16),
    "projected_small": Size(516, 200, 66, 14, 30, 32, 18),
}
"""Those of a wall are seen larger than drawn: letters, lines and symbols grow together."""
PHONE = Size(360, 270, 46, 12, 28, 28, 13)


@lru_cache(maxsize=32)
def career_charts(career: Career, *, wide: str = "page") -> tuple[str, str]:
    """Return the figure as inline SVG, for wide screens, then for phones.

    Parameters
    ----------
    career : Career
        What is shown.
    wide : str
        The place of the wide one: ``"page"``, or ``"instrument"``, beside levers.
    """
    return written(career, SIZES[wide]), written(career, PHONE)


def written(career: Career, size: Size) -> str:
    """Return the figure in a width class; every word is escaped."""
    drawing = _Drawing(career, size)
    serial = f"g{next(_serial)}"
    height = size.height + drawing.under
    return hard_spaces_read(
        f'<svg viewBox="0 0 {size.width} {height}" role="img" focusable="false" '
        f'aria-labelledby="{serial}t {serial}d"><title id="{serial}t">{escape(career.title)}'
        f'</title><desc id="{serial}d">{escape(career.desc)}</desc>{drawing.whole()}</svg>'
    )


@dataclass
class _Drawing:
    """One figure being written; `taken` are the places where words and symbols stand."""

    career: Career
    size: Size
    taken: list[Box] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.scale: Scale = scale_of(self.career)
        self.right = self.size.width - self.size.right
        self.bottom = self.size.height - self.size.bottom
        self.banners = flags.banners(
            self.career.flags, self._inside, self.size.width, self.size.letters
        )
        drawn = tuple(self.career.stretches())
        self.stretches = drawn[::-1] if self.career.unrolled else drawn
        self.walls = [wall for one in self.stretches for wall in self._walls(one)]
        if (read := self.career.read) is not None:
            self.walls.append((self.x(read), self.size.top, self.x(read), self.bottom))

    @property
    def under(self) -> int:
        """What flags add under the axis, in pixels."""
        return flags.depth(self.banners)

    def whole(self) -> str:
        """Return the drawing: grounds, axes, lines, symbols, then words, which need free places."""
        symbols = [
            (one, p, self.x(p.day), self.y(p.amount)) for one in self.stretches for p in one.points
        ]
        symbols = [one for one in symbols if one[1].amount > 0]
        self.taken += [(x - 5, y - 5, x + 5, y + 5) for _, _, x, y in symbols]
        self.taken += [
            (0, self.y(amount) - 9, self.size.left - 7, self.y(amount) + 6)
            for amount in self.scale.amounts
        ]
        if words := self._window_words():
            box = self._box(words, self.right - 2, self.size.top - 9, "end", bold=False)
            self.taken.append(box)
        ends, today, reading = self._ends(), self._today(), self._reading()
        # Words stand before the line of the day read, and behind the veil of what comes after it.
        behind, veil = ("", reading) if self.career.unrolled else (reading, "")
        return "".join(
            (
                self._grounds(),
                self._axes(),
                self._flags(),
                *map(self._line, self.stretches),
                *(
                    _symbol(one.stroke.symbol, x, y, one.stroke.colour, hollow=p.verify)
                    for one, p, x, y in symbols
                ),
                behind,
                today,
                ends,
                self._gap_words(),
                *map(self._labels, self.stretches),
                veil,
            )
        )

    def x(self, day: date) -> float:
        """Return the place of a day."""
        share = (place(day) - self.scale.start) / max(self.scale.end - self.scale.start, 1e-9)
        return self.size.left + share * (self.right - self.size.left)

    def y(self, amount: float) -> float:
        """Return the height of an amount."""
        level = self.scale.level(amount)
        share = (self.scale.high - level) / (self.scale.high - self.scale.low)
        return self.size.top + share * (self.bottom - self.size.top)

    def _grounds(self) -> str:
        """Tint the past, the time when one may leave, and what lies between two lines."""
        career, drawn = self.career, []
        if career.start < career.today < career.end:
            drawn.append(self._tint(career.start, career.today))
        if career.window and career.window < career.end:
            drawn.append(self._tint(max(career.window, career.start), career.end))
        area = career.between()
        if area:
            days = [self.x(day) for day, _, _ in area]
            there = _path(days, [self.y(second) for _, _, second in area])
            back = [(x, self.y(first)) for x, (_, first, _) in zip(days, area, strict=True)]
            steps = "".join(
                f"V{low:.1f}H{x:.1f}" for x, low in reversed(back[:-1])
            )  # each level holds until the step after it
            drawn.append(f'<path d="{there}{steps}Z" fill="var(--gap)"/>')
        return "".join(drawn)

    def _tint(self, begin: date, end: date) -> str:
        left, height = self.x(begin), self.bottom - self.size.top
        return (
            f'<rect x="{left:.1f}" y="{self.size.top}" width="{self.x(end) - left:.1f}" '
            f'height="{height}" fill="var(--tint)"/>'
        )

    def _axes(self) -> str:
        size, drawn = self.size, []
        for amount in self.scale.amounts:
            y = self.y(amount)
            ink = "--line-strong" if amount == self.scale.low else "--line"
            drawn.append(f'<path d="M{size.left} {y:.1f}H{self.right}" stroke="var({ink})"/>')
            words = self.scale.words(amount)
            drawn.append(self._words(words, size.left - 8, y + 4.5, "--sec", "end"))
        if self.scale.broken:
            break_at = self.bottom - 14
            drawn.append(
                f'<path d="M{size.left - 4} {break_at}l8 -4m-8 9l8 -4" stroke="var(--sec)" '
                'fill="none"/>'
            )
        years = self.scale.years(self.right - size.left, 3.7 * size.letters)
        for year in years:
            x = self.x(date(year, 1, 1))
            anchor = "end" if x > size.width - 18 else "middle"
            at = size.height + self.under - 9
            drawn.append(self._words(str(year), x, at, "--sec", anchor))
        if self.career.head:
            drawn.append(self._words(self.career.head, 0, 14, "--sec"))
        elif words := self._window_words():
            drawn.append(self._words(words, self.right - 2, size.top - 9, "--sec", "end"))
        return "".join(drawn)

    def _window_words(self) -> str:
        """Return what is written over the time when one may leave; "" where something else is."""
        if self.career.head or not self.career.window:
            return ""
        words = self.career.window_words
        return words.partition(",")[0] if self.size.narrow else words

    def _flags(self) -> str:
        """Set the events of the compared scenario under the axis."""
        if not self.banners:
            return ""
        ink = STROKES[self.career.series[self.career.active].key].colour
        return flags.drawn(
            self.banners,
            self.bottom,
            ink,
            self._inside,
            lambda words, x, y: self._words(words, x, y, ink, bold=True),
        )

    def _inside(self, day: date) -> float:
        """Return the place of a day, at the nearest end of the axis for one outside it."""
        return self.x(min(max(day, self.career.start), self.career.end))

    def _line(self, one: Stretch) -> str:
        days = [self.x(day) for day, _ in one.corners]
        path = _path(days, [self.y(amount) for _, amount in one.corners])
        dashes = " ".join(f"{d:g}" for d in one.stroke.dashes)
        more = f' stroke-dasharray="{dashes}"' if dashes else ""
        leave = ""
        if one.series.last and one.end == one.series.last:
            leave = (
                f'<path d="M{days[-1]:.1f} {self.y(one.corners[-1][1]):.1f}V{self.bottom}" '
                f'stroke="var({one.stroke.colour})" stroke-width="2" stroke-dasharray="2 3"/>'
            )
        return leave + (
            f'<path class="line" data-of="{"" if one.common else one.series.key}" d="{path}" '
            f'fill="none" stroke="var({one.stroke.colour})" stroke-width="3"{more}/>'
        )

    def _walls(self, one: Stretch) -> Iterable[Box]:
        """Yield the segments of a line, which words had better not cross."""
        places = [(self.x(day), self.y(amount)) for day, amount in one.corners]
        for (x, y), (further, level) in itertools.pairwise(places):
            yield (x, y, further, y)
            yield (further, min(y, level), further, max(y, level))

    def _today(self) -> str:
        """Draw the disc of today, which nothing else of the kit looks like, and its words."""
        career, drawn = self.career, []
        for number, (day, amount) in enumerate(career.now()):
            x, y = self.x(day), self.y(amount)
            if not number and career.start < day:
                drawn.append(
                    f'<path d="M{x:.1f} {self.size.top}V{self.bottom}" stroke="var(--text)" '
                    'stroke-dasharray="2 3"/>'
                )
            self.taken.append((x - 9, y - 9, x + 9, y + 9))
            drawn.append(
                f'<circle class="you" cx="{x:.1f}" cy="{y:.1f}" r="7.5" fill="var(--gold)" '
                'stroke="var(--text)" stroke-width="2"/>'
            )
            if not number:
                drawn.append(self._you(x, y))
        return "".join(drawn)

    def _you(self, x: float, y: float) -> str:
        """Write the words of the disc of today: beside it, else where no line is, tied to it."""
        offset = self._place(self.career.you, x, y, (*_BESIDE, *_TIED), bold=True)
        if offset is None:
            return ""
        dx, dy, anchor = offset
        words = self._words(self.career.you, x + dx, y + dy, "--text", anchor, bold=True)
        if offset in _BESIDE:
            return words
        begin, end = (y + 9, y + dy - self.size.letters) if dy > 0 else (y - 9, y + dy + 4)
        self.walls.append((x, min(begin, end), x, max(begin, end)))
        tie = f'<path d="M{x:.1f} {begin:.1f}V{end:.1f}" stroke="var(--text)"/>'
        return f"{tie}{words}"

    def _ends(self) -> str:
        """Name each line at its end: in the margin, or on the figure of a phone."""
        career, drawn = self.career, []
        lines = career.series if career.apart is not None else career.series[:1]
        ordered = sorted(lines, key=lambda one: -one.points[-1].amount)
        heights: list[float] = []
        apart = 2.8 * self.size.letters
        for one in ordered:
            y = self.y(one.points[-1].amount)
            if heights and y - heights[-1] < apart:
                y = heights[-1] + apart
            heights.append(y)
        over = max(0.0, heights[-1] + 1.4 * self.size.letters - self.bottom)
        for number, (one, y) in enumerate(zip(ordered, heights, strict=True)):
            ink = STROKES[one.key].colour if career.apart is not None else "--text"
            if self.size.narrow:
                drawn.append(
                    self._end_inside(
                        one.end_short or one.end_head, one.points[-1].amount, ink, number
                    )
                )
                continue
            at = self.right + 9
            drawn.append(self._words(one.end_head, at, y - over + 2, ink, bold=True))
            drawn.append(
                self._words(one.end_text, at, y - over + 2 + 1.25 * self.size.letters, "--text")
            )
        return "".join(drawn)

    def _end_inside(self, words: str, amount: float, ink: str, number: int) -> str:
        """Name a line near its end, clear of every line: further from it where others are near."""
        step = 1.3 * self.size.letters
        rows = [step * row for row in range(_ROWS)]
        above = [(-3.0, -9.0 - row, "end") for row in rows]
        below = [(-3.0, 19.0 + row, "end") for row in rows]
        both = zip(above, below, strict=True) if number == 0 else zip(below, above, strict=True)
        places = [one for pair in both for one in pair]
        return self._free(words, self.right, self.y(amount), ink, places, bold=True, clear=_CLEAR)

    def _gap_words(self) -> str:
        area = self.career.between()
        if not area or self.size.narrow:
            return ""
        _, first, second = area[-2]  # the words stand where the lines end
        top, bottom = sorted((self.y(first), self.y(second)))
        if bottom - top < 2.2 * self.size.letters:
            return ""
        window = self.career.window
        last = area[-1][0]
        end = self.x(min(window, last) if window else last)
        spot = [(-8.0, 5.0, "end")]
        middle = (top + bottom) / 2
        return self._free(self.career.gap, end, middle, "--text", spot, bold=True)

    def _labels(self, one: Stretch) -> str:
        """Write the steps of a line, those that change grade first, where there is room."""
        upper = one.common or one.series.points[-1].amount >= max(
            other.points[-1].amount for other in self.career.series
        )
        shown: list[tuple[Point, str]] = []
        previous = ""
        for point in one.points:
            if point.label:
                shown.append((point, short(point.label, previous)))
                previous = point.label
        places = _CENTRED if one.common else _ABOVE if upper else _BELOW
        shown.sort(key=lambda each: " " not in each[1])
        return "".join(
            self._free(
                words,
                self.x(p.day),
                self.y(p.amount),
                "--verify" if p.verify else one.stroke.colour,
                places,
                bold=True,
            )
            for p, words in shown
        )

    def _free(
        self,
        words: str,
        x: float,
        y: float,
        ink: str,
        places: Iterable[Offset],
        *,
        bold: bool,
        clear: float = 0.0,
    ) -> str:
        """Write words at the best of some places; nothing where each is taken."""
        offset = self._place(words, x, y, places, bold=bold, clear=clear)
        if offset is None:
            return ""
        dx, dy, anchor = offset
        return self._words(words, x + dx, y + dy, ink, anchor, bold=bold)

    def _place(
        self,
        words: str,
        x: float,
        y: float,
        places: Iterable[Offset],
        *,
        bold: bool,
        clear: float = 0.0,
    ) -> Offset | None:
        """Take the best of some places for words: none taken, the fewest lines crossed.

        A line that is `clear` of the words, in pixels, is not crossed.
        """
        best: tuple[int, Offset, Box] | None = None
        for offset in places:
            box = self._box(words, x + offset[0], y + offset[1], offset[2], bold=bold)
            if box[0] < 0 or box[2] > self.size.width or box[1] < 0 or box[3] > self.bottom + 2:
                continue
            if _met(box, self.taken, 1):
                continue
            left, top, right, bottom = box
            near = (left - clear, top - clear, right + clear, bottom + clear) if clear else box
            crossed = _met(near, self.walls)
            if best is None or crossed < best[0]:
                best = (crossed, offset, box)
        if best is None:
            return None
        self.taken.append(best[2])
        return best[1]

    def _box(self, words: str, x: float, y: float, anchor: str, *, bold: bool) -> Box:
        letters = self.size.letters
        width = len(words) * letters * (0.58 if bold else 0.53)
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        return (left, y - 0.75 * letters, left + width, y + 0.22 * letters)

    def _words(
        self, words: str, x: float, y: float, ink: str, anchor: str = "start", *, bold: bool = False
    ) -> str:
        more = f' text-anchor="{anchor}"' if anchor != "start" else ""
        more += ' font-weight="700" class="halo"' if bold else ""
        return (
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{self.size.letters:g}" '
            f'fill="var({ink})"{more}>{escape(words)}</text>'
        )

    def _reading(self) -> str:
        """Draw the line of the day that is read; the page moves it among `data-places`."""
        career = self.career
        if not career.readings:
            return ""
        lines = career.compared()
        places = {
            day: [self.x(day), *(self.y(one.amount(day)) for one in lines)]
            for day in career.readings
        }
        data_places = "|".join(
            f"{day.year} " + " ".join(f"{n:.1f}" for n in at) for day, at in places.items()
        )
        x, *heights = places[career.read or career.readings[0]]
        inks = [STROKES[one.key] for one in lines] if len(lines) > 1 else [COMMON]
        veil = (
            f'<rect class="veil" data-right="{self.right}" x="{x:.1f}" y="{self.size.top - 12}" '
            f'width="{self.right - x:.1f}" height="{self.bottom - self.size.top + 11}"/>'
            if career.unrolled
            else ""
        )
        discs = "".join(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="var(--inst)" '
            f'stroke="var({ink.colour})" stroke-width="2.5"/>'
            for y, ink in zip(heights, inks, strict=True)
        )
        return (
            f'<g class="reading" data-places="{data_places}">{veil}'
            f'<path d="M{x:.1f} {self.size.top}V{self.bottom}" stroke="var(--link)" '
            f'stroke-width="1.5"/>{discs}</g>'
        )


def _path(days: Sequence[float], heights: Sequence[float]) -> str:
    """Return a staircase: each level holds until the next day."""
    parts = [f"M{days[0]:.1f} {heights[0]:.1f}"]
    previous = heights[0]
    for x, y in zip(days[1:], heights[1:], strict=True):
        parts.append(f"H{x:.1f}")
        if y != previous:
            parts.append(f"V{y:.1f}")
        previous = y
    return "".join(parts)


def _symbol(shape: str, x: float, y: float, colour: str, *, hollow: bool) -> str:
    ink = (
        f'fill="var(--ground)" stroke="var({colour})" stroke-width="2.5"'
        if hollow
        else f'fill="var({colour})"'
    )
    r = 4 if hollow else 4.7
    if shape == "disc":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r}" {ink}/>'
    corners = {
        "square": f"M{x - r:.1f} {y - r:.1f}h{2 * r}v{2 * r}h-{2 * r}z",
        "triangle": f"M{x:.1f} {y - r - 1:.1f}l{r + 1} {2 * r}h-{2 * r + 2}z",
        "diamond": f"M{x:.1f} {y - r - 1:.1f}l{r + 1} {r + 1}l-{r + 1} {r + 1}l-{r + 1} -{r + 1}z",
    }
    return f'<path d="{corners[shape]}" {ink}/>'


def _met(one: Box, others: Iterable[Box], enough: int = 0) -> int:
    """Count those that a box meets, up to what is enough to know; thousands are tried a figure."""
    left, top, right, bottom = one
    met = 0
    for begin, upper, end, lower in others:
        if left < end and begin < right and top < lower and upper < bottom:
            met += 1
            if met == enough:
                break
    return met
