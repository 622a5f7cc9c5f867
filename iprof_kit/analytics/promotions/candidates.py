"""From a table of people to columns of whole numbers that a procedure ranks; errors by row."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.analytics.columns import AVIS, SEXES, is_empty
from iprof_kit.base.calendar import rentree, to_axis
from iprof_kit.base.errors import InputError, KitError, LawError
from iprof_kit.base.words import NBSP, counted
from iprof_kit.law.promotion.bareme import APPRECIATIONS, NO_APPRECIATION
from iprof_kit.law.promotion.conditions import required_days
from iprof_kit.law.promotion.procedures.model import CRITERIA, Procedure
from iprof_kit.law.promotion.rankings import ACCELERATED
from iprof_kit.law.tables.cells import cell_code

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
NO_CELL = -1
_OLD_NAMES = {"avis1": "avis_1", "avis2": "avis_2", "reserve": "retraitable"}
_NEEDS = {
    "bareme": "appreciation",
    "appreciation": "appreciation",
    "appreciation_maximale": "appreciation",
    "avis_tres_favorables": "avis_1",
    "avis_sans_defavorable": "avis_1",
    "anciennete_corps": "entree_corps",
    "anciennete_grade": "entree_grade",
    "ags": "debut_services",
    "age": "date_naissance",
    "femme": "sexe",
    "items": "items",
}
"""Column that each criterion needs."""
_DATES = {
    "entree_corps": "entree_corps",
    "entree_grade": "entree_grade",
    "debut_services": "debut_services",
    "date_naissance": "naissance",
}
_CODES = {"appreciation": APPRECIATIONS, "sexe": SEXES, "avis_1": AVIS, "avis_2": AVIS}
_NUMBERS = ("superieur", "retraitable", "ex_instituteur", "opposition", "items")


def group_column(group: str) -> str:
    """Return the column of people that tells a group."""
    return "sexe" if group == "femme" else group


def named(rows: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the rows with the names of this module; a column that is empty is left out.

    `ags_jours` gives `debut_services` where it misses.
    """
    read = [*_CODES, *_DATES, *_NUMBERS, *_OLD_NAMES]
    empty = [name for name in read if name in rows and len(rows) and is_empty(rows[name]).all()]
    rows = rows.drop(columns=empty)
    known = {old: new for old, new in _OLD_NAMES.items() if old in rows and new not in rows}
    renamed = rows.rename(columns=known)
    if "debut_services" not in renamed and "ags_jours" in renamed:
        renamed = renamed.assign(_services=rentree(year) - whole_numbers(renamed["ags_jours"]))
    return renamed


def omitted_steps(rows: pd.DataFrame, procedure: Procedure) -> list[str]:
    """Return the columns without which some steps are left out."""
    return sorted({group_column(name) for name in procedure.groups} - set(rows))


def refuse_missing_columns(rows: pd.DataFrame, procedure: Procedure) -> None:
    """Refuse a table without a column that a criterion needs.

    Raises
    ------
    InputError
        Each column that misses, with the criterion that asks for it.
    """
    asked: dict[str, str] = {}
    for name in (*procedure.criteria, *procedure.conditions):
        column = _NEEDS.get(name)
        given = column in rows or (column == "debut_services" and "_services" in rows)
        if column is not None and not given:
            asked.setdefault(column, CRITERIA[name])
    if asked:
        listed = ", ".join(
            f"{column} (critère «{NBSP}{name}{NBSP}»)" for column, name in asked.items()
        )
        raise InputError(
            f"colonne absente{NBSP}: {listed}.",
            where=f"procédure {procedure.id}",
            remedy="Ajoutez cette colonne, ou choisissez une procédure qui s’en passe.",
        )


def positions(rows: pd.DataFrame) -> tuple[Numbers, pd.Series]:
    """Return the cell of each row (`NO_CELL` where the grid has none), and why not, by row."""
    chevrons = rows["chevron"].fillna("") if "chevron" in rows else pd.Series("", index=rows.index)
    keys = [rows["corps"], rows["grade"], rows["echelon"], chevrons]
    code = np.zeros(len(rows), np.int64)
    for key in keys:
        rank, known = pd.factorize(key, use_na_sentinel=False)
        code = code * len(known) + rank
    _, first, group = np.unique(code, return_index=True, return_inverse=True)
    cells, reasons = np.full(len(first), NO_CELL, np.int64), np.full(len(first), "", object)
    for place, row in enumerate(first.tolist()):
        corps, grade, echelon, chevron = (str(key.iloc[row]) for key in keys)
        try:
            cells[place] = cell_code(corps, grade, echelon, chevron or None)
        except KitError as error:
            reasons[place] = f"{error.where} : {error.message}"
    return cells[group], pd.Series(reasons[group], index=rows.index, dtype=object)


