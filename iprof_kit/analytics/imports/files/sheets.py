"""Spreadsheets and Parquet files, read into tables of texts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import zip_longest
from typing import Any
from zipfile import BadZipFile

import numpy as np
import pandas as pd

from iprof_kit.analytics.imports.files.delimited import total_rows
from iprof_kit.analytics.imports.files.raw import Raw, take_rows, unique_headings
from iprof_kit.analytics.imports.words import known_headings
from iprof_kit.analytics.needs import library, openpyxl
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP, counted
from iprof_kit.given.archives import is_swollen
from iprof_kit.given.elsewhere import TooHeavyError
from iprof_kit.given.parquet import MOST_COLUMNS, MOST_ROWS, DamagedError, texts_of

_LOOKED_AT = 40
MOST_CELLS = 60_000_000
"""Of a sheet, the empty ones that its rows reach over included."""


def read_xlsx(data: bytes, name: str, sheet: str = "") -> Raw:
    """Read one sheet of a spreadsheet: the one named, or the one that names the most columns.

    Raises
    ------
    InputError
        The file cannot be opened, the sheet is unknown, or no row looks like headings.
    """
    reader = openpyxl()
    _refuse_swollen(data, name)
    try:
        book = reader.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except Exception as error:  # whatever a parser meets in a file that is no workbook
        raise _damaged(name) from error
    if sheet and sheet not in book.sheetnames:
        raise InputError(
            f"la feuille «{NBSP}{sheet}{NBSP}» n’existe pas.",
            where=name,
            remedy=f"Feuilles du classeur{NBSP}: {', '.join(book.sheetnames)}.",
        )
    titles = [sheet] if sheet else book.sheetnames
    if not titles:
        raise _damaged(name)
    try:
        written = _formulas(data)
        grids = {title: _grid(book[title], written[title] if written else None) for title in titles}
    except TooHeavyError as error:
        raise _too_large(name) from error
    except Exception as error:
        raise _damaged(name) from error
    title = max(grids, key=lambda each: (_most_headings(grids[each]), len(grids[each])))
    raw = _of_grid(grids[title], name)
    others = [each for each in book.sheetnames if each != title]
    if others:
        raw.notes.append(
            f"Feuille lue{NBSP}: «{NBSP}{title}{NBSP}». Non lues{NBSP}: {', '.join(others)}."
        )
    return raw


def _refuse_swollen(data: bytes, name: str) -> None:
    try:
        swollen = is_swollen(data)
    except BadZipFile as error:
        raise _damaged(name) from error
    if swollen:
        raise _too_large(name)


def _too_large(name: str) -> InputError:
    return InputError(
        "le classeur est trop grand une fois décompressé.",
        where=name,
        remedy="Enregistrez la feuille utile en CSV.",
    )


def _damaged(name: str) -> InputError:
    return InputError(
        f"le classeur ne s’ouvre pas{NBSP}: il est abîmé.",
        where=name,
        remedy="Ouvrez-le dans un tableur et enregistrez-le de nouveau.",
    )


def _formulas(data: bytes) -> Any:
    """Return the book with its formulas instead of their results, None where it has none."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        if not any(b"<f>" in parts.read(name) or b"<f " in parts.read(name) for name in sheets):
            return None
    return openpyxl().load_workbook(io.BytesIO(data), read_only=True)


def _grid(sheet: Any, written: Any = None) -> list[tuple[int, list[str]]]:
    """Return the rows that hold something; a formula without result is kept as it is written."""
    rows = ([_text(v) for v in row] for row in _bounded_rows(sheet))
    if written is not None:
        formulas = _bounded_rows(written)
        rows = (
            [
                cell or (_text(f) if str(f or "").startswith("=") else "")
                for cell, f in zip_longest(cells, row, fillvalue="")
            ]
            for cells, row in zip(rows, formulas, strict=False)
        )
    numbered = enumerate(rows, start=1)
    return [(n, cells) for n, cells in numbered if any(cell.strip() for cell in cells)]


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


def _of_grid(grid: list[tuple[int, list[str]]], name: str) -> Raw:
    if not grid:
        raise InputError("la feuille est vide.", where=name, remedy="Choisissez une autre feuille.")
    scores = _scores(grid)
    place = int(np.argmax(scores)) if max(scores) >= 2 else 0
    cells = grid[place][1]
    width = max((n for n, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    headings, notes = unique_headings(cells[:width])
    rows = grid[place + 1 :]
    table = pd.DataFrame(
        [(cells + [""] * width)[:width] for _, cells in rows], columns=headings, dtype="str"
    )
    lines = np.array([number for number, _ in rows], np.int64)
    raw = Raw(name, "XLSX", table, lines, preamble=grid[:place], notes=notes)
    beyond = [n for n, cells in rows if any(cell.strip() for cell in cells[width:])]
    if beyond:
        raw.notes.append(
            f"Des valeurs au-delà de la dernière colonne nommée ne sont pas lues{NBSP}: "
            f"{counted(len(beyond), 'ligne')}, la première la ligne {beyond[0]}."
        )
    take_rows(raw, table, lines, total_rows(table))
    return raw


def _scores(grid: list[tuple[int, list[str]]]) -> list[int]:
    return [known_headings(cells) for _, cells in grid[:_LOOKED_AT]]


def _most_headings(grid: list[tuple[int, list[str]]]) -> int:
    """Return how many columns a sheet names: a long sheet of notes names none."""
    return max(_scores(grid), default=0)


def read_parquet(data: bytes, name: str) -> Raw:
    """Read a Parquet file; its columns become texts, read again as those of any extract.

    Raises
    ------
    InputError
        The file is damaged, or takes more than it may.
    """
    library("pyarrow", "pour lire du Parquet")
    try:
        table, left = texts_of(data)
    except TooHeavyError as error:
        raise InputError(
            f"le fichier Parquet est trop grand une fois décodé{NBSP}: {MOST_ROWS} lignes et "
            f"{MOST_COLUMNS} colonnes au plus.",
            where=name,
            remedy="Demandez l’extrait en CSV, ou en plusieurs fichiers.",
        ) from error
    except DamagedError as error:
        raise InputError(
            "le fichier Parquet est abîmé.", where=name, remedy="Refaites l’extraction."
        ) from error
    frame = pd.DataFrame({one: table[one].to_pandas().astype("str") for one in table.column_names})
    raw = Raw(name, "Parquet", frame, np.arange(1, len(frame) + 1))
    if left:
        raw.notes.append(f"Colonnes composées non lues{NBSP}: {', '.join(left)}.")
    return raw
