"""What the guides say of the law's tables: the rows in force on a day, with their papers.

Nothing here knows a subject: a guide names a table, some columns and what the rows must be, and
is given the rows of today. A figure of a guide is then never older than the tables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from iprof_kit.base.errors import LawError
from iprof_kit.base.sources import Confidence, worst
from iprof_kit.law.career.meetings_procedure import evaluated_on
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.lookups import confidence_letter, day_or_none
from iprof_kit.law.tables.schema import EVERYBODY
from iprof_kit.law.tables.shapes import SCHEMAS
from iprof_kit.law.tables.verified import verified_until

_CORPS = ("corps", "groupe_corps", "corps_codes")
_MODEL = "modele"
"""Column of the tables that say what a model of report holds: its corps are in another table."""
_CAMPAIGN = ("campagne_du", "campagne_au")
_YEARS = ("annee", "campagne")


@dataclass(frozen=True)
class FactRow:
    """One row of a table, with its papers; `corps` are the codes of those it concerns."""

    values: Mapping[str, str]
    corps: tuple[str, ...]
    source: str
    since: date | None
    until: date | None
    confidence: Confidence

    @property
    def verify(self) -> bool:
        """Whether one source at most says so."""
        return self.confidence in {"C", "D"}


@dataclass(frozen=True)
class FactTable:
    """The rows of a table that a guide asked for, and the day until which they were verified."""

    rows: tuple[FactRow, ...]
    verified: date
    year: int | None = None
    """The year of the rows, where they are those of the last one known."""


def facts(
    name: str,
    columns: Sequence[str],
    *,
    on: date,
    where: Mapping[str, str | Sequence[str]] | None = None,
    corps: str | None = None,
) -> FactTable:
    """Return the rows of a table in force on a day.

    Parameters
    ----------
    name : str
        A reference table.
    columns : sequence of str
        What is told of each row; rows that tell the same are one, of several corps.
    on : date
        The day. Of a table by year, the rows of the last year that is not after it are kept.
    where : mapping of column to text or texts, optional
        What the rows must be.
    corps : str, optional
        The person's corps; without it, every corps is told.

    Raises
    ------
    LawError
        No such table or column.
    """
    frame = table(name)
    missing = [column for column in (*columns, *(where or {})) if column not in frame.columns]
    if missing:
        raise LawError(f"colonne absente : {', '.join(missing)}.", where=name)
    for column, wanted in (where or {}).items():
        texts = frame[column].map(_text)
        frame = frame[texts.isin([wanted] if isinstance(wanted, str) else list(wanted))]
    frame, year = _current(frame, name, on)
    rows: dict[tuple[str, ...], FactRow] = {}
    for row in frame.to_dict("records"):
        made = _row({str(key): value for key, value in row.items()}, name, columns)
        if corps and made.corps and corps not in made.corps:
            continue
        key = (*made.values.values(), str(made.since))
        rows[key] = _both(rows[key], made) if key in rows else made
    return FactTable(tuple(rows.values()), verified_until(name), year)


def _current(frame: pd.DataFrame, name: str, on: date) -> tuple[pd.DataFrame, int | None]:
    """Return the rows in force on a day, and their year where the table is one of years."""
    moment = pd.Timestamp(on)
    since, until = SCHEMAS[name].validity or ("valide_du", "valide_au")
    if {since, until} <= set(frame.columns):
        began = pd.to_datetime(frame[since].replace("", None))
        ended = pd.to_datetime(frame[until].replace("", None))
        return frame[(began.isna() | (began <= moment)) & (ended.isna() | (ended >= moment))], None
    if _CAMPAIGN[0] in frame.columns:
        first, last = (pd.to_numeric(frame[column], errors="coerce") for column in _CAMPAIGN)
        return frame[(first <= on.year) & (last.isna() | (last >= on.year))], None
    for column in _YEARS:
        if column in frame.columns:
            years = pd.to_numeric(frame[column], errors="coerce")
            known = years[years <= on.year + 1]
            return frame[years == known.max()], int(known.max()) if len(known) else None
    return frame, None


def _row(row: dict[str, Any], name: str, columns: Sequence[str]) -> FactRow:
    since, until = SCHEMAS[name].validity or ("valide_du", "valide_au")
    codes = next((_text(row[column]) for column in _CORPS if column in row), "")
    corps = tuple(re.split(";", codes)) if codes and codes != EVERYBODY else ()
    if _MODEL in row:
        corps = evaluated_on(_text(row[_MODEL]))
    return FactRow(
        {column: _text(row[column]) for column in columns},
        corps,
        _text(row["source"]),
        day_or_none(row[since]) if since in row else None,
        day_or_none(row[until]) if until in row else None,
        confidence_letter(row["confiance"]),
    )


def _both(one: FactRow, other: FactRow) -> FactRow:
    """Return one row for two that tell the same, of other corps or from other sources."""
    sources = dict.fromkeys((*one.source.split(" ; "), *other.source.split(" ; ")))
    corps = tuple(dict.fromkeys((*one.corps, *other.corps)))
    letter = worst((one.confidence, other.confidence))
    return FactRow(one.values, corps, " ; ".join(sources), one.since, one.until, letter)


def _text(value: Any) -> str:
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
