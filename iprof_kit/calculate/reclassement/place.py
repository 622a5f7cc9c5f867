"""A cell in words: what every classement answers."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from iprof_kit.base.calendar import date_of, date_text, duration_text
from iprof_kit.base.words import at_echelon, corps_and_grade_label, position_label
from iprof_kit.law.career.advancement import echelon_duration, next_cell
from iprof_kit.law.career.traitement import UNKNOWN, majore
from iprof_kit.law.tables.cells import CELLS, Cell

NEVER = -1


def place(cell: int, kept: int | None, day: int, due: int) -> dict[str, Any]:
    """Return the fields of an answer that name a position.

    Parameters
    ----------
    kept : int or None
        Seniority in it, in days; None where the tables do not say.
    day : int
        Axis day of the effect.
    due : int
        Axis day of the next échelon, `NEVER` where none is known.
    """
    chevron = CELLS.chevron[cell] or None
    return {
        "corps": CELLS.corps[cell],
        "grade": CELLS.grade[cell],
        "echelon": CELLS.echelon[cell],
        "chevron": chevron,
        "libelle": position_label(CELLS.grade[cell], CELLS.echelon[cell], chevron),
        "anciennete_jours": kept,
        "indice_majore": index_of(cell, day),
        "date_prochain_echelon": None if due == NEVER else date_of(due),
    }


def first_step(cell: int, day: int) -> dict[str, Any]:
    """Return the fields of an answer that name the first of two steps; none where `cell` is −1."""
    if cell < 0:
        return {}
    return {
        "echelon_intermediaire": CELLS.echelon[cell],
        "chevron_intermediaire": CELLS.chevron[cell] or None,
        "indice_intermediaire": index_of(cell, day),
    }


def index_of(cell: int, day: int) -> int | None:
    """Return the indice majoré of a cell on a day, None where the grid has none."""
    index = int(majore(day)[cell])
    return None if index == UNKNOWN else index


def due_days(cell: Cell, kept: Cell, day: int) -> Cell:
    """Return the axis day on which each next échelon is due, `NEVER` where none follows."""
    due = day - np.asarray(kept) + echelon_duration(cell, day)
    return np.where(next_cell(cell, day) < 0, NEVER, due)


def sentence(cell: int, kept: int | None, day: date) -> str:
    """Say where, since when and with what seniority; the administration decides."""
    who = corps_and_grade_label(CELLS.corps[cell], CELLS.grade[cell])
    step = at_echelon(CELLS.echelon[cell], CELLS.chevron[cell] or None)
    if kept is None:
        rest = "l’ancienneté n’est pas dans les tables"
    else:
        rest = f"avec {duration_text(kept)} d’ancienneté" if kept else "sans ancienneté"
    return (
        f"{who} : classement {step} le {date_text(day)}, {rest}. L’arrêté de l’administration "
        "fait foi."
    )
