"""The hour of Paris, and the hour overseas at the same moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import PARIS
from iprof_kit.base.words import NBSP
from iprof_kit.law.tables.loading import load_reference


@dataclass(frozen=True)
class LocalClock:
    """Where the hour is not that of Paris: « à La Réunion », and its zone."""

    name: str
    zone: ZoneInfo


def place_of(departement: str | None) -> LocalClock | None:
    """Return the place of a department whose hour is not that of Paris, else None.

    Every zone is read at the first call: a confined kernel reads no file of the system later.
    """
    return _places().get(departement or "")


def place_of_academie(code: str) -> LocalClock | None:
    """Return the place of an academy of one department whose hour is not that of Paris."""
    return place_of(_single_departements().get(code))


def hour_text(day: date, hour: str, place: LocalClock | None = None) -> str:
    """Write an hour of Paris, with the local one where it differs.

    Parameters
    ----------
    day : date
        The day in Paris.
    hour : str
        « 12:00 », as the tables write it.
    place : LocalClock, optional
        See `place_of`.

    Returns
    -------
    str
        « 12 h, heure de Paris (15 h à La Réunion) »; the local day too where it is another one.
    """
    hours, minutes = (int(part) for part in hour.split(":"))
    moment = datetime.combine(day, time(hours, minutes), PARIS)
    in_paris = f"{_clock(moment)}, heure de Paris"
    if place is None:
        return in_paris
    there = moment.astimezone(place.zone)
    when = "" if there.date() == day else f" le {date_text(there.date())}"
    return f"{in_paris} ({_clock(there)}{when} {place.name})"


@cache
def _places() -> dict[str, LocalClock]:
    return {
        str(row["departement"]): LocalClock(str(row["lieu"]), ZoneInfo(str(row["zone"])))
        for row in load_reference("fuseaux").to_dict("records")
    }


@cache
def _single_departements() -> dict[str, str]:
    rows = load_reference("academies").to_dict("records")
    return {
        str(row["code_academie"]): str(row["codes_departements"])
        for row in rows
        if ";" not in str(row["codes_departements"])
    }


def _clock(moment: datetime) -> str:
    minutes = f"{NBSP}{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour}{NBSP}h{minutes}"
