"""Figures that carry their fact: the French text that is read, and what a program compares.

A view writes a euro, a date or a count with `figure`, and puts it into a sentence with `worded`.
The text stays a `str` for whoever reads it as one (a letter, a calendar, a test); where HTML is
rendered it is a `<data>` element whose attributes say quantity, value, moment and hypotheses. No
value is ever read back from words: where a calculation wrote a sentence whole, the values that it
gives beside are found in it (`placed`). A text of a table has no other value than its words: its
figures are those of the text, the same for everybody (`of_a_text`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from markupsafe import Markup, escape

from iprof_kit.base.calendar import MONTHS
from iprof_kit.base.words import NBSP, hard_spaces

_HOLE = "\ue000"
"""Stands for a figure while the words around it are set; no text of ours holds it."""
_ANY_SPACE = f"[ {NBSP}]"
_DAY = re.compile(rf"(\d{{1,2}})(?:er)? ({'|'.join(MONTHS)}) (\d{{4}})")
_NUMBER = rf"(?:\d{{1,3}}(?:{_ANY_SPACE}\d{{3}})+|\d+)(?:,\d+)?"
_WRITTEN = re.compile(
    rf"(?<![\d,/])(?:{_DAY.pattern.replace(' ', _ANY_SPACE)}|"
    rf"{_NUMBER}{_ANY_SPACE}?(?:€|(?:euros|jours?|trimestres?|points?)\b))"
)
"""A day, an amount, a count as a row of a table writes it."""
Value = float | date | str | tuple[float, float]
"""An amount, a day, a year in words, or the two bounds of a range."""


class FigureFact(NamedTuple):
    """What a figure says: the same quantity at the same moment is equal, or a hypothesis parts it.

    `moment` is the month of a pay, the day of a departure; "" where the quantity has none. Each of
    `given` is a hypothesis in the words of its screen. `person` is the number of a file where it is
    not that of the page.
    """

    quantity: str
    value: str
    moment: str = ""
    given: tuple[str, ...] = ()
    person: str = ""


Piece = tuple[str, FigureFact | None]
"""Words, and the fact of those that are a figure."""


class Worded(str):
    """A text, with the fact of each figure in it."""

    pieces: tuple[Piece, ...]

    def __html__(self) -> str:
        """Return the text escaped, each figure in an element that says its fact."""
        return Markup("".join([_written(*piece) for piece in self.pieces]))  # noqa: S704  # escaped


def figure(
    words: str,
    quantity: str,
    value: Value,
    moment: date | str = "",
    given: Iterable[str] = (),
) -> Worded:
    """Return a figure as it is read, with its fact.

    Parameters
    ----------
    words : str
        As it is read: « 2 371 € », « 1er septembre 2027 ».
    quantity : str
        What it measures; the same name on every screen.
    value : float, date, str or tuple of float
        Exact, whatever the words round; the two bounds of a range.
    moment : date or str
        When it holds; the month of a pay is written « 2026-11 ».
    given : iterable of str
        The hypotheses that part it from the same quantity elsewhere, in the words of the screen.

    Examples
    --------
    >>> figure("1 850 €", "net", 1850.4, "2026-11").__html__()
    Markup('<data value="1850.4" data-quantity="net" data-moment="2026-11">1 850 €</data>')
    """
    fact = FigureFact(quantity, _plain(value), f"{moment}", tuple(map(hard_spaces, given)))
    return _of([(words, fact)], words)


def worded(pattern: str, *parts: str) -> Worded:
    """Return a sentence, each `{}` of it one of the parts, whose facts it keeps.

    Examples
    --------
    >>> worded("Sur {} bruts : {}.", figure("2 000 €", "gross", 2000.0), "à 80 %")
    'Sur 2 000 € bruts : à 80 %.'
    """
    first, *rest = pattern.split("{}")
    pieces: list[Piece] = [(first, None)]
    for part, words in zip(parts, rest, strict=True):
        pieces += part.pieces if isinstance(part, Worded) else ((part, None),)
        pieces += ((words, None),)
    return _of(pieces)


def joined(between: str, parts: Iterable[str]) -> Worded:
    """Return the parts with the same words between them, their facts kept."""
    pieces: list[Piece] = []
    for part in parts:
        pieces += ((between, None), *pieces_of(part))
    return _of(pieces[1:])


def kept(function: Callable[[str], str], words: Worded) -> Worded:
    """Return what a function of plain text makes of a text, its figures as they were."""
    figures = [piece for piece in words.pieces if piece[1] is not None]
    plain = "".join([part if fact is None else _HOLE for part, fact in words.pieces])
    first, *rest = function(plain).split(_HOLE)
    pieces: list[Piece] = [(first, None)]
    for one, part in zip(figures, rest, strict=True):
        pieces += (one, (part, None))
    return _of(pieces)


def kept_of(figure: str, words: str) -> str:
    """Return a figure in other words: the same fact, where it is one figure alone."""
    facts = facts_of(figure)
    return _of([(words, facts[0])]) if len(facts) == 1 else words


def placed(words: str, *figures: str) -> Worded:
    """Return a sentence with the fact of each of these figures wherever its words stand.

    Parameters
    ----------
    words : str
        A sentence that a calculation wrote; the figures that it has already are kept.
    *figures : str
        Made by `figure` of the values that the calculation gives beside; the longest words win, and
        of two in the same words the last one. What does not stand there is left out.

    Examples
    --------
    >>> late = figure("31 mars 2027", "due", date(2027, 3, 31))
    >>> placed("Avant le 31 mars 2027.", late).__html__()
    Markup('Avant le <data value="2027-03-31" data-quantity="due">31 mars 2027</data>.')
    """
    facts = {_spaced(str(one)): facts_of(one)[0] for one in figures if facts_of(one)}
    if not facts:
        return _of(list(pieces_of(words)))
    longest_first = sorted(facts, key=len, reverse=True)
    named = "|".join(re.escape(one).replace(r"\ ", _ANY_SPACE) for one in longest_first)
    return _found(words, re.compile(rf"(?<![\d,])(?:{named})(?!\w)"), lambda it: facts[it])


def of_a_text(words: str, about: str) -> Worded:
    """Return a text of a table of the law with the fact of each of its days, amounts and counts.

    Parameters
    ----------
    words : str
        As its row says it, dates in words.
    about : str
        The row: « reform.inscription_2017 »; its figures are numbered in their order.

    Examples
    --------
    >>> of_a_text("5 jours au plus par an", "training.days").__html__()
    Markup('<data value="5" data-quantity="training.days.1">5 jours</data> au plus par an')
    """
    order = iter(range(1, len(words) + 1))
    return _found(words, _WRITTEN, lambda it: FigureFact(f"{about}.{next(order)}", _read(it)))


def _found(words: str, pattern: re.Pattern[str], fact: Callable[[str], FigureFact]) -> Worded:
    """Return a text whose plain words that match have a fact, read with plain spaces."""
    pieces: list[Piece] = []
    for plain, known in pieces_of(words):
        end = 0
        for match in () if known else pattern.finditer(plain):
            pieces += ((plain[end : match.start()], None), (match[0], fact(_spaced(match[0]))))
            end = match.end()
        pieces.append((plain[end:], known))
    return _of(pieces)


def _spaced(words: str) -> str:
    return words.replace(NBSP, " ")


def _read(words: str) -> str:
    """Return the value of a day, an amount or a count as a table writes it."""
    day = _DAY.fullmatch(words)
    if day:
        return f"{date(int(day[3]), MONTHS.index(day[2]) + 1, int(day[1]))}"
    number = re.sub(r"[^\d,]", "", words).replace(",", ".")
    return f"{float(number)}" if "." in number else number


def pieces_of(words: str) -> tuple[Piece, ...]:
    """Return the pieces of a text: one without a fact where it is plain."""
    return words.pieces if isinstance(words, Worded) else ((words, None),)


def facts_of(words: str) -> tuple[FigureFact, ...]:
    """Return the facts of the figures of a text, in order."""
    return tuple([fact for _, fact in pieces_of(words) if fact is not None])


def _of(pieces: list[Piece], whole: str = "") -> Worded:
    made = Worded(whole or "".join([words for words, _ in pieces]))
    made.pieces = tuple(pieces)
    return made


def _plain(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        low, high = map(_plain, value)
        return low if low == high else f"{low}/{high}"
    # A date in ISO form, a count as it is, an amount to the cent.
    return f"{round(float(value), 2)}" if isinstance(value, float) else f"{value}"


def _written(words: str, fact: FigureFact | None) -> str:
    if fact is None:
        return escape(words)
    quantity, value, moment, given, person = fact
    more = f' data-moment="{escape(moment)}"' if moment else ""
    if given:
        more += f' data-given="{escape(" ; ".join(given))}"'
    if person:
        more += f' data-person="{escape(person)}"'
    start = f'<data value="{escape(value)}" data-quantity="{escape(quantity)}"{more}>'
    return f"{start}{escape(words)}</data>"
