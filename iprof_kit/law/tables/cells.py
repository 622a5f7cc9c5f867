"""A cell = corps × grade × échelon × chevron, as one small integer.

Rules then read the law by one-dimensional lookups. A *chevron* is a step of pay inside an échelon
paid "hors échelle": the échelon stays, the index rises each year. Where an échelon has chevrons,
each chevron is a cell and the bare échelon is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.base.errors import InputError
from iprof_kit.base.words import place_in_full, position_label
from iprof_kit.law.tables.loading import table

Cell = npt.NDArray[np.int64]
_KEY = ["corps", "grade", "echelon", "chevron"]


@dataclass(frozen=True)
class Cells:
    """Every cell since 2017-09-01, in the order corps, grade, échelon, chevron.

    `corps`, `grade`, `echelon`, `chevron` are arrays of str (chevron "" where there is none);
    `grade_code` numbers each corps × grade.
    """

    corps: npt.NDArray[np.object_]
    grade: npt.NDArray[np.object_]
    echelon: npt.NDArray[np.object_]
    chevron: npt.NDArray[np.object_]
    grade_code: npt.NDArray[np.int64]
    codes: dict[tuple[str, str, str, str], int]
    grades: tuple[tuple[str, str], ...]

    @cached_property
    def gridded(self) -> frozenset[tuple[str, str]]:
        """The corps × grades of which some échelon is known."""
        return frozenset(key[:2] for key in self.codes)

    @property
    def count(self) -> int:
        """Number of cells."""
        return len(self.corps)

    def name(self, cell: int) -> str:
        """Return « pe, hors_classe, 2 » or « agrege, hors_classe, 4 HEA1 », for who reads codes."""
        step = f" {self.chevron[cell]}" if self.chevron[cell] else ""
        return f"{self.corps[cell]}, {self.grade[cell]}, {self.echelon[cell]}{step}"

    def label(self, cell: int) -> str:
        """Return « hors classe, 2e échelon », as a person reads it."""
        return position_label(self.grade[cell], self.echelon[cell], self.chevron[cell] or None)

    def in_full(self, cell: int) -> str:
        """Return « professeur agrégé hors classe, 4e échelon, chevron HEA1 », for messages."""
        return place_in_full(
            self.corps[cell], self.grade[cell], self.echelon[cell], self.chevron[cell] or None
        )

    def chevrons(self, corps: str, grade: str, echelon: str) -> tuple[str, ...]:
        """Return the chevrons of an échelon; empty where there is none."""
        key = (corps, grade, echelon)
        return tuple(step for *where, step in self.codes if tuple(where) == key and step)


def grades_of(corps: str) -> tuple[str, ...]:
    """Return the grades of a corps, from the first to the last.

    Raises
    ------
    InputError
        Unknown corps; the message lists the known ones.
    """
    known = _grades_by_corps()
    if corps not in known:
        raise InputError(
            f"le corps « {corps} » n’est pas connu.",
            where="corps",
            remedy=f"Corps connus : {', '.join(known)}.",
        )
    return known[corps]


def grade_code(corps: str, grade: str) -> int:
    """Return the small integer of a corps × grade.

    Raises
    ------
    InputError
        Unknown corps or grade; the message lists the known ones.
    """
    grades = grades_of(corps)
    if grade not in grades:
        raise InputError(
            f"le grade « {grade} » n’existe pas dans le corps « {corps} ».",
            where="grade",
            remedy=f"Grades connus : {', '.join(grades)}.",
        )
    return CELLS.grades.index((corps, grade))


@lru_cache(maxsize=1024)
def cell_code(corps: str, grade: str, echelon: str | int, chevron: str | None = None) -> int:
    """Return the cell of a corps, grade, échelon and chevron.

    Parameters
    ----------
    corps, grade : str
        Codes of corps.csv.
    echelon : str or int
        « 7 », « special ».
    chevron : str, optional
        « HEA1 »; may be left out only where the échelon has none or one.

    Raises
    ------
    InputError
        Unknown corps or grade, échelon outside the grid, chevron missing or unknown.
    """
    grade_code(corps, grade)
    step = str(echelon).strip()
    positions = [key for key in CELLS.codes if key[:2] == (corps, grade)]
    echelons = list(dict.fromkeys(key[2] for key in positions))
    if not echelons:
        raise InputError(
            f"la grille de ce grade n’est pas connue ({place_in_full(corps, grade)}).",
            where="grade",
            remedy="Ce kit ne connaît aucun échelon de ce grade.",
        )
    if step not in echelons:
        raise InputError(
            f"l’échelon « {step} » est hors de la grille ({place_in_full(corps, grade)}).",
            where="echelon",
            remedy=f"Échelons possibles : {_span(echelons)}.",
        )
    chevrons = CELLS.chevrons(corps, grade, step)
    wanted = (chevron or "").strip()
    if not wanted and len(chevrons) == 1:
        wanted = chevrons[0]
    code = CELLS.codes.get((corps, grade, step, wanted))
    if code is None:
        if not chevrons:
            raise InputError(
                f"l’échelon {step} n’a pas de chevron ({place_in_full(corps, grade)}).",
                where="chevron",
                remedy="N’en indiquez aucun.",
            )
        raise InputError(
            f"l’échelon {step} se paie par chevrons ({place_in_full(corps, grade)}).",
            where="chevron",
            remedy=f"Précisez le chevron : {', '.join(chevrons)}.",
        )
    return code


def _span(echelons: list[str]) -> str:
    numbers = [step for step in echelons if step.isdigit()]
    others = [step for step in echelons if not step.isdigit()]
    return " ou ".join([f"{numbers[0]} à {numbers[-1]}", *others])


@cache
def _grades_by_corps() -> dict[str, tuple[str, ...]]:
    corps = table("corps")
    return {
        code: tuple(grades.split(">"))
        for code, grades in zip(corps["corps"], corps["grades_ordonnes"], strict=True)
    }


def _rank(echelon: str) -> tuple[bool, int]:
    return (not echelon.isdigit(), int(echelon) if echelon.isdigit() else 0)


def _load() -> Cells:
    rows = pd.concat([table("grilles"), table("durees_echelon")])
    ppcr = table("durees_echelon")["valide_du"].min()
    rows = rows[rows["valide_au"].isna() | (rows["valide_au"] >= ppcr)]
    keys = set(rows[_KEY].itertuples(index=False, name=None))
    stepped = {key[:-1] for key in keys if key[-1]}
    grades = [(c, g) for c, names in _grades_by_corps().items() for g in names]
    kept = sorted(
        (key for key in keys if key[-1] or key[:-1] not in stepped),
        key=lambda key: (grades.index(key[:2]), _rank(key[2]), key[-1]),
    )
    corps, grade, echelon, chevron = (
        np.array(column, dtype=object) for column in zip(*kept, strict=True)
    )
    numbers = np.array([grades.index(key[:2]) for key in kept])
    codes = {key: code for code, key in enumerate(kept)}
    return Cells(corps, grade, echelon, chevron, numbers, codes, tuple(grades))


CELLS = _load()
