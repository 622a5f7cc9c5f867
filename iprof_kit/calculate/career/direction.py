"""The years of direction d'école of a career: those complete, those whose months still serve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise

from iprof_kit.base.calendar import axis_of, rentree
from iprof_kit.base.errors import KitError
from iprof_kit.calculate.anciennetes.question import EchelonConnu
from iprof_kit.calculate.career.echelon import answer
from iprof_kit.calculate.career.echelon_question import EchelonQuestion
from iprof_kit.calculate.interface.situation import Periode
from iprof_kit.law.career.bonifications import direction_day, first_direction_year

Span = tuple[date, date | None]
"""First and last day; None: it goes on."""
_A_DAY = timedelta(days=1)
_BY_SENIORITY = ("anciennete", "bonification")


def unused_years(
    spans: Iterable[Span], history: Sequence[EchelonConnu], periods: Sequence[Periode], today: date
) -> tuple[int, ...]:
    """Return the complete years of direction whose months no échelon has used, by first year.

    Parameters
    ----------
    spans : iterable of Span
        Times at the head of a school.
    history : sequence of EchelonConnu
        Échelons held, oldest first. A grade, a reclassement or a chevron uses no month.
    periods : sequence of Periode
        Positions held.
    """
    years = complete_years(spans, today)
    for before, line in pairwise((None, *history)):
        if not years or line is None:
            break
        if line.mode in _BY_SENIORITY and not (before and _chevron_alone(before, line)):
            years = given_after(years, _pronounced(before, line, years, periods))
    return years


def given_after(years: Iterable[int], day: date) -> tuple[int, ...]:
    """Return the years whose months are given after a day: its échelon used the others."""
    return tuple(year for year in years if direction_day(year) > axis_of(day))


def complete_years(spans: Iterable[Span], today: date) -> tuple[int, ...]:
    """Return the school years, over by a day, that spans cover whole and that the law counts."""
    days_held = sorted((axis_of(first), axis_of((last or today) + _A_DAY)) for first, last in spans)
    return tuple(
        year
        for year in range(first_direction_year(), today.year)
        if rentree(year + 1) <= axis_of(today)
        and _covered(days_held, rentree(year), rentree(year + 1))
    )


def _covered(days_held: Sequence[tuple[int, int]], begin: int, end: int) -> bool:
    for first, last in days_held:
        if first <= begin < last:
            begin = last
    return begin >= end


def _chevron_alone(before: EchelonConnu, line: EchelonConnu) -> bool:
    return (before.grade, before.echelon) == (line.grade, line.echelon)


def _pronounced(
    before: EchelonConnu | None,
    line: EchelonConnu,
    years: tuple[int, ...],
    periods: Sequence[Periode],
) -> date:
    """Return the day on which an échelon was due without the months that brought it forward."""
    effect = line.date_effet
    if before is None or all(direction_day(year) <= axis_of(effect) for year in years):
        return effect
    with suppress(KitError):  # an échelon that the tables do not cover: its effect is all we know
        due = answer(
            EchelonQuestion(
                corps=before.corps,
                grade=before.grade,
                echelon=before.echelon,
                chevron=before.chevron,
                date_effet=before.date_effet,
                reliquat_jours=before.reliquat_jours,
                aujourdhui=effect,
                periodes=tuple(periods),
                annees_direction=years,
            )
        )
        if due.date_effet_suivant == effect and due.date_normale is not None:
            return due.date_normale
    return effect
