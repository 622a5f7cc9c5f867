"""A table as a PDF, PDF/UA-1 and PDF/A-2a: a title, rows under a repeated head, where from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from iprof_kit.documents.typesetting import TABLE, compile_data
from iprof_kit.documents.words import printed


@dataclass(frozen=True)
class TableDocument:
    """A table to print.

    Attributes
    ----------
    title, mark : str
        The title, and what stands above every page (« PROJET »).
    heads : tuple of str
    labels : int
        Number of first columns that name a row; the others are numbers, set to the right.
    rows : tuple of tuples of str
    notes : tuple of (str, str)
        Labelled lines after the table.
    day : str
        AAAA-MM-JJ: dates the file, so that equal data give equal bytes.
    """

    title: str
    mark: str
    heads: tuple[str, ...]
    labels: int
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[tuple[str, str], ...]
    day: str


def table_pdf(table: TableDocument) -> bytes:
    """Return the table as a tagged PDF."""
    data = {
        "title": printed(table.title),
        "mark": printed(table.mark),
        "lang": "fr",
        "author": "iprof-kit",
        "name": printed(table.mark),
        "notice": printed(table.title),
        "heads": [printed(head[:1].upper() + head[1:]) for head in table.heads],
        "labels": table.labels,
        "rows": [[printed(text) for text in row] for row in table.rows],
        "notes": [[printed(label), printed(text)] for label, text in table.notes],
    }
    moment = datetime.fromisoformat(table.day).replace(tzinfo=UTC)
    return compile_data(TABLE, json.dumps(data, ensure_ascii=False), int(moment.timestamp()))
