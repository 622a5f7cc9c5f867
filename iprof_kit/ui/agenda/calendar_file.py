"""A file of dates that any calendar reads, said to be a simulation.

A day is an event of that whole day; what ends at an hour is an event at that hour, with its alarms.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Alarm, Calendar, Event

from iprof_kit.base.words import hard_spaces
from iprof_kit.calculate.campaigns.reminders import DAYS_BEFORE
from iprof_kit.calculate.interface.official_texts import TO_VERIFY
from iprof_kit.ui.agenda.coming import Coming

MEDIA_TYPE = "text/calendar"
FILE_NAME = "prochaines-dates.ics"
PRODID = "-//Assistant carriere//kit libre non officiel//FR"
_WARNING = (
    "Simulation d’un kit libre, non officiel : l’administration décide et publie ses propres dates."
)
LAST = timedelta(hours=2)
"""How long before an hour the last alarm rings, beside those of `DAYS_BEFORE`."""
_SPACE = uuid5(NAMESPACE_URL, "iprof-kit:prochaines-dates")


def agenda(dates: Iterable[Coming], owner: str, today: date) -> bytes:
    """Return the dates that have a day as an iCalendar file (RFC 5545).

    Parameters
    ----------
    dates : iterable of Coming
        Those without a day are left out: a calendar cannot hold a school year.
    owner : str
        Opaque number of the file: with the key of the event it makes its UID, so that a new file
        replaces the events of an old one. It is not written as it is.
    today : date
        Day of the file, which stamps every event.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Assistant carrière : prochaines dates (simulation)")
    for one in dates:
        if one.day is not None:
            calendar.add_component(_event(one, one.day, owner, today))
    content: bytes = calendar.to_ical()
    return content


def uid_of(owner: str, key: str) -> str:
    """Return the identity of an event: the same in every file of one person, read by nobody.

    Examples
    --------
    >>> uid_of("D1", "echelon.8") == uid_of("D2", "echelon.8")
    False
    """
    return f"{uuid5(_SPACE, f'{owner}/{key}')}@iprof-kit.invalid"


def _event(one: Coming, day: date, owner: str, today: date) -> Event:
    event = Event()
    event.add("uid", uid_of(owner, one.key))
    event.add("dtstamp", datetime.combine(today, time(), UTC))
    if one.ends is None:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    else:
        event.add("dtstart", one.ends.astimezone(UTC))  # without an end, it is that very moment
    event.add("summary", hard_spaces(one.what + (" (à vérifier)" if one.verify else "")))
    event.add("description", hard_spaces("\n".join(_lines(one))))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if one.recalled:
        for days in DAYS_BEFORE:
            event.add_component(_alarm(one, timedelta(days=days), f"Dans {days} jours"))
        if one.ends is not None:
            event.add_component(_alarm(one, LAST, "Bientôt la fin"))
    return event


def _alarm(one: Coming, before: timedelta, when: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -before)
    alarm.add("description", hard_spaces(f"{when} : {one.what}"))
    return alarm


def _lines(one: Coming) -> list[str]:
    source = f"Source : {one.source}." if one.source else ""
    if one.source == TO_VERIFY:
        source = "Source à vérifier."
    return [line for line in (one.detail, source, _WARNING) if line]
