"""What must hold between the columns of a row, and between rows (usages RH, § 3).

Each check is one function on columns. `refuser` leaves the row out and says why; `signaler` keeps
it, to be verified. A source may choose another severity for a check that does not suit it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from iprof_kit.analytics.ages import expected_text
from iprof_kit.analytics.columns import SITUATION
from iprof_kit.analytics.imports.values.cells import combinations
from iprof_kit.analytics.imports.values.check_dates import (
    PLACE,
    Flagged,
    Flags,
    age_outside,
    date_order,
    future,
    too_long,
)
from iprof_kit.analytics.imports.values.codes import academie_of
from iprof_kit.base.calendar import axis_of, date_text, duration_text, to_axis
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.base.words import NBSP
from iprof_kit.law.career.advancement import cells_at, first_day
from iprof_kit.law.tables.cells import cell_code

SEVERITIES = ("refuser", "signaler", "ignorer")
ROUNDING = 1
"""Days by which a seniority may differ from its date: a list rounds years to a thousandth."""
_FEBRUARY = 2
"""The same for a check: months of 30 days have two that no date of February writes."""


@dataclass(frozen=True)
class Check:
    """A check of a population table.

    Attributes
    ----------
    name, sentence : str
        The sentence says what must hold, in French.
    needs : tuple of str
        Columns without which it is not made.
    column : str
        The column that its remarks name.
    run : callable
        From the table and the day of observation to what is wrong.
    """

    name: str
    sentence: str
    needs: tuple[str, ...]
    column: str
    severity: str
    run: Callable[[pd.DataFrame, date], Flagged]
    remedy: str = ""


def severities(chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the severity of each check, with those that a source chose.

    Raises
    ------
    InputError
        A check or a severity that does not exist.
    """
    of_checks = {check.name: check.severity for check in CHECKS}
    for name, severity in chosen.items():
        if name not in of_checks or severity not in SEVERITIES:
            raise InputError(
                f"contrôle inconnu{NBSP}: «{NBSP}{name}: {severity}{NBSP}».",
                where="controles",
                remedy=f"Contrôles{NBSP}: {', '.join(of_checks)}. Valeurs{NBSP}: "
                f"{', '.join(SEVERITIES)}.",
            )
        of_checks[name] = severity
    return of_checks


def _empty(table: pd.DataFrame, column: str) -> Flags:
    values = table[column]
    empty = values.isna() if values.dtype.kind == "M" else values == ""
    return empty.to_numpy(bool)


def _no_number(table: pd.DataFrame, observed: date) -> Flagged:  # noqa: ARG001
    return Flagged(_empty(table, "numero"), "le numéro manque")


def _missing(column: str) -> Callable[[pd.DataFrame, date], Flagged]:
    """Return a check that a part of the situation is known, where any other part is."""

    def run(table: pd.DataFrame, observed: date) -> Flagged:  # noqa: ARG001
        nothing = np.logical_and.reduce([_empty(table, name) for name in SITUATION[1:]])
        return Flagged(_empty(table, column) & ~nothing, f"{column} manque")

    return run


def _no_corps(table: pd.DataFrame, observed: date) -> Flagged:  # noqa: ARG001
    nothing = np.logical_and.reduce([_empty(table, name) for name in SITUATION[1:]])
    return Flagged(nothing, f"personne sans corps{NBSP}: aucun échelon n’est calculé")


def _double(table: pd.DataFrame, observed: date) -> Flagged:  # noqa: ARG001
    numbers = table["numero"]
    double = (numbers.duplicated(keep=False) & (numbers != "")).to_numpy(bool)
    if not double.any():
        return Flagged(double, "")
    part = table[double]
    copies = part.drop(columns=["_ligne"], errors="ignore").duplicated(keep="first")
    alone = ~part.loc[~copies.to_numpy(bool), "numero"].duplicated(keep=False)
    kept = alone.index[alone]
    lines = part.groupby("numero")["_ligne"].agg(lambda each: ", ".join(map(str, each)))
    steps = part.groupby("numero")["echelon"].agg(lambda each: ", ".join(each.replace("", "?")))
    wrong = double.copy()
    wrong[table.index.get_indexer(kept)] = False
    why = [
        f"numéro présent aux lignes {lines[number]} (échelons {steps[number]})"
        + ("" if not copy else f"{NBSP}: ligne identique à une autre")
        for number, copy, index in zip(part["numero"], copies, part.index, strict=True)
        if wrong[index]
    ]
    return Flagged(wrong, why)


def _outside_grid(table: pd.DataFrame, observed: date) -> Flagged:
    codes, distinct = combinations(table, PLACE)
    present = set(cells_at(max(axis_of(observed), first_day())).tolist())
    faults = [_cell_fault(key, present, observed) for key in distinct]
    words = np.array(faults, object)[codes] if faults else np.array([], object)
    wrong = words != ""
    return Flagged(wrong, words[wrong].tolist())


def _cell_fault(key: tuple[str, ...], present: set[int], observed: date) -> str:
    corps, grade, echelon, chevron = key
    if not (corps and grade and echelon):
        return ""
    try:
        code = cell_code(corps, grade, echelon, chevron or None)
    except KitError as error:
        return f"{error.message.rstrip('.')}. {error.remedy}"
    if code not in present:
        return f"cette position n’existe pas dans la grille au {date_text(observed)}"
    return ""


