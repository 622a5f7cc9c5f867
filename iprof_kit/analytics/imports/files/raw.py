"""A file as it was found: a table of texts, where each row was, and what is not a row."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.base.words import NBSP

Lines = npt.NDArray[np.int64]


@dataclass(frozen=True)
class LineFault:
    """A line that was refused, or changed, before it could be a row."""

    line: int
    text: str = field(repr=False)
    why: str
    remedy: str = ""


@dataclass(repr=False)
class Raw:
    """What a file holds; a notebook shows none of it, since what was read may name people.

    Attributes
    ----------
    name, kind : str
        File name; « CSV », « XLSX », « Parquet », « largeur fixe », « liste d’avancement ».
    table : DataFrame
        Texts, one column a heading, in the order of the file.
    lines : array of int
        Line (or row of the sheet) of each row, from 1.
    encoding, separator : str
        Empty where they mean nothing.
    preamble : list
        (line, cells) before the headings.
    totals : list
        (line, cells) of the file's own totals; cells aligned with the columns where they can be.
    blank, repeated : int
        Lines without anything; lines that repeat the headings.
    refused, repaired : list of LineFault
        Lines that could not be cut into cells; rows that were, after a repair.
    notes : list of str
        What the reader should know of the file as a whole, in French.
    extra : dict
        What a reader of a particular layout found besides.
    """

    name: str
    kind: str
    table: pd.DataFrame
    lines: Lines
    encoding: str = ""
    separator: str = ""
    preamble: list[tuple[int, list[str]]] = field(default_factory=list)
    totals: list[tuple[int, list[str]]] = field(default_factory=list)
    blank: int = 0
    repeated: int = 0
    refused: list[LineFault] = field(default_factory=list)
    repaired: list[LineFault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    extra: dict[str, object] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Return how many rows were read."""
        return f"Raw({self.kind}, {len(self.table)} lignes)"


def take_rows(raw: Raw, table: pd.DataFrame, lines: Lines, totals: npt.NDArray[np.bool_]) -> None:
    """Fill a raw table with its rows; totals and repeated headings are taken out and counted."""
    heads = np.ones(len(table), bool)
    for name in table.columns[:3]:
        heads &= (table[name].str.strip() == name).to_numpy(bool)
    raw.repeated = int(heads.sum())
    if raw.repeated:
        raw.notes.append(
            f"L’en-tête est répété {raw.repeated} fois dans le fichier{NBSP}: ces "
            "lignes ne sont pas lues comme des personnes."
        )
    only_totals = totals & ~heads
    raw.totals += [
        (int(lines[n]), table.iloc[n].tolist()) for n in np.flatnonzero(only_totals).tolist()
    ]
    raw.totals.sort(key=lambda each: each[0])
    kept = ~only_totals & ~heads
    raw.table, raw.lines = table[kept].reset_index(drop=True), lines[kept]


def unique_headings(cells: list[str]) -> tuple[list[str], list[str]]:
    """Return headings that differ from each other, and notes on what was changed."""
    headings: list[str] = []
    notes: list[str] = []
    for number, cell in enumerate(cells, start=1):
        name = " ".join(cell.split()) or f"colonne {number}"
        again, base = 2, name
        while name in headings:
            name, again = f"{base} ({again})", again + 1
        if name != base:
            notes.append(
                f"L’en-tête «{NBSP}{base}{NBSP}» figure deux fois{NBSP}: la colonne "
                f"{number} est lue comme «{NBSP}{name}{NBSP}»."
            )
        headings.append(name)
    return headings, notes


def own_columns(raw: Raw) -> tuple[str, ...]:
    """Return the columns that a known layout gives besides those of `COLUMNS`."""
    names = raw.extra.get("colonnes", ())
    return names if isinstance(names, tuple) else ()
