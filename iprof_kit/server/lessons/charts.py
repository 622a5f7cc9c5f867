"""The values of a slider as a room set them: one dot a phone, one's own in gold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from iprof_kit.base.words import NBSP, counted, number_text
from iprof_kit.calculate.played_lesson import Question
from iprof_kit.services.contract.lecons import Compte

WIDTH, HEIGHT = 328, 190
_LEFT, _AXIS, _COLUMNS = 10, 158, 25
_APART = 13.0
_TALLEST = 8
"""Dots one above the other; where one column would have more, all are bars of their share."""


@dataclass(frozen=True)
class Mark:
    """A word of the chart, and where it stands."""

    x: float
    y: float
    text: str
    anchor: str


@dataclass(frozen=True)
class Column:
    """The phones of one place of the axis."""

    x: float
    top: float
    number: int
    dots: tuple[float, ...]
    """The height of each dot; none where bars are drawn."""


@dataclass(frozen=True)
class Dots:
    """The chart: columns of dots, the right value, one's own, the axis, and its words."""

    columns: tuple[Column, ...]
    ticks: tuple[Mark, ...]
    right: Mark | None
    most: Column | None
    """The highest bar, whose number gives the scale; none where each phone is a dot."""
    own: tuple[float, float] | None
    own_words: str
    words: str
    width: int = WIDTH
    height: int = HEIGHT
    axis: int = _AXIS


def dots(question: Question, compte: Compte, right: float | None, own: float | None) -> Dots:
    """Return the chart of the answers to an estimate.

    Parameters
    ----------
    question : Question
    compte : Compte
    right : float or None
        The right value.
    own : float or None
        This phone's.

    Examples
    --------
    >>> asked = Question(forme="estimation", texte="?", minimum=0, maximum=100, pas=1)
    >>> dots(asked, Compte(reponses=2, valeurs=((50, 2),)), 50, None).columns[0].number
    2
    """
    low, high = question.minimum or 0.0, question.maximum or 0.0
    numbers: Counter[int] = Counter()
    for value, number in compte.valeurs:
        numbers[_column(value, low, high)] += number
    longest = max(numbers.values(), default=0)
    columns = tuple(_drawn(place, one, longest) for place, one in sorted(numbers.items()))
    ring = None
    if own is not None:
        place = _column(own, low, high)
        ring = next(((one.x, one.top) for one in columns if one.x == _middle(place)), None)
    return Dots(
        columns=columns,
        ticks=_ticks(question, low, high),
        right=_right(question, right, low, high),
        own=ring,
        most=next((one for one in columns if one.number == longest > _TALLEST), None),
        own_words=f"vous, {measure(own, question)}" if own is not None else "",
        words=_words(question, compte, right, own),
    )


def measure(value: float, question: Question) -> str:
    """Return a value with its unit: « 75 % »."""
    return f"{number_text(value)}{NBSP}{question.unite}" if question.unite else number_text(value)


def _column(value: float, low: float, high: float) -> int:
    return round((value - low) / (high - low) * (_COLUMNS - 1))


def _middle(place: float) -> float:
    return round(_LEFT + place / (_COLUMNS - 1) * (WIDTH - 2 * _LEFT), 1)


def _drawn(place: int, number: int, longest: int) -> Column:
    if longest <= _TALLEST:
        heights = tuple(_AXIS - 8 - rank * _APART for rank in range(number))
        return Column(_middle(place), heights[-1], number, heights)
    top = _AXIS - _APART * _TALLEST * number / longest
    return Column(_middle(place), round(top, 1), number, ())


def _ticks(question: Question, low: float, high: float) -> tuple[Mark, ...]:
    middle = (low + high) / 2
    return (
        Mark(_middle(0), _AXIS + 22, number_text(low), "start"),
        Mark(_middle((_COLUMNS - 1) / 2), _AXIS + 22, number_text(middle), "middle"),
        Mark(_middle(_COLUMNS - 1), _AXIS + 22, measure(high, question), "end"),
    )


def _right(question: Question, right: float | None, low: float, high: float) -> Mark | None:
    if right is None or not low <= right <= high:
        return None
    x = round(_LEFT + (right - low) / (high - low) * (WIDTH - 2 * _LEFT), 1)
    beyond = x > WIDTH / 2
    return Mark(x, 18, measure(right, question), "end" if beyond else "start")


def _words(question: Question, compte: Compte, right: float | None, own: float | None) -> str:
    parts = [f"{counted(compte.reponses, 'réponse')}."]
    if compte.valeurs:
        often, number = max(compte.valeurs, key=lambda item: item[1])
        parts.append(f"La plus donnée : {measure(often, question)}, {number} fois.")
    if right is not None:
        parts.append(f"La bonne : {measure(right, question)}.")
    if own is not None:
        parts.append(f"La vôtre : {measure(own, question)}.")
    return " ".join(parts)
