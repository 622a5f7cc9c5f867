"""What the screens read directly in the tables of the law: grids, indices, lengths, quotités."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

import numpy as np

from iprof_kit.base.calendar import axis_of, date_of, duration_text
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.reference import known_codes
from iprof_kit.base.words import feminine
from iprof_kit.law.career import traitement
from iprof_kit.law.career.advancement import (
    echelon_duration,
    first_day,
    saved_by_bonification,
)
from iprof_kit.law.tables.cells import CELLS, cell_code, grades_of
from iprof_kit.law.tables.loading import load_reference
from iprof_kit.law.tables.verified import verified_until

PartTime = Literal["sur_autorisation", "de_droit"]


@dataclass(frozen=True)
class Standing:
    """A position in the grid: corps, grade, échelon and, where there is one, chevron."""

    corps: str
    grade: str
    echelon: str
    chevron: str | None = None


@cache
def corps_names() -> dict[str, str]:
    """Return the names of the corps that have a grid, by code, in the order of the table."""
    table = load_reference("corps")
    gridded = set(CELLS.corps.tolist())
    return {
        code: str(name)
        for code, name in zip(table["corps"], table["libelle"], strict=True)
        if code in gridded
    }


@cache
def corps_called(label: str) -> str | None:
    """Return the code of a corps from the name that a file gives it, None where it has none."""
    table = load_reference("libelles")
    corps = table[table["type"] == "corps"]
    names = corps["libelle"].astype(str)
    named = corps[(names == label) | (names.map(feminine) == label)]["code"]
    return str(named.iloc[0]) if len(named) else None


def verified(name: str) -> date:
    """Return the day until which a table was verified."""
    return verified_until(name)


def grades(corps: str) -> tuple[str, ...]:
    """Return the grades of a corps, lowest first; none where the tables do not know it."""
    return grades_of(corps) if corps in known_codes() else ()


def echelons(corps: str, grade: str) -> tuple[str, ...]:
    """Return the échelons of a grade, lowest first, the special one last."""
    in_grid = {c.echelon for c in _grid() if (c.corps, c.grade) == (corps, grade)}
    return tuple(sorted(in_grid, key=lambda e: (not e.isdigit(), int(e) if e.isdigit() else 0)))


def chevrons(corps: str, grade: str, echelon: str) -> tuple[str, ...]:
    """Return the chevrons of an échelon; empty where it has none."""
    key = (corps, grade, echelon)
    in_grid = {c.chevron for c in _grid() if (c.corps, c.grade, c.echelon) == key and c.chevron}
    return tuple(sorted(c for c in in_grid if c))


def indice_majore(where: Standing, on: date) -> int | None:
    """Return the indice majoré in force on a day; None where the tables do not say."""
    try:
        cell = cell_code(where.corps, where.grade, where.echelon, where.chevron)
        value = int(np.asarray(traitement.indice_majore(np.array([cell]), axis_of(on))).ravel()[0])
    except (InputError, LawError):
        return None
    return value if value > 0 else None


def bonification_length() -> str:
    """Return what a bonification takes off an échelon, by the rows in force.

    Examples
    --------
    >>> bonification_length()
    '1 an'
    """
    return " ou ".join(duration_text(days) for days in saved_by_bonification())


@cache
def shortened_echelons(corps: str) -> tuple[str, ...]:
    """Return the échelons of a corps that a bonification shortens, by the rows in force.

    Examples
    --------
    >>> shortened_echelons("pe"), shortened_echelons("chaire_sup")
    (('6', '8'), ())
    """
    rows = load_reference("durees_echelon")
    own = (rows["corps"] == corps) & rows["duree_acceleree_mois"].notna() & rows["valide_au"].isna()
    return tuple(rows.loc[own, "echelon"].astype(str))


def echelon_days(where: Standing, on: date) -> int | None:
    """Return how long an échelon lasts, in days of the 360-day year; 0 where it is the last.

    None where the tables do not say.
    """
    try:
        cell = cell_code(where.corps, where.grade, where.echelon, where.chevron)
        return int(np.asarray(echelon_duration(np.array([cell]), axis_of(on))).ravel()[0])
    except (InputError, LawError):
        return None


@cache
def tables_start() -> date:
    """Return the first day of the grids that the kit computes with."""
    return date_of(first_day())


def quotites(corps: str | None = None) -> tuple[int, ...]:
    """Return full time and the part-times that may be asked for, highest first.

    A corps of the first degree has those of its half-days that are whole per cent.
    """
    return tuple(int(share) for share in pay_quotites(corps) if share == int(share))


def pay_quotites(corps: str | None) -> tuple[float, ...]:
    """Return full time, the part-times and, in the first degree, all the half-days."""
    return traitement.offered_quotites("sur_autorisation", corps)


def paid_as(quotite: int, kind: PartTime) -> str:
    """Return « payé 6/7 » where the fraction paid is not the fraction worked, else nothing.

    A quotité in whole hours is paid at a fraction that no one says so: nothing either.
    """
    try:
        top, bottom = traitement.part_time_fraction(quotite, kind)
    except (InputError, LawError):
        return ""
    return "" if top * 100 == quotite * bottom else f"payé {int(top)}/{int(bottom)}"


@cache
def _grid() -> tuple[Standing, ...]:
    columns = (CELLS.corps, CELLS.grade, CELLS.echelon, CELLS.chevron)
    return tuple(
        Standing(corps, grade, str(echelon), str(chevron) if chevron else None)
        for corps, grade, echelon, chevron in zip(*(c.tolist() for c in columns), strict=True)
    )
