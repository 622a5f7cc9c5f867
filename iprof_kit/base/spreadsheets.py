"""Tables for spreadsheets: one way of writing them, in which nothing that is written is run."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Any

from iprof_kit.base.words import hard_spaces

if TYPE_CHECKING:
    import pandas as pd

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # wide ones are run too
_NUMBER = re.compile(r"[+-]?\d[\d  \u202f.,]*(?:\s?[%€])?")


def inert(value: Any) -> Any:
    """Return a value that a spreadsheet will not run as a formula; what is no text is unchanged.

    Examples
    --------
    >>> inert("@SUM(A1)"), inert("-12,5"), inert("Dupont"), inert(-3)
    ("'@SUM(A1)", '-12,5', 'Dupont', -3)
    """
    if isinstance(value, str) and value.startswith(_FORMULAS) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def inert_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose texts, and the names of its columns, are inert."""
    return table.map(inert).rename(columns=inert)


def as_texts(cells: Iterable[Any]) -> None:
    """Have cells of a workbook hold their texts as texts, their hard spaces set."""
    for cell in cells:
        if isinstance(cell.value, str):
            cell.value = hard_spaces(cell.value)
            cell.data_type = "s"


class TableWriter:
    """Write a table as a French spreadsheet reads it: semicolons, and no cell that is run.

    Parameters
    ----------
    out : text file
        Opened with ``newline=""``; what encodes it writes a mark first.

    Examples
    --------
    >>> import io
    >>> out = io.StringIO(newline="")
    >>> table = TableWriter(out)
    >>> table.row(["nom", "=1+1"])
    >>> out.getvalue().split()
    ["nom;'=1+1"]
    """

    def __init__(self, out: IO[str]) -> None:
        self._out = out
        self._writer = csv.writer(out, delimiter=";", lineterminator="\r\n")

    def note(self, label: str, text: str) -> None:
        """Write a line that says something of the table; it is one cell, whatever it holds."""
        line = f"# {label} : {' '.join(text.split())}"
        self._out.write(line.replace(";", ",").replace('"', "”") + "\r\n")

    def row(self, cells: Iterable[object]) -> None:
        """Write a line of the table."""
        self._writer.writerow([inert(cell) for cell in cells])
