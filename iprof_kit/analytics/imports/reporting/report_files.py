"""The report of an import as a file: XLSX, CSV or HTML."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader

from iprof_kit.analytics.imports.report import Report
from iprof_kit.analytics.needs import openpyxl
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.private_files import owner_only
from iprof_kit.base.spreadsheets import TableWriter, as_texts
from iprof_kit.base.words import NBSP

PROJET = "PROJET — document de travail, l’autorité décide"
_MOST_LINES = 20_000
"""Remarks of one kind shown in a report; the others are counted."""
_MOST_IN_PAGE = 500
_HEADS = {
    "ligne": "Ligne",
    "numero": "Numéro",
    "colonne": "Colonne",
    "valeur": "Valeur lue",
    "resultat": "Résultat",
    "regle": "Règle",
    "pourquoi": "Pourquoi",
    "retenu": "Valeur retenue",
    "que_faire": "Que faire",
    "nombre": "Nombre",
    "premiere_ligne": "Première ligne",
    "libelle": "Libellé",
    "porte_sur": "Porte sur",
    "annonce": "Annoncé",
    "calcule": "Calculé",
    "concorde": "Concorde",
    "fichier": "Fichier",
    "nature": "Nature",
    "avant": "Avant",
    "apres": "Après",
    "a_verifier": "À vérifier",
}


def save_report(report: Report, path: str | Path, differences: pd.DataFrame | None = None) -> Path:
    """Write a report in the format of its suffix: `.xlsx`, `.csv` or `.html`.

    Raises
    ------
    InputError
        Another suffix.
    Unavailable
        The folder cannot be written.
    """
    file = Path(path)
    writers: dict[str, Callable[[Report, Path, pd.DataFrame | None], None]] = {
        ".xlsx": _xlsx,
        ".csv": _csv,
        ".html": _html,
    }
    if file.suffix.lower() not in writers:
        raise InputError(
            f"un rapport ne s’écrit pas en «{NBSP}{file.suffix}{NBSP}».",
            where=str(file),
            remedy=f"Formats possibles{NBSP}: {', '.join(writers)}.",
        )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        writers[file.suffix.lower()](report, file, differences)
    except OSError as error:
        raise Unavailable(
            "le rapport ne peut pas être écrit.",
            where=str(file),
            remedy="Fermez-le s’il est ouvert, ou choisissez un autre dossier.",
        ) from error
    return file


def parts(
    report: Report, limit: int, differences: pd.DataFrame | None = None
) -> dict[str, pd.DataFrame]:
    """Return the tables of a report by their titles, empty ones left out."""
    details = report.details(limit)
    tables = {
        "Par colonne": report.by_column(),
        "Détail": details,
        "Totaux": report.totals,
        "Avis": report.opinions,
    }
    if differences is not None:
        tables["Changements"] = differences
    return {title: _in_french(frame) for title, frame in tables.items() if len(frame)}


def _in_french(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with French headings, numbers and booleans in words, nothing missing."""
    shown = frame.rename(columns=_HEADS).copy()
    for name in shown:
        if shown[name].dtype.kind == "b" or str(shown[name].dtype) == "boolean":
            words = shown[name].map({True: "oui", False: "non"}).astype(object)
            shown[name] = words.fillna("non vérifiable")
        elif str(shown[name].dtype) == "Float64":
            shown[name] = shown[name].map(_number).astype(object)
    return shown.astype(object).where(shown.notna(), "")


def _number(value: float) -> str:
    """Return a number as it is written in French, without useless decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _csv(report: Report, file: Path, differences: pd.DataFrame | None) -> None:  # noqa: ARG001
    details = _in_french(report.details())
    totals = [
        ("", "", "", announced, "total", label, "", "", "")
        for label, announced in report.announced()
    ]
    with owner_only(file).open("w", encoding="utf-8-sig", newline="") as out:
        table = TableWriter(out)
        table.row(details)
        for row in (*totals, *details.itertuples(index=False)):
            table.row(row)


def _xlsx(report: Report, file: Path, differences: pd.DataFrame | None) -> None:
    kit = openpyxl()
    book = kit.Workbook(write_only=True)
    sheet = book.create_sheet("Résumé")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 90
    for label, value in [(PROJET, ""), *report.summary(), *(("Note", n) for n in report.notes)]:
        sheet.append([_cell(sheet, label, bold=label == PROJET), _cell(sheet, value)])
    for title, frame in parts(report, _MOST_LINES, differences).items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for place, name in enumerate(frame):
            longest = max([len(str(name)), *(len(str(v)) for v in frame[name].head(200))])
            letter = kit.utils.get_column_letter(place + 1)
            sheet.column_dimensions[letter].width = min(longest + 2, 80)
        sheet.append([_cell(sheet, name, bold=True) for name in frame])
        for row in frame.itertuples(index=False):
            sheet.append([_cell(sheet, value) for value in row])
    book.save(owner_only(file))


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    kit = openpyxl()
    if isinstance(value, str):
        value = "".join(c for c in value if c.isprintable() or c == "\n")
    cell = kit.cell.WriteOnlyCell(sheet, value=value)
    as_texts([cell])
    if bold:
        cell.font = kit.styles.Font(bold=True)
    return cell


def _html(report: Report, file: Path, differences: pd.DataFrame | None) -> None:
    environment = Environment(loader=PackageLoader("iprof_kit.analytics", "."), autoescape=True)
    page = environment.get_template("imports/report.html").render(
        projet=PROJET,
        summary=report.summary(),
        notes=report.notes,
        counts=report.counts,
        tables=parts(report, _MOST_IN_PAGE, differences),
        hidden=report.details(_MOST_IN_PAGE).attrs["non_montrees"],
    )
    owner_only(file).write_text(page, encoding="utf-8")