def row_errors(
    rows: pd.DataFrame, cell: Numbers, year: int, grade: str, procedure: Procedure
) -> pd.Series:
    """Return what keeps each row from being ranked, "" for those that can be."""
    errors = pd.Series("", index=rows.index, dtype=object)
    steps = [group_column(name) for name in procedure.groups if group_column(name) in rows]
    asked = (*procedure.criteria, *procedure.conditions)
    needed = [_NEEDS[name] for name in asked if _NEEDS.get(name) in rows]
    for name in dict.fromkeys([*needed, *steps, *(["avis_2"] if "avis_2" in rows else [])]):
        column = rows[name]
        empty = is_empty(column)
        if name != "avis_2" or "avis_1" in needed:
            errors[(empty & (errors == "")).to_numpy()] = f"{name} manque"
        if name in _CODES:
            _tell_unknown(errors, column, empty, _CODES[name])
    _tell_no_number(errors, rows, services="ags" in asked and "debut_services" not in rows)
    if grade == ACCELERATED:  # the list is taken as it is given
        return errors
    try:
        required = required_days(grade, year)[cell]
    except LawError:  # viviers: likewise
        return errors
    days = rows["anciennete_jours"].to_numpy(np.int64)
    closed = (required < 0) | (days < required)
    errors[closed & (errors == "").to_numpy()] = "pas promouvable"
    return errors


def columns(rows: pd.DataFrame) -> dict[str, Numbers]:
    """Return what is known of people as whole numbers; see `criteria.COLUMNS`."""
    numbers: dict[str, Numbers] = {}
    if "appreciation" in rows:
        codes = {name: code for code, name in enumerate(APPRECIATIONS)}
        mapped = rows["appreciation"].map(codes).fillna(NO_APPRECIATION)
        numbers["appreciation"] = np.asarray(mapped, np.int64)
    for name, column in _DATES.items():
        if name in rows and rows[name].notna().all():
            numbers[column] = to_axis(rows[name].to_numpy()).astype(np.int64)
    if "_services" in rows and "debut_services" not in numbers and rows["_services"].notna().all():
        numbers["debut_services"] = rows["_services"].to_numpy(np.int64)
    opinions = [name for name in ("avis_1", "avis_2") if name in rows]
    if opinions:
        given = rows[opinions].fillna("")
        numbers["avis_tres_favorables"] = (given == AVIS[0]).sum(axis=1).to_numpy(np.int64)
        numbers["avis_defavorables"] = (given == AVIS[-1]).sum(axis=1).to_numpy(np.int64)
    if "sexe" in rows:
        numbers["femme"] = (rows["sexe"] == "F").to_numpy().astype(np.int64)
    for name in _NUMBERS:
        if name in rows:
            numbers[name] = whole_numbers(rows[name]).fillna(0).to_numpy().astype(np.int64)
    return numbers


def whole_numbers(column: pd.Series) -> pd.Series:
    """Return a column as whole numbers, missing where nothing is given or no number is."""
    given = pd.to_numeric(column, errors="coerce").astype("Float64")
    return given.where(np.isfinite(given)).round().astype("Int64")


def _tell_unknown(
    errors: pd.Series, column: pd.Series, empty: pd.Series, known: Iterable[str]
) -> None:
    wrong = ~empty & ~column.isin(list(known)) & (errors == "")
    for text in column[wrong].unique():
        errors[wrong & (column == text)] = (
            f"{column.name} inconnu : « {text} » (possibles : {', '.join(known)})"
        )


def _tell_no_number(errors: pd.Series, rows: pd.DataFrame, *, services: bool) -> None:
    if services and "_services" in rows:
        lost = rows["_services"].isna() & (errors == "")
        errors[lost.to_numpy()] = "ags_jours manque ou n’est pas un nombre"
    for name in _NUMBERS:
        if name in rows:
            wrong = whole_numbers(rows[name]).isna() & ~is_empty(rows[name]) & (errors == "")
            for text in rows.loc[wrong, name].unique():
                errors[wrong & (rows[name] == text)] = f"{name} n’est pas un nombre : « {text} »"


def identifiers(rows: pd.DataFrame) -> Numbers:
    """Return a whole number a person, in the order of `numero`: the last key of every ranking.

    Raises
    ------
    InputError
        A row has no number; two have the same: the message gives it, and their lines.
    """
    lost = int(is_empty(rows["numero"]).sum())
    if lost:
        raise InputError(
            f"{counted(lost, 'ligne')} sans numéro.",
            where="numero",
            remedy="Donnez à chaque personne un numéro unique, ou retirez ces lignes.",
        )
    numbers = rows["numero"].astype(str)
    twice = numbers[numbers.duplicated(keep=False)]
    if not twice.empty:
        first = twice.iloc[0]
        lines = ", ".join(str(1 + n) for n in np.flatnonzero(numbers == first)[:5])
        raise InputError(
            f"le numéro «{NBSP}{first}{NBSP}» est porté par plusieurs lignes ({lines}).",
            where="numero",
            remedy=f"Une personne est une ligne{NBSP}: retirez les doublons.",
        )
    return np.unique(numbers.to_numpy(str), return_inverse=True)[1].astype(np.int64)
