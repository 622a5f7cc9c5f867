"""Avancement d'échelon: how long each cell lasts, shortened or not, and which cell follows.

Chaires supérieures, 6e échelon: durees_echelon.csv gives the échelon as a whole (42 months since
2023-08-06) *and* its chevrons HEA1, HEA2 (12 months each), which are steps of pay inside it. The
last chevron, HEA3, therefore lasts what is left of the whole (18 months), and is terminal while
the whole has no duration. Before 2023-08-06 an « échelon spécial » (or the 4e échelon of the classe
exceptionnelle) led nowhere by seniority: its duration is 0 and nothing follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.base.calendar import MONTH, Axis, date_of, date_text, duration_text
from iprof_kit.base.explanation import Words
from iprof_kit.base.reference import written_rows
from iprof_kit.base.sources import worst
from iprof_kit.law.tables.cells import CELLS, Cell
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.lookups import CellTable, Day
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.sentences import value

PROJECT = Facts("durees_echelon_projet", ("corps", "grade", "echelon"))


def project_durations() -> Cell:
    """Return [cell] the days that each échelon would last, −1 where the project says nothing."""
    durations = np.full(CELLS.count, -1, np.int64)
    keys = tuple(PROJECT.keys())
    for key in keys:
        here = (CELLS.corps == key[0]) & (CELLS.grade == key[1]) & (CELLS.echelon == key[2])
        durations[here] = PROJECT.read(None, *key).whole("duree_projet_mois") * MONTH
    return durations


def project_facts(corps: str) -> tuple[Fact, ...]:
    """Return the rows of the project about one corps; empty where it does not speak of it."""
    return tuple(fact for fact in PROJECT.in_force(None) if fact.values["corps"] == corps)


BONIFIED = tuple(
    sorted(
        {row["echelon"] for row in written_rows("durees_echelon") if row["duree_acceleree_mois"]}
    )
)
"""The échelons that a bonification shortens, whatever the corps."""
_ECHELON = ["corps", "grade", "echelon"]


def spread_over_chevrons(frame: pd.DataFrame) -> pd.DataFrame:
    """Turn each whole échelon that has chevrons into the duration of its last chevron."""
    result = frame
    for number, whole in frame[frame["chevron"] == ""].iterrows():
        chevrons = CELLS.chevrons(whole["corps"], whole["grade"], whole["echelon"])
        if not chevrons:
            continue
        steps = frame[(frame[_ECHELON] == whole[_ECHELON]).all(axis=1) & (frame["chevron"] != "")]
        last = whole.copy()
        last["chevron"] = chevrons[-1]
        last["duree_mois"] = whole["duree_mois"] - steps["duree_mois"].sum()
        last["confiance"] = worst([whole["confiance"], *steps["confiance"]])
        result = pd.concat([result.drop(index=number), last.to_frame().T])
    return result.astype(frame.dtypes)


def _following() -> Cell:
    """Return the [period, cell] cell that follows by seniority, −1 where none does."""
    following = np.full_like(DURATIONS.rows, -1)
    months = DURATIONS.column("duree_mois")
    for period, rows in enumerate(DURATIONS.rows):
        present = np.flatnonzero(rows >= 0)
        here, after = present[:-1], present[1:]
        same_grade = CELLS.grade_code[here] == CELLS.grade_code[after]
        leads = same_grade & (months[period, here] > 0)
        following[period, here[leads]] = after[leads]
    return following


DURATIONS = CellTable("durees_echelon", spread_over_chevrons(table("durees_echelon")))
_DAYS = DURATIONS.column("duree_mois") * MONTH
_SHORTENED = DURATIONS.column("duree_acceleree_mois") * MONTH
_NEXT = _following()


@rule(
    sentence="L’avancement d’échelon est de plein droit, à l’ancienneté, après la durée fixée pour "
    "chaque échelon.",
    source="décret 90-680, art. 24, et statuts particuliers",
    since="2017-09-01",
    tables=("durees_echelon",),
)
def echelon_duration(cell: Cell, day: Day) -> Cell:
    """Return how long a cell lasts.

    Parameters
    ----------
    day : int or array of int
        Axis day (one for all, or one for each).

    Returns
    -------
    array of int64
        Days of the 360-day year; 0 where the cell is terminal.

    Raises
    ------
    PeriodNotCovered
        Before 2017-09-01.
    LawError
        The cell does not exist on that day.
    """
    return DURATIONS.read(_DAYS, cell, day, "durée de l’échelon, en jours", words=_lasts)


def has_duration(cell: Cell, day: int) -> npt.NDArray[np.bool_]:
    """Tell, for each cell, whether the table says how long it lasts on a day."""
    known: npt.NDArray[np.bool_] = DURATIONS.rows[int(DURATIONS.period(day))].take(cell) >= 0
    return known


@rule(
    sentence="Une bonification d’ancienneté peut être accordée en classe normale, dans la limite "
    "de {bonification_part_liste:%} de l’effectif de chaque liste ; le 6e échelon dure alors "
    "{bref_6:mois} au lieu de {plein_6:mois}, le 8e {bref_8:mois} au lieu de {plein_8:mois}.",
    source="décret 90-680, art. 24 II, et statuts particuliers",
    since="2017-09-01",
    tables=("durees_echelon", "parametres_carriere"),
    values={
        f"{name}_{echelon}": value(
            "durees_echelon", column, "mois", grade="classe_normale", echelon=echelon
        )
        for name, column in (("bref", "duree_acceleree_mois"), ("plein", "duree_mois"))
        for echelon in BONIFIED
    },
)
def shortened_duration(cell: Cell, day: Day) -> Cell:
    """Return how long a cell lasts with the bonification: days, 0 where there is none.

    Same parameters and errors as `echelon_duration`.
    """
    return DURATIONS.read(
        _SHORTENED, cell, day, "durée avec bonification, en jours", words=_lasts_shortened
    )


@rule(
    sentence="L’avancement a lieu d’un échelon à l’échelon suivant, et d’un chevron au chevron "
    "suivant dans les échelons hors échelle.",
    source="décret 90-680, art. 24, et statuts particuliers ; décret 85-1148, art. 6",
    since="2017-09-01",
    tables=("durees_echelon",),
    silent=True,
)
def next_cell(cell: Cell, day: Day) -> Cell:
    """Return the cell that follows by seniority, −1 where none does.

    Same parameters and errors as `echelon_duration`.
    """
    return DURATIONS.read(_NEXT, cell, day, "position suivante", _position, _follows)


def _position(cell: int) -> str:
    return CELLS.name(cell) if cell >= 0 else "aucune"


def _follows(cell: int, following_cell: int) -> Words:
    del cell
    return "Échelon suivant", CELLS.label(following_cell) if following_cell >= 0 else "aucun"


def _lasts(cell: int, days: int) -> Words:
    return f"Durée : {CELLS.label(cell)}", duration_text(days) if days else "sans limite"


def _lasts_shortened(cell: int, days: int) -> Words:
    reduced = duration_text(days) if days else "aucune"
    return f"Durée avec bonification : {CELLS.label(cell)}", reduced


def _due_on(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    del given
    return tuple(("Dû le", date_text(date_of(int(day)))) for day in np.ravel(result)[:1])


@rule(
    sentence="L’échelon suivant est dû le jour où l’ancienneté atteint la durée de l’échelon "
    "détenu ; le temps partiel compte comme du temps plein.",
    source="décret 90-680, art. 24, et statuts particuliers ; CGFP L612-4",
    since="2017-09-01",
    reads=_due_on,
)
def due_day(since: Axis, duration: Axis, earliest: Axis) -> Axis:
    """Return the axis day on which an échelon or a chevron is due.

    Parameters
    ----------
    since : array of int
        Axis day from which the seniority in the échelon counts.
    duration : array of int
        Days that it lasts.
    earliest : array of int
        Axis day before which nothing is due: the entry, or the first day of the law in force.

    Examples
    --------
    >>> int(due_day(np.array(0), np.array(1080), np.array(0)))
    1080
    """
    due: Axis = np.maximum(since + duration, earliest)
    return due


@cache
def saved_by_bonification() -> tuple[int, ...]:
    """Return the lengths that a bonification takes off an échelon, in days, by the rows in force.

    Examples
    --------
    >>> [days // MONTH for days in saved_by_bonification()]
    [12]
    """
    frame = table("durees_echelon")
    open_rows = frame[frame["valide_au"].isna() & frame["duree_acceleree_mois"].notna()]
    saved = (open_rows["duree_mois"] - open_rows["duree_acceleree_mois"]).unique()
    return tuple(sorted(int(months) * MONTH for months in saved))


def first_day() -> int:
    """Return the first axis day that the table of the lengths of échelons covers."""
    return int(DURATIONS.starts[0])


def cells_at(day: int) -> Cell:
    """Return the cells that exist on a day, in order: what a form may offer."""
    return np.flatnonzero(DURATIONS.rows[int(DURATIONS.period(day))] >= 0)


def duration_confidence(cell: Cell, day: Day) -> npt.NDArray[np.str_]:
    """Return how sure our reading of each cell's duration is (A to D)."""
    return DURATIONS.confidence(cell, day)


def months(day: int) -> Cell:
    """Return [cell] durations in months on a day, 0 where terminal or absent."""
    period = int(DURATIONS.period(day))
    return np.where(DURATIONS.rows[period] < 0, 0, _DAYS[period] // MONTH)


def exists_since(day: int) -> Cell:
    """Return [cell] the axis day since which a cell that exists on a day has always existed."""
    period = int(DURATIONS.period(day))
    absent = DURATIONS.rows[period::-1] < 0
    gap = np.where(absent.any(axis=0), absent.argmax(axis=0), period + 1)
    since: Cell = DURATIONS.starts[np.minimum(period + 1 - gap, period)]
    return since


def following(day: int) -> Cell:
    """Return [cell] the next cell on a day, −1 where none follows."""
    next_cells: Cell = _NEXT[int(DURATIONS.period(day))]
    return next_cells
