"""The opinions of inspectors and heads, in their own files, joined to a population by number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from iprof_kit.analytics.columns import COLUMNS, ordered
from iprof_kit.analytics.imports.hidden import hide_cells
from iprof_kit.analytics.imports.mapping import guess_mapping
from iprof_kit.analytics.imports.opening import open_raw
from iprof_kit.analytics.imports.report import Report
from iprof_kit.analytics.imports.source import Source
from iprof_kit.analytics.imports.values.cells import Outcome, read_column
from iprof_kit.analytics.imports.values.readers import number_reader, reader_of
from iprof_kit.base.errors import InputError
from iprof_kit.base.names import words_in
from iprof_kit.base.words import NBSP, counted

OPINIONS = words_in("appreciation avis_1 avis_2 opposition motif_opposition reserve bareme")
_NAMES = ("fichier", "ligne", "numero", "colonne", "valeur", "resultat", "pourquoi")


def join_opinions(
    table: pd.DataFrame, path: Path, source: Source, observed: date, report: Report
) -> pd.DataFrame:
    """Return a population with the opinions of a file; the report lists each that is missing.

    An opinion that the population already has is kept where the file gives none, and replaced,
    with a remark, where it gives another.

    Raises
    ------
    InputError
        The file has no number, or no column of opinions.
    """
    raw = open_raw(path, Source(source.name))
    mapping = guess_mapping(raw, Source(source.name, source.columns), observed)
    hide_cells(raw, mapping)
    given = {column: raw.table[heading] for heading, column in mapping.columns.items()}
    names = [name for name in OPINIONS if name in given]
    if "numero" not in given or not names:
        raise InputError(
            "ce fichier d’avis n’a pas de numéro de personne, ou pas d’avis.",
            where=raw.name,
            remedy=f"Il faut une colonne numero et l’une de{NBSP}: " + ", ".join(OPINIONS) + ".",
        )
    numbers = read_column(given["numero"], number_reader(source.mask)).values(COLUMNS["numero"])
    remarks: list[tuple[object, ...]] = [
        (raw.name, f.line, "", "", f.text, "refusée", f.why) for f in raw.refused
    ]
    opinions = _Opinions(raw.name, numbers, pd.Series(raw.lines), remarks)
    keep = _kept(opinions, given, names)
    known = set(table["numero"])
    for row in np.flatnonzero(keep & ~numbers.isin(known).to_numpy(bool)):
        opinions.remark(row, "numero", numbers[row], "refusée", "numéro absent de l’extrait")
    joined = table.copy()
    for name in names:
        joined[name] = _column(joined, name, given[name], opinions, keep, observed)
    missing = _missing(joined, names, raw.name)
    added = pd.DataFrame([*remarks, *missing], columns=list(_NAMES))
    report.opinions = pd.concat([report.opinions, added], ignore_index=True)
    met = int((keep & numbers.isin(known).to_numpy(bool)).sum())
    report.notes.append(
        f"Avis de {raw.name}{NBSP}: {counted(met, 'personne jointe')}, "
        f"{counted(len(missing), 'avis manquant')}, {counted(len(remarks), 'remarque')}."
    )
    return ordered(joined)


def add_opinions(
    table: pd.DataFrame, files: Sequence[Path], source: Source
) -> tuple[pd.DataFrame, Report]:
    """Return a population that was imported before with the official opinions of some files.

    Raises
    ------
    InputError
        The population does not say its day, or a file has no number or no opinion.
    """
    kept = {str(name): value for name, value in table.attrs.items()}
    try:
        observed = date.fromisoformat(str(kept.get("observation", "")))
    except ValueError:
        raise InputError(
            "cette table ne dit pas le jour de ses situations.",
            where="observation",
            remedy=f"Importez d’abord l’extrait{NBSP}: iprof import extrait … --sortie.",
        ) from None
    report = Report(open_raw(files[0], Source(source.name)), np.zeros(0, np.int64))
    for path in files:
        table = join_opinions(table, path, source, observed, report)
    table.attrs.update(kept, avis=", ".join(path.name for path in files))
    return table, report


@dataclass(frozen=True)
class _Opinions:
    """A file of opinions: the person and the line of each row, and what is remarked of it."""

    file: str
    numbers: pd.Series
    lines: pd.Series
    remarks: list[tuple[object, ...]]

    def remark(
        self, row: np.integer[Any], column: str, text: object, outcome: str, why: str
    ) -> None:
        """Add a remark on a row."""
        place = (self.file, int(self.lines[row]), self.numbers[row])
        self.remarks.append((*place, column, text, outcome, why))


def _kept(opinions: _Opinions, given: dict[str, pd.Series], names: list[str]) -> np.ndarray:
    """Tell which lines are joined: a number given twice is only where it says the same."""
    numbers = opinions.numbers
    frame = pd.DataFrame({name: given[name].str.strip() for name in names}).assign(numero=numbers)
    copies = frame.duplicated(keep="first").to_numpy(bool)
    double = (frame["numero"].duplicated(keep=False) & (numbers != "")).to_numpy(bool)
    alone = ~frame.loc[~copies, "numero"].duplicated(keep=False)
    agreed = np.zeros(len(frame), bool)
    agreed[alone.index[alone]] = True
    keep = agreed & (numbers != "").to_numpy(bool)
    for row in np.flatnonzero(~keep):
        why = "avis contradictoires pour ce numéro" if double[row] else "le numéro manque"
        if copies[row] and double[row]:
            why = "ligne identique à une autre"
        opinions.remark(row, "numero", "", "refusée", why)
    return keep


def _column(
    table: pd.DataFrame,
    name: str,
    texts: pd.Series,
    opinions: _Opinions,
    keep: np.ndarray,
    observed: date,
) -> pd.Series:
    read = read_column(texts, reader_of(name, observed))
    outcomes = read.outcomes()
    for row in np.flatnonzero((outcomes >= Outcome.VIDEE) & keep):
        opinions.remark(row, name, texts.iloc[row], "vidée", read.cells[read.codes[row]].why)
    blank = np.array([cell.value is None for cell in read.cells], bool)[read.codes]
    values = read.values(COLUMNS[name])
    use = keep & ~blank
    by_number = pd.Series(
        values[use].to_numpy(), index=opinions.numbers[use].to_numpy(), dtype=values.dtype
    )
    new = by_number.reindex(table["numero"].to_numpy()).reset_index(drop=True)
    has = table["numero"].isin(by_number.index).to_numpy(bool)
    old = table[name] if name in table else _nothing(name, len(table))
    before = old.reset_index(drop=True)
    known = ((before != "") if COLUMNS[name].kind == "texte" else before.notna()).to_numpy(bool)
    for row in np.flatnonzero(has & known & (before.ne(new).fillna(False)).to_numpy(bool)):
        if name in table:
            who, why = table["numero"].iloc[row], f"l’extrait disait «{NBSP}{before[row]}{NBSP}»"
            opinions.remarks.append((opinions.file, 0, who, name, str(new[row]), "remplacée", why))
    joined: pd.Series = before.where(~has, new).astype(COLUMNS[name].dtype)
    return joined


def _nothing(name: str, size: int) -> pd.Series:
    column = COLUMNS[name]
    absent = "" if column.kind == "texte" else column.absent
    return pd.Series([absent] * size, dtype=column.dtype)


def _missing(table: pd.DataFrame, names: list[str], file: str) -> list[tuple[object, ...]]:
    """List who has no opinion, for the columns where everybody should have one."""
    missing: list[tuple[object, ...]] = []
    for name in ("appreciation", "avis_1", "avis_2"):
        if name in names:
            for number in table.loc[table[name] == "", "numero"]:
                why = f"{COLUMNS[name].meaning} absent"
                missing.append((file, 0, number, name, "", "manquante", why))
    return missing
