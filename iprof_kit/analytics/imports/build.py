"""A raw table of texts becomes a typed population table, with a remark for each change."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pandas as pd

from iprof_kit.analytics.columns import COLUMNS, SITUATION, Column
from iprof_kit.analytics.identities import masked, with_identity
from iprof_kit.analytics.imports.files.raw import Raw, own_columns
from iprof_kit.analytics.imports.listing import DURATIONS
from iprof_kit.analytics.imports.mapping import Mapping
from iprof_kit.analytics.imports.report import Remark, Report
from iprof_kit.analytics.imports.situation import read_situation
from iprof_kit.analytics.imports.source import Source
from iprof_kit.analytics.imports.values.cells import (
    Outcome,
    Read,
    bared,
    coded,
    date_reader,
    read_column,
    read_plain,
)
from iprof_kit.analytics.imports.values.checks import ROUNDING
from iprof_kit.analytics.imports.values.codes import academie_of
from iprof_kit.analytics.imports.values.durations import duration_reader
from iprof_kit.analytics.imports.values.readers import number_reader, reader_of
from iprof_kit.analytics.imports.words import key, value_words
from iprof_kit.base.calendar import axis_of, to_axis
from iprof_kit.base.names import words_in
from iprof_kit.base.words import NBSP

_TOGETHER = ("corps", "grade", "echelon", "chevron")
_FREE = words_in("nom prenom statut fonction motif_opposition motif_sortie position_motif")
_REMEDY = "Corrigez la cellule dans l’extrait, puis importez de nouveau."


def build(
    raw: Raw, mapping: Mapping, source: Source, observed: date, report: Report
) -> pd.DataFrame:
    """Return the table of every row, refused ones included, in its dtypes.

    Besides the columns of the file: corps, grade, échelon, chevron always, `reliquat_jours` and
    `academie` where they can be supposed or derived, `_ligne` and `_civilite` for the checks.
    """
    texts = {column: raw.table[heading] for heading, column in mapping.columns.items()}
    columns: dict[str, pd.Series] = {}
    _line_remarks(raw, report)
    if "nom_prenom" in texts:
        texts |= _split_names(texts.pop("nom_prenom"), texts)
    if "numero" in texts:
        columns["numero"] = _numbers(texts.pop("numero"), source, report)
    elif {"nom", "prenom"} <= set(texts):
        columns["numero"] = _numbers_of_identity(texts, source, report)
    if "civilite" in texts:
        columns["_civilite"] = _civilite(texts.pop("civilite"), "sexe" not in texts, report)
    given = pd.DataFrame(
        {name: texts.pop(name) for name in _TOGETHER if name in texts}, index=raw.table.index
    )
    if len(given.columns):
        situations = read_situation(given, observed, report)
        sectors = situations.pop("secteur")
        if "secteur" not in texts and (sectors != "").any():
            columns["secteur"] = sectors
        columns |= {name: situations[name] for name in _TOGETHER}
    for column, column_texts in texts.items():
        if column in COLUMNS:
            columns[column] = _read(column, column_texts, mapping, observed, report)
    _derive(columns, report, len(raw.table), observed)
    for name in own_columns(raw):
        columns[name] = _own(name, raw.table[name], observed, report)
    table = pd.DataFrame(columns, index=pd.RangeIndex(len(raw.table)))
    table["_ligne"] = raw.lines
    return table


def _read(
    column: str, texts: pd.Series, mapping: Mapping, observed: date, report: Report
) -> pd.Series:
    if column in _FREE:
        read = read_plain(texts)
    else:
        read = read_column(texts, reader_of(column, observed, mapping.units.get(column, "jours")))
    remark(report, column, read)
    return read.values(COLUMNS[column])


def _own(name: str, texts: pd.Series, observed: date, report: Report) -> pd.Series:
    """Return a column that a list alone has: its durations in days, its dates as dates."""
    if name in DURATIONS:
        column, reader = Column(name, "", "entier"), duration_reader(DURATIONS[name])
    elif name.startswith("date_"):
        column, reader = Column(name, "", "date"), date_reader(observed)
    else:
        return texts
    read = read_column(texts, reader)
    remark(report, name, read, column)
    return read.values(column)


def remark(report: Report, column: str, read: Read, described: Column | None = None) -> None:
    """Add to a report what became of the cells of a column; an unreadable situation is refused."""
    if all(cell.outcome == Outcome.ACCEPTEE for cell in read.cells):
        return
    outcomes = read.outcomes()
    kept = (described or COLUMNS[column]).absent
    for outcome in Outcome:
        rows = np.flatnonzero(outcomes == outcome)
        if outcome == Outcome.ACCEPTEE or not rows.size:
            continue
        supposed = outcome == Outcome.VIDEE and kept is not None
        refused = outcome == Outcome.VIDEE and column in SITUATION
        distinct, code = np.unique(read.codes[rows], return_inverse=True)
        cells = [read.cells[n] for n in distinct]
        report.remarks.append(
            Remark(
                rule=column,
                column=column,
                outcome=_reported(outcome, refused=refused, supposed=supposed),
                rows=rows,
                code=code,
                before=[
                    masked(str(read.texts[n]).strip())
                    for n, cell in zip(distinct, cells, strict=True)
                ],
                after=["" if cell.value is None else str(cell.value) for cell in cells]
                if not supposed
                else [str(kept)] * len(cells),
                why=[cell.why + f"{NBSP}; compté {kept}" * supposed for cell in cells],
                remedy=_REMEDY if outcome in (Outcome.VIDEE, Outcome.REFUSEE) else "",
            )
        )


def _reported(outcome: Outcome, *, refused: bool, supposed: bool) -> Outcome:
    """Return what a report says of cells: one that is read as its default is not said empty."""
    if refused:
        return Outcome.REFUSEE
    return Outcome.A_VERIFIER if supposed else outcome


def _line_remarks(raw: Raw, report: Report) -> None:
    """Carry over what had to be mended before a line was a row."""
    place = {int(line): row for row, line in enumerate(raw.lines.tolist())}
    kept = [fault for fault in raw.repaired if fault.line in place]
    rows = np.array([place[fault.line] for fault in kept], np.int64)
    report.add(
        "ligne",
        "",
        Outcome.REPAREE,
        rows,
        why=[fault.why for fault in kept],
        before=[fault.text for fault in kept],
        after=[""] * len(kept),
    )


def _numbers(texts: pd.Series, source: Source, report: Report) -> pd.Series:
    ordinary = texts.str.fullmatch(r"[\w-]{1,20}")
    if ordinary.all() and not with_identity(texts).any():
        return texts.reset_index(drop=True)
    read = read_column(texts, number_reader(source.mask))
    remark(report, "numero", read)
    return read.values(COLUMNS["numero"])


def _numbers_of_identity(texts: dict[str, pd.Series], source: Source, report: Report) -> pd.Series:
    """Return opaque numbers of people whose file has none: name, given name and birth."""
    parts = [texts[name] for name in ("nom", "prenom", "date_naissance") if name in texts]
    names = pd.Series(
        [" ".join(key(bared(part)[0]) for part in row) for row in zip(*parts, strict=True)],
        dtype="str",
    )
    masks = {name: source.mask(name) if name.strip() else "" for name in names.unique()}
    report.notes.append(
        f"Le fichier n’a pas de numéro{NBSP}: un numéro opaque est tiré du nom, du "
        "prénom et de la date de naissance, le même à chaque import."
    )
    same = texts["nom"].str.strip() + " " + texts["prenom"].str.strip()
    several = names.groupby(same.to_numpy()).transform("nunique") > 1
    report.add(
        "homonymes",
        "nom",
        Outcome.A_VERIFIER,
        np.flatnonzero(several.to_numpy()),
        why="homonyme dans le fichier",
        remedy="Vérifiez la date de naissance.",
    )
    return names.map(masks).astype("str")


def _split_names(texts: pd.Series, known: dict[str, pd.Series]) -> dict[str, pd.Series]:
    """Return nom and prénom of « DUPONT Jean »: capitals first; « DUPONT, Jean » at the comma."""
    codes, distinct = pd.factorize(texts)
    cut = [_cut_name(str(text)) for text in distinct]
    parts = {"nom": [nom for nom, _ in cut], "prenom": [prenom for _, prenom in cut]}
    return {
        name: pd.Series(pd.array(words, dtype="str").take(codes), index=texts.index)
        for name, words in parts.items()
        if name not in known
    }


def _cut_name(text: str) -> tuple[str, str]:
    bare = " ".join(bared(text)[0].split())
    if "," in bare:
        nom, _, prenom = bare.partition(",")
        return nom.strip(), prenom.strip()
    capitals = re.match(r"((?:[A-ZÀ-ÝŒÆ'’-]{2,}\s*)+)(?=\s|$)", bare)
    if capitals and capitals.end() < len(bare):
        return capitals[1].strip(), bare[capitals.end() :].strip()
    nom, _, prenom = bare.partition(" ")
    return nom, prenom


def _civilite(texts: pd.Series, alone: bool, report: Report) -> pd.Series:
    """Return F or H of a civilité; its faults are told where it alone gives the sexe."""
    read = read_column(texts, coded(value_words("sexe"), ("F", "H"), key))
    if alone:
        remark(report, "sexe", read)
    return read.values(COLUMNS["sexe"])


def _to_the_day(columns: dict[str, pd.Series], observed: date) -> pd.Series:
    """Return the seniorities, those that only a rounding parts from their date as the date says."""
    given, since = columns["anciennete_jours"], columns["date_effet"]
    known = (given.notna() & since.notna()).to_numpy(bool)
    spent = axis_of(observed) + 1 - to_axis(since[known].to_numpy())
    near = np.abs(given[known].to_numpy(np.int64) - spent) <= ROUNDING
    exact = given.copy()
    exact[np.flatnonzero(known)[near]] = spent[near]
    return exact


def _derive(columns: dict[str, pd.Series], report: Report, size: int, observed: date) -> None:
    """Complete what follows from other columns, and say so."""
    if "_civilite" in columns and "sexe" not in columns:
        columns["sexe"] = columns["_civilite"]
        report.notes.append("Le sexe est lu dans la civilité.")
    if "reliquat_jours" not in columns:
        columns["reliquat_jours"] = pd.Series(np.zeros(size, np.int64))
        report.notes.append("Aucun reliquat d’ancienneté dans le fichier\u00a0: il est compté nul.")
    if {"date_effet", "anciennete_jours"} <= set(columns):
        columns["anciennete_jours"] = _to_the_day(columns, observed)
    if "departement" in columns:
        expected = columns["departement"].map(academie_of()).fillna("").astype("str")
        if "academie" not in columns:
            columns["academie"] = expected
            report.notes.append("L’académie est celle du département.")
        else:
            rows = np.flatnonzero(((columns["academie"] == "") & (expected != "")).to_numpy(bool))
            after = expected.iloc[rows].tolist()
            columns["academie"] = columns["academie"].where(columns["academie"] != "", expected)
            report.add(
                "academie",
                "academie",
                Outcome.REPAREE,
                rows,
                before=[""] * len(rows),
                after=after,
                why=f"académie absente{NBSP}: celle du département",
            )
