"""Lanes: things that last, one under the other, on one axis; where each begins, in hundredths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Look = Literal["done", "now", "coming", "usual", "missing", "short", "mark", "clash"]
"""Past; current; to come; the weeks of past years, hatched; what the file does not say.

Of one day: past, as wide as its words; a numbered disc; the same dashed, where something falls
together.
"""
_WHOLE, _LEAST, _ROOM, _GAP, _WORDS = 100.0, 1.2, 60.0, 40.0, 25.0


@dataclass(frozen=True)
class Stretch:
    """One bar of a lane."""

    look: Look
    left: float
    width: float
    label: str = ""


@dataclass(frozen=True)
class Lane:
    """One line: its name, what lasts, what is read at its end."""

    name: str
    stretches: tuple[Stretch, ...] = ()
    small: str = ""
    end: str = ""
    path: str = ""
    """Where its name leads."""

    @property
    def end_back(self) -> bool:
        """Tell whether what is read at the end stands before the bars: there is no room after."""
        return bool(self.stretches) and not self._between and self._last > _ROOM

    @property
    def end_at(self) -> float:
        """Return where what is read at the end begins, or ends."""
        if not self.stretches:
            return 0.0
        if self._between:
            return round(self.stretches[0].left + self.stretches[0].width, 2)
        return self.stretches[0].left if self.end_back else round(self._last, 2)

    @property
    def _between(self) -> bool:
        """Tell whether there is room after the first bar, before the next."""
        if len(self.stretches) < 2:
            return False
        first, second = self.stretches[:2]
        return second.left - first.left - first.width > _GAP

    @property
    def _last(self) -> float:
        return self.stretches[-1].left + self.stretches[-1].width


@dataclass(frozen=True)
class Shade:
    """Weeks that are tinted behind every lane; its name is written under them, "" where not."""

    left: float
    width: float
    label: str = ""


@dataclass(frozen=True)
class Lanes:
    """The figure: what a reader of screens hears is `spoken`."""

    caption: str
    marks: tuple[tuple[float, str], ...]
    rows: tuple[Lane, ...]
    today: float | None = None
    spoken: str = ""
    shades: tuple[Shade, ...] = ()
    verify: bool = False
    """Whether the figure has the one mark of its block."""
    reading: tuple[tuple[int, float, str], ...] = ()
    """What its slider reads: a year, where it stands, its sentence; none without a slider."""

    @property
    def places(self) -> str:
        """Return where the line of the slider stands, year by year: « 2027 8.2|2028 20.5 »."""
        return "|".join(f"{year} {at}" for year, at, _ in self.reading)

    @property
    def bare_at(self) -> float:
        """Return where words begin that have no bar: after today, whose line would cross them."""
        return self.today if self.today is not None and self.today < _ROOM else 0.0

    def end_of(self, row: Lane) -> float:
        """Return where what is read at the end of a lane stands: the line of today crosses none."""
        if not row.stretches:
            return self.bare_at
        at, today = row.end_at, self.today
        if today is None:
            return at
        crossed = today < at < today + _WORDS if row.end_back else at < today < at + _WORDS
        return today if crossed else at


@dataclass(frozen=True)
class Axis:
    """The days between which lanes are drawn.

    Examples
    --------
    >>> axis = Axis(date(2026, 9, 1), date(2027, 9, 1))
    >>> axis.at(date(2026, 9, 1)), axis.at(date(2040, 1, 1)), round(axis.at(date(2027, 3, 2)))
    (0.0, 100.0, 50)
    """

    first: date
    last: date

    def at(self, day: date) -> float:
        """Return where a day stands, held between both ends."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(min(max(share, 0.0), 1.0) * _WHOLE, 2)

    def stretch(self, look: Look, first: date, last: date, label: str = "") -> Stretch:
        """Return a bar between two days, wide enough to be seen."""
        left = self.at(first)
        return Stretch(look, left, max(round(self.at(last) - left, 2), _LEAST), label)

    def shade(self, first: date, last: date, label: str = "") -> Shade:
        """Return the tint between two days."""
        left = self.at(first)
        return Shade(left, round(self.at(last) - left, 2), label)

    def years(self, step: int = 1) -> tuple[tuple[float, str], ...]:
        """Return the first day of each year of the axis, every so many years."""
        every = range(self.first.year + 1, self.last.year + 1, step)
        return tuple((self.at(date(year, 1, 1)), str(year)) for year in every)


def counted_lanes(rows: Sequence[tuple[str, int, str]], caption: str, spoken: str) -> Lanes:
    """Return bars of counts from zero: name, count, what is read beside it; the first is « now ».

    Examples
    --------
    >>> one = counted_lanes([("Vous", 4, "4 ans"), ("Collègue 1", 10, "10 ans")], "", "")
    >>> [row.stretches[0].width for row in one.rows], one.marks[-1]
    ([36.36, 90.91], (90.91, '10'))
    """
    most = max((count for _, count, _ in rows), default=0)
    end = max(most * 1.1, 1.0)
    step = 1 if most <= 6 else 5 if most <= 25 else 10
    return Lanes(
        caption=caption,
        marks=tuple((round(_WHOLE * n / end, 2), str(n)) for n in range(0, most + 1, step)),
        rows=tuple(
            Lane(name, (_counted(place, round(_WHOLE * count / end, 2), words),))
            for place, (name, count, words) in enumerate(rows)
        ),
        spoken=spoken,
    )


def _counted(place: int, width: float, words: str) -> Stretch:
    return Stretch("done" if place else "now", 0, max(width, _LEAST), words)
