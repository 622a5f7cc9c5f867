"""The criteria of a ranking as columns of whole numbers, the greatest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import YEAR, duration_text, rentree
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import appreciation_label, echelon_label
from iprof_kit.law.promotion.bareme import (
    APPRECIATIONS,
    bareme_hors_classe,
)
from iprof_kit.law.promotion.bareme_exceptionnelle import bareme_classe_exceptionnelle
from iprof_kit.law.promotion.viviers import days_in_whole_echelon
from iprof_kit.law.tables.cells import CELLS

Numbers = npt.NDArray[np.int64]
COLUMNS = {
    "appreciation": "codes de promotion_bareme.APPRECIATIONS, −1 sans appréciation",
    "avis_tres_favorables": "nombre d’avis très favorables",
    "avis_defavorables": "nombre d’avis défavorables",
    "entree_corps": "jour de l’axe",
    "entree_grade": "jour de l’axe",
    "debut_services": "jour de l’axe, ancienneté générale des services",
    "naissance": "jour de l’axe",
    "femme": "1 pour une femme, 0 sinon",
    "superieur": "1 pour une affectation dans l’enseignement supérieur, 0 sinon",
    "retraitable": "1 pour qui est proche de la retraite, 0 sinon",
    "ex_instituteur": "1 pour un ancien instituteur, 0 sinon",
    "opposition": "1 si la promotion fait l’objet d’une opposition motivée, 0 sinon",
    "items": "nombre d’items du compte rendu retenus par l’autorité",
}
"""What a ranking may need to know of each person, one whole number a person."""


@dataclass(frozen=True)
class Candidates:
    """People compared in one list of one campaign; columns of equal length.

    Attributes
    ----------
    year : int
        Campaign.
    ids : array of int
        Numbers of the persons, all different: the last key.
    cell, days : arrays of int
        Position on 31 August, and seniority in it up to 1 September exclusive.
    columns : mapping of name to array of int
        See `COLUMNS`; what the procedure does not need may miss.
    rows : array of int, optional
        Rows of `columns` that these people are, where the columns are those of a population.
    """

    year: int
    ids: Numbers
    cell: Numbers
    days: Numbers
    columns: Mapping[str, Numbers] = field(default_factory=dict)
    rows: Numbers | None = None

    def __len__(self) -> int:
        return len(self.ids)

    def column(self, name: str) -> Numbers:
        """Return a column.

        Raises
        ------
        InputError
            The column misses, or has not one value a person.
        """
        column = self.columns.get(name)
        if column is None:
            raise InputError(
                f"la colonne « {name} » manque pour classer ({COLUMNS[name]}).",
                where=name,
                remedy="Fournissez cette colonne, ou choisissez une procédure qui s’en passe.",
            )
        values = np.asarray(column if self.rows is None else column[self.rows], np.int64)
        if values.shape != np.shape(self.ids):
            raise InputError(
                "les colonnes n’ont pas la même longueur.",
                where=name,
                remedy="Donnez une valeur par personne.",
            )
        return values

    def only(self, row: int) -> Candidates:
        """Return one of these people alone: a column of one."""
        at = np.array([row])
        columns = {name: self.column(name)[at] for name in self.columns}
        return Candidates(self.year, self.ids[at], self.cell[at], self.days[at], columns)

    def flags(self, name: str) -> npt.NDArray[np.bool_] | None:
        """Return a column of yes and no, None where it is not given."""
        return self.column(name) > 0 if name in self.columns else None


def criterion(name: str, people: Candidates) -> Numbers:
    """Return the values of a criterion, the greatest first.

    Raises
    ------
    InputError
        A column that the criterion needs misses.
    """
    if name in _DATES:
        since: Numbers = rentree(people.year) - people.column(_DATES[name])
        return since
    if name == "bareme":
        return _bareme(people)
    if name == "avis_tres_favorables":
        return people.column(name)
    if name == "avis_sans_defavorable":
        return -people.column("avis_defavorables")
    if name == "appreciation":
        return -people.column(name)
    if name == "appreciation_maximale":
        return np.asarray(people.column("appreciation") == 0, np.int64)
    if name == "echelon":
        return np.asarray(echelon_rank()[people.cell], np.int64)
    if name == "dernier_echelon":
        return np.asarray(_last_echelon()[people.cell], np.int64)
    if name == "anciennete_echelon":
        return days_in_whole_echelon(people.cell, people.days, rentree(people.year) - 1)
    return people.column(name)


_DATES = {
    "anciennete_corps": "entree_corps",
    "anciennete_grade": "entree_grade",
    "ags": "debut_services",
    "age": "naissance",
}


def criterion_text(name: str, value: int) -> str:
    """Write the value of a criterion in French, without its name."""
    if name in (*_DATES, "anciennete_echelon"):
        return duration_text(value)
    if name == "bareme":
        return f"{value} points"
    if name == "appreciation":
        return appreciation_label(APPRECIATIONS[-value]) if value <= 0 else "aucune"
    if name == "echelon":
        return echelon_label(str(value + 1))
    if name == "avis_sans_defavorable":
        return "non" if value else "oui"
    if name in ("appreciation_maximale", "dernier_echelon", "femme"):
        return "oui" if value else "non"
    return str(value)


def _bareme(people: Candidates) -> Numbers:
    """Return the points: each grade has its bareme."""
    points = np.zeros(len(people), np.int64)
    upper = CELLS.grade[people.cell] == "hors_classe"
    given = people.column("appreciation")
    if not upper.all():
        lower = ~upper
        points[lower] = bareme_hors_classe(
            given[lower], people.cell[lower], people.days[lower], people.year
        )
    if upper.any():
        years = (rentree(people.year) - people.column("entree_grade")[upper]) // YEAR
        points[upper] = bareme_classe_exceptionnelle(
            given[upper], years, people.cell[upper], people.year
        )
    return points


@cache
def echelon_rank() -> Numbers:
    """Return the rank of each cell's échelon inside its grade (chevrons of one échelon tie)."""
    rank = np.zeros(CELLS.count, np.int64)
    for grade in np.unique(CELLS.grade_code):
        cells = np.flatnonzero(CELLS.grade_code == grade)
        names = list(dict.fromkeys(CELLS.echelon[cells]))
        rank[cells] = [names.index(name) for name in CELLS.echelon[cells]]
    return rank


@cache
def _last_echelon() -> Numbers:
    rank = echelon_rank()
    last = np.zeros(CELLS.count, np.int64)
    for grade in np.unique(CELLS.grade_code):
        cells = CELLS.grade_code == grade
        last[cells] = rank[cells] == rank[cells].max()
    return last
