"""Which rendez-vous de carrière the tables foresee for a person, and in which school year."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from iprof_kit.base.calendar import axis_of, school_year_of
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import french
from iprof_kit.calculate.guides.law_facts import Standing
from iprof_kit.law.career.meetings import (
    NONE,
    meeting_content,
    meeting_windows,
    meeting_year,
)
from iprof_kit.law.tables.cells import cell_code


@dataclass(frozen=True)
class Authors:
    """Who says what at a rendez-vous: those who inspect and meet, then who decides."""

    evaluators: str
    final_by: str


@dataclass(frozen=True)
class Concerned:
    """Whom a school year concerns: those who reached `echelon` between two days, inclusive."""

    number: int
    echelon: str
    first: date
    last: date
    source: str
    to_verify: bool


def authors(corps: str, number: int, school_year: str) -> Authors | None:
    """Return who speaks at a rendez-vous of a school year (« 2022-2023 »); None if unknown."""
    try:
        content = meeting_content(corps, number, int(school_year[:4]))
    except (LawError, ValueError):
        return None
    return Authors(french(content.evaluators), french(content.final_by))


def concerned(corps: str, today: date) -> tuple[Concerned, ...]:
    """Return whom the school year of a day concerns; () for a corps without rendez-vous."""
    try:
        windows = meeting_windows(corps, int(school_year_of(axis_of(today))))
    except LawError:
        return ()
    return tuple(
        Concerned(
            one.number,
            one.echelon,
            one.first,
            one.last,
            french(one.source),
            to_verify(one.confidence),
        )
        for one in windows
    )


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
    except (InputError, LawError):
        return None
    return None
