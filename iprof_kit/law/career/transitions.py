"""Two days that moved everybody: the PPCR of 2017-09-01 and the linearisation of 2023-08-06.

Before 2017-09-01 the échelons had other numbers and durations, so an old position is given by its
words, not by a cell. Also here: what becomes of every row of reclassement.csv.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from iprof_kit.base.calendar import MONTH, axis_of, duration_text
from iprof_kit.base.errors import LawError
from iprof_kit.base.explanation import Parameter, Words, explaining, note, unexplained
from iprof_kit.base.sources import Confidence
from iprof_kit.base.words import echelon_label, place_in_full
from iprof_kit.law.career.advancement import echelon_duration, following, months
from iprof_kit.law.career.bands import kept_by
from iprof_kit.law.tables.cells import CELLS, Cell, cell_code
from iprof_kit.law.tables.facts import Facts
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.lookups import confidence_letter, day_or_none
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.sentences import value

BY_STRUCTURE = {
    "R0": "priorité des lignes de type table : law.career.bands lit d’abord ce qui est écrit",
    "R8": "date d’effet : promotion.campaign_day",
}
"""Rows applied by the structure of the code."""

ELSEWHERE = {
    "R9": "une seule promotion de grade par année : reclassement.one_promotion_a_year, et la "
    "projection, où chacun n’est que sur une liste de promotion par campagne",
    "R10": "changement de corps : law/career/change_of_corps.py",
    "X1": "ancienneté théorique de la classe exceptionnelle : law/career/change_of_corps.py",
}
"""Rows applied outside the bands of reclassement, and where."""

PPCR, LINEARISATION = "table_ppcr_2017", ("L1", "L2")
_OLD_GRID = Facts("grilles", ("corps", "grade", "echelon", "chevron"))


_PROMOTED_FIRST = value(
    "reclassement",
    "echelon_cible",
    valide_du="2017-09-01",
    grade_cible="classe_normale",
    anciennete_conservee="0",
)
"""Where the promotions that the old rules owed on the very day led."""


class Placed(NamedTuple):
    """Where the PPCR placed one person."""

    cell: int
    days_kept: int
    rule_id: str
    confidence: Confidence
    through: int = -1
    """Cell of the first of two steps; −1 where there was one."""


def _classed(given: Mapping[str, Any], placed: Placed) -> tuple[Words, ...]:
    del given
    kept = duration_text(placed.days_kept) if placed.days_kept else "aucune"
    return ("Classement selon la règle", CELLS.label(placed.cell)), ("Ancienneté gardée", kept)


@rule(
    sentence="Au {depuis:date}, chacun a été reclassé dans la nouvelle grille, avec son "
    "ancienneté dans la limite de la durée du nouvel échelon. Qui devait passer ce jour-là au "
    "{promu}e échelon y a d’abord été promu.",
    source="décret 2017-786, art. 36, 37, 62, 63, 82, et statuts particuliers (PPCR)",
    since="2017-09-01",
    until="2017-09-01",
    tables=("reclassement", "durees_echelon"),
    values={"promu": _PROMOTED_FIRST},
    reads=_classed,
)
def ppcr_2017(corps: str, grade: str, echelon: str, chevron: str, days: int) -> Placed:
    """Place one person in the grid of 2017-09-01.

    Parameters
    ----------
    corps, grade, echelon, chevron : str
        Position in the old numbering; chevron "" where there is none.
    days : int
        Seniority in it on 2017-09-01.

    Raises
    ------
    LawError
        « règle non couverte »: no row for this position.
    """
    row = _ppcr_row(corps, grade, echelon, days)
    target = row["echelon_cible"] or _renumbered(row, echelon)
    if (corps, grade, target, chevron) not in CELLS.codes:
        raise _uncovered(corps, grade, echelon)
    cell = cell_code(corps, grade, target, chevron)
    keeps, offset = kept_by(row["anciennete_conservee"])
    duration = int(months(axis_of(ppcr_day()))[cell]) * MONTH
    kept = keeps * days + offset
    kept = min(kept, duration) if duration else kept
    if explaining():
        note(_row_applied(row))
    placed = Placed(cell, kept, row["id"], confidence_letter(row["confiance"]))
    return placed if row["type_ligne"] == PPCR else due_that_day(placed)


def _row_applied(row: Mapping[Any, Any]) -> Parameter:
    """Return a row of reclassement.csv as it was applied; the sentence of its rule says it."""
    return Parameter(
        f"règle {row['id']}",
        row["regle"],
        str(row["source"]),
        day_or_none(row["valide_du"]),
        day_or_none(row["valide_au"]),
        confidence_letter(row["confiance"]),
        words=("", ""),
    )


@rule(
    sentence="Qui atteint ce jour-là la durée du nouvel échelon passe aussitôt au suivant, sans "
    "ancienneté.",
    source="décret 2017-786, art. 36, 37, 62, 63, 82 ; snes.edu, le reclassement",
    since="2017-09-01",
    until="2017-09-01",
    tables=("durees_echelon",),
    reads=_classed,
)
def due_that_day(placed: Placed) -> Placed:
    """Return where somebody stands once the échelon due on the very day has been given.

    The seniority kept is bounded by the new duration: whoever reaches it moves on at once.
    """
    day = axis_of(ppcr_day())
    duration = int(echelon_duration(np.array([placed.cell]), day)[0])
    after = int(following(day)[placed.cell])
    if not duration or placed.days_kept < duration or after < 0:
        return placed
    return placed._replace(cell=after, days_kept=0, through=placed.cell)


@cache
def ppcr_day() -> date:
    """Return the day of the reclassement."""
    frame = table("reclassement")
    day: date = frame[frame["type_ligne"] == PPCR]["valide_du"].min().date()
    return day


def _led_from(given: Mapping[str, Any], origins: tuple[str, ...]) -> tuple[Words, ...]:
    reached = echelon_label(given["echelon"])
    olds = " ou ".join(map(echelon_label, origins))
    return ((f"Ancien échelon qui menait au {reached}", olds),) if olds else ()


@rule(
    sentence="Chaque échelon de l’ancienne grille menait, selon l’ancienneté, à un échelon de la "
    "nouvelle ou au suivant.",
    source="décret 2017-786, art. 36, 37, 62, 63, 82, et statuts particuliers (PPCR)",
    since="2017-09-01",
    until="2017-09-01",
    tables=("reclassement", "durees_echelon"),
    reads=_led_from,
)
def before_ppcr(corps: str, grade: str, echelon: str) -> tuple[str, ...]:
    """Return the old échelons that led to one of the grid of 2017-09-01, whatever the seniority.

    An old échelon outside the tables is left out: nothing is said of it.
    """
    longest = int(months(axis_of(ppcr_day())).max()) * MONTH
    origins = []
    for number in _old_echelons(corps, grade):
        with suppress(LawError), unexplained():
            placed = [ppcr_2017(corps, grade, number, "", days) for days in (0, longest)]
            if echelon in {CELLS.echelon[one.cell] for one in placed}:
                origins.append(number)
    if explaining():
        for number in origins:
            note(_row_applied(_ppcr_row(corps, grade, number, longest)))
    return tuple(origins)


def _old_echelons(corps: str, grade: str) -> tuple[str, ...]:
    """Return those of the grid of today and the next number: the reform took one off some grids."""
    numbers = [
        int(number)
        for of_corps, of_grade, number, _ in CELLS.codes
        if (of_corps, of_grade) == (corps, grade) and number.isdigit()
    ]
    return tuple(str(number + 1) for number in range(max(numbers, default=0) + 1))


def ppcr_covers(corps: str, grade: str) -> bool:
    """Tell whether the tables place those who held a grade on the eve of the reform."""
    return bool(_rows_of_grade(corps, grade))


@cache
def _rows_of_grade(corps: str, grade: str) -> tuple[tuple[int, dict[str, Any]], ...]:
    """Return the rows of a grade with the days of seniority they ask for, the surest match last."""
    rows = [
        {str(name): value for name, value in row.items()}
        for row in table("reclassement").to_dict("records")
        if row["id"].startswith("P")
        and corps in row["corps"].split(";")
        and row["grade_origine"] == grade
    ]
    least = [row["anciennete_min_mois"] for row in rows]
    asked = [0 if pd.isna(months_asked) else int(months_asked) * MONTH for months_asked in least]
    pairs = zip(asked, rows, strict=True)
    return tuple(sorted(pairs, key=lambda pair: (pair[1]["echelon_origine"], pair[0])))


@rule(
    sentence="La veille du {ensuite:date}, l’indice majoré se lit dans l’ancienne grille, à "
    "l’ancien numéro d’échelon.",
    source="décret 2016-1620 et grilles de chaque corps",
    since="2017-01-01",
    until="2017-08-31",
    tables=("grilles",),
    silent=True,
)
def index_before_ppcr(corps: str, grade: str, echelon: str, chevron: str) -> int | None:
    """Return the indice majoré of an échelon of the old grid, None where the table has none."""
    eve = ppcr_day() - timedelta(days=1)
    row = _OLD_GRID.find(eve, corps, grade, echelon, chevron)
    if row is None or not row.has("indice_majore"):
        return None
    return row.whole("indice_majore", "indice majoré la veille")


def _ppcr_row(corps: str, grade: str, echelon: str, days: int) -> dict[str, Any]:
    """Return the row of one échelon, by its seniority, else of its grade (P3, P4)."""
    reached = [
        row
        for asked, row in _rows_of_grade(corps, grade)
        if row["echelon_origine"] in (echelon, "") and asked <= days
    ]
    if not reached:
        raise _uncovered(corps, grade, echelon)
    return reached[-1]


def _renumbered(row: dict[str, Any], echelon: str) -> str:
    """Apply a rule without table: same échelon, or « renuméroté n-1 »."""
    return str(int(echelon) - 1) if "n-1" in row["regle"] else echelon


def _uncovered(corps: str, grade: str, echelon: str) -> LawError:
    return LawError(
        f"règle non couverte : reclassement de 2017 ({place_in_full(corps, grade, echelon)}).",
        where="reclassement",
    )


def _moved(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    del given
    cell, kept = (int(np.ravel(column)[0]) for column in result)
    return ("Classement", CELLS.label(cell)), ("Ancienneté conservée", duration_text(kept))


@rule(
    sentence="Au {depuis:date}, l’échelon spécial de la classe exceptionnelle est devenu le 5e "
    "échelon, ouvert à l’ancienneté.",
    source="décret 2023-720",
    since="2023-08-06",
    until="2023-08-06",
    tables=("reclassement", "durees_echelon"),
    reads=_moved,
)
def linearise_2023(cell: Cell, days: Cell) -> tuple[Cell, Cell]:
    """Move the classe exceptionnelle to the linear grid of 2023-08-06.

    Parameters
    ----------
    cell : array of int
        Position on 2023-08-05.
    days : array of int
        Seniority in the échelon, or in the chevron.

    Returns
    -------
    (array, array)
        Cells and days kept on 2023-08-06; unchanged for those not concerned.
    """
    moves, limit = _linear_moves()
    cell, days = np.asarray(cell, np.int64), np.asarray(days, np.int64)
    moved = (moves[cell] >= 0) & (days >= limit[cell])
    keeps = moved & (limit[cell] > 0)
    if explaining():
        for row in _linear_rows():
            note(_row_applied(row))
    return np.where(moved, moves[cell], cell), np.where(keeps, 0, days)


def _linear_rows() -> list[dict[Hashable, Any]]:
    frame = table("reclassement")
    return frame[frame["id"].isin(LINEARISATION)].to_dict("records")


def _linear_moves() -> tuple[Cell, Cell]:
    """Return, for each cell, where it goes (−1: nowhere) and from which seniority."""
    moves, limit = np.full(CELLS.count, -1), np.zeros(CELLS.count, dtype=np.int64)
    for row in _linear_rows():
        for cell in range(CELLS.count):
            corps, grade, echelon, chevron = (
                CELLS.corps[cell],
                CELLS.grade[cell],
                CELLS.echelon[cell],
                CELLS.chevron[cell],
            )
            concerned = corps in row["corps"].split(";") and grade == row["grade_origine"]
            if concerned and echelon == row["echelon_origine"]:
                step = row["chevron_cible"] or chevron
                moves[cell] = cell_code(corps, row["grade_cible"], row["echelon_cible"], step)
                if not pd.isna(row["anciennete_min_mois"]):
                    limit[cell] = int(row["anciennete_min_mois"]) * MONTH
    return moves, limit
