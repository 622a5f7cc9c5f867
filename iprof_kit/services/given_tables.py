"""A table given to the kit to import: one reader, one report, one refusal, whatever it is about.

Its bytes are opened in a process of their own, before any transaction; here each cell becomes a
typed value, or a fault that says where it is and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from iprof_kit.base.errors import InputError
from iprof_kit.base.words import counted
from iprof_kit.given.tables import Line, Table, UnreadableError
from iprof_kit.services.workers.opening import table_of

_DECIMAL = re.compile(r"\d{1,6}([.,]\d{1,3})?")
_FRENCH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True)
class Layout:
    """What a kind of file is made of; `help` is the page that describes its columns."""

    columns: tuple[str, ...]
    required: tuple[str, ...]
    help: str
    dates: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    decimals: frozenset[str] = frozenset()
    largest: int = 2_000_000
    """Bytes."""
    most_rows: int = 5_000


@dataclass(frozen=True)
class Fault:
    """One refused row: where, why, what to do."""

    line: int
    column: str
    reason: str
    remedy: str


@dataclass
class GivenRow:
    """One row read: its line in the file, its values, what could not be read."""

    line: int
    values: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)


@dataclass
class Report:
    """What became of a file taken or refused as a whole: with one fault nothing of it is stored."""

    added: int = 0
    unchanged: int = 0
    refused: list[Fault] = field(default_factory=list)


def open_table(content: bytes, layout: Layout) -> Table:
    """Return the table of a CSV, opened in a process of its own.

    Raises
    ------
    InputError
        The file as a whole cannot be read: size, encoding, quotes, rows.
    Unavailable
        The machine is too busy to read it in time.
    """
    if len(content) > layout.largest:
        raise InputError(
            f"le fichier dépasse {layout.largest // 1_000_000} Mo.", remedy="Découpez-le."
        )
    try:
        table = table_of(content)
    except UnreadableError as refused:
        reason, where, remedy = refused.args[0]
        raise InputError(reason, where=where, remedy=remedy) from None
    if len(table.written) > layout.most_rows:
        raise InputError(
            f"le fichier compte {len(table.written)} lignes.",
            remedy=f"Découpez-le : {layout.most_rows} au plus.",
        )
    return table


def read_rows(given: bytes | Table, layout: Layout) -> Iterator[GivenRow]:
    """Yield the rows of a table that was opened, or is to be.

    Raises
    ------
    InputError
        The file as a whole cannot be read (`open_table`), or its header is not that of the layout.
    """
    table = given if isinstance(given, Table) else open_table(given, layout)
    _check_header(table.header, layout)
    for line in table:
        yield _row(line, table.header, layout)


def unsaid(row: GivenRow, layout: Layout) -> list[Fault]:
    """Return a fault for each column that must say something and says nothing."""
    filled = {fault.column for fault in row.faults} | set(row.values)
    return [missing(row, name) for name in layout.required if name not in filled]


def missing(row: GivenRow, column: str) -> Fault:
    """Return the fault of a column that says nothing."""
    return Fault(row.line, column, "la valeur manque", "Complétez la colonne.")


def _check_header(header: list[str], layout: Layout) -> None:
    missing = [name for name in layout.required if name not in header]
    unknown = [name for name in header if name not in layout.columns]
    double = sorted({name for name in header if header.count(name) > 1})
    reason = ""
    if missing:
        reason = f"il manque des colonnes : {', '.join(missing)}."
    elif unknown:
        reason = f"des colonnes ne sont pas connues : {_shown(', '.join(unknown))}."
    elif double:
        reason = f"des colonnes figurent deux fois : {', '.join(double)}."
    if reason:
        raise InputError(
            reason, where="ligne 1", remedy=f"Comparez l’en-tête à celui de {layout.help}."
        )


def _row(given: Line, header: list[str], layout: Layout) -> GivenRow:
    line, count, cells = given
    row = GivenRow(line, {})
    if count != len(header):
        row.faults.append(
            Fault(
                line,
                "",
                f"la ligne a {counted(count, 'valeur')} pour {len(header)} colonnes",
                "Mettez entre guillemets les textes qui contiennent le séparateur.",
            )
        )
    for number, text in cells.items():
        if number >= len(header):
            break
        name = header[number]
        try:
            row.values[name] = _typed(name, layout)(text)
        except ValueError:
            row.faults.append(
                Fault(
                    line,
                    name,
                    f"« {_shown(text)} » {_expected(name, layout)}",
                    "Corrigez la valeur.",
                )
            )
    return row


def _shown(text: str) -> str:
    """Return text fit for a terminal: short, and without commands for it."""
    return "".join(letter if letter.isprintable() else "?" for letter in text[:80])


def _typed(name: str, layout: Layout) -> Callable[[str], Any]:
    if name in layout.dates:
        return _date
    if name in layout.decimals:
        return _decimal
    return int if name in layout.whole else str


def _expected(name: str, layout: Layout) -> str:
    if name in layout.dates:
        return "n’est pas une date (2024-09-01 ou 01/09/2024)"
    if name in layout.decimals:
        return "n’est pas un nombre (367 ou 184,5)"
    return "n’est pas un nombre entier"


def _decimal(text: str) -> float:
    if not _DECIMAL.fullmatch(text):
        raise ValueError(text)
    return float(text.replace(",", "."))


def _date(text: str) -> date:
    if french := _FRENCH_DATE.fullmatch(text):
        day, month, year = map(int, french.groups())
        return date(year, month, day)
    return date.fromisoformat(text)
