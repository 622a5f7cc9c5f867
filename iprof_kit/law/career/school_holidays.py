"""School holidays of a zone, and the days of a delay that fall outside of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from iprof_kit.base.calendar import date_text, school_year
from iprof_kit.base.explanation import Words
from iprof_kit.base.sources import Source
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.rules import rule

HOLIDAYS = Facts("vacances_scolaires", ("zone",))
ACADEMIES = Facts("academies", ("code_academie",))
ZONES = Facts("zones_vacances", ("code_academie",))
_LONGEST = 400
"""Days after which a delay is no longer sought: no school year is that long."""


@dataclass(frozen=True)
class Outside:
    """The days of a delay that school holidays do not take; `sources` are those of the rows read.

    `latest` is the last day on which the delay may begin and still be whole.
    """

    days: int
    latest: date
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Holiday:
    """One holiday of a zone: its name, its first and last day, the papers of its row."""

    name: str
    first: date
    last: date
    source: Source


def _read(given: Mapping[str, Any], counted: Outside | None) -> tuple[Words, ...]:
    del given
    if counted is None:
        return (("Vacances scolaires de votre académie", "inconnues de ce kit sur ces jours"),)
    return (
        ("Jours comptés hors vacances scolaires", str(counted.days)),
        ("Dernier jour pour notifier", date_text(counted.latest)),
    )


@rule(
    sentence="Les jours d’un délai « hors vacances scolaires » qui tombent dans les vacances de la "
    "zone de l’académie ne se comptent pas ; sans calendrier connu, rien n’est dit tenu.",
    source="arrêté du 5 mai 2017, art. 3, modifié par l’arrêté du 21 juin 2019",
    since="2019-07-07",
    tables=("vacances_scolaires", "zones_vacances"),
    reads=_read,
)
def days_outside_holidays(academie: str, begins: date, ends: date, asked: int) -> Outside | None:
    """Return how many days from one day to the eve of another fall outside school holidays.

    Parameters
    ----------
    academie : str
        Its code, which gives the zone.
    begins, ends : date
        The day of the notification, and that of the meeting, which does not count.
    asked : int
        Days that the delay must have.

    Returns
    -------
    Outside or None
        None where the zone, or a school year that the delay crosses, is in no row.

    Examples
    --------
    Zone A, Christmas holidays from 19 December 2026 to 3 January 2027.

    >>> days_outside_holidays("06", date(2026, 12, 10), date(2027, 1, 8), 15).days
    13
    """
    zone = ZONES.find(ends, academie)
    if zone is None:
        return None
    name = zone.text("zone", untold=True)
    met: dict[Source, None] = {}
    days, latest = 0, None
    for day in _backwards(ends):
        if not _is_known(name, day):
            return None
        holiday = HOLIDAYS.find(day, name)
        if holiday is None:
            days += day >= begins
            asked -= 1
        else:
            met |= dict.fromkeys([_told(holiday)])
        if asked == 0:
            latest = day
        if asked <= 0 and day <= begins:
            break
    return None if latest is None else Outside(days, latest, (zone.papers, *met))


def holidays_between(academie: str, first: date, last: date) -> tuple[Holiday, ...]:
    """Return the school holidays of an academy that fall between two days, in their order.

    Parameters
    ----------
    academie : str
        Its code, which gives the zone.

    Returns
    -------
    tuple of Holiday
        None of them where the zone, or that school year, is in no row: nothing is supposed.

    Examples
    --------
    >>> known = holidays_between("06", date(2026, 9, 1), date(2026, 12, 31))
    >>> [one.name for one in known], known[0].first
    (['Toussaint', 'Noël'], datetime.date(2026, 10, 17))
    """
    zone = ZONES.find(first, academie)
    if zone is None or not _is_known(str(zone.values["zone"]), first):
        return ()
    known = [
        Holiday(str(row.values["periode"]), begins, row.papers.until or last, row.papers)
        for row in HOLIDAYS.in_force(None)
        if row.values["zone"] == zone.values["zone"] and (begins := row.papers.since) is not None
    ]
    met = [one for one in known if one.first <= last and one.last >= first]
    return tuple(sorted(met, key=lambda one: one.first))


def academie_of(departement: str) -> str:
    """Return the code of the academy of a department, « 63 » or « 063 »; "" for none known.

    Examples
    --------
    >>> academie_of("092")
    '25'
    """
    return _academies().get(departement.lstrip("0"), "")


@cache
def _academies() -> dict[str, str]:
    return {
        code.lstrip("0"): str(row.values["code_academie"])
        for row in ACADEMIES.in_force(None)
        for code in str(row.values["codes_departements"]).split(";")
        if code and not row.has("date_fin")
    }


def _told(holiday: Fact) -> Source:
    """Return the papers of a holiday, whose days a reason says."""
    since, until = holiday.papers.since, holiday.papers.until
    if since is not None and until is not None:
        words = f"du {date_text(since)} au {date_text(until)}"
        holiday.tell(f"Vacances scolaires, {holiday.values['periode']}", words)
    return holiday.papers


def _backwards(ends: date) -> Iterator[date]:
    return (ends - timedelta(days=count) for count in range(1, _LONGEST))


def _is_known(zone: str, day: date) -> bool:
    """Tell whether the holidays of the school year of a day are in the rows of a zone."""
    return (zone, school_year(day)) in _years()


@cache
def _years() -> frozenset[tuple[str, int]]:
    """Return the school years of the zones whose rows are all there: each says how many."""
    whole: dict[tuple[str, int], int] = {}
    rows: Counter[tuple[str, int]] = Counter()
    for row in HOLIDAYS.in_force(None):
        year = str(row.values["zone"]), int(row.values["annee"])
        whole[year] = int(row.values["periodes"])
        rows[year] += 1
    return frozenset(year for year, count in whole.items() if rows[year] == count)
