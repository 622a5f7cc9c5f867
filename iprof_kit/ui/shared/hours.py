"""The hour of the person beside that of Paris, on any screen: done once, on its HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from iprof_kit.base.calendar import MONTHS
from iprof_kit.calculate.interface.local_time import LocalClock, hour_text, place_of_academie

_PARIS = ", heure de Paris"
_MOMENT = re.compile(
    rf"(?P<day>\d{{1,2}})(?:er)? (?P<month>{'|'.join(MONTHS)}) (?P<year>\d{{4}}) à "
    rf"(?P<hour>\d{{1,2}})\u00a0h\u00a0(?P<minute>\d{{2}}){_PARIS}(?! \()"
)
"""A moment as `text.moment` writes it, without a local hour yet."""


def with_local_hours(html: str, academie: Callable[[], str]) -> str:
    """Return the HTML of a screen with each moment of Paris told where the person is too.

    The code of her academy is asked only where a moment is shown.
    """
    place = place_of_academie(academie()) if _PARIS in html else None
    if place is None:
        return html
    return _MOMENT.sub(lambda moment: moment[0] + _local(moment, place), html)


def _local(moment: re.Match[str], place: LocalClock) -> str:
    """Return « (17 h 32 à La Réunion) », after a space."""
    month = MONTHS.index(moment["month"]) + 1
    hours = hour_text(
        date(int(moment["year"]), month, int(moment["day"])),
        f"{moment['hour']}:{moment['minute']}",
        place,
    )
    return hours.partition(_PARIS)[2]
