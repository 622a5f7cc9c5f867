"""What the dates of a row must say together (usages RH, § 3): order, length of échelon, age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.analytics.ages import expected
from iprof_kit.analytics.imports.values.cells import combinations
from iprof_kit.base.calendar import MONTH, axis_of, date_text, duration_text, to_axis
from iprof_kit.base.errors import KitError
from iprof_kit.law.career.advancement import first_day
from iprof_kit.law.career.advancement import months as durations
from iprof_kit.law.tables.cells import CELLS, cell_code

Flags = npt.NDArray[np.bool_]
PLACE = ("corps", "grade", "echelon", "chevron")


@dataclass(frozen=True)
class Flagged:
    """The rows that a check points at, and why: one text for all, or one a row of `rows`."""

    rows: Flags
    why: str | list[str]


def date_order(table: pd.DataFrame, observed: date) -> Flagged:  # noqa: ARG001
    """Find rows whose dates do not follow: birth, entry in the corps, the grade, the échelon."""
    names = [
        n
        for n in (
            "date_naissance",
            "debut_services",
            "entree_corps",
            "entree_grade",
            "date_effet",
            "date_sortie",
        )
        if n in table
    ]
    words = np.full(len(table), "", object)
    ordered = [
        ("date_naissance", "debut_services"),
        ("date_naissance", "entree_corps"),
        ("entree_corps", "entree_grade"),
        ("entree_grade", "date_effet"),
        ("entree_corps", "date_effet"),
        ("date_effet", "date_sortie"),
    ]
    for before, after in ordered:
        if before in names and after in names:
            wrong = (table[before] > table[after]).to_numpy(bool) & (words == "")
            pairs = zip(table.loc[wrong, before], table.loc[wrong, after], strict=True)
            words[wrong] = [
                f"{before} ({a:%d/%m/%Y}) est après {after} ({b:%d/%m/%Y})" for a, b in pairs
            ]
    wrong = words != ""
    return Flagged(wrong, words[wrong].tolist())


def future(table: pd.DataFrame, observed: date) -> Flagged:
    """Find rows whose échelon takes effect after the day of observation."""
    wrong = (table["date_effet"] > pd.Timestamp(observed)).to_numpy(bool)
    return Flagged(wrong, f"l’échelon prend effet après le {date_text(observed)}")


def too_long(table: pd.DataFrame, observed: date) -> Flagged:
    """Find rows whose seniority exceeds the length of their échelon, and say both."""
    day = axis_of(observed) + 1
    known = table["date_effet"].notna().to_numpy(bool)
    wrong = np.zeros(len(table), bool)
    if not known.any() or day <= first_day():
        return Flagged(wrong, "")
    part = table[known]
    codes, distinct = combinations(part, PLACE)
    lasts = np.array([_duration(key, day) for key in distinct], np.int64)[codes]
    spent = day - to_axis(part["date_effet"].to_numpy()) + part["reliquat_jours"].to_numpy(np.int64)
    over = (lasts > 0) & (spent > lasts)
    wrong[np.flatnonzero(known)[over]] = True
    text = cache(duration_text)
    pairs = zip(spent[over].tolist(), lasts[over].tolist(), strict=True)
    why = [f"{text(lived)} dans un échelon de {text(whole)}" for lived, whole in pairs]
    return Flagged(wrong, why)


def _duration(key: tuple[str, ...], day: int) -> int:
    """Return how long an échelon lasts from a cell on, its later chevrons included; 0 if open."""
    try:
        cell_code(key[0], key[1], key[2], key[3] or None)
    except KitError:
        return 0
    steps = CELLS.chevrons(key[0], key[1], key[2])
    later = steps[steps.index(key[3]) :] if key[3] in steps else (key[3],)
    lasts = [int(durations(day)[cell_code(key[0], key[1], key[2], step or None)]) for step in later]
    return sum(lasts) * MONTH if all(lasts) else 0


def age_outside(table: pd.DataFrame, observed: date) -> Flagged:
    """Find rows whose age at the day of observation is not one expected (`ages.expected`)."""
    born = table["date_naissance"]
    age = observed.year - born.dt.year
    before = (born.dt.month > observed.month) | (
        (born.dt.month == observed.month) & (born.dt.day > observed.day)
    )
    age = age - before.astype(int)
    low, high = expected()
    wrong = (born.notna() & ((age < low) | (age > high))).to_numpy(bool)
    return Flagged(wrong, [f"{int(a)} ans au {date_text(observed)}" for a in age[wrong]])
