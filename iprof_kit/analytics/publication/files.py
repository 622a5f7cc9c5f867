"""A published table as files: XLSX, CSV, Parquet, PDF, with its provenance inside."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from iprof_kit.analytics.needs import library, pyarrow_parquet
from iprof_kit.analytics.publication.rules import SECRET
from iprof_kit.analytics.publication.sheet import Column, Sheet
from iprof_kit.analytics.publication.workbook import workbook
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.private_files import private_folder, write_private
from iprof_kit.base.spreadsheets import TableWriter
from iprof_kit.base.words import NBSP
from iprof_kit.documents.tables import TableDocument, table_pdf


def checked_outputs(outputs: str | Path | Sequence[str | Path]) -> tuple[Path, ...]:
    """Return the files to write, refused where a suffix has no format or a file comes twice."""
    listed = [outputs] if isinstance(outputs, str | Path) else list(outputs)
    paths = tuple(Path(one) for one in listed)
    for place, path in enumerate(paths):
        if path.suffix.lower() not in _FORMATS:
            raise InputError(
                f"un tableau ne s’écrit pas en «{NBSP}{path.suffix}{NBSP}».",
                where=str(path),
                remedy=f"Formats possibles{NBSP}: {', '.join(_FORMATS)}.",
            )
        if path in paths[:place]:
            raise InputError(
                "ce fichier est demandé deux fois.",
                where=str(path),
                remedy="Donnez-lui deux noms, ou ne le demandez qu’une fois.",
            )
    return paths


def write_files(sheet: Sheet, outputs: Sequence[Path], on_failure: Sequence[Path] = ()) -> None:
    """Write a table in every format asked for: all of them, or none.

    Parameters
    ----------
    on_failure : sequence of Path
        Notes of the ledger, taken back where nothing was published.

    Raises
    ------
    Unavailable
        A file cannot be written.
    """
    made = [(path, partial(_FORMATS[path.suffix.lower()], sheet)) for path in outputs]
    write_whole(made, on_failure)


def write_whole(
    made: Sequence[tuple[Path, Callable[[], bytes]]],
    on_failure: Sequence[Path] = (),
    *,
    private: bool = False,
) -> None:
    """Write several files: all of them, or none.

    Parameters
    ----------
    made : sequence of (Path, callable)
        Each file, and what gives its bytes.
    on_failure : sequence of Path
        Notes of the ledger, taken back where nothing was published.
    private : bool
        Their owner alone reads them, and opens the folders made for them.

    Raises
    ------
    Unavailable
        A file cannot be written.
    """
    outputs = [path for path, _ in made]
    parts = [path.with_name(f".{path.name}.part") for path in outputs]
    write = write_private if private else Path.write_bytes
    replaced = 0
    try:
        for (path, content), part in zip(made, parts, strict=True):
            if private:
                private_folder(path.parent)
            path.parent.mkdir(parents=True, exist_ok=True)
            write(part, content())
        for path, part in zip(outputs, parts, strict=True):
            part.replace(path)
            replaced += 1
    except BaseException as error:
        for left in (*parts, *(() if replaced else on_failure)):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise Unavailable(
                "l’export ne peut pas être écrit.",
                where=str(outputs[replaced]),
                remedy="Fermez le fichier s’il est ouvert, ou choisissez un autre dossier.",
            ) from error
        raise


def _csv(sheet: Sheet) -> bytes:
    out = io.StringIO(newline="")
    table = TableWriter(out)
    for label, text in sheet.provenance():
        table.note(label, text)
    table.row([*sheet.by, *(column.name for column in sheet.columns)])
    for row, labels in enumerate(sheet.labels):
        texts = [_text(column, row) for column in sheet.columns]
        table.row([*labels, *texts])
    return out.getvalue().encode("utf-8-sig")


def _text(column: Column, row: int) -> str:
    """Return a value with a decimal comma, as a French spreadsheet reads it."""
    if column.secret[row]:
        return SECRET
    value = column.values[row]
    return "" if np.isnan(value) else f"{value:.{column.decimals}f}".replace(".", ",")


def _parquet(sheet: Sheet) -> bytes:
    """Return numbers as numbers, and beside each « secret » where it is hidden."""
    arrow = library("pyarrow", "pour écrire du Parquet")
    frame = pd.DataFrame(sheet.labels, columns=list(sheet.by), dtype="str")
    for column in sheet.columns:
        values = pd.Series(column.values, dtype="Float64")
        frame[column.name] = values if column.decimals else values.astype("Int64")
        frame[f"{column.name}_statut"] = np.where(column.secret, SECRET, "")
    arrow_table = arrow.Table.from_pandas(frame, preserve_index=False)
    caption = json.dumps(sheet.caption, ensure_ascii=False).encode()
    arrow_table = arrow_table.replace_schema_metadata(
        {**(arrow_table.schema.metadata or {}), b"iprof_kit": caption}
    )
    buffer = io.BytesIO()
    pyarrow_parquet().write_table(arrow_table, buffer)
    return buffer.getvalue()


def _pdf(sheet: Sheet) -> bytes:
    rows = tuple(
        (*labels, *(_printed(column, row) for column in sheet.columns))
        for row, labels in enumerate(sheet.labels)
    )
    heads = (*sheet.headings, *(column.heading for column in sheet.columns))
    return table_pdf(
        TableDocument(
            sheet.title,
            sheet.caption["statut"],
            heads,
            len(sheet.by),
            rows,
            tuple(sheet.provenance()),
            sheet.caption["date"],
        )
    )


def _printed(column: Column, row: int) -> str:
    text = _text(column, row)
    if text in ("", SECRET):
        return text or "–"
    whole, mark, rest = text.partition(",")
    return f"{int(whole):,}".replace(",", "\u202f") + mark + rest


_FORMATS: dict[str, Callable[[Sheet], bytes]] = {
    ".xlsx": workbook,
    ".csv": _csv,
    ".parquet": _parquet,
    ".pdf": _pdf,
}
