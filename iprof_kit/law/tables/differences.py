"""What differs between two folders of tables: rows opened, closed, changed or left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from iprof_kit.base.errors import BadTable, InputError
from iprof_kit.base.words import counted, weight_text
from iprof_kit.law.tables.loading import read_table
from iprof_kit.law.tables.schema import Schema
from iprof_kit.law.tables.shapes import SCHEMAS

LARGEST = 20_000_000
"""Bytes of one table: the largest of the kit's has a fiftieth of it."""
_SHOWN = 12
"""Names of tables in a refusal."""
_PAPERS = ("source", "confiance", "note")
_Row = dict[str, str]


@dataclass(frozen=True)
class RowChange:
    """One row that is not the same in both folders.

    `before` is None for a row that was added, `after` for one that was left out; `key` are the
    columns that name the row, `since` and `until` those of its dates ("" where it has none).
    """

    table: str
    key: tuple[str, ...]
    since: str
    until: str
    before: _Row | None
    after: _Row | None

    @property
    def row(self) -> _Row:
        """The row as it is now, or as it was where it is no more."""
        return self.after or self.before or {}

    @property
    def cells(self) -> tuple[tuple[str, str, str], ...]:
        """The cells that differ: column, before, after; none for a whole row."""
        if self.before is None or self.after is None:
            return ()
        return tuple(
            (name, self.before.get(name, ""), self.after.get(name, ""))
            for name in self.after
            if self.before.get(name, "") != self.after.get(name, "")
        )

    @property
    def days(self) -> tuple[date, ...]:
        """The days from which this row makes a difference."""
        changed = {name for name, _, _ in self.cells}
        if changed and changed <= set(_PAPERS):
            return ()
        texts = [row.get(self.since, "") for row in (self.before, self.after) if row]
        if changed == {self.until}:
            ends = [row.get(self.until, "") for row in (self.before, self.after) if row]
            return tuple(sorted({_day(text) + timedelta(1) for text in ends if text}))
        return tuple(sorted({_day(text) for text in texts if text}))


def changes(before: Path, after: Path) -> tuple[RowChange, ...]:
    """Return the rows that differ between two folders of tables, table by table.

    Parameters
    ----------
    before, after : Path
        Two folders of tables (`data/reference`), or two copies of the project.

    Raises
    ------
    InputError
        A folder that cannot be read, lacks a table, or holds one that the kit does not know.
    BadTable
        A table that does not hold together; the message names the folder, the file and the line.

    Examples
    --------
    >>> from iprof_kit.base.paths import REFERENCE
    >>> changes(REFERENCE, REFERENCE)
    ()
    """
    first, second = folder_of_tables(before), folder_of_tables(after)
    written = [name for name in SCHEMAS if _bytes(first, name) != _bytes(second, name)]
    if "corps" in written:
        written = list(SCHEMAS)
    for folder in (first, second):
        _refuse_what_does_not_hold(folder, written)
    return tuple(
        change
        for name in sorted(written)
        for change in _of_table(name, _rows(first, name), _rows(second, name))
    )


def folder_of_tables(folder: Path) -> Path:
    """Return where the tables are: the folder itself, or `data/reference` of a copy of the project.

    Raises
    ------
    InputError
        It is no folder, a table is missing, unknown, too heavy, or no ordinary file.
    """
    inside = folder / "data" / "reference"
    place = inside if inside.is_dir() else folder
    if not place.is_dir():
        raise InputError(
            "ce n’est pas un dossier.",
            where=str(folder),
            remedy="Donnez une copie de data/reference.",
        )
    missing = sorted(name for name in SCHEMAS if not (place / f"{name}.csv").is_file())
    if missing:
        raise InputError(
            f"{counted(len(missing), 'table')} absente{'s' * (len(missing) > 1)} : "
            f"{', '.join(missing[:_SHOWN])}{'…' * (len(missing) > _SHOWN)}.",
            where=str(folder),
            remedy="Donnez une copie entière de data/reference.",
        )
    unknown = sorted(file.stem for file in place.glob("*.csv") if file.stem not in SCHEMAS)
    if unknown:
        raise InputError(
            f"table inconnue du kit : {', '.join(unknown[:_SHOWN])}.",
            where=str(folder),
            remedy="Retirez-la, ou écrivez sa forme dans data/formes_des_tables.csv.",
        )
    for name in SCHEMAS:
        if (place / f"{name}.csv").stat().st_size > LARGEST:
            raise InputError(
                f"cette table dépasse {weight_text(LARGEST)}.",
                where=str(place / f"{name}.csv"),
                remedy="Une table du kit est beaucoup plus courte.",
            )
    return place.absolute()


def _bytes(folder: Path, name: str) -> bytes:
    try:
        return (folder / f"{name}.csv").read_bytes()
    except OSError as error:
        raise InputError(
            "la table ne peut pas être lue.",
            where=str(folder / f"{name}.csv"),
            remedy="Vérifiez vos droits.",
        ) from error


def _refuse_what_does_not_hold(folder: Path, names: list[str]) -> None:
    try:
        corps = frozenset(read_table(folder / "corps.csv", SCHEMAS["corps"], frozenset())["corps"])
        for name in names:
            read_table(folder / f"{name}.csv", SCHEMAS[name], corps)
    except BadTable as error:
        raise BadTable(
            error.message, where=f"{folder}, {error.where}", remedy=error.remedy
        ) from error


def _rows(folder: Path, name: str) -> list[_Row]:
    frame = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8")
    return [
        {str(column): str(text) for column, text in row.items()} for row in frame.to_dict("records")
    ]


def _of_table(name: str, before: list[_Row], after: list[_Row]) -> Iterator[RowChange]:
    """Yield the changes of a table; rows of one key and one first day are the same row."""
    schema = SCHEMAS[name]
    since, until = schema.validity or ("", "")
    named = _named_by(schema, since)
    kept = Counter(map(_frozen, before)) & Counter(map(_frozen, after))
    olds = defaultdict(list)
    for row in _without(before, kept):
        olds[tuple(row[column] for column in named)].append(row)
    for row in _without(after, kept):
        same = olds[tuple(row[column] for column in named)]
        old = same.pop(0) if same and named else None
        yield RowChange(name, schema.key, since, until, old, row)
    for rows in olds.values():
        for row in rows:
            yield RowChange(name, schema.key, since, until, row, None)


def _named_by(schema: Schema, since: str) -> tuple[str, ...]:
    interval = schema.interval or ()
    return tuple(dict.fromkeys((*schema.key, *interval[:1], *([since] if since else []))))


def _frozen(row: _Row) -> tuple[tuple[str, str], ...]:
    return tuple(row.items())


def _without(rows: list[_Row], kept: Counter[tuple[tuple[str, str], ...]]) -> list[_Row]:
    left = kept.copy()
    others = []
    for row in rows:
        if left[_frozen(row)] > 0:
            left[_frozen(row)] -= 1
        else:
            others.append(row)
    return others


def _day(text: str) -> date:
    return date.fromisoformat(text)
