"""Rows of the reference tables as they are written: for who needs names, and no column of dates.

`law.tables.loading` types and checks a whole table, with pandas; a process that only shows names
is spared it.
"""

from __future__ import annotations

import csv

from iprof_kit.base.paths import REFERENCE


def written_rows(table: str) -> list[dict[str, str]]:
    """Return the rows of a reference table, every cell a text.

    Parameters
    ----------
    table : str
        Name of the table, without extension.

    Examples
    --------
    >>> written_rows("academies")[0]["libelle_academie"]
    'Paris'
    """
    with (REFERENCE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
