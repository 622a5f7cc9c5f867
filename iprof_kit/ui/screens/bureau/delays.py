"""The answers of the last 30 days: their delays as a small figure, and in words."""

from __future__ import annotations

import itertools
from html import escape

from iprof_kit.services.contract.bureau.fils import Delais
from iprof_kit.ui.screens.bureau.words import counted, number

_serial = itertools.count()
_MOST_BARS = 15
_BAR, _STEP, _TALL, _TOP = 9, 11, 36, 14
_GROUND = _TOP + _TALL


def median_words(delays: Delais) -> str:
    """Return « médiane 4 jours », or that nothing was answered."""
    if delays.mediane is None:
        return "aucune réponse"
    plural = "s" if delays.mediane >= 2 else ""
    return f"médiane {number(delays.mediane)} jour{plural}"


def most_words(delays: Delais) -> str:
    """Return « 9 sur 10 en 9 jours ou moins »; nothing where nothing was answered."""
    if delays.neuf_sur_dix is None:
        return ""
    plural = "s" if delays.neuf_sur_dix >= 2 else ""
    return f"9 sur 10 en {number(delays.neuf_sur_dix)} jour{plural} ou moins"


def histogram(delays: Delais, announced: int | None) -> str:
    """Return the figure as inline SVG: a bar a day, the late ones in the colour of what is late.

    The longest delays share the last bar. Nothing is drawn before the first answer.
    """
    bars = _bars(delays.par_jour)
    if not any(bars) or delays.mediane is None:
        return ""
    drawing = _Histogram(bars, delays, announced)
    name = f"d{next(_serial)}"
    width, height = len(bars) * _STEP + 4, _GROUND + 18
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'focusable="false" aria-labelledby="{name}t {name}d"><title id="{name}t">Délais de vos '
        f'réponses</title><desc id="{name}d">{escape(_described(delays, announced))}</desc>'
        f"{drawing.drawn()}</svg>"
    )


def _bars(by_day: list[int]) -> list[int]:
    """Return at most so many bars; the last one then holds every longer delay."""
    if len(by_day) <= _MOST_BARS:
        return list(by_day)
    kept = _MOST_BARS - 1
    return [*by_day[:kept], sum(by_day[kept:])]


def _described(delays: Delais, announced: int | None) -> str:
    parts = [counted(delays.reponses, "réponse"), median_words(delays), most_words(delays)]
    if announced is not None:
        late = counted(sum(delays.par_jour[announced + 1 :]), "réponse")
        parts.append(f"{late} au-delà de {counted(announced, 'jour')}")
    return " ; ".join(part for part in parts if part)


class _Histogram:
    """One figure being written."""

    def __init__(self, bars: list[int], delays: Delais, announced: int | None) -> None:
        self.bars, self.announced = bars, announced
        self.last = len(bars) - 1
        self.median = self._at(delays.mediane or 0)
        self.most = None if delays.neuf_sur_dix is None else self._at(delays.neuf_sur_dix)

    def drawn(self) -> str:
        """Return bars, axis and labels, the mark of nine in ten above them."""
        axis = f'<path d="M0 {_GROUND}H{len(self.bars) * _STEP + 4}" stroke="var(--line-strong)"/>'
        bars = "".join(self._bar(day) for day, count in enumerate(self.bars) if count)
        return bars + axis + self._labels() + self._nine_in_ten()

    def _at(self, days: float) -> int:
        return min(round(days), self.last)

    def _x(self, day: int) -> float:
        return 2 + day * _STEP

    def _bar(self, day: int) -> str:
        height = max(self.bars[day] / max(self.bars) * _TALL, 1)
        top, left = _GROUND - height, self._x(day)
        late = self.announced is not None and day > self.announced
        strong = late or day == self.median
        colour = "--b" if late else "--link" if strong else "--step"
        line = "" if strong else f'<path d="M{left} {top:.1f}h{_BAR}" stroke="var(--link)"/>'
        return (
            f'<rect x="{left}" y="{top:.1f}" width="{_BAR}" height="{height:.1f}" '
            f'fill="var({colour})"/>{line}'
        )

    def _labels(self) -> str:
        """Write the first day, the median, nine in ten and the last, where they do not touch."""
        strong = [self.median, *([] if self.most is None else [self.most])]
        written: list[int] = []
        for day in (*strong, 0, self.last):
            if all(abs(day - other) > 1 for other in written):
                written.append(day)
        return "".join(self._label(day, strong=day in strong) for day in sorted(written))

    def _label(self, day: int, *, strong: bool) -> str:
        weight, ink = ("700", "--text") if strong else ("400", "--sec")
        words = f"{day}" if day < self.last or self.last < _MOST_BARS - 1 else f"{day}+"
        return (
            f'<text x="{self._x(day) + _BAR / 2}" y="{_GROUND + 15}" font-size="13" '
            f'text-anchor="middle" font-weight="{weight}" fill="var({ink})">{words}</text>'
        )

    def _nine_in_ten(self) -> str:
        if self.most is None:
            return ""
        at = self._x(self.most) + _BAR / 2
        return (
            f'<path d="M{at} {_GROUND}V13" stroke="var(--text)" stroke-width="1.5" '
            f'stroke-dasharray="2 3" fill="none"/><text x="{at}" y="9" font-size="13" '
            f'text-anchor="{"end" if self.most > self.last - 3 else "middle"}" '
            'fill="var(--text)">9 sur 10</text>'
        )
