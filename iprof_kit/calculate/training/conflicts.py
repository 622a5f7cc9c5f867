"""What falls at the same time: a session and one's own week, or two sessions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from iprof_kit.base.errors import InputError

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")
_LONGEST_SPAN = timedelta(weeks=1)
"""Length beyond which only the first and the last day are known to be of the session."""
_SLOT = re.compile(
    r"(?P<h1>\d{1,2})\s*(?:[h:]\s*(?P<m1>\d{2})?)?\s*(?:-|–|à|a)\s*"
    r"(?P<h2>\d{1,2})\s*(?:[h:]\s*(?P<m2>\d{2})?)?"
)
Slot = tuple[time, time]
_WHOLE: Slot = (time.min, time.max)


@dataclass(frozen=True)
class Meeting:
    """When a session meets; hours are known only where the plan gives both."""

    first: date | None
    last: date | None = None
    starts: str = ""
    ends: str = ""

    @property
    def days(self) -> tuple[date, ...]:
        """The days that are known to be of the session, none where they are not."""
        if self.first is None:
            return ()
        last = self.last or self.first
        if last - self.first > _LONGEST_SPAN:
            return (self.first, last)
        length = (last - self.first).days + 1
        return tuple(self.first + timedelta(days=n) for n in range(length))

    @property
    def slot(self) -> Slot:
        """Its hours, the whole day where the plan does not say them."""
        if self.starts and self.ends:
            return time.fromisoformat(self.starts), time.fromisoformat(self.ends)
        return _WHOLE


def read_slots(typed: str) -> tuple[Slot, ...]:
    """Return the hours of one day of a week, as a person types them.

    Raises
    ------
    InputError
        What is not an interval of hours, or one that ends before it begins.

    Examples
    --------
    >>> read_slots("8h30-11h30, 13h30 à 16h30")[1]
    (datetime.time(13, 30), datetime.time(16, 30))
    """
    slots = []
    for part in re.split(r"[,;]|\bet\b", typed.lower()):
        if not part.strip():
            continue
        read = _SLOT.fullmatch(part.strip())
        try:
            if read is None:
                raise ValueError(part)
            first, last = (
                time(int(read["h1"]), int(read["m1"] or 0)),
                time(int(read["h2"]), int(read["m2"] or 0)),
            )
        except ValueError:
            raise InputError(
                "Ces heures ne sont pas lisibles.",
                remedy="Écrivez-les comme 8h30-11h30, 13h30-16h30.",
            ) from None
        if last <= first:
            raise InputError("La fin n’est pas après le début.", remedy="Corrigez ces heures.")
        slots.append((first, last))
    return tuple(slots)


def in_the_week(
    meeting: Meeting, week: Mapping[int, Sequence[Slot]]
) -> Iterator[tuple[date, Slot]]:
    """Yield the days of a session on which it falls into the hours of a week, with those hours.

    Parameters
    ----------
    week : mapping
        The hours of each day, Monday being 0.
    """
    for day in meeting.days:
        for slot in week.get(day.weekday(), ()):
            if _overlap(slot, meeting.slot):
                yield day, slot


def together(one: Meeting, other: Meeting) -> date | None:
    """Return the first day on which two sessions fall at the same time, None where there is none.

    Examples
    --------
    >>> morning = Meeting(date(2027, 1, 12), starts="09:00", ends="12:00")
    >>> together(morning, Meeting(date(2027, 1, 12), starts="13:00", ends="16:00")) is None
    True
    >>> together(morning, Meeting(date(2027, 1, 12)))
    datetime.date(2027, 1, 12)
    """
    days = sorted(set(one.days) & set(other.days))
    return days[0] if days and _overlap(one.slot, other.slot) else None


def _overlap(one: Slot, other: Slot) -> bool:
    return one[0] < other[1] and other[0] < one[1]
