"""Spreadsheets and Parquet files, read into tables of texts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from iprof_kit.analytics.imports.files.delimited import total_rows
from iprof_kit.analytics.imports.files.raw import Raw, take_rows, unique_headings
from iprof_kit.analytics.imports.words import known_headings
from iprof_kit.analytics.needs import library, openpyxl
from iprof_kit.analytics.storage import too_large
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import NBSP, counted
from iprof_kit.given import workbook
from iprof_kit.given.elsewhere import TooHeavyError
from iprof_kit.given.parquet import DamagedError, texts_of
from iprof_kit.given.workbook import grids_of

_LOOKED_AT = 40


def read_xlsx(data: bytes, name: str, sheet: str = "") -> Raw:
    """Read one sheet of a spreadsheet: the one named, or the one that names the most columns.

    Raises
    ------
    InputError
        The file cannot be opened, the sheet is unknown, or no row looks like headings.
    """
    openpyxl()
    try:
        titles, grids = grids_of(data, sheet)
    except TooHeavyError as error:
        raise InputError(
            "le classeur est trop grand une fois décompressé.",
            where=name,
            remedy="Enregistrez la feuille utile en CSV.",
        ) from error
    except workbook.DamagedError as error:
        raise _damaged(name) from error
    if sheet and sheet not in titles:
        raise InputError(
            f"la feuille «{NBSP}{sheet}{NBSP}» n’existe pas.",
            where=name,
            remedy=f"Feuilles du classeur{NBSP}: {', '.join(titles)}.",
        )
    if not titles:
        raise _damaged(name)
    title = max(grids, key=lambda each: (_most_headings(grids[each]), len(grids[each])))
    raw = _of_grid(grids[title], name)
    others = [each for each in titles if each != title]
    if others:
        raw.notes.append(
            f"Feuille lue{NBSP}: «{NBSP}{title}{NBSP}». Non lues{NBSP}: {', '.join(others)}."
        )
    return raw


def _damaged(name: str) -> InputError:
    return InputError(
        f"le classeur ne s’ouvre pas{NBSP}: il est abîmé.",
        where=name,
        remedy="Ouvrez-le dans un tableur et enregistrez-le de nouveau.",
    )


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
        raise too_large(name) from error
    except DamagedError as error:
        raise InputError(
            "le fichier Parquet est abîmé.", where=name, remedy="Refaites l’extraction."
        ) from error
    frame = pd.DataFrame({one: table[one].to_pandas().astype("str") for one in table.column_names})
    raw = Raw(name, "Parquet", frame, np.arange(1, len(frame) + 1))
    if left:
        raw.notes.append(f"Colonnes composées non lues{NBSP}: {', '.join(left)}.")
    return raw
