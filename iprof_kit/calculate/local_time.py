"""The hour of Paris, and the hour overseas at the same moment."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from iprof_kit.base.calendar import date_text
from iprof_kit.base.typography import french
from iprof_kit.law.tables import load_reference

PARIS = ZoneInfo("Europe/Paris")


def hour_text(day: date, hour: str, departement: str | None = None) -> str:
    """Write an hour of Paris, with the local one where it differs.

    Parameters
    ----------
    day : date
        The day in Paris.
    hour : str
        « 12:00 », as the tables write it.
    departement : str, optional
        Its code: « 063 », « 974 ».

    Returns
    -------
    str
        « 12 h, heure de Paris (15 h à La Réunion) »; the local day too where it is another one.
    """
    hours, minutes = (int(part) for part in hour.split(":"))
    moment = datetime.combine(day, time(hours, minutes), PARIS)
    told = f"{_clock(moment)}, heure de Paris"
    found = _zone(departement)
    if found is None:
        return told
    place, zone = found
    there = moment.astimezone(zone)
    when = "" if there.date() == day else f" le {date_text(there.date())}"
    return f"{told} ({_clock(there)}{when} {place})"


def _zone(departement: str | None) -> tuple[str, ZoneInfo] | None:
    table = load_reference("fuseaux")
    mine = table[table["departement"] == (departement or "")]
    if mine.empty:
        return None
    row = mine.iloc[0]
    return french(str(row["lieu"])), ZoneInfo(str(row["zone"]))


def _clock(moment: datetime) -> str:
    minutes = f"\u00a0{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour}\u00a0h{minutes}"
