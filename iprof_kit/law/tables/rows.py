"""The very row behind a value that a rule read: its table, and its line in the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from iprof_kit.base.explanation import Parameter
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.lookups import day_or_none
from iprof_kit.law.tables.shapes import SCHEMAS

HEAD = 2
"""Line of the first row in its file: the names of the columns come before."""
_UNDATED = ("", "")


class RowPlace(NamedTuple):
    """A row of a table, by its line in the file (the head is line 1)."""

    table: str
    line: int


def row_read(value: Parameter, tables: Iterable[str]) -> RowPlace | None:
    """Return the row that a value was read in, None where it is not certain.

    Parameters
    ----------
    value : Parameter
        Its row where the reading noted it; otherwise its source, its days and its value, which
        only one row of the tables of its rule may have.
    tables : iterable of str
        Tables that the rule reads.

    Examples
    --------
    >>> from iprof_kit.base.explanation import explain
    >>> from iprof_kit.law.career.traitement import point_value
    >>> with explain() as trace:
    ...     _ = point_value(725760)
    >>> row_read(trace.steps[0].parameters[0], ("point_indice",)).table
    'point_indice'
    """
    if value.row is not None:
        return RowPlace(value.row[0], value.row[1] + HEAD)
    alike = [
        (name, number)
        for name in dict.fromkeys(tables)
        for number in _by_source(name).get(value.source, ())
        if _of_these_days(name, number, value)
    ]
    if len(alike) > 1:
        alike = [each for each in alike if _holds(_records(each[0])[each[1]], value.value)]
    if len(alike) > 1:
        named = [each for each in alike if _named(each, value.name)]
        alike = named or alike
    return RowPlace(alike[0][0], alike[0][1] + HEAD) if len(alike) == 1 else None


def row_at(row: RowPlace) -> Mapping[str, Any] | None:
    """Return what a row says, None where the table or the line does not exist."""
    if row.table not in SCHEMAS:
        return None
    rows = _records(row.table)
    return rows[row.line - HEAD] if HEAD <= row.line < HEAD + len(rows) else None


@cache
def _records(name: str) -> list[dict[str, Any]]:
    return [{str(k): v for k, v in row.items()} for row in table(name).to_dict("records")]


@cache
def _by_source(name: str) -> dict[str, tuple[int, ...]]:
    numbers: dict[str, list[int]] = {}
    for number, row in enumerate(_records(name)):
        numbers.setdefault(str(row.get("source", "")), []).append(number)
    return {source: tuple(of_it) for source, of_it in numbers.items()}


def _of_these_days(name: str, number: int, value: Parameter) -> bool:
    since, until = SCHEMAS[name].validity or _UNDATED
    row = _records(name)[number]
    if row.get("confiance") != value.confidence:
        return False
    if value.since is None and value.until is None:
        return True
    days = (row[since], row[until]) if since in row else (pd.NaT, pd.NaT)
    begins, ends = map(day_or_none, days)
    return begins == value.since and value.until in (None, ends)


def _holds(row: Mapping[str, Any], value: object) -> bool:
    return any(_same(cell, value) for cell in row.values())


def _same(cell: object, value: object) -> bool:
    if str(cell) == str(value):
        return True
    try:
        return float(str(cell)) == float(str(value))
    except ValueError:
        return False


def _named(alike: tuple[str, int], name: str) -> bool:
    """Tell whether the key of a row is in the name that the rule gave its value."""
    row = _records(alike[0])[alike[1]]
    key = [str(row[column]).replace("_", " ") for column in SCHEMAS[alike[0]].key]
    return all(part in name.replace("_", " ") for part in key if part)
