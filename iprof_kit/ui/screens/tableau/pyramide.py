"""The pyramid of ages of a campaign: an SVG, and the table that holds the same numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

HIDDEN = "secret"
"""What a count that is missing shows: statistical secrecy hides it before it comes here."""
_ROW, _TOP = 52, 26
_TICKS = 3
_ROUND = tuple(n * 10**power for power in range(6) for n in (1, 2, 5))
WIDE, NARROW = (620, 124, 44), (360, 100, 34)
"""Width of the figure, room of the ages in the middle, room of a count at the edge."""


@dataclass(frozen=True)
class Bar:
    """One side of one age: its rectangles, in SVG units, and its count."""

    x: float
    width: float
    inner_x: float
    inner_width: float
    label_x: float
    anchor: str
    count: str
    secret: bool


@dataclass(frozen=True)
class Age:
    """One age: two bars, and the words of the table."""

    name: str
    short: str
    y: float
    women: Bar
    men: Bar
    women_text: tuple[str, str]
    men_text: tuple[str, str]


@dataclass(frozen=True)
class Pyramid:
    """The figure and its table."""

    title: str
    heading: str
    desc: str
    width: float
    height: float
    left: float
    right: float
    middle: float
    women: str
    men: str
    ages: tuple[Age, ...]
    ticks: tuple[tuple[float, str], ...] = ()
    """The scale: where each count stands, on both sides."""


def pyramid(
    ages: pd.DataFrame, title: str, listed: int, proposed: int, size: tuple[int, int, int] = WIDE
) -> Pyramid:
    """Return the pyramid; women on the left, men on the right.

    Parameters
    ----------
    ages : DataFrame
        `age`, `sexe`, `promouvables`, `proposes`; a missing count is secret.
    title : str
        Of the campaign.
    listed, proposed : int
        Totals of the campaign.
    size : tuple of int
        `WIDE` or `NARROW`.
    """
    width, room, edge = size
    by_age = {(row["age"], row["sexe"]): row for row in ages.to_dict("records")}
    names = list(dict.fromkeys(ages["age"]))
    most = max(int(ages["promouvables"].max()), 1)
    left = (width - room) / 2
    side = left - edge
    drawn = []
    for n, name in enumerate(names):
        one = {sex: by_age[name, sex] for sex in ("F", "H")}
        drawn.append(
            Age(
                str(name),
                str(name).replace(" ans", ""),
                _TOP + n * _ROW + 4,
                _bar(one["F"], most, side, left, to_left=True),
                _bar(one["H"], most, side, left + room, to_left=False),
                _words(one["F"], "aucune", "proposée"),
                _words(one["H"], "aucun", "proposé"),
            )
        )
    totals = ages.groupby("sexe")["promouvables"].sum()
    plural = "s" if proposed > 1 else ""
    return Pyramid(
        title=f"PROJET. Pyramide des âges des promouvables, {title}",
        heading=f"PROJET. {listed} promouvables, {proposed} proposé{plural}",
        desc="Femmes à gauche, hommes à droite. Mêmes valeurs dans le tableau qui suit.",
        width=width,
        height=_TOP + len(names) * _ROW + 28,
        left=left,
        right=left + room,
        middle=left + room / 2,
        women=f"Femmes ({int(totals.get('F', 0))})",
        men=f"Hommes ({int(totals.get('H', 0))})",
        ages=tuple(drawn),
        ticks=tuple(_scale(most, side, left, left + room)),
    )


def _scale(most: int, side: float, left: float, right: float) -> Iterator[tuple[float, str]]:
    """Yield zero and at most two round counts, on both sides."""
    step = next(s for s in _ROUND if most / s < _TICKS) if most > _TICKS else 1
    for count in range(0, most + 1, step):
        at = side * count / most
        yield round(left - at, 1), str(count)
        yield round(right + at, 1), str(count)


def _bar(counts: Mapping[Any, Any], most: int, side: float, base: float, *, to_left: bool) -> Bar:
    if pd.isna(counts["promouvables"]):
        x = base - 14 if to_left else base
        label = x - 6 if to_left else x + 20
        return Bar(x, 14, x, 0, label, "end" if to_left else "start", HIDDEN, secret=True)
    width = round(side * int(counts["promouvables"]) / most, 1)
    inner = 0 if pd.isna(counts["proposes"]) else round(side * int(counts["proposes"]) / most, 1)
    x, inner_x = (base - width, base - inner) if to_left else (base, base)
    label = x - 7 if to_left else base + width + 7
    return Bar(
        round(x, 1),
        width,
        round(inner_x, 1),
        inner,
        round(label, 1),
        "end" if to_left else "start",
        str(int(counts["promouvables"])),
        secret=False,
    )


def _words(counts: Mapping[Any, Any], none: str, word: str) -> tuple[str, str]:
    listed, proposed = counts["promouvables"], counts["proposes"]
    first = HIDDEN if pd.isna(listed) else str(int(listed))
    if pd.isna(proposed):
        return first, f"{word}s : {HIDDEN}"
    if not proposed:
        return first, f"{none} {word}"
    return first, f"dont {int(proposed)} {word}{'s' if proposed > 1 else ''}"
