"""The baremes of promotion: points of the appréciation and of seniority, by corps and campaign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import YEAR
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.explanation import Words, explaining
from iprof_kit.base.words import NBSP, appreciation_label, counted, echelon_label
from iprof_kit.law.promotion.rows import EXCEPTIONNELLE_ROWS, HORS_CLASSE_ROWS, order, refuse
from iprof_kit.law.tables.cells import CELLS, Cell
from iprof_kit.law.tables.facts import Fact
from iprof_kit.law.tables.rules import rule

Points = npt.NDArray[np.int64]
APPRECIATIONS = ("excellent", "tres_satisfaisant", "satisfaisant", "a_consolider", "insatisfaisant")
"""The appréciations finales, best first; their place is their code."""
NO_APPRECIATION = -1
NOT_IN_RANGE = -1
_POINTS = "points"


def appreciation_codes(texts: Sequence[str]) -> Points:
    """Return the code of each appréciation: its place in `APPRECIATIONS`, −1 for "".

    Raises
    ------
    InputError
        An appréciation that does not exist; the message lists those that do.
    """
    known = {name: place for place, name in enumerate(APPRECIATIONS)} | {"": NO_APPRECIATION}
    for row, text in enumerate(texts):
        if text not in known:
            raise InputError(
                f"l’appréciation « {text} » n’est pas connue (ligne {row + 1}).",
                where="appreciation",
                remedy=f"Appréciations possibles : {', '.join(APPRECIATIONS)}.",
            )
    return np.array([known[text] for text in texts], np.int64)


def _whole_bareme(_given: Mapping[str, Any], points: Any) -> tuple[Words, ...]:
    if np.size(points) != 1:
        return ()
    return (("Barème", f"{int(np.ravel(points)[0])}{NBSP}points"),)


@rule(
    sentence="Le barème de la hors classe ajoute les points de l’appréciation finale et ceux de "
    "l’ancienneté dans la plage d’appel ; il est indicatif.",
    source="lignes directrices de gestion ministérielles, BO spécial n° 9 du 05-11-2020, annexe 1",
    since="2018-09-01",
    tables=("bareme_hors_classe",),
    reads=_whole_bareme,
)
def bareme_hors_classe(
    appreciation: Points, cell: Cell, days_in_echelon: Cell, year: int
) -> Points:
    """Return the points of each candidate to the hors classe.

    Parameters
    ----------
    appreciation : array of int
        Codes of `appreciation_codes`.
    cell : array of int
        Position on 31 August.
    days_in_echelon : array of int
        Seniority in the échelon up to 1 September exclusive.
    year : int
        Campaign.

    Returns
    -------
    array of int
        Points; −1 (`NOT_IN_RANGE`) for whoever is not in the plage d'appel.

    Raises
    ------
    PeriodNotCovered
        A campaign without bareme for one of the corps.
    InputError
        Somebody in the plage d'appel has no appréciation, or one that the bareme does not know.
    """
    seniority = seniority_points(cell, days_in_echelon, year)
    given = np.asarray(appreciation, np.int64)
    inside = seniority != NOT_IN_RANGE
    points = np.full(seniority.shape, NOT_IN_RANGE, np.int64)
    points[inside] = seniority[inside] + _appreciation_points(
        given[inside], np.asarray(cell)[inside], year
    )
    return points


def seniority_points(cell: Cell, days_in_echelon: Cell, year: int) -> Points:
    """Return the points of the seniority in the plage d'appel; −1 outside it.

    Whole years count; past the last row of an échelon its points stay.
    """
    cell = np.asarray(cell, np.int64)
    years = np.maximum(np.asarray(days_in_echelon, np.int64), 0) // YEAR
    table, covered = _seniority(year)
    _refuse_corps(cell[~covered[cell]], "bareme_hors_classe", "barème de la hors classe", year)
    if explaining():
        _note_seniority(cell, years, year)
    points: Points = table[cell, np.minimum(years, table.shape[1] - 1)]
    return points


def _appreciation_points(appreciation: Points, cell: Cell, year: int) -> Points:
    table = _appreciations(year)
    points: Points = table[cell, appreciation]
    refuse_missing(points)
    if explaining():
        for code, position in zip(appreciation.tolist(), cell.tolist(), strict=True):
            name = APPRECIATIONS[code]
            row = HORS_CLASSE_ROWS.read(year, CELLS.corps[position], "appreciation", name)
            given = f"Appréciation « {appreciation_label(name).lower()} »"
            row.whole("points", f"appréciation ({name})", _POINTS, shown=given)
    return points


def refuse_missing(points: Points) -> None:
    """Refuse an appréciation that gave no points."""
    if points.size and points.min() < 0:
        row = int(np.flatnonzero(points < 0)[0])
        raise InputError(
            f"l’appréciation manque, ou ce barème ne la connaît pas (rang {row + 1} parmi les "
            "promouvables).",
            where="appreciation",
            remedy=f"Appréciations possibles : {', '.join(APPRECIATIONS)}.",
        )


def _refuse_corps(cells: Cell, name: str, what: str, year: int) -> None:
    if not cells.size:
        return
    corps = str(CELLS.corps[cells[0]])
    first, _ = HORS_CLASSE_ROWS.campaigns(corps, "plage_appel")
    known = (
        []
        if first is None
        else [fact.values for fact in HORS_CLASSE_ROWS.all(max(first, year), corps, "plage_appel")]
    )
    refuse(name, what, corps, year, [dict(row) for row in known[:1]])


@cache
def _appreciations(year: int) -> Points:
    """Return [cell, appréciation] points; the last column, −1, is for none."""
    table = np.full((CELLS.count, len(APPRECIATIONS) + 1), NOT_IN_RANGE, np.int64)
    for corps in dict.fromkeys(CELLS.corps):
        for row in HORS_CLASSE_ROWS.all(year, corps, "appreciation"):
            table[CELLS.corps == corps, APPRECIATIONS.index(str(row.values["cle"]))] = int(
                row.values["points"]
            )
    return table


@cache
def _seniority(year: int) -> tuple[Points, npt.NDArray[np.bool_]]:
    """Return [cell, whole years] points, and which cells belong to a corps that has a bareme."""
    rows = {corps: HORS_CLASSE_ROWS.all(year, corps, "plage_appel") for corps in set(CELLS.corps)}
    most = max((_years(row) for of_corps in rows.values() for row in of_corps), default=0)
    table = np.full((CELLS.count, most + 1), NOT_IN_RANGE, np.int64)
    covered = np.array([bool(rows[corps]) for corps in CELLS.corps])
    for cell in np.flatnonzero(covered & (CELLS.grade == "classe_normale")):
        for row in _of_echelon(rows[CELLS.corps[cell]], CELLS.echelon[cell]):
            table[cell, _years(row) :] = int(row.values["points"])
    return table, covered


def _of_echelon(rows: list[Fact], echelon: str) -> list[Fact]:
    """Return the rows of an échelon, by years."""
    rank = order(echelon)
    of_the_echelon = [row for row in rows if order(str(row.values["echelon"])) == rank]
    return sorted(of_the_echelon, key=_years)


def _years(row: Fact) -> int:
    return int(row.values["anciennete_annees_revolues"])


def _note_seniority(cell: Cell, years: Cell, year: int) -> None:
    for code, length in zip(cell.tolist(), years.tolist(), strict=True):
        for row in _reached(code, length, year)[-1:]:
            place = echelon_label(str(row.values["echelon"]))
            reached = f"Plage d’appel : {place}"
            if least := _years(row):
                reached += f", {counted(least, 'an')} au moins"
            row.whole("points", f"plage d’appel ({row.values['cle']})", _POINTS, shown=reached)


def _reached(cell: int, years: int, year: int) -> list[Fact]:
    """Return the rows that a seniority has reached, the last one last; none outside the range."""
    rows = HORS_CLASSE_ROWS.all(year, CELLS.corps[cell], "plage_appel")
    return [row for row in _of_echelon(rows, CELLS.echelon[cell]) if _years(row) <= years]


def seniority_fact(cell: int, years: int, year: int) -> Fact:
    """Return the row of the bareme of the hors classe that gives the points of a seniority.

    Raises
    ------
    LawError
        The position is not in the plage d'appel.
    """
    reached = _reached(cell, years, year)
    if not reached:
        raise LawError(
            f"hors de la plage d’appel ({CELLS.in_full(cell)}).", where="bareme_hors_classe"
        )
    return reached[-1]


def appreciation_fact(
    target_grade: str, corps: str, appreciation: str, year: int
) -> tuple[Fact, int]:
    """Return the row of a bareme that gives the points of an appréciation, and these points.

    Raises
    ------
    InputError
        The bareme does not know the appréciation.
    """
    hors_classe = target_grade == "hors_classe"
    rows = HORS_CLASSE_ROWS if hors_classe else EXCEPTIONNELLE_ROWS
    for row in rows.all(year, corps, "appreciation" if hors_classe else "bareme_appreciation"):
        names = str(row.values["cle"]).split("|")
        if appreciation in names:
            points = str(row.values["points" if hors_classe else "valeur"]).split("|")
            return row, int(points[names.index(appreciation)])
    raise InputError(
        f"l’appréciation « {appreciation} » n’est pas de ce barème.",
        where="appreciation",
        remedy=f"Appréciations possibles : {', '.join(APPRECIATIONS)}.",
    )
