"""Which days the law is known for: the periods of every table and rule, and what misses inside.

Computed from the rows and the registry, never written: what a row says of its days is all there is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

import pandas as pd

from iprof_kit.calculate.guides.law.pages import RuleText, rules
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.lookups import day_or_none
from iprof_kit.law.tables.schema import Schema
from iprof_kit.law.tables.shapes import SCHEMAS
from iprof_kit.law.tables.verified import verified_until

_DAYS = (("valide_du", "valide_au"), ("effet_du", "effet_au"), ("valide_du", ""))
_YEARS = (("campagne_du", "campagne_au"), ("campagne", "campagne"), ("annee", "annee"))
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Days between two, inclusive; None: since always, or still in force."""

    since: date | None
    until: date | None


@dataclass(frozen=True)
class Hole:
    """Days that a table, or one of its keys, says nothing of, between two rows that it has."""

    key: str
    since: date
    until: date


@dataclass(frozen=True)
class TableCoverage:
    """What a table covers: by day, by year, or always (`period` and `years` are None)."""

    name: str
    rows: int
    keys: int
    verified: date
    period: Period | None = None
    holes: tuple[Hole, ...] = ()
    closed: tuple[Hole, ...] = ()
    """Keys that end without a row after: their first and last day."""
    late: int = 0
    """Keys that begin after the table does."""
    years: tuple[int, ...] | None = None

    @property
    def missing_years(self) -> tuple[int, ...]:
        """Years between the first and the last of which there is no row."""
        years = self.years or ()
        return tuple(y for y in range(min(years), max(years)) if y not in years) if years else ()


@dataclass(frozen=True)
class RuleCoverage:
    """The days of a rule: of its wordings, and from when its dated tables all have rows."""

    name: str
    periods: tuple[Period, ...]
    holes: tuple[Hole, ...]
    tables: tuple[str, ...]
    readable: date
    waits_for: str
    """The table that begins last, where it begins after the rule; else nothing."""
    verified: date | None
    """The earliest day of verification of its tables, None where it reads none."""


@cache
def tables_covered() -> tuple[TableCoverage, ...]:
    """Return what each table covers, in the order of their names.

    Examples
    --------
    >>> {one.name: one for one in tables_covered()}["point_indice"].holes
    ()
    """
    return tuple(_table(name) for name in sorted(SCHEMAS) if name != "verifie")


@cache
def rules_covered() -> tuple[RuleCoverage, ...]:
    """Return what each rule covers, chapter by chapter."""
    starts = {
        one.name: one.period.since
        for one in tables_covered()
        if one.period is not None and one.period.since is not None
    }
    return tuple(_rule(name, wordings, starts) for name, wordings in rules().items())


def edges(name: str) -> tuple[date, ...]:
    """Return the days on which a row of a table begins, and the morrow of each last day."""
    frame = table(name)
    days: set[date] = set()
    for column in _day_columns(SCHEMAS[name], frame) or ():
        if column:
            step = timedelta() if column.endswith("_du") else _DAY
            moments = pd.to_datetime(frame[column].replace("", None)).dropna()
            days |= {moment.date() + step for moment in moments}
    return tuple(sorted(days))


def holes_of(periods: Iterable[Period], key: str = "") -> tuple[Hole, ...]:
    """Return the days between periods that none of them covers.

    Examples
    --------
    >>> first = Period(date(2017, 9, 1), date(2018, 8, 31))
    >>> [hole.since.isoformat() for hole in holes_of([first, Period(date(2020, 9, 1), None)])]
    ['2018-09-01']
    """
    ordered = sorted(periods, key=lambda one: one.since or date.min)
    holes, reached = [], ordered[0].until
    for one in ordered[1:]:
        if reached is None:
            break
        if one.since is not None and one.since > reached + _DAY:
            holes.append(Hole(key, reached + _DAY, one.since - _DAY))
        reached = None if one.until is None else max(reached, one.until)
    return tuple(holes)


def _table(name: str) -> TableCoverage:
    frame, schema = table(name), SCHEMAS[name]
    keys = frame.groupby(list(schema.key), dropna=False).ngroups if schema.key else 1
    plain = TableCoverage(name, len(frame), keys, verified_until(name))
    columns = _day_columns(schema, frame)
    if columns is not None:
        return _by_day(plain, frame, schema, columns)
    years = next((pair for pair in _YEARS if set(pair) <= set(frame.columns)), None)
    return plain if years is None else _by_year(plain, frame, years)


def _day_columns(schema: Schema, frame: pd.DataFrame) -> tuple[str, str] | None:
    if schema.validity is not None:
        return schema.validity
    return next((pair for pair in _DAYS if set(pair) - {""} <= set(frame.columns)), None)


def _by_day(
    plain: TableCoverage, frame: pd.DataFrame, schema: Schema, columns: tuple[str, str]
) -> TableCoverage:
    by_key: dict[str, list[Period]] = {}
    keys = [column for column in schema.key if column not in columns]
    for row in frame.to_dict("records"):
        key = ", ".join(str(row[column]) for column in keys if str(row[column]))
        since, until = (_day(row[column]) if column else None for column in columns)
        by_key.setdefault(key, []).append(Period(since, until))
    periods = [period for each in by_key.values() for period in each]
    holes = [hole for key, each in by_key.items() for hole in holes_of(each, key)]
    closed = [
        Hole(key, min(one.since or date.min for one in each), max(ends))
        for key, each in by_key.items()
        if len(ends := [one.until for one in each if one.until is not None]) == len(each)
    ]
    whole = _whole(periods)
    begins = [min(one.since or date.min for one in each) for each in by_key.values()]
    return replace(
        plain,
        keys=len(by_key),
        period=whole,
        holes=tuple(holes),
        closed=tuple(closed),
        late=sum(day > (whole.since or date.min) for day in begins),
    )


def _whole(periods: list[Period]) -> Period:
    starts = [one.since for one in periods]
    ends = [one.until for one in periods if one.until is not None]
    known = [day for day in starts if day is not None]
    since = min(known) if len(known) == len(starts) else None
    return Period(since, max(ends) if len(ends) == len(periods) else None)


def _by_year(plain: TableCoverage, frame: pd.DataFrame, columns: tuple[str, str]) -> TableCoverage:
    """Rows dated by campaign: one without an end is known until the year of the verification."""
    years: set[int] = set()
    for since, until in zip(*(_years(frame[column]) for column in columns), strict=True):
        if since is not None:
            end = max(plain.verified.year, since) if until is None else until
            years |= set(range(since, end + 1))
    return replace(plain, years=tuple(sorted(years)))


def _years(column: pd.Series) -> list[int | None]:
    numbers = pd.to_numeric(column, errors="coerce")
    return [None if pd.isna(one) else int(one) for one in numbers]


def _day(value: str | pd.Timestamp) -> date | None:
    if isinstance(value, str):
        return date.fromisoformat(value) if value else None
    return day_or_none(value)


def _rule(name: str, wordings: tuple[RuleText, ...], starts: dict[str, date]) -> RuleCoverage:
    periods = tuple(Period(one.since, one.until) for one in wordings)
    read = tuple(dict.fromkeys(each for one in wordings for each in one.tables))
    first = min(one.since for one in wordings)
    begins = {each: starts[each] for each in read if each in starts}
    last = max(begins, key=lambda each: begins[each], default="")
    late = last if last and begins[last] > first else ""
    return RuleCoverage(
        name,
        periods,
        holes_of(periods),
        read,
        begins[late] if late else first,
        late,
        min(map(verified_until, read), default=None),
    )
