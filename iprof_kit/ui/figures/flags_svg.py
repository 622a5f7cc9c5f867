"""The events of a scenario under the axis of its figure: a triangle, words, unpaid time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from iprof_kit.ui.figures.charts import Flag

_ROW, _AXIS = 16, 12
"""Height of a row of words, and of what is between it and the axis."""
_LETTER = 0.58
Write = Callable[[str, float, float], str]
"""Words and where they begin → their SVG."""


@dataclass(frozen=True)
class Banner:
    """One flag: its place on the axis, where its words begin, and their row."""

    flag: Flag
    x: float
    begin: float
    end: float
    row: int


def banners(
    flags: Iterable[Flag], place: Callable[[date], float], width: float, letters: float
) -> tuple[Banner, ...]:
    """Return each flag in the first row where its words touch no others."""
    placed: list[Banner] = []
    for flag in sorted(flags, key=lambda one: one.day, reverse=True):
        x, long = place(flag.day), len(flag.words) * letters * _LETTER
        begin = max(0.0, min(x - 6, width - long - 2))
        end, row = begin + long + 8, 0
        while any(one.row == row and one.begin < end and begin < one.end for one in placed):
            row += 1
        placed.append(Banner(flag, x, begin, end, row))
    return tuple(placed)


def depth(placed: Sequence[Banner]) -> int:
    """Return what flags add under the axis, in pixels."""
    return _AXIS + _ROW * (max(one.row for one in placed) + 1) if placed else 0


def drawn(
    placed: Sequence[Banner], axis: float, ink: str, place: Callable[[date], float], write: Write
) -> str:
    """Return the flags as SVG, `ink` being the colour of their scenario."""
    parts = []
    for one in placed:
        if one.flag.until:
            end = place(one.flag.until)
            parts.append(
                f'<path class="unpaid" d="M{one.x:.1f} {axis}H{end:.1f}" stroke="var({ink})" '
                'stroke-width="5"/>'
            )
        parts.append(f'<path class="flag" d="M{one.x:.1f} {axis + 2}l6 9h-12z" fill="var({ink})"/>')
        if one.row:
            foot = axis + 13 + one.row * _ROW
            parts.append(
                f'<path d="M{one.x:.1f} {axis + 9}V{foot}" stroke="var({ink})" stroke-width="1.5"/>'
            )
        parts.append(write(one.flag.words, one.begin, axis + 24 + one.row * _ROW))
    return "".join(parts)
