"""The people of the campaign game: a fictitious department, read once, as columns."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from iprof_kit.base.calendar import MONTH, YEAR, axis_of, rentree
from iprof_kit.base.errors import BadTable
from iprof_kit.base.paths import GAME
from iprof_kit.careers.criteria import Candidates, Numbers
from iprof_kit.law.career.advancement import months
from iprof_kit.law.promotion.bareme import (
    appreciation_codes,
    bareme_hors_classe,
    seniority_points,
)
from iprof_kit.law.promotion.conditions import required_days
from iprof_kit.law.tables.cells import CELLS, cell_code, grades_of

CORPS, GRADE = "pe", "hors_classe"
"""Of whom the list is, and to what they may be promoted."""
OTHER_DEGREE = "certifie"
"""The corps whose barème is tried on the same people: that of the second degree."""
_FILES = "promouvables_*.csv"
_FULL_TIME = "100"
GROUPS: Mapping[str, tuple[str, Callable[[str], bool]]] = {
    "femme": ("sexe", lambda text: text == "F"),
    "temps_partiel": ("quotite", lambda text: text != _FULL_TIME),
    "education_prioritaire": ("education_prioritaire", bool),
    "direction": ("fonction", lambda text: text == "directeur"),
}
"""Groups of the game: the column of the list that tells them, and how."""


@dataclass(frozen=True)
class Department:
    """Everybody of the list, one row a person.

    Attributes
    ----------
    year : int
        Campaign; the situations are those of 31 August.
    rows : tuple of mapping
        The list as it is written, texts.
    candidates : mapping of corps to Candidates
        The same people, read in the grid and barème of a corps: theirs, and that of another degree.
    waited : array of int
        Campaigns before this one at which each was promouvable already.
    """

    year: int
    rows: tuple[Mapping[str, str], ...]
    candidates: Mapping[str, Candidates]
    waited: Numbers

    def __len__(self) -> int:
        return len(self.rows)

    def of(self, corps: str = CORPS) -> Candidates:
        """Return the people as the barème of a corps reads them."""
        return self.candidates[corps]

    def only(self, row: int) -> Department:
        """Return one of its people alone: a column of one."""
        alone = {corps: people.only(row) for corps, people in self.candidates.items()}
        return Department(self.year, (self.rows[row],), alone, self.waited[[row]])

    def name(self, row: int) -> str:
        """Return « Marie B. »."""
        return self.rows[row]["prenom"]

    def woman(self, row: int) -> bool:
        """Tell whether a person is a woman."""
        return self.rows[row]["sexe"] == "F"

    def points(self, corps: str = CORPS) -> tuple[Numbers, Numbers]:
        """Return the points of the appréciation and those of the range, by the tables."""
        people = self.of(corps)
        whole = bareme_hors_classe(
            people.column("appreciation"), people.cell, people.days, self.year
        )
        seniority = seniority_points(people.cell, people.days, self.year)
        return whole - seniority, seniority

    def flags(self, name: str) -> Numbers:
        """Return 1 for who is in a group that the game knows; see `GROUPS`."""
        column, inside = GROUPS[name]
        return np.array([inside(row[column]) for row in self.rows], np.int64)

    def ages(self) -> Numbers:
        """Return the age of each on the day of the promotions, in whole years."""
        years: Numbers = (rentree(self.year) - self.of().column("naissance")) // YEAR
        return years


@cache
def department() -> Department:
    """Return the fictitious department of the kit.

    Raises
    ------
    BadTable
        Its file is missing, or somebody of it is not promouvable.

    Examples
    --------
    >>> len(department())
    250
    """
    files = sorted(GAME.glob(_FILES))
    if not files:
        raise BadTable("la liste fictive du jeu manque.", where="data/jeu")
    year = int(files[-1].stem.rpartition("_")[2])
    with files[-1].open(encoding="utf-8", newline="") as file:
        rows = tuple(csv.DictReader(file))
    return department_of(rows, year)


def department_of(rows: tuple[Mapping[str, str], ...], year: int) -> Department:
    """Return a department from the rows of a list; see `department`."""
    columns = _columns(rows)
    ids = np.array([int(row["numero"]) for row in rows], np.int64)
    days = np.array([int(row["anciennete_jours"]) for row in rows], np.int64)
    candidates = {
        corps: Candidates(year, ids, _cells(rows, corps), days, columns)
        for corps in (CORPS, OTHER_DEGREE)
    }
    own = candidates[CORPS]
    missing = required_days(GRADE, year)[own.cell]
    if len(set(ids.tolist())) < len(rows):
        raise BadTable("une personne est deux fois dans la liste fictive du jeu.", where="data/jeu")
    out = ids[(missing < 0) | (days < missing)]
    if len(out):
        raise BadTable(
            f"la liste fictive du jeu ne suit plus la condition de la hors classe : "
            f"{len(out)} personnes sur {len(ids)} n’y seraient pas promouvables à la campagne "
            f"{year} (la première porte le numéro {out[0]}).",
            where="data/jeu",
            remedy="Le jeu seul est fermé, le reste de l’atelier répond. Remettez la condition "
            "de la table bareme_hors_classe, ou une liste faite pour la nouvelle.",
        )
    return Department(year, rows, candidates, _waited(own.cell, days, year))


def _cells(rows: tuple[Mapping[str, str], ...], corps: str) -> Numbers:
    grade = grades_of(corps)[0]
    return np.array([cell_code(corps, grade, row["echelon"], None) for row in rows], np.int64)


def _columns(rows: tuple[Mapping[str, str], ...]) -> dict[str, Numbers]:
    def days(name: str) -> Numbers:
        return np.array([axis_of(date.fromisoformat(row[name])) for row in rows], np.int64)

    def flag(name: str, value: str) -> Numbers:
        return np.array([row[name] == value for row in rows], np.int64)

    return {
        "appreciation": appreciation_codes([row["appreciation"] for row in rows]),
        "avis_tres_favorables": flag("avis", "tres_favorable"),
        "avis_defavorables": flag("avis", "defavorable"),
        "naissance": days("date_naissance"),
        "femme": flag("sexe", "F"),
        **{name: days(name) for name in ("entree_corps", "entree_grade", "debut_services")},
    }


def _waited(cell: Numbers, days: Numbers, year: int) -> Numbers:
    """Return the whole years since each entered the range: as many campaigns before this one."""
    needed = required_days(GRADE, year)
    lengths = months(rentree(year)) * MONTH
    of_the_grade = np.flatnonzero(
        (CELLS.corps == CORPS) & (CELLS.grade == CELLS.grade[cell[0]]) & (needed >= 0)
    )
    before = np.zeros(CELLS.count, np.int64)
    before[of_the_grade] = np.cumsum(lengths[of_the_grade]) - lengths[of_the_grade]
    waited: Numbers = (before[cell] + days - needed[of_the_grade[0]]) // YEAR
    return waited
