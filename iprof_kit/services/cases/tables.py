"""The tables of `data/courrier`, read and refused with their line."""

from __future__ import annotations

import csv
from pathlib import Path

from iprof_kit.base.errors import BadTable


def table_rows(folder: Path, table: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of a table.

    Raises
    ------
    BadTable
        It cannot be read, or a line has not these columns.
    """
    try:
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeError, csv.Error) as error:
        raise bad_table(table, None, "ce fichier ne peut pas être lu") from error
    for line, row in enumerate(rows, 2):
        if tuple(row) != columns or None in row.values():
            names = ", ".join(columns)
            raise bad_table(table, line, f"une ligne a {len(columns)} cases : {names}")
    return rows


def bad_table(table: str, line: int | None, what: str) -> BadTable:
    """Return the refusal of a table, with its place."""
    where = f"data/courrier/{table}.csv" + (f", ligne {line}" if line else "")
    return BadTable(
        f"{what}.", where=where, remedy="Comparez cette table à celle que le kit livre."
    )
