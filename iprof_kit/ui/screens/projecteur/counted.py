"""What the room answered, ready to be drawn: a bar a choice, a dot a person, the orders given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from iprof_kit.base.words import NBSP, number_text
from iprof_kit.calculate.played_lesson import Question, Reponse, Revelation
from iprof_kit.services.contract.lecons import Compte

LETTERS = "ABCDEFGH"
MOST_ORDERS = 5
_MARKS = (4, 5, 3, 6, 2)
"""How many parts the axis of a slider may have, the best first."""
_BINS = 40
Places = Callable[[float], float]


@dataclass(frozen=True)
class Choice:
    """One answer offered; once revealed, how many chose it and whether it is right."""

    letter: str
    words: str
    share: str = ""
    """A part of all who answered, in per cent; "" before the reveal or without phones."""
    count: str = ""
    right: bool = False


@dataclass(frozen=True)
class Order:
    """An order that the room gave, by letters, with how many gave it."""

    letters: str
    share: str
    count: str
    right: bool


def choices(
    question: Question, revealed: Revelation | None, counted: Compte | None
) -> tuple[Choice, ...]:
    """Return the answers offered; those of an order, once revealed, in the right one."""
    rows = [Choice(LETTERS[n], words) for n, words in enumerate(question.choix)]
    if revealed is None:
        return tuple(rows)
    right = revealed.juste.choix
    if question.forme == "ordre":
        return tuple(rows[n] for n in right if n < len(rows))
    every = counted.reponses if counted else 0
    votes = counted.choix if counted else ()
    return tuple(
        Choice(one.letter, one.words, _share(many, every), _of(many, every), n in right)
        for n, one in enumerate(rows)
        for many in (_at(votes, n),)
    )


def orders(revealed: Revelation, counted: Compte | None) -> tuple[Order, ...]:
    """Return the orders given most often."""
    if counted is None:
        return ()
    return tuple(
        Order(
            NBSP.join(LETTERS[n] for n in one),
            _share(many, counted.reponses),
            _of(many, counted.reponses),
            one == revealed.juste.choix,
        )
        for one, many in counted.ordres[:MOST_ORDERS]
    )


def in_words(question: Question, revealed: Revelation, counted: Compte | None) -> str:
    """Return what a screen reader says of a reveal."""
    right = f"Réponse : {revealed.valeur}"
    if counted is None or not counted.reponses:
        return f"{right}."
    if question.forme == "plusieurs":  # who chose all the right ones is not known
        return f"{right}."
    many = _of(_right(question, revealed.juste, counted), counted.reponses)
    return f"{right}. Justes : {many}."


@dataclass(frozen=True)
class Axis:
    """A width of the axis of a slider, in its own pixels: what one letter measures in them."""

    width: int
    height: int
    letters: float


WIDE, NARROW = Axis(880, 300, 15.5), Axis(440, 165, 14.5)
_TOP, _BOTTOM, _SIDE, _DOT = 46, 30, 26, 9.0
_OF_A_BOLD_LETTER = 0.6
"""What a letter takes of a line, as a part of its height."""


def dotted(
    question: Question, revealed: Revelation | None, counted: Compte | None, size: Axis
) -> str:
    """Return the axis of a slider as SVG; once revealed, a dot a person and the right value.

    Parameters
    ----------
    question : Question
        An « estimation ».
    revealed : Revelation or None
        None before the reveal: the axis alone.
    counted : Compte or None
        None without phones.
    """
    low, high = question.minimum or 0.0, question.maximum or 1.0

    def x(value: float) -> float:
        share = (min(max(value, low), high) - low) / (high - low)
        return _SIDE + share * (size.width - 2 * _SIDE)

    base = size.height - _BOTTOM
    line = f"M{_SIDE} {base}H{size.width - _SIDE}"
    parts = [f'<path d="{line}" stroke="var(--text)" stroke-width="2" fill="none"/>']
    for mark in _marks(low, high, question.pas or 1.0):
        words = escape(f"{number_text(mark)}{NBSP}{question.unite}".strip())
        at = x(mark)
        anchor = "start" if mark == low else "end" if mark == high else "middle"
        place = {"start": 2.0, "end": size.width - 2.0}.get(anchor, at)
        parts.append(f'<path d="M{at:.1f} {base}v6" stroke="var(--text)"/>')
        parts.append(_words(words, place, size.height - 4, size.letters, "--sec", anchor))
    title = f"Axe de {number_text(low)} à {number_text(high)}{NBSP}{question.unite}".strip()
    if revealed is not None:
        values = counted.valeurs if counted else ()
        parts.append(_dots(values, x, base, size))
        parts.append(_right_value(revealed, question.unite, x, base, size))
        title = in_words(question, revealed, counted)
    return (
        f'<svg viewBox="0 0 {size.width} {size.height}" role="img" focusable="false" '
        f'aria-labelledby="axe{size.width}"><title id="axe{size.width}">{escape(title)}</title>'
        f"{''.join(parts)}</svg>"
    )


def _marks(low: float, high: float, step: float) -> list[float]:
    """Return the ends and what is written between them, at places that the slider can take."""
    whole = round((high - low) / step)
    parts = next((n for n in _MARKS if whole % n == 0), 1)
    return [low + (high - low) * n / parts for n in range(parts + 1)]


def _dots(values: Sequence[tuple[float, int]], x: Places, base: float, size: Axis) -> str:
    """Stack a dot for each person over what she set; near values share a pile."""
    apart = (size.width - 2 * _SIDE) / _BINS
    piles: Counter[int] = Counter()
    for value, many in values:
        piles[round((x(value) - _SIDE) / apart)] += many
    tallest = max(piles.values(), default=1)
    room = base - _TOP - 4
    high = min(_DOT * 2, apart, room / tallest)
    radius = high / 2 - 0.6
    return "".join(
        f'<circle cx="{_SIDE + pile * apart:.1f}" cy="{base - 3 - high * (n + 0.5):.1f}" '
        f'r="{max(radius, 1):.1f}" fill="var(--step)" stroke="var(--link)"/>'
        for pile, many in sorted(piles.items())
        for n in range(many)
    )


def _right_value(revealed: Revelation, unit: str, x: Places, base: float, size: Axis) -> str:
    """Draw the right value over its place: in the words of the reveal where they have room."""
    value = revealed.juste.valeur
    if value is None:
        return ""
    at = x(value)
    left = at > size.width / 2
    big = size.letters * 1.5
    anchor, place = ("end", at - 6) if left else ("start", at + 6)
    room = at if left else size.width - at
    words = revealed.valeur
    if len(words) * big * _OF_A_BOLD_LETTER > room:
        words = f"{number_text(round(value, 1))}{NBSP}{unit}".strip()
    return (
        f'<path d="M{at:.1f} 4V{base}" stroke="var(--b)" stroke-width="2.5" fill="none"/>'
        + _words(escape(words), place, big, big, "--b", anchor, bold=True)
    )


def _words(
    words: str, x: float, y: float, letters: float, ink: str, anchor: str, *, bold: bool = False
) -> str:
    more = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{letters:g}" fill="var({ink})" '
        f'text-anchor="{anchor}"{more}>{words}</text>'
    )


def _right(question: Question, juste: Reponse, counted: Compte) -> int:
    """Return how many answered right."""
    if question.forme == "ordre":
        return sum(many for one, many in counted.ordres if one == juste.choix)
    if question.forme == "estimation":
        near = (question.pas or 0.0) / 2
        value = juste.valeur or 0.0
        return sum(many for each, many in counted.valeurs if abs(each - value) <= near)
    return sum(_at(counted.choix, n) for n in juste.choix)


def _at(votes: Sequence[int], rank: int) -> int:
    return votes[rank] if rank < len(votes) else 0


def _share(many: int, every: int) -> str:
    return f"{100 * many / every:.1f}%" if every else ""


def _of(many: int, every: int) -> str:
    return f"{many} sur {every}" if every else ""
