"""The figure of careers: what it shows, said once for every writer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.palette import COLOURS as COLOURS
from iprof_kit.base.words import NBSP

YOU = "vous, aujourd’hui"
HOLLOW = "symbole creux : à vérifier"


@dataclass(frozen=True)
class Stroke:
    """How the line of a scenario is drawn: its colour, its dashes in pixels, its symbol."""

    colour: str
    dashes: tuple[float, ...]
    symbol: str


STROKES = {
    "A": Stroke("--a", (), "disc"),
    "B": Stroke("--b", (9, 4), "square"),
    "C": Stroke("--c", (2, 5), "triangle"),
    "D": Stroke("--d", (12, 4, 2, 4), "diamond"),
}
COMMON = Stroke("--text", (), "disc")
"""What scenarios share is drawn once, in the colour of the text."""


@dataclass(frozen=True)
class Point:
    """One step: from this day, this amount; `verify` draws it hollow."""

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
    end_short: str = ""
    """What is written at its end on a phone, where it is not `end_head`."""
    uncounted: bool = False
    """Whether no amount of it is known: it is named at the foot of the figure, and not drawn."""

    @property
    def start(self) -> date:
        """The first day whose amount is known."""
        return self.points[0].day

    def amount(self, day: date) -> float:
        """Return the amount on a day; before the first step, that of the first."""
        past = [point.amount for point in self.points if point.day <= day]
        return past[-1] if past else self.points[0].amount


@dataclass(frozen=True)
class Flag:
    """What happens under the axis on a day; `until` ends a time in which nothing is paid."""

    day: date
    words: str
    until: date | None = None


@dataclass(frozen=True)
class Stretch:
    """A part of a line, from a day to another, in one stroke; `common` to all scenarios."""

    series: Series
    begin: date
    end: date
    stroke: Stroke
    common: bool = False

    @property
    def corners(self) -> tuple[tuple[date, float], ...]:
        """Each step of the part, then its end; it starts from the step before."""
        before = [p for p in self.series.points if p.day < self.begin]
        steps = [(self.begin, before[-1].amount)] if before else []
        steps += [(p.day, p.amount) for p in self.series.points if self.begin <= p.day <= self.end]
        return (*steps, (self.end, steps[-1][1]))

    @property
    def points(self) -> tuple[Point, ...]:
        """The steps whose symbol stands on this part."""
        return tuple(p for p in self.series.points if self.begin <= p.day < self.end)


@dataclass(frozen=True)
class Career:
    """The stepped figure of scenarios.

    Parameters
    ----------
    split : date or None
        First day on which the scenarios differ; before it the line is drawn once.
    gap : str
        The cumulated difference, written inside the tinted area between two scenarios.
    unit : str
        What the vertical axis counts; "" where the page says it.
    window : date or None
        The day from which one may leave; the time after it is tinted, with `window_words`.
    you : str
        What is written beside the disc of today.
    readings : tuple of date
        The days that a reader may point at; the first shown is `read_first`.
    active : int
        Rank of the scenario that is compared with the first.
    flags : tuple of Flag
        The events of that scenario, under the axis.
    unrolled : bool
        Whether what comes after the day read may be dimmed, while the career is unrolled; the
        first lines are then drawn over the others.
    """

    series: tuple[Series, ...]
    today: date
    end: date
    split: date | None
    gap: str
    title: str
    desc: str
    unit: str = "€ bruts par mois"
    window: date | None = None
    window_words: str = ""
    you: str = YOU
    readings: tuple[date, ...] = ()
    read_first: date | None = None
    active: int = 1
    flags: tuple[Flag, ...] = ()
    unrolled: bool = False

    @property
    def start(self) -> date:
        """The first day drawn."""
        return min(one.start for one in self.series)

    @property
    def apart(self) -> date | None:
        """The day from which lines are drawn apart; None where there is one line, or they agree."""
        if len(self.series) < 2:
            return self.start
        return self.split if self.split and self.split < self.end else None

    @property
    def read(self) -> date | None:
        """The day that is read first; None where none may be."""
        return (self.read_first or self.readings[0]) if self.readings else None

    @property
    def head(self) -> str:
        """What is written above the axis, if anything: the unit, and what a hollow symbol means."""
        if not self.unit:
            return ""
        doubtful = any(point.verify for one in self.series for point in one.points)
        return f"{self.unit} ; {HOLLOW}" if doubtful else self.unit

    def stretches(self) -> Iterator[Stretch]:
        """Yield what is drawn: what all share, then each line from where they differ."""
        first, apart = self.series[0], self.end if self.apart is None else self.apart
        parts = [Stretch(first, first.start, apart, COMMON, common=True)]
        if self.apart is not None:
            parts += [
                Stretch(one, max(apart, one.start), one.last or self.end, STROKES[one.key])
                for one in self.series
            ]
        yield from (p for p in parts if p.begin < p.end and not p.series.uncounted)

    def now(self) -> tuple[tuple[date, float], ...]:
        """Return where the disc of today stands: on each line, where they already differ."""
        if not self.start <= self.today < self.end:
            return ()
        shared = self.apart is None or self.today < self.apart
        people = self.series[:1] if shared or len(self.series) == 1 else self.series
        known = (one for one in people if one.start <= self.today and not one.uncounted)
        return tuple(dict.fromkeys((self.today, one.amount(self.today)) for one in known))

    def compared(self) -> tuple[Series, ...]:
        """Return the first line, and the one that is compared with it where they differ."""
        apart = self.apart is not None and len(self.series) > 1
        return (self.series[0], self.series[self.active]) if apart else self.series[:1]

    def between(self) -> tuple[tuple[date, float, float], ...]:
        """Return the two amounts at each step of the tinted area between two lines."""
        lines = self.compared()
        if len(lines) != len(("first", "second")) or self.apart is None or not self.gap:
            return ()
        if any(line.uncounted for line in lines):
            return ()
        first, second = lines
        begin = max(self.apart, *(line.start for line in lines))
        end = min(line.last or self.end for line in lines)
        steps = {p.day for line in lines for p in line.points if begin < p.day < end}
        days = sorted({begin, end, *steps}) if begin < end else ()
        return tuple((day, first.amount(day), second.amount(day)) for day in days)


@dataclass(frozen=True)
class Scale:
    """From days and amounts to places, and the marks of the two axes."""

    start: float
    end: float
    low: int
    high: int
    step: int
    broken: bool = False
    """Whether the lowest mark stands for zero: some time is not paid."""

    def level(self, amount: float) -> float:
        """Return where an amount is drawn: zero at the lowest mark."""
        return amount if amount > 0 else float(self.low)

    def words(self, mark: int) -> str:
        """Return what is written at a mark of the vertical axis."""
        return "0" if self.broken and mark == self.low else f"{mark:,}".replace(",", NBSP)

    @property
    def amounts(self) -> tuple[int, ...]:
        """The marks of the vertical axis."""
        return tuple(range(self.low, self.high + 1, self.step))

    def years(self, width: float, apart: float) -> tuple[int, ...]:
        """Return the years to write under an axis of this width, `apart` pixels at least."""
        a_year = width / max(self.end - self.start, 1e-9)
        every = next((n for n in (1, 2, 4, 5, 10, 20) if n * a_year >= apart), 50)
        first, last = int(-(-self.start // 1)), int(self.end)
        return tuple(year for year in range(first, last + 1) if year % every == 0)


def scale_of(career: Career) -> Scale:
    """Return the scale that holds every amount, in four steps at most; zero is under a break."""
    counted = [one for one in career.series if not one.uncounted]
    every = [p.amount for one in counted for p in one.points] or [0.0]
    amounts = [amount for amount in every if amount > 0] or [0.0]
    most, least = max(amounts), min(amounts)
    step = next(s for s in (100, 200, 400, 500, 1000, 2000) if (most - least) / s <= 4 or s == 2000)
    low, high = int(least // step * step), int(-(-most // step) * step)
    broken = min(every) <= 0 < low
    return Scale(
        place(career.start),
        place(career.end),
        low - step * broken,
        max(high, low + step),
        step,
        broken,
    )


def place(day: date) -> float:
    """Return a day as a year and its part."""
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def short(label: str, previous: str) -> str:
    """Return the label without the grade it shares with the step before."""
    head, _, tail = label.rpartition(" ")
    return tail if head and previous.startswith(f"{head} ") else label