def _academie(table: pd.DataFrame, observed: date) -> Flagged:  # noqa: ARG001
    expected = table["departement"].map(academie_of()).fillna("")
    given = table["academie"]
    wrong = ((given != "") & (expected != "") & (given != expected)).to_numpy(bool)
    why = [
        f"le département {d} est de l’académie {e}, pas {g}"
        for d, e, g in zip(
            table.loc[wrong, "departement"], expected[wrong], given[wrong], strict=True
        )
    ]
    return Flagged(wrong, why)


def _civilite(table: pd.DataFrame, observed: date) -> Flagged:  # noqa: ARG001
    sex = table["_civilite"]
    wrong = ((sex != "") & (table["sexe"] != "") & (sex != table["sexe"])).to_numpy(bool)
    return Flagged(wrong, "la civilité et le sexe se contredisent")


def _opposition(table: pd.DataFrame, observed: date) -> Flagged:  # noqa: ARG001
    wrong = ((table["opposition"] == 1) & (table["motif_opposition"] == "")).to_numpy(bool)
    return Flagged(wrong, f"opposition sans motif{NBSP}: elle doit être motivée")


def _no_school(table: pd.DataFrame, observed: date) -> Flagged:  # noqa: ARG001
    return Flagged(_empty(table, "uai"), "fiche sans établissement")


def _seniority(table: pd.DataFrame, observed: date) -> Flagged:
    """Find rows whose seniority is not that of the date of their échelon, reliquat or not."""
    day = axis_of(observed) + 1
    known = (table["date_effet"].notna() & table["anciennete_jours"].notna()).to_numpy(bool)
    part = table[known]
    spent = day - to_axis(part["date_effet"].to_numpy())
    given = part["anciennete_jours"].to_numpy(np.int64)
    kept = part["reliquat_jours"].to_numpy(np.int64)
    off = (np.abs(given - spent) > _FEBRUARY) & (np.abs(given - spent - kept) > _FEBRUARY)
    wrong = np.zeros(len(table), bool)
    wrong[np.flatnonzero(known)[off]] = True
    pairs = zip(given[off].tolist(), spent[off].tolist(), strict=True)
    why = [
        f"l’ancienneté dit {duration_text(stated)}, la date d’effet {duration_text(max(lived, 0))}"
        for stated, lived in pairs
    ]
    return Flagged(wrong, why)


CHECKS = (
    Check(
        "numero_absent",
        "Chaque personne a un numéro.",
        ("numero",),
        "numero",
        "refuser",
        _no_number,
        "Complétez la cellule dans l’extrait.",
    ),
    Check(
        "numero_double",
        "Une personne n’est présente qu’une fois.",
        ("numero",),
        "numero",
        "refuser",
        _double,
        "Gardez la bonne ligne dans l’extrait.",
    ),
    *(
        Check(
            f"{name}_absent",
            f"{name} est connu.",
            SITUATION,
            name,
            "refuser",
            _missing(name),
            "Complétez la cellule dans l’extrait.",
        )
        for name in SITUATION[1:]
    ),
    Check(
        "sans_corps",
        "La personne a un corps.",
        SITUATION,
        "corps",
        "signaler",
        _no_corps,
        "Rien à faire pour un agent contractuel.",
    ),
    Check(
        "hors_grille",
        "Le corps, le grade, l’échelon et le chevron sont dans la grille.",
        PLACE,
        "echelon",
        "refuser",
        _outside_grid,
    ),
    Check(
        "dates_ordre",
        "Naissance, entrées dans le corps, le grade, l’échelon se suivent.",
        (),
        "date_effet",
        "refuser",
        date_order,
        "Corrigez celle des dates qui est fausse.",
    ),
    Check(
        "date_future",
        "L’échelon est déjà tenu.",
        ("date_effet",),
        "date_effet",
        "signaler",
        future,
        "Vérifiez la date d’observation, ou la date de l’échelon.",
    ),
    Check(
        "anciennete_trop_longue",
        "L’ancienneté ne dépasse pas la durée de l’échelon.",
        (*PLACE, "date_effet", "reliquat_jours"),
        "date_effet",
        "signaler",
        too_long,
        "Vérifiez une promotion non saisie, ou une période qui ne compte pas.",
    ),
    Check(
        "anciennete_effet",
        "L’ancienneté et la date d’effet disent la même chose.",
        ("date_effet", "anciennete_jours", "reliquat_jours"),
        "anciennete_jours",
        "signaler",
        _seniority,
        "Corrigez celle des deux qui est fausse.",
    ),
    Check(
        "etablissement_absent",
        "Une fiche de la liste nomme un établissement.",
        ("uai", "echelon_vise"),
        "uai",
        "signaler",
        _no_school,
        "Vérifiez que la personne est affectée.",
    ),
    Check(
        "age",
        f"L’âge est {expected_text()}.",
        ("date_naissance",),
        "date_naissance",
        "signaler",
        age_outside,
        "Vérifiez la date de naissance.",
    ),
    Check(
        "academie_departement",
        "Le département est dans l’académie.",
        ("academie", "departement"),
        "departement",
        "signaler",
        _academie,
        "Vérifiez les deux codes.",
    ),
    Check(
        "sexe_civilite",
        "La civilité et le sexe concordent.",
        ("sexe", "_civilite"),
        "sexe",
        "signaler",
        _civilite,
        "Vérifiez l’état civil.",
    ),
    Check(
        "opposition_motivee",
        "Une opposition est motivée.",
        ("opposition", "motif_opposition"),
        "motif_opposition",
        "signaler",
        _opposition,
        "Complétez le motif.",
    ),
)
"""Every check, in the order in which they are made."""
