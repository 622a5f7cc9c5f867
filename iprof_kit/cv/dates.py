"""The dates of a CV: a year, a month or a day, as a person writes them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.calendar import MONTHS, date_text
from iprof_kit.base.words import folded

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_MONTH_FIRST = re.compile(r"(\d{1,2})[/.](\d{4})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)
_NAMED = re.compile(
    r"(?:([0-9]{1,2})(?:er)?\s+)?([^\W\d_]{3,9})\.?,?\s+(?:([0-9]{1,2}),\s+)?([0-9]{4})"
)
"""« Sept 2010 », « 1er septembre 2010 », « September 1, 2010 »."""
_MONTH_NAMES = (
    "jan janv janvier january",
    "fev fevr fevrier feb february",
    "mar mars march",
    "avr avril apr april",
    "mai may",
    "juin jun june",
    "juil juillet jul july",
    "aou aout aug august",
    "sep sept septembre september",
    "oct octobre october",
    "nov novembre november",
    "dec decembre december",
)
"""How each month is written, in French and in English, without accents."""
_MONTHS = {name: n for n, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_YEAR_FIRST = re.compile(r"(\d{4})[/-](\d{1,2})(?:[/-](\d{1,2}))?(?:[T ]\d{2}:.*)?", re.ASCII)


@dataclass(frozen=True)
class Moment:
    """A date as precise as it was written: the days between which it lies."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        """Tell whether the day is known."""
        return self.first == self.last


def moment(text: str) -> Moment | None:
    """Return the days that « 2014 », « 2014-09 » or « 2014-09-01 » names; None: no such date."""
    written = _WRITTEN.fullmatch(text)
    if written is None:
        return None
    year, month, day = written.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day:
        return Moment(first, first)
    end = first.month if month else 12
    return Moment(first, date(first.year, end, calendar.monthrange(first.year, end)[1]))


def in_words(text: str) -> str:
    """Return « septembre 2014 » or « 1er septembre 2014 » for a date; any other text unchanged."""
    named = moment(text)
    if named is None or len(text) == len("2014"):
        return text
    if named.is_day:
        return date_text(named.first)
    return f"{MONTHS[named.first.month - 1]} {named.first.year}"


def tidy(text: str) -> str:
    """Return the same date as the model writes it; what is not understood comes back unchanged.

    « 09/2014 » becomes « 2014-09 », « 1/9/2014 » « 2014-09-01 », « 2014-09-01T00:00:00Z »
    « 2014-09-01 », « Sept 2010 » « 2010-09 ».
    """
    stripped = text.strip()
    if parts := _DAY_FIRST.fullmatch(stripped):
        written = f"{parts[3]}-{int(parts[2]):02}-{int(parts[1]):02}"
    elif parts := _MONTH_FIRST.fullmatch(stripped):
        written = f"{parts[2]}-{int(parts[1]):02}"
    elif parts := _YEAR_FIRST.fullmatch(stripped):
        written = "-".join([parts[1], *(f"{int(part):02}" for part in parts.groups()[1:] if part)])
    elif (parts := _NAMED.fullmatch(stripped)) and (month := _MONTHS.get(folded(parts[2]))):
        day = parts[1] or parts[3]
        written = f"{parts[4]}-{month:02}" + (f"-{int(day):02}" if day else "")
    else:
        return stripped if moment(stripped) else text
    return written if moment(written) else text
