"""Which rendez-vous de carrière the tables foresee for a person, and in which school year."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

import numpy as np

from iprof_kit.base.calendar import axis_of, rentree, school_year
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.sources import to_verify
from iprof_kit.calculate.guides.law.facts import Standing
from iprof_kit.law.career.meetings import (
    NONE,
    meeting_content,
    meeting_window,
    meeting_windows,
    meeting_year,
)
from iprof_kit.law.career.meetings_procedure import (
    Evaluators,
    appeal_text,
    evaluators,
    grid,
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


@dataclass(frozen=True)
class Evaluation:
    """Who gives an opinion in one position; `head` is "" where a single one is given."""

    position: str
    model: str
    inspection: str
    head: str
    to_verify: bool


@dataclass(frozen=True)
class Items:
    """One part of the grid: the items of the inspection, of the head, or of both together.

    `labels` is empty where the tables know their number alone.
    """

    part: str
    count: int
    labels: tuple[str, ...]
    to_verify: bool
    source: str


def evaluations(corps: str, year: int) -> tuple[Evaluation, ...]:
    """Return who evaluates in a corps, by position; () for a corps without rendez-vous."""
    return tuple(map(_evaluation, _known(corps, year)))


def evaluation_in(corps: str, where: str, duty: str, year: int) -> Evaluation | None:
    """Return who evaluates in a kind of place and a function; None for a corps without any."""
    known = _known(corps, year)
    fitting = (one for one in known if one.fits(where, duty))
    usual = (one for one in known if not one.places and not one.duties)
    chosen = next(chain(fitting, usual, known), None)
    return _evaluation(chosen) if chosen else None


def _known(corps: str, year: int) -> tuple[Evaluators, ...]:
    try:
        return evaluators(corps, year)
    except LawError:
        return ()


def _evaluation(one: Evaluators) -> Evaluation:
    return Evaluation(
        one.position,
        one.model,
        one.inspection,
        one.head,
        to_verify(one.source.confidence),
    )


def items_of(model: str, year: int) -> tuple[Items, ...]:
    """Return the grid of a model of report; () where the tables do not know it."""
    return tuple(
        Items(
            part.name,
            part.count,
            tuple(part.labels),
            any(to_verify(source.confidence) for source in part.sources),
            part.sources[-1].text,
        )
        for part in grid(model, year)
    )


def authors(corps: str, number: int, school_year: str) -> Authors | None:
    """Return who speaks at a rendez-vous of a school year (« 2022-2023 »); None if unknown."""
    try:
        content = meeting_content(corps, number, int(school_year[:4]))
    except (LawError, ValueError):
        return None
    return Authors(content.evaluators, content.final_by)


def concerned(corps: str, today: date) -> tuple[Concerned, ...]:
    """Return whom the school year of a day concerns; () for a corps without rendez-vous."""
    try:
        windows = meeting_windows(corps, school_year(today))
    except LawError:
        return ()
    return tuple(
        Concerned(
            one.number,
            one.echelon,
            one.first,
            one.last,
            one.source,
            to_verify(one.confidence),
        )
        for one in windows
    )


@dataclass(frozen=True)
class Meeting:
    """One rendez-vous of a school year: whom it concerns, who decides, what it leads to."""

    number: int
    year: int
    echelon: str
    reached_from: date
    reached_to: date
    final_by: str
    leads_to: str
    levels: tuple[str, ...]
    sources: tuple[str, ...]
    to_verify: bool


def meeting_numbers(corps: str, year: int) -> tuple[int, ...]:
    """Return the numbers of the rendez-vous of a corps in a school year; none without any.

    Examples
    --------
    >>> meeting_numbers("pe", 2026)
    (1, 2, 3)
    """
    try:
        return tuple(one.number for one in meeting_windows(corps, year))
    except LawError:
        return ()


def last_meeting(corps: str, year: int) -> int:
    """Return the number of the last rendez-vous of a corps, 0 for a corps without any.

    Its appreciation is kept: it is the one that counts for the hors classe.

    Examples
    --------
    >>> last_meeting("certifie", 2026)
    3
    """
    return max(meeting_numbers(corps, year), default=0)


def meeting_of(corps: str, number: int, year: int) -> Meeting | None:
    """Return a rendez-vous by its number and the year its school year begins in.

    None where the tables know no such rendez-vous.
    """
    try:
        content = meeting_content(corps, number, year)
        window = meeting_window(corps, number, year)
    except LawError:
        return None
    return Meeting(
        number,
        year,
        window.echelon,
        window.first,
        window.last,
        content.final_by,
        content.leads_to,
        content.levels,
        (window.source,),
        to_verify(window.confidence),
    )


def appeal(corps: str, day: date) -> tuple[str, bool]:
    """Return the text of the appeal of a corps, and whether it is to verify; "" for none."""
    try:
        written, source = appeal_text(corps, day)
    except LawError:
        return "", True
    return written, to_verify(source.confidence)


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

    Returns
    -------
    Foreseen or None
        None too for a corps without rendez-vous in the tables. The administration convenes; this
        only reads the windows of rendez_vous_carriere.csv (décret 90-680, art. 24 II).
    """
    this_year = school_year(today)
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


@dataclass(frozen=True)
class Tenure:
    """An échelon held between two days, the last one not included; None while it is held."""

    where: Standing
    since: date
    until: date | None
    kept: int = 0
    """Days of seniority kept on entry."""


def never_recorded(
    tenures: Iterable[Tenure], done: Container[int], today: date
) -> tuple[Foreseen, ...]:
    """Return the rendez-vous whose school year is over and that a file does not tell of.

    Somebody who changed academy in the year is often forgotten. An échelon left before the school
    year of its rendez-vous had none, nor one that was given after it: hired, promoted or classed
    with a seniority that she brought.

    Parameters
    ----------
    tenures : iterable of Tenure
        The échelons held until today, oldest first.
    done : container of int
        Numbers of the rendez-vous already held.
    """
    this_year = school_year(today)
    forgotten = []
    for one in tenures:
        for meeting in _meetings_of(one):
            over = meeting.year < this_year
            stayed = one.until is None or axis_of(one.until) > rentree(meeting.year)
            there = stayed and axis_of(one.since) < rentree(meeting.year + 1)
            if over and there and meeting.number not in done:
                forgotten.append(meeting)
    return tuple(forgotten)


def _meetings_of(tenure: Tenure) -> list[Foreseen]:
    """Return the rendez-vous of an échelon; none for a time or a place without any."""
    where = tenure.where
    try:
        cell = cell_code(where.corps, where.grade, where.echelon, where.chevron)
        reached = np.array([axis_of(tenure.since) - tenure.kept])
        year = int(meeting_year(np.array([cell]), reached)[0])
        windows = meeting_windows(where.corps, year) if year != NONE else ()
    except (InputError, LawError):
        return []
    return [
        Foreseen(one.number, year, one.echelon, to_verify(one.confidence))
        for one in windows
        if one.echelon == where.echelon
    ]
