"""A report as a PDF, PDF/UA-1 and PDF/A-2a: sections of text, tables and figures, where from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from iprof_kit.documents.typesetting import REPORT, compile_data
from iprof_kit.documents.words import printed


@dataclass(frozen=True)
class ReportTable:
    """A table: its caption, its headings, which columns hold numbers, its rows of texts."""

    caption: str
    heads: tuple[str, ...]
    numbers: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ReportSection:
    """A section.

    Attributes
    ----------
    title : str
    texts : tuple of str
    tables : tuple of ReportTable
    svg, alt : str
        A figure, and what it says for who does not see it; "" where there is none.
    remarks : tuple of str
        Set smaller, after the rest.
    apart : bool
        Whether it begins a page.
    """

    title: str
    texts: tuple[str, ...] = ()
    tables: tuple[ReportTable, ...] = ()
    svg: str = ""
    alt: str = ""
    remarks: tuple[str, ...] = ()
    apart: bool = False


@dataclass(frozen=True)
class ReportDocument:
    """A report to print.

    Attributes
    ----------
    title, subtitle : str
    mark : str
        What stands above every page (« PROJET »).
    notice : str
        At the foot of every page, beside its number.
    introduction : tuple of str
    facts : tuple of (str, str)
        Labelled lines under the title.
    sections : tuple of ReportSection
    notes : tuple of (str, str)
        Where it comes from, after the sections.
    day : str
        AAAA-MM-JJ: dates the file.
    notes_title : str
        Their heading.
    """

    title: str
    subtitle: str
    mark: str
    notice: str
    introduction: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    sections: tuple[ReportSection, ...]
    notes: tuple[tuple[str, str], ...]
    day: str
    notes_title: str = "Provenance"


def report_pdf(report: ReportDocument) -> bytes:
    """Return the report as a tagged PDF."""
    data = {
        "title": printed(report.title),
        "subtitle": printed(report.subtitle),
        "mark": printed(report.mark),
        "lang": "fr",
        "author": "iprof-kit",
        "name": printed(report.mark),
        "notice": printed(report.notice),
        "introduction": [printed(text) for text in report.introduction],
        "facts": _pairs(report.facts),
        "notes": _pairs(report.notes),
        "notes_title": printed(report.notes_title),
        "sections": [_section(one) for one in report.sections],
    }
    moment = datetime.fromisoformat(report.day).replace(tzinfo=UTC)
    return compile_data(REPORT, json.dumps(data, ensure_ascii=False), int(moment.timestamp()))


def _pairs(pairs: tuple[tuple[str, str], ...]) -> list[list[str]]:
    return [[printed(label), printed(text)] for label, text in pairs]


def _section(section: ReportSection) -> dict[str, Any]:
    return {
        "title": printed(section.title),
        "texts": [printed(text) for text in section.texts],
        "tables": [_table(one) for one in section.tables],
        "svg": section.svg,
        "alt": printed(section.alt),
        "remarks": [printed(text) for text in section.remarks],
        "apart": section.apart,
    }


def _table(table: ReportTable) -> dict[str, Any]:
    return {
        "caption": printed(table.caption),
        "heads": [printed(head) for head in table.heads],
        "numbers": list(table.numbers),
        "rows": [[printed(text) for text in row] for row in table.rows],
    }
