"""The tableau of a campaign in a file: by name, so with a motive that the log of exports keeps."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from iprof_kit.analytics.export_log import checked_reason, logged
from iprof_kit.analytics.identities import refuse_identities
from iprof_kit.analytics.needs import openpyxl
from iprof_kit.analytics.provenance import PROJET, legende, origin
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.private_files import write_private
from iprof_kit.base.spreadsheets import TableWriter, as_texts, inert_table
from iprof_kit.base.words import NBSP, counted

FORMATS = (".xlsx", ".csv")


def checked_file(path: Path) -> Path:
    """Return the file of a tableau, refused where its suffix is of no format."""
    if path.suffix.lower() not in FORMATS:
        raise InputError(
            f"un tableau ne s’écrit pas en «{NBSP}{path.suffix}{NBSP}».",
            where=str(path),
            remedy=f"Formats possibles{NBSP}: {', '.join(FORMATS)}.",
        )
    return path


def write_tables(
    tables: Mapping[str, pd.DataFrame], path: Path, *, motif: str, what: Mapping[str, Any]
) -> list[Path]:
    """Write tables by name: XLSX with their captions, or CSV of the first, provenance beside.

    Parameters
    ----------
    tables : mapping of title to DataFrame
    path : Path
        `.xlsx` or `.csv`; its owner alone reads it.
    motif : str
        Why, for whom: the log of exports keeps it.
    what : mapping
        What the log says besides: `quoi`, `source`, `filtres`.

    Raises
    ------
    InputError
        A motive that says nothing, another format.
    Unavailable
        The log or a file cannot be written.
    """
    reason = checked_reason(motif)
    checked_file(path)
    _refuse_names(tables)
    first = next(iter(tables.values()))
    if path.suffix.lower() == ".xlsx":
        made = {path: workbook_of(tables)}
    else:
        made = {path: csv_of(first), provenance_file(path): provenance_of(first)}
    with logged({**what, "fichiers": [str(each) for each in made]}, reason) as noted:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            for each, content in made.items():
                write_private(each, content)
        except OSError as error:
            raise Unavailable(
                "le tableau ne peut pas être écrit.",
                where=str(path),
                remedy="Fermez le fichier s’il est ouvert, ou choisissez un autre dossier.",
            ) from error
        noted["detail"] = counted(len(first), "ligne nominative")
    return list(made)


def one_file(
    tables: Mapping[str, pd.DataFrame],
    suffix: str,
    *,
    motif: str | None,
    what: Mapping[str, Any],
) -> bytes:
    """Return tables as one file that a browser saves; a CSV says first where it comes from.

    Parameters
    ----------
    tables : mapping of title to DataFrame
    suffix : str
        `.xlsx`, or `.csv` (the first table alone).
    motif : str or None
        Why, for whom: the log of exports keeps it. None where the people are fictitious: nothing
        is then to be accounted for.
    what : mapping
        See `write_tables`.

    Raises
    ------
    InputError
        A motive that says nothing.
    Unavailable
        The log cannot be written, or this machine writes no workbook.
    """
    reason = None if motif is None else checked_reason(motif)
    _refuse_names(tables)
    first = next(iter(tables.values()))
    content = workbook_of(tables) if suffix == ".xlsx" else _csv_with_its_origin(first)
    if reason is not None:
        with logged({**what, "fichiers": [f"téléchargé ({suffix})"]}, reason) as noted:
            noted["detail"] = counted(len(first), "ligne nominative")
    return content


def _refuse_names(tables: Mapping[str, pd.DataFrame]) -> None:
    for table in tables.values():
        refuse_identities(table, [*table], "table")


def _csv_with_its_origin(table: pd.DataFrame) -> bytes:
    """Return a CSV whose first lines, after « # », say where it comes from.

    A semicolon of theirs would begin another cell, which a spreadsheet might run.
    """
    head = io.StringIO(newline="")
    notes = TableWriter(head)
    for label, text in origin(table):
        notes.note(label, text)
    rows = csv_of(table, decimal=",").decode("utf-8-sig")
    return f"{head.getvalue()}{rows}".encode("utf-8-sig")


def workbook_of(tables: Mapping[str, pd.DataFrame]) -> bytes:
    """Return a workbook: a sheet a table, its caption above."""
    openpyxl()
    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer, engine="openpyxl") as book:
        for name, table in tables.items():
            table.to_excel(book, sheet_name=name, index=False, startrow=2)
            page = book.sheets[name]
            page.cell(1, 1, legende(table))
            as_texts(cell for row in page.iter_rows() for cell in row)
    return buffer.getvalue()


def csv_of(table: pd.DataFrame, **how: Any) -> bytes:
    """Return a CSV that says PROJET on each row; `how` is for `to_csv`."""
    texts = inert_table(table.drop(columns="statut", errors="ignore")).assign(statut=PROJET)
    written: str = texts.to_csv(index=False, sep=";", lineterminator="\r\n", **how)
    return written.encode("utf-8-sig")


def provenance_of(table: pd.DataFrame) -> bytes:
    """Return what a table carries in its `attrs`, as JSON."""
    return json.dumps(table.attrs, ensure_ascii=False, indent=1).encode()


def provenance_file(path: Path) -> Path:
    """Return where the provenance of a CSV stands: beside it."""
    return path.with_suffix(".provenance.json")
