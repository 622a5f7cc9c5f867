"""Which rendez-vous de carrière the tables foresee for a person, and in which school year."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from iprof_kit.base.calendar import axis_of, school_year_of
from iprof_kit.base.errors import LawError
from iprof_kit.base.sources import to_verify
from iprof_kit.calculate.law_facts import Standing
from iprof_kit.law.career_meetings import NONE, meeting_windows, meeting_year
from iprof_kit.law.cells import cell_code


@dataclass(frozen=True)
class Foreseen:
    """One rendez-vous to come: its number, the year its school year begins in, at which échelon."""

    number: int
    year: int
    echelon: str
    to_verify: bool


def next_meeting(
    places: Iterable[tuple[Standing, date, int]], done: Container[int], today: date
) -> Foreseen | None:
    """Return the first rendez-vous of these échelons that is neither past nor already held.

    Parameters
    ----------
    places : iterable of (Standing, date, int)
        The échelon held, then those to come: where, since when, days of seniority then kept.
    done : container of int
        Numbers of the rendez-vous already held.
    today : date

    Returns
    -------
    Foreseen or None
        None too for a corps without rendez-vous in the tables. The administration convenes; this
        only reads the windows of rendez_vous_carriere.csv (décret 90-680, art. 24 II).
    """
    this_year = int(school_year_of(axis_of(today)))
    try:
        for where, since, kept in places:
            cell = cell_code(where.corps, where.grade, where.echelon, where.chevron)
            year = int(meeting_year(np.array([cell]), np.array([axis_of(since) - kept]))[0])
            if year == NONE or year < this_year:
                continue
            for window in meeting_windows(where.corps, year):
                if window.echelon == where.echelon and window.number not in done:
                    return Foreseen(
                        window.number, year, window.echelon, to_verify(window.confidence)
                    )
    except LawError:
        return None
    return None
