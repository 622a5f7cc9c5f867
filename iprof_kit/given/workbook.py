"""A workbook that an analyst gives, read cell by cell in a process of its own, which has its time.

`answer` reads it there; what comes back is texts.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from importlib import import_module
from itertools import repeat, zip_longest
from typing import Any

from iprof_kit.given.archives import is_swollen
from iprof_kit.given.bounded_process import Bounds
from iprof_kit.given.elsewhere import TooHeavyError, answered_elsewhere

BOUNDS = Bounds(seconds=900.0, memory=4_000_000_000, longest=2_000_000_000)
MOST_CELLS = 60_000_000
"""Of a sheet, the empty ones that its rows reach over included."""
Line = tuple[int, list[str]]
"""The number of a row that holds something, and its cells as texts."""


class DamagedError(Exception):
    """It is no workbook, or a damaged one."""


def grids_of(content: bytes, only: str = "") -> tuple[list[str], dict[str, list[Line]]]:
    """Return the titles of a workbook, and the rows of its sheets that hold something.

    Parameters
    ----------
    content : bytes
    only : str
        The one sheet to read; all where it is empty, none where the book has not that one.

    Raises
    ------
    TooHeavyError
        It takes more time or memory than it may.
    DamagedError
        It is no workbook.
    """
    answered = answered_elsewhere(__name__, only.encode() + b"\n" + content, BOUNDS)
    if not answered:
        raise DamagedError
    first, *lines = answered.split(b"\n")
    titles: list[str] = json.loads(first)
    grids: dict[str, list[Line]] = {title: [] for title in titles if only in ("", title)}
    for title, number, cells in map(json.loads, lines):
        grids[title].append((number, cells))
    return titles, grids


def prepare() -> None:
    """Import what reads, while files of the system may still be opened."""
    import_module("openpyxl")


def answer(message: bytes) -> bytes:
    """Return the titles of a workbook, then its rows, a line of JSON each; or nothing of it."""
    only, _, content = message.partition(b"\n")
    try:
        return b"\n".join(json.dumps(one).encode() for one in _read(content, only.decode()))
    except (MemoryError, TooHeavyError):
        raise TooHeavyError from None
    except Exception:  # whatever a parser meets in a file that is no workbook
        return b""


def _read(content: bytes, only: str) -> Iterator[list[str] | tuple[str, int, list[str]]]:
    load_workbook = import_module("openpyxl").load_workbook
    if is_swollen(content):
        raise TooHeavyError
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    formulas = (
        load_workbook(io.BytesIO(content), read_only=True) if _has_formulas(content) else None
    )
    yield book.sheetnames
    for title in book.sheetnames:
        if only in ("", title):
            rows = _bounded_rows(book[title])
            written = _bounded_rows(formulas[title]) if formulas else repeat(())
            for number, (row, typed) in enumerate(zip(rows, written, strict=False), start=1):
                cells = _cells(row, typed)
                if any(cell.strip() for cell in cells):
                    yield title, number, cells


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        return any(b"<f>" in (one := parts.read(name)) or b"<f " in one for name in sheets)


def _cells(row: tuple[Any, ...], typed: tuple[Any, ...]) -> list[str]:
    """Return cells as texts; a formula without result is kept as it is written."""
    cells = [_text(value) for value in row]
    if not typed:
        return cells
    return [
        cell or (_text(one) if str(one or "").startswith("=") else "")
        for cell, one in zip_longest(cells, typed, fillvalue="")
    ]


def _bounded_rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a sheet, as far as they go: what it says of its own size may be a lie."""
    sheet.reset_dimensions()
    cells = 0
    for row in sheet.iter_rows(values_only=True):
        cells += len(row)
        if cells > MOST_CELLS:
            raise TooHeavyError
        yield row


def _text(value: Any) -> str:
    """Return a cell as an extract in text would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
