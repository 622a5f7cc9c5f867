"""Figures that carry their fact: the French text that is read, and what a program compares.

A view writes a euro, a date or a count with `figure`, and puts it into a sentence with `worded`.
The text stays a `str` for whoever reads it as one (a letter, a calendar, a test); where HTML is
rendered it is a `<data>` element whose attributes say quantity, value, moment and hypotheses. No
value is ever read back from words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from iprof_kit.base.words import french

_A_SPACE = "[ \u00a0]"
_HOLE = "\ue000"
"""Stands for a figure while the words around it are set; no text of ours holds it."""
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
    fact = FigureFact(quantity, _plain(value), f"{moment}", tuple(given))
    return _of([(words, fact)], words)


def worded(pattern: str, *parts: str) -> Worded:
    r"""Return a sentence in French typography, each `{}` one of the parts, whose facts it keeps.

    Examples
    --------
    >>> worded("Sur {} bruts : {}.", figure("2 000 €", "gross", 2000.0), "à 80 %")
    'Sur 2 000 € bruts\xa0: à 80\xa0%.'
    """
    first, *rest = _around(pattern)
    pieces: list[Piece] = [(first, None)]
    for part, words in zip(parts, rest, strict=True):
        pieces += part.pieces if isinstance(part, Worded) else ((french(part), None),)
        pieces += ((words, None),)
    return _of(pieces)


def joined(between: str, parts: Iterable[str]) -> Worded:
    """Return the parts with the same words between them, their facts kept."""
    pieces: list[Piece] = []
    for part in parts:
        pieces += ((between, None), *pieces_of(part))
    return _of(pieces[1:])


def placed(words: str, *figures: Worded) -> str:
    """Return a sentence made elsewhere, each figure that stands in it with its fact.

    The rules write their sentences in words alone. Who shows one gives the values that it holds:
    their words are found in it, no value is read from them. A figure that is not there is left out.

    Examples
    --------
    >>> seen = figure("31 août 2031", "promotion.seen", date(2031, 8, 31))
    >>> [fact.value for fact in facts_of(placed("Le 8e échelon au 31 août 2031.", seen))]
    ['2031-08-31']
    """
    pieces = list(pieces_of(words))
    for one in figures:
        pieces = _with(pieces, one)
    return _of(pieces) if any(fact for _, fact in pieces) else words


def _with(pieces: list[Piece], one: Worded) -> list[Piece]:
    """Return the pieces with the first place of a figure, among those that are none, its own."""
    any_space = _A_SPACE.join(map(re.escape, re.split(_A_SPACE, one)))
    sought = re.compile(rf"(?<!\d){any_space}(?!\d)")
    for rank, (words, fact) in enumerate(pieces):
        place = None if fact else sought.search(words)
        if place:
            before, after = (words[: place.start()], None), (words[place.end() :], None)
            own = pieces_of(kept_of(one, place[0]))
            return [*pieces[:rank], before, *own, after, *pieces[rank + 1 :]]
    return pieces


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


@lru_cache(maxsize=1024)
def _around(pattern: str) -> tuple[str, ...]:
    """Return the words of a sentence around its figures, in French typography."""
    return tuple(french(pattern.replace("{}", _HOLE)).split(_HOLE))


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
