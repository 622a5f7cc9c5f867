"""What an import writes, a table and a report by name: with a motive, in the log of exports."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from iprof_kit.analytics.export_log import checked_reason, logged
from iprof_kit.analytics.imports.extract import Extract
from iprof_kit.analytics.imports.reporting.report_files import save_report
from iprof_kit.analytics.storage import save_population
from iprof_kit.base.words import NBSP, counted


def write_extract(
    extract: Extract,
    *,
    motif: str,
    table: Path | None = None,
    report: Path | None = None,
    changes: pd.DataFrame | None = None,
) -> bool:
    """Write the table and the report of an extract, those that are asked for.

    Parameters
    ----------
    motif : str
        Why, for whom: the log of exports keeps it.
    table, report : Path, optional
        `.parquet`; `.xlsx`, `.csv` or `.html`.
    changes : DataFrame, optional
        What the report says of the year before.

    Returns
    -------
    bool
        False where the table already held just that.

    Raises
    ------
    InputError
        A motive that says nothing, a report of no format.
    Unavailable
        A file or the log cannot be written.
    """
    reason = checked_reason(motif)
    files = [str(path) for path in (table, report) if path is not None]
    what = {
        "quoi": f"extrait nominatif{NBSP}: {extract.report.raw.name}",
        "source": extract.source.name,
        "fichiers": files,
    }
    new = False
    with logged(what, reason) as noted:
        if table is not None:
            new = save_population(extract.table, table)
        if report is not None:
            save_report(extract.report, report, changes)
        noted["detail"] = counted(len(extract.table), "personne")
    return new
