"""What the tables hold of a corps, and what they lack beside another: rows alone make a corps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.schema import Schema, corps_of
from iprof_kit.law.tables.shapes import SCHEMAS

_ITS_ROW = "sa ligne"


@dataclass(frozen=True)
class Held:
    """One table, beside a corps that it names.

    Attributes
    ----------
    rows : int
        Rows that name the corps and hold today; those of everybody are not counted.
    missing : tuple of str
        The rows that the other corps has and this one has not, each by its key.
    without : str
        What stays unknown of a corps that the table does not name.
    """

    table: str
    rows: int
    missing: tuple[str, ...]
    without: str


def held_of(corps: str, beside: str) -> tuple[Held, ...]:
    """Return every table that names corps, in the order of the shapes.

    Parameters
    ----------
    corps : str
        A code, which no table may know yet.
    beside : str
        Code of a corps that the tables know: what it has and the other has not is missing.

    Examples
    --------
    >>> [one.missing for one in held_of("plp", "certifie") if one.table == "decideurs"]
    [()]
    >>> next(one.without for one in held_of("nouveau", "pe") if one.table == "grilles")
    'l’indice : le traitement, la paie et la pension'
    """
    return tuple(_held(name, shape, corps, beside) for name, shape in _naming())


def _naming() -> Iterator[tuple[str, Schema]]:
    return ((name, shape) for name, shape in SCHEMAS.items() if shape.without)


def _held(name: str, shape: Schema, corps: str, beside: str) -> Held:
    (column, *_) = (*shape.corps, shape.names_corps)
    rows = _in_force(table(name), shape)
    named = rows[column].astype(str).map(corps_of)
    own, other = (rows[named.map(lambda codes, one=one: one in codes)] for one in (corps, beside))
    keys = [key for key in shape.key if key != column] or [*shape.columns[:1]] * (not shape.key)
    known = set(_keys(own, keys))
    missing = [key for key in dict.fromkeys(_keys(other, keys)) if key not in known]
    return Held(name, len(own), tuple(missing), shape.without)


def _in_force(rows: pd.DataFrame, shape: Schema) -> pd.DataFrame:
    """Return the rows that no end closes: what is past needs no row of a new corps."""
    interval = shape.interval or shape.validity
    return rows[rows[interval[1]].isna()] if interval else rows


def _keys(rows: pd.DataFrame, columns: list[str]) -> list[str]:
    if not columns:
        return [_ITS_ROW] * bool(len(rows))
    cells = rows[columns].astype(object).itertuples(index=False, name=None)
    parts_of_each = (
        [str(part) for part in key if not pd.isna(part) and part != ""] for key in cells
    )
    return [" ".join(parts) or _ITS_ROW for parts in parts_of_each]
