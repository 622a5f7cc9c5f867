"""How long the posts of a CV last: whole months, school years, and what the dates leave open.

A month without its day is a whole month and a year alone a school year, as teachers write them. The
bounds say how far that may be from the truth.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.calendar import MONTH, YEAR, axis_of, rentree
from iprof_kit.cv.dates import Moment, moment
from iprof_kit.cv.model import Faits
from iprof_kit.cv.sections.fonctions import Fonction
from iprof_kit.cv.twins import typed_again

_MONTHS_LAST = 31
"""Days of the longest month: a date known for longer is a year."""
Span = tuple[int, int]
"""First axis day, and the one after the last."""


@dataclass(frozen=True)
class Counted:
    """Days of services on a day: as they are usually read, at least and at most."""

    days: int
    least: int
    most: int
    ongoing: bool
    """Whether they go on after that day."""

    @property
    def exact(self) -> bool:
        """Whether the dates leave nothing open."""
        return self.least == self.most


@dataclass(frozen=True)
class _Reading:
    """One post as it is usually read, at the shortest and at the longest."""

    usual: Span
    least: Span
    most: Span
    ongoing: bool


def of_posts(faits: Faits, today: date) -> Counted | None:
    """Return the services of the affectations, those that overlap counted once; None: no post.

    A post of the dossier typed again without its days is counted by the days of the dossier.
    """
    read = [_read(one, today) for one in _posts(faits)]
    kept = [one for one in read if one is not None and one.most[0] < one.most[1]]
    if not kept:
        return None
    return Counted(
        _total(one.usual for one in kept),
        _total(one.least for one in kept),
        _total(one.most for one in kept),
        any(one.ongoing for one in kept),
    )


def since(text: str, today: date) -> Counted | None:
    """Return the services since a date that still go on; None where it says no past date."""
    read = _read(Fonction(debut=text), today)
    if read is None or read.most[0] >= read.most[1]:
        return None
    usual, least, most = (_total([span]) for span in (read.usual, read.least, read.most))
    return Counted(usual, least, most, ongoing=True)


def first_day(text: str, today: date) -> date | None:
    """Return the day from which a date counts: that of a month is its first."""
    start = moment(text)
    if start is None or _is_year(start) or start.first > today:
        return None
    return start.first


def _posts(faits: Faits) -> list[Fonction]:
    again = typed_again(faits.fonctions)
    posts = [one for one in faits.fonctions if one.nature == "affectation"]
    return [one for one in posts if one.id not in again or _has_days(one)]


def _has_days(one: Fonction) -> bool:
    dates = [moment(text) for text in (one.debut, one.fin) if text.strip()]
    return all(day is not None and day.is_day for day in dates)


def _read(one: Fonction, today: date) -> _Reading | None:
    start, end = moment(one.debut), moment(one.fin)
    if start is None or (one.fin.strip() and end is None):
        return None
    now = axis_of(today)
    if end is None:
        last = least_last = most_last = now
    else:
        last, least_last = _end(start, end), axis_of(end.first) + 1
        most_last = axis_of(end.first) + (YEAR if _is_year(end) else _length(end))
    first = rentree(start.first.year) if _is_year(start) else axis_of(start.first)
    least = (axis_of(start.last), min(least_last, now))
    most = (axis_of(start.first), min(most_last, now))
    usual = (first, min(last, now))
    if usual[0] >= usual[1]:
        usual = least
    return _Reading(usual, least, most, end is None or last > now)


def _end(start: Moment, end: Moment) -> int:
    """Return the axis day after the last: a year alone ends with the school year, if it began."""
    if not _is_year(end):
        return axis_of(end.first) + _length(end)
    closes = rentree(end.first.year)
    return closes if axis_of(start.first) < closes else axis_of(end.first) + 1


def _length(end: Moment) -> int:
    return 1 if end.is_day else MONTH


def _is_year(one: Moment) -> bool:
    return (one.last - one.first).days >= _MONTHS_LAST


def _total(spans: Iterable[Span]) -> int:
    """Return the days that the periods cover, those that overlap counted once."""
    ordered = sorted(span for span in spans if span[0] < span[1])
    days, reached = 0, ordered[0][0] if ordered else 0
    for first, last in ordered:
        days += max(0, last - max(first, reached))
        reached = max(reached, last)
    return days
