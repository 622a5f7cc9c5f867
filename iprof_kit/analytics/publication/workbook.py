"""A published table as a workbook: formatted, its head frozen, PROJET on every printed page."""

from __future__ import annotations

import io
from typing import Any

import numpy as np

from iprof_kit.analytics.needs import library, openpyxl
from iprof_kit.analytics.publication.cube import TOTAL
from iprof_kit.analytics.publication.rules import SECRET
from iprof_kit.analytics.publication.sheet import Sheet
from iprof_kit.base.spreadsheets import as_texts
from iprof_kit.base.words import NBSP

_FORMATS = {0: "#,##0", 1: "#,##0.0", 2: "#,##0.00"}
_HEAD, _QUIET, _INK = "DCE9EB", "4A5A5C", "1C2526"
_HEAD_ROW = 4


def workbook(sheet: Sheet) -> bytes:
    """Return the workbook: the table, then where it comes from."""
    kit = openpyxl()
    book = kit.Workbook()
    _table(book.active, sheet)
    _provenance(book.create_sheet("Provenance"), sheet)
    for page in book.worksheets:
        as_texts(cell for row in page.iter_rows() for cell in row)
    book.properties.title = sheet.title
    book.properties.creator = sheet.caption["version"]
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _table(page: Any, sheet: Sheet) -> None:
    page.title = "Tableau"
    styles = library("openpyxl.styles", "pour écrire des classeurs")
    page["A1"], page["A1"].font = sheet.title, styles.Font(bold=True, size=14, color=_INK)
    page["A2"] = f"« {SECRET} »{NBSP}: secret statistique. {sheet.caption['regles']}"
    page["A2"].font = styles.Font(italic=True, size=9, color=_QUIET)
    heads = [*sheet.headings, *(column.heading for column in sheet.columns)]
    for place, head in enumerate(heads, start=1):
        cell = page.cell(_HEAD_ROW, place, _plain(head[:1].upper() + head[1:]))
        cell.font = styles.Font(bold=True, color=_INK)
        cell.fill = styles.PatternFill("solid", fgColor=_HEAD)
        side = "left" if place <= len(sheet.by) else "right"
        cell.alignment = styles.Alignment(wrap_text=True, vertical="top", horizontal=side)
    for row, labels in enumerate(sheet.labels):
        _row(page, styles, sheet, row, labels)
    page.freeze_panes = page.cell(_HEAD_ROW + 1, len(sheet.by) + 1)
    _widths(page, sheet, heads)
    _printing(page, sheet)


def _row(page: Any, styles: Any, sheet: Sheet, row: int, labels: tuple[str, ...]) -> None:
    at, bold = _HEAD_ROW + 1 + row, TOTAL in labels or not labels
    for place, label in enumerate(labels, start=1):
        cell = page.cell(at, place, _plain(label))
        cell.font = styles.Font(bold=bold, color=_INK)
    for place, column in enumerate(sheet.columns, start=len(labels) + 1):
        cell = page.cell(at, place)
        cell.alignment = styles.Alignment(horizontal="right")
        cell.font = styles.Font(bold=bold, color=_INK)
        if column.secret[row]:
            cell.value = SECRET
            cell.font = styles.Font(italic=True, color=_QUIET)
        elif not np.isnan(column.values[row]):
            value = float(column.values[row])
            cell.value = value if column.decimals else int(value)
            cell.number_format = _FORMATS[column.decimals]


def _widths(page: Any, sheet: Sheet, heads: list[str]) -> None:
    letter = library("openpyxl.utils", "pour écrire des classeurs").get_column_letter
    for place, head in enumerate(heads):
        longest = (
            max((len(labels[place]) for labels in sheet.labels), default=0)
            if place < len(sheet.by)
            else 12
        )
        page.column_dimensions[letter(place + 1)].width = (
            min(max(longest, len(head) / 2, 12), 40) + 2
        )


def _printing(page: Any, sheet: Sheet) -> None:
    """Put PROJET above and below each printed page, and the head again on each."""
    title = sheet.title.replace("&", "&&")[:200]
    page.oddHeader.center.text = title
    page.oddFooter.left.text = f"{sheet.caption['statut']}, {sheet.caption['version']}"
    page.oddFooter.right.text = "Page &P sur &N"
    page.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _provenance(page: Any, sheet: Sheet) -> None:
    styles = library("openpyxl.styles", "pour écrire des classeurs")
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 34, 90
    for row, (label, text) in enumerate(sheet.provenance(), start=1):
        page.cell(row, 1, label).font = styles.Font(bold=True)
        cell = page.cell(row, 2, _plain(text))
        cell.alignment = styles.Alignment(wrap_text=True, vertical="top")
    page.oddHeader.center.text = sheet.caption["statut"]


def _plain(text: str) -> str:
    return "".join(c for c in text if c.isprintable() or c == "\n")
