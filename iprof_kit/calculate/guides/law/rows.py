"""The rows of the tables of the law, one by one or by groups, and the rules that read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

import pandas as pd

from iprof_kit.calculate.guides.law.pages import FEW, RuleText, cell, chapters
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.rows import HEAD, RowPlace, row_at
from iprof_kit.law.tables.shapes import SCHEMAS
from iprof_kit.law.tables.verified import verified_until

_PAPERS = ("confiance", "source", "note")


@dataclass(frozen=True)
class RowText:
    """A row of a table: its line in the file, what it says column by column."""

    table: str
    line: int
    cells: tuple[tuple[str, str], ...]
    confidence: str
    key: tuple[str, ...]
    verified: date


@dataclass(frozen=True)
class RowGroup:
    """Rows that share the first columns of their key: what they share, how many they are."""

    column: str
    shared: tuple[str, ...]
    count: int
    lines: tuple[tuple[int, int], ...]
    """First and last line of each run of them in the file."""

    @property
    def name(self) -> str:
        """What these rows have of their own: the last column that they share."""
        return self.shared[-1] or "(vide)"


@dataclass(frozen=True)
class Reader:
    """A rule that reads a table, and where it stands in the texts."""

    rule: RuleText
    chapter: str
    number: int


def is_table(name: str) -> bool:
    """Tell whether a table of the law has this name."""
    return name in SCHEMAS


def row_text(name: str, line: int) -> RowText | None:
    """Return what a line of a table says; None where there is no such line or table.

    Examples
    --------
    >>> dict(row_text("point_indice", 2).cells)["valide_du"]
    '2009-10-01'
    >>> row_text("point_indice", 1) is None
    True
    """
    row = row_at(RowPlace(name, line))
    return None if row is None else _text_of(name, line, row)


def rows_of(name: str, shared: tuple[str, ...]) -> tuple[RowText, ...]:
    """Return the rows that share the first columns of their key, where they are few enough."""
    frame = _sharing(name, shared)
    if len(frame) > FEW and len(shared) < len(columns_of(name)):
        return ()
    return tuple(
        _text_of(name, int(number) + HEAD, row)
        for number, row in zip(frame.index, frame.to_dict("records"), strict=True)
    )


def groups_of(name: str, shared: tuple[str, ...] = ()) -> tuple[RowGroup, ...]:
    """Return the groups in which the rows that share the first columns of their key fall.

    Examples
    --------
    >>> [group.name for group in groups_of("durees_echelon")][:2]
    ['pe', 'certifie']
    """
    columns = columns_of(name)
    if len(shared) >= len(columns):
        return ()
    frame = _sharing(name, shared)
    values = frame[columns[len(shared)]].map(cell)
    return tuple(
        RowGroup(
            columns[len(shared)],
            (*shared, str(value)),
            len(rows),
            tuple(_runs([int(n) for n in rows.index])),
        )
        for value, rows in frame.groupby(values, sort=False)
    )


@cache
def columns_of(name: str) -> tuple[str, ...]:
    """Return the columns by which the rows of a table are grouped: its key, then the others."""
    schema = SCHEMAS[name]
    dated = set(schema.validity or ())
    written = [column for column in schema.columns if column in table(name).columns]
    return tuple(
        dict.fromkeys(
            (*schema.key, *(one for one in written if one not in dated and one not in _PAPERS))
        )
    )


@cache
def readers(name: str) -> tuple[Reader, ...]:
    """Return the wordings of the rules that read a table, and where each is read."""
    return tuple(
        Reader(rule, chapter.name, number)
        for chapter in chapters().values()
        for number, rule in enumerate(chapter.rules, start=1)
        if name in rule.tables
    )


def _sharing(name: str, shared: tuple[str, ...]) -> pd.DataFrame:
    frame = table(name)
    for column, value in zip(columns_of(name), shared, strict=False):
        frame = frame[frame[column].map(cell) == value]
    return frame


def _text_of(name: str, line: int, row: Mapping[Any, Any]) -> RowText:
    shown = dict.fromkeys((*SCHEMAS[name].columns, *row))
    cells = tuple((str(each), cell(row[each])) for each in shown if each in row)
    written = tuple((column, words) for column, words in cells if words)
    key = [cell(row[column]) for column in SCHEMAS[name].key]
    while key and not key[-1]:
        key.pop()
    letter = str(row.get("confiance", ""))
    return RowText(name, line, written, letter, tuple(key), verified_until(name))


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last lines of each run of rows that follow each other."""
    for _, run in groupby(enumerate(numbers), key=lambda each: each[1] - each[0]):
        lines = [number + HEAD for _, number in run]
        yield lines[0], lines[-1]
