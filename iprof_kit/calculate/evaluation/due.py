"""Whom a school year and a campaign concern in a portfolio: every person in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import axis_of, rentree, school_year
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.sources import to_verify
from iprof_kit.calculate.career.meetings import (
    Meeting,
    last_meeting,
    meeting_numbers,
    meeting_of,
)
from iprof_kit.calculate.guides.law.facts import Standing
from iprof_kit.law.career.advancement import echelon_duration, next_cell
from iprof_kit.law.career.meetings import meeting_year
from iprof_kit.law.promotion.conditions import (
    CLASSE_EXCEPTIONNELLE,
    HORS_CLASSE,
    classe_exceptionnelle_open,
    hors_classe_open,
    next_grade,
)
from iprof_kit.law.promotion.opinions import opinion_scale
from iprof_kit.law.tables.cells import CELLS, cell_code

Whole = npt.NDArray[np.int64]
_UNKNOWN = -1
_CAUGHT_UP = 3
"""Échelons by right that a file may lack: one lasts a year at least."""
_OPEN = {HORS_CLASSE: hors_classe_open, CLASSE_EXCEPTIONNELLE: classe_exceptionnelle_open}


@dataclass(frozen=True)
class Held:
    """The last échelon that a file tells of, and the rendez-vous that are over."""

    where: Standing
    since: date
    kept: int = 0
    """Days of seniority kept on entry."""
    done: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Opinion:
    """An opinion that a campaign may ask for; no `levels` where the tables know none."""

    grade: str
    campaign: int
    levels: tuple[str, ...]
    detail: str
    renewal: str
    to_verify: bool
    sources: tuple[str, ...]


def meetings_due(people: Sequence[Held | None], today: date) -> list[Meeting | None]:
    """Return the rendez-vous of the school year of a day for each person, None where none.

    Échelons that are due by right count as reached; time that does not count (a leave, a
    disponibilité) is not known here: the administration draws up the list.

    Examples
    --------
    >>> one = Held(Standing("certifie", "classe_normale", "8"), date(2026, 1, 1))
    >>> [(meeting.number, meeting.year) for meeting in meetings_due([one], date(2026, 11, 25))]
    [(2, 2026)]
    """
    this_year = school_year(today)
    due: list[Meeting | None] = [None] * len(people)
    cell, reached = _places(people, axis_of(today))
    known = np.flatnonzero(cell != _UNKNOWN)
    if not known.size:
        return due
    years = meeting_year(cell[known], reached[known])
    for place in known[years == this_year]:
        due[place] = _meeting(people[place], int(cell[place]), this_year)
    return due


def opinions_due(people: Sequence[Held | None], today: date) -> list[Opinion | None]:
    """Return the opinion that the campaign to come may ask for about each person.

    The one on the hors classe is for who has not had the last rendez-vous: its appreciation is
    kept until the promotion.
    """
    year = campaign_of(today)
    due: list[Opinion | None] = [None] * len(people)
    cell, reached = _places(people, rentree(year) - 1)
    known = np.flatnonzero(cell != _UNKNOWN)
    targets = next_grade(cell[known])
    for grade, is_open in _OPEN.items():
        places = known[targets == grade]
        for corps in dict.fromkeys(CELLS.corps[cell[places]].tolist()):
            own = places[CELLS.corps[cell[places]] == corps]
            opinion = _opinion(grade, corps, year)
            if opinion is None:
                continue
            days = rentree(year) - reached[own]
            last = last_meeting(corps, year - 1)
            for place in own[_asked(is_open, cell[own], days, year)]:
                one = people[place]
                if grade != HORS_CLASSE or (one and last not in one.done):
                    due[place] = opinion
    return due


def campaign_of(today: date) -> int:
    """Return the campaign that is prepared on a day: promotions take effect on 1 September."""
    return school_year(today) + 1


def _places(people: Sequence[Held | None], day: int) -> tuple[Whole, Whole]:
    """Return the cell of each person on a day and since when, seniority kept; −1 for unknown."""
    cell = np.full(len(people), _UNKNOWN, np.int64)
    reached = np.zeros(len(people), np.int64)
    for place, one in enumerate(people):
        if one is None:
            continue
        try:
            cell[place] = cell_code(
                one.where.corps, one.where.grade, one.where.echelon, one.where.chevron
            )
        except InputError:
            continue
        reached[place] = axis_of(one.since) - one.kept
    for _ in range(_CAUGHT_UP):
        known = np.flatnonzero(cell != _UNKNOWN)
        if not _advance(cell, reached, known, day):
            break
    return cell, reached


def _advance(cell: Whole, reached: Whole, known: Whole, day: int) -> bool:
    """Move who has spent the time of her échelon to the next one; tell whether anybody was."""
    lasts, following = echelon_duration(cell[known], day), next_cell(cell[known], day)
    over = (lasts > 0) & (following >= 0) & (reached[known] + lasts <= day)
    moved = known[over]
    reached[moved] += lasts[over]
    cell[moved] = following[over]
    return bool(moved.size)


def _meeting(one: Held | None, cell: int, year: int) -> Meeting | None:
    echelon = str(CELLS.echelon[cell])
    corps = str(CELLS.corps[cell])
    for number in meeting_numbers(corps, year):
        meeting = meeting_of(corps, number, year)
        if meeting is not None and meeting.echelon == echelon:
            return None if one is None or number in one.done else meeting
    return None


def _opinion(grade: str, corps: str, year: int) -> Opinion | None:
    """Return what is asked of a corps; None where it has no such grade in the tables."""
    if grade == HORS_CLASSE:
        return Opinion(grade, year, (), "", "", to_verify=True, sources=())
    try:
        scale = opinion_scale(corps, year)
    except LawError:
        return None
    return Opinion(
        grade,
        year,
        scale.levels,
        scale.detail,
        scale.renewal,
        any(to_verify(one.confidence) for one in scale.sources),
        tuple(dict.fromkeys(one.text for one in scale.sources)),
    )


def _asked(is_open: Any, cell: Whole, days: Whole, year: int) -> npt.NDArray[np.bool_]:
    """Return who is promouvable; nobody where the tables do not cover the campaign."""
    try:
        asked: npt.NDArray[np.bool_] = is_open(cell, days, year)
    except LawError:
        return np.zeros(cell.shape, np.bool_)
    return asked
