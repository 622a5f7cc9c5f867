"""The time of a reason, as a band: a length that leads from a day to another, or a window.

Most are read in days and lengths of the trace that verify each other; the others are declared by
the words of a rule: a period, the place held on a day, a window, a day that nobody knows yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.words import french
from iprof_kit.calculate.interface.explained import Line
from iprof_kit.calculate.interface.quantities import (
    WRITTEN_DAY,
    after_or_before,
    day_of,
    day_written,
    length_of,
    plain,
)

UNKNOWN = "jour pas encore connu"
_PERIOD = re.compile(rf"Du ({WRITTEN_DAY}) au ({WRITTEN_DAY})\b.*")
_ON = re.compile(rf"Situation au ({WRITTEN_DAY})")
_HELD = re.compile(r"(.+), (\d.*) d’ancienneté")
_WITHIN = re.compile(rf"(.+) entre le ({WRITTEN_DAY}) et le ({WRITTEN_DAY})")
_WINDOW = re.compile(r"du (\d+(?:er)?)( [^\W\d]+)?( \d{4})? au (\d+(?:er)? ([^\W\d]+).*)")


@dataclass(frozen=True)
class Span:
    """A length of time between two days, as they are written."""

    begin: str
    length: str
    end: str
    label: str = ""
    back: bool = False
    """The length is counted backwards: a last day before another."""
    unknown: bool = False
    """The day that begins it is not known yet."""
    sentence: str = ""
    """Its sentence, where it is no sum of a day and a length."""


def band(lines: Sequence[Line]) -> Span | None:
    """Return the time of a reason, None where it holds none; the last line is the answer.

    Examples
    --------
    >>> begin, end = (Line(libelle="Jour", valeur=f"1er mars {year}") for year in (2026, 2028))
    >>> band([begin, Line(libelle="Durée", valeur="2 ans"), end]).length
    '2 ans'
    """
    for declared in (_led, _period, _held, _within, _window, _unknown):
        if span := declared(lines):
            return span
    return None


def _led(lines: Sequence[Line]) -> Span | None:
    """Return the last day that a length and a day before it in the trace lead to."""
    days = [(place, day) for place, one in enumerate(lines) if (day := day_of(one.valeur))]
    for place, end in reversed(days):
        for before, begin in reversed(days):
            if before >= place or begin == end:
                continue
            if length := _between(lines[:place], begin, end):
                return Span(
                    day_written(lines[before].valeur), length, day_written(lines[place].valeur),
                    plain(lines[place].libelle), back=end < begin,
                )  # fmt: skip
    return None


def _between(lines: Sequence[Line], begin: date, end: date) -> str:
    """Return the length among some lines that leads from one day to another, "" for none."""
    for one in reversed(lines):
        length = length_of(one.valeur)
        if length and after_or_before(length, begin, end):
            return length.written
    return ""


def _period(lines: Sequence[Line]) -> Span | None:
    """Return the one period whose length is the answer."""
    *read, answer = lines
    wanted = plain(answer.valeur)
    for one in read:
        days = _PERIOD.fullmatch(plain(one.libelle))
        if days and plain(one.valeur) == wanted and length_of(wanted):
            return Span(
                days[1], wanted, days[2], sentence=french(f"Du {days[1]} au {days[2]} : {wanted}.")
            )
    return None


def _held(lines: Sequence[Line]) -> Span | None:
    """Return how long the échelon was held on the last 31 August that was looked at."""
    for one in reversed(lines):
        on, place = _ON.fullmatch(plain(one.libelle)), _HELD.fullmatch(plain(one.valeur))
        if on and place:
            words = french(f"Le {on[1]} : {place[2]} au {place[1]}.")
            return Span(place[1], place[2], on[1], sentence=words)
    return None


def _within(lines: Sequence[Line]) -> Span | None:
    """Return the window in which a day of hers falls."""
    for one in reversed(lines):
        window = _WITHIN.fullmatch(plain(one.valeur))
        first, last = (day_of(window[2]), day_of(window[3])) if window else (None, None)
        if window and first and last:
            own = next(_days_between(lines, first, last), "")
            what = f"{window[1]} le {own}" if own else window[1]
            words = f"Du {window[2]} au {window[3]} : {what}."
            return Span(window[2], what, window[3], sentence=french(words))
    return None


def _days_between(lines: Sequence[Line], first: date, last: date) -> Iterator[str]:
    for one in lines:
        day = day_of(one.valeur)
        if day and first <= day <= last:
            yield day_written(one.valeur)


def _window(lines: Sequence[Line]) -> Span | None:
    """Return the window that the answer is: that of the year, or of past campaigns."""
    answer = plain(lines[-1].valeur)
    window = _WINDOW.match(answer)
    if not window:
        return None
    end, _, rest = window[4].partition(", ")
    begin = f"{window[1]}{window[2] or f' {window[5]}'}{window[3] or ''}"
    return Span(begin, rest or plain(lines[-1].libelle).lower(), end)


def _unknown(lines: Sequence[Line]) -> Span | None:
    """Return a length that waits for its first day."""
    waits = next((one for one in lines if plain(one.valeur) == UNKNOWN), None)
    *_, answer = lines
    if waits is None or not length_of(answer.valeur):
        return None
    return Span(f"{plain(waits.libelle)} : ?", plain(answer.valeur), "?", unknown=True)
