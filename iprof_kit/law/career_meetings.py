"""Les rendez-vous de carrière and the bonifications that follow two of them.

A rendez-vous takes place in a school year, for those who reached an échelon inside a window of one
year. The bonification is decided during the *next* school year, and takes effect retroactively on
the day when the shortened duration of the échelon was reached: effect may precede decision.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np

from iprof_kit.base.calendar import YEAR, Axis, add_months_civil, axis_of, date_of, rentree
from iprof_kit.base.errors import BadTable, LawError
from iprof_kit.base.sources import Confidence
from iprof_kit.law.cells import CELLS, Cell
from iprof_kit.law.lookups import confidence_letter
from iprof_kit.law.rules import rule
from iprof_kit.law.tables import at, table

NONE = -1


@dataclass(frozen=True)
class Window:
    """Who meets in a school year: those who reached `echelon` between two days, inclusive."""

    number: int
    echelon: str
    first: date
    last: date
    source: str
    confidence: Confidence


def meeting_windows(corps: str, year: int) -> tuple[Window, ...]:
    """Return the windows of the rendez-vous of the school year that begins in `year`.

    Raises
    ------
    PeriodNotCovered
        Before 2017-2018.
    LawError
        The corps has no rendez-vous de carrière in the tables.
    """
    frame = at("rendez_vous_carriere", date_of(rentree(year)))
    mine = frame[frame["corps"] == corps].sort_values("rdv")
    if mine.empty:
        raise LawError("aucun rendez-vous de carrière connu.", where=corps)
    return tuple(
        Window(
            int(row["rdv"]), str(row["echelon"]),
            _bound(str(row["promu_echelon_du"]), year), _bound(str(row["promu_echelon_au"]), year),
            str(row["source"]), confidence_letter(row["confiance"]),
        )
        for row in mine.to_dict("records")
    )  # fmt: skip


@rule(
    sentence="Le rendez-vous de carrière a lieu l’année scolaire où l’ancienneté dans l’échelon "
    "entre dans la fenêtre prévue.",
    source="décret 90-680, art. 24 II, et statuts particuliers",
    since="2017-09-01",
)
def meeting_year(cell: Cell, reached: Axis) -> Cell:
    """Return the school year of the rendez-vous of the échelon held.

    Parameters
    ----------
    cell : array of int
    reached : array of int
        Axis day on which the échelon was reached (kept seniority deducted).

    Returns
    -------
    array of int64
        Year in which that school year begins; −1 where the échelon has no rendez-vous.
    """
    opens = _openings()[np.asarray(cell)]
    year = (np.asarray(reached, np.int64) - opens) // YEAR
    return np.where(opens == _NO_WINDOW, NONE, year)


@rule(
    sentence="La bonification est examinée l’année scolaire qui suit le rendez-vous, avec effet "
    "rétroactif au jour où la durée réduite est atteinte.",
    source="décret 90-680, art. 24 II ; rendez_vous_carriere_regles.csv, campagne_bonification",
    since="2017-09-01",
)
def decision_year(cell: Cell, reached: Axis) -> Cell:
    """Return the school year in which the bonification of an échelon is decided, −1 for none.

    Same parameters as `meeting_year`.
    """
    year = meeting_year(cell, reached)
    return np.where(year == NONE, NONE, year + 1)


_NO_WINDOW = np.iinfo(np.int64).max // 2


def _bound(text: str, year: int) -> date:
    """Read « N-1-09-01 » or « N-02-fin », N being the civil year of the rentrée."""
    parts = re.fullmatch(r"N(?:-(\d))?-(\d\d)-(\d\d|fin)", text)
    if parts is None:
        raise BadTable(f"date «\u00a0{text}\u00a0» illisible.", where="rendez_vous_carriere")
    back, month, day = parts.groups(default="0")
    first = date(year - int(back), int(month), 1)
    if day == "fin":
        return add_months_civil(first, 1) - timedelta(days=1)
    return first.replace(day=int(day))


@cache
def _openings() -> Cell:
    """Return [cell] the first day of the window of year 0, or a mark where there is none."""
    opens = np.full(CELLS.count, _NO_WINDOW, dtype=np.int64)
    for row in table("rendez_vous_carriere").to_dict("records"):
        year = row["valide_du"].year
        first = axis_of(_bound(str(row["promu_echelon_du"]), year))
        end = axis_of(_bound(str(row["promu_echelon_au"]), year) + timedelta(days=1))
        if end - first != YEAR:
            raise BadTable("fenêtre qui ne dure pas un an.", where="rendez_vous_carriere")
        normal = CELLS.grade == "classe_normale"
        mine = (CELLS.corps == row["corps"]) & (CELLS.echelon == row["echelon"]) & normal
        opens[mine] = first - year * YEAR
    return opens
