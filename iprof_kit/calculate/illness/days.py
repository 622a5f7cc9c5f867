"""The days of a stoppage on the axis: how many the year counts, where each one stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import MONTH, YEAR, Axis, axis_of, date_of
from iprof_kit.calculate.illness.question import JoursComptes, MaladieQuestion
from iprof_kit.law.payroll.health_leave import (
    CLD,
    CLM,
    SPENT,
    LeaveDays,
    days_counted,
    last_month,
    ordinary_stand,
    stretches,
    tier_months,
)

_A_DAY = timedelta(days=1)
_YEARS_AFTER = 6
"""Years looked at: longer than the longest leave that is paid."""


@dataclass(frozen=True)
class Days:
    """The days looked at, from `first`: how many the year counts, where each stands."""

    first: int
    counted: Axis
    stand: npt.NDArray[np.int8]

    def on(self, day: date) -> int:
        """Return the days that the year ended on a day counts."""
        return int(self.counted[axis_of(day) - self.first])

    def of_month(self, month: int, kind: int, before: int | None = None) -> int:
        """Return the days of a month, by its first day on the axis, that stand so.

        `before`: only those that come before a day of the axis.
        """
        begin, end = month - self.first, month + MONTH
        end = (end if before is None else max(min(end, before), month)) - self.first
        return int((self.stand[begin:end] == kind).sum())

    def first_day(self, kind: int, since: int) -> int | None:
        """Return the first day from one on that stands so, on the axis; None where none does."""
        at = np.flatnonzero(self.stand[since - self.first :] == kind)
        return since + int(at[0]) if len(at) else None


def days_of(question: MaladieQuestion) -> Days:
    """Count every day that the question speaks of, two years before it to six after."""
    begin = axis_of(question.debut)
    first = month_of(begin) - 2 * YEAR
    length = (2 + _YEARS_AFTER) * YEAR
    end = first + length if question.fin is None else day_after(question.fin)
    begins = [*(axis_of(one.debut) for one in question.arrets), begin]
    ends = [*(day_after(one.fin) for one in question.arrets), end]
    sick = stretches(begins, ends, first, length)
    counted = days_counted(sick, question.debut)
    stand = ordinary_stand(sick, counted, question.debut)
    return Days(first, counted[0], stand[0])


def counted_by_month(days: Days, day: date) -> tuple[JoursComptes, ...]:
    """Return the days that the year ended on a day counts, month by month."""
    last = axis_of(day) - days.first
    year = np.arange(max(last - YEAR + 1, 0), last + 1)
    sick = year[days.stand[year] != 0] + days.first
    months, counts = np.unique(sick // MONTH, return_counts=True)
    return tuple(
        JoursComptes(mois=month_name(month * MONTH), jours=int(count))
        for month, count in zip(months, counts, strict=True)
    )


def month_of(day: int) -> int:
    """Return the first day, on the axis, of the month of a day."""
    return day - day % MONTH


def month_name(day: int) -> str:
    """Return « 2026-09 » for a day of the axis."""
    return f"{date_of(day):%Y-%m}"


def last_civil_day(day: int) -> date:
    """Return the civil day before a day of the axis: the 31st where the month has one."""
    return date_of(day) - _A_DAY


@dataclass(frozen=True)
class LongLeave:
    """The leave that B supposes: from the first day of the stoppage, one or two in a row."""

    begin: int
    turns: tuple[tuple[int, str], ...]
    """Each leave of the row, and the month of it from which it runs."""

    def at(self, month: int) -> str:
        """Return the leave of a month of the row, from 1."""
        return [leave for first, leave in self.turns if first <= month][-1]

    @property
    def last(self) -> int:
        """Last month that is paid."""
        return last_month(self.turns[-1][1]) or 0

    @property
    def cuts(self) -> tuple[int, ...]:
        """Months of the row from which pay may change, the first left out."""
        months = {first for first, _ in self.turns}
        for rank, (first, leave) in enumerate(self.turns):
            after = self.turns[rank + 1][0] if rank + 1 < len(self.turns) else self.last + 1
            months |= {one for one in tier_months(leave) if first <= one < after}
        return tuple(sorted(months - {1}))

    def day(self, month: int) -> int:
        """Return the first day, on the axis, of a month of the row."""
        return self.begin + (month - 1) * MONTH

    def days_in(self, begin: int, end: int) -> Iterator[LeaveDays]:
        """Yield the days of leave between two days of the axis, by tier: its first month is told.

        Months of one tier are paid alike, so that they are one column.
        """
        for first, after in pairwise((1, *self.cuts, self.last + 1)):
            days = min(end, self.day(after)) - max(begin, self.day(first))
            if days > 0:
                yield LeaveDays(self.at(first), first, days)


def long_leave(question: MaladieQuestion) -> LongLeave | None:
    """Return the leave that B supposes; None where nothing is asked.

    A long duration begins where the whole pay of the long sickness ends, and counts it as its own.
    """
    if question.demande == "aucune":
        return None
    begin = axis_of(question.debut)
    if question.demande == "longue_maladie":
        return LongLeave(begin, ((1, CLM),))
    return LongLeave(begin, ((1, CLM), (tier_months(CLM)[1], CLD)))


def spent_day(days: Days, question: MaladieQuestion) -> int | None:
    """Return the first day past the rights of the ordinary leave, on the axis."""
    return days.first_day(SPENT, axis_of(question.debut))


def day_after(day: date) -> int:
    """Return the axis day after a civil one: the last day of a month ends all its thirty days."""
    return axis_of(day + _A_DAY) if (day + _A_DAY).day == 1 else axis_of(day) + 1
