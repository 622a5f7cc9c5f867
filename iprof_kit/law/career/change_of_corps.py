"""Le changement de corps: a theoretical seniority, converted, then walked in the new corps.

Rows R10 and X1 of reclassement.csv, décret 51-1423 art. 8 to 10: certifié, PEPS, PLP, CPE or PsyEN
who becomes agrégé. Every other change that no row covers is refused: « règle non couverte ».
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import numpy as np

from iprof_kit.base.calendar import MONTH, date_of
from iprof_kit.base.errors import BadTable, LawError
from iprof_kit.law.career.advancement import months
from iprof_kit.law.career.bonifications import PARAMETERS
from iprof_kit.law.career.service_credit import characteristic, first_grade, placed_by_seniority
from iprof_kit.law.career.traitement import UNKNOWN, indice_majore
from iprof_kit.law.tables.cells import CELLS, Cell
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.rules import rule

RULES = Facts("reclassement", ("corps", "grade_cible"), {"id": "R10"})
EQUIVALENCES = Facts("reclassement", ("corps", "grade_origine", "echelon_origine"), {"id": "X1"})
NORMAL, HORS_CLASSE, EXCEPTIONNELLE = "classe_normale", "hors_classe", "classe_exceptionnelle"
_KEPT = re.compile(r"(\d+)e CN \+ (\d+) mois \+ ancienneté d’échelon")
_BEYOND = re.compile(r"temps passé au (\d+)e CN au-delà de (\d+) mois")


@dataclass(frozen=True)
class Changed:
    """Where each person is placed in the new corps; arrays of equal length."""

    cell: Cell
    days_kept: Cell
    theoretical: Cell
    """Theoretical seniority in the corps left, in days."""
    converted: Cell
    """The same in the new corps."""
    personal_index: Cell
    """Index kept « à titre personnel », −1 where the new one is not lower."""


def changes_from(corps: str, target: str, day: date) -> Fact:
    """Return the row that governs a change of corps.

    Raises
    ------
    LawError
        « règle non couverte », with the rule that does not reach that far.
    """
    rows = RULES.keys()
    for key in rows:
        group, place = str(key[0]), str(key[1])
        if corps in group.split(";") and place.split(".")[0] == target:
            return RULES.read(day, group, place, label="règle R10")
    raise LawError(
        f"règle non couverte : changement de corps de « {corps} » vers "
        f"« {target} » (la règle R10 ne vise pas ces corps).",
        where="corps_cible",
        remedy="Le rectorat, ou la direction des services départementaux, peut le calculer.",
    )


@rule(
    sentence="L’ancienneté théorique est la somme des durées des échelons franchis, sans "
    "bonification, et de l’ancienneté dans l’échelon ; depuis un grade d’avancement, elle part du "
    "11e échelon de la classe normale.",
    source="décret 51-1423, art. 8 à 10 et annexe I",
    since="2017-09-01",
    tables=("reclassement", "parametres_carriere", "durees_echelon"),
)
def theoretical_seniority(
    cell: Cell, days: Cell, at_11th: Cell, day: int, *, biadmissible: bool = False
) -> Cell:
    """Return the theoretical seniority in the corps left.

    Parameters
    ----------
    cell : array of int
        Positions, all of one corps.
    days : array of int
        Seniority in the échelon (in the chevron, where there is one).
    at_11th : array of int
        Days once spent at the 11e échelon of the classe normale, read for the other grades only.
    day : int
        Axis day of the change.
    biadmissible : bool
        The time at the 11e échelon then counts in full for the hors classe.

    Returns
    -------
    array of int64
        Days of the 360-day year.

    Raises
    ------
    PeriodNotCovered
        Classe exceptionnelle before 2023-09-01.
    LawError
        « règle non couverte ».
    """
    cell, days = np.asarray(cell, np.int64), np.asarray(days, np.int64)
    when, seniority = date_of(day), np.zeros_like(cell)
    at_11th = np.broadcast_to(np.asarray(at_11th, np.int64), cell.shape)
    for code in np.unique(cell).tolist():
        there = cell == code
        corps, grade = str(CELLS.corps[code]), str(CELLS.grade[code])
        cells, begins = first_grade(corps, day)
        if grade == NORMAL:
            seniority[there] = begins[np.flatnonzero(cells == code)[0]] + days[there]
        elif grade == HORS_CLASSE:
            limit = 0 if biadmissible else _hors_classe_limit(when)
            seniority[there] = begins[-1] + np.maximum(at_11th[there] - limit, 0)
        elif grade == EXCEPTIONNELLE:
            more, limit = _exceptionnelle(code, when)
            beyond = np.maximum(at_11th[there] - limit, 0)
            in_echelon = days[there] + _before_chevron(code, day)
            seniority[there] = begins[-1] + more + in_echelon + beyond
        else:
            raise _uncovered(code)
    return seniority


@rule(
    sentence="L’ancienneté théorique est multipliée par le coefficient caractéristique du corps "
    "d’origine, divisée par celui du corps d’accueil, et arrondie au jour le plus proche.",
    source="décret 51-1423, art. 8 et 9",
    since="2017-09-01",
    tables=("coefficients_reprise",),
)
def converted_seniority(
    days: Cell, corps: str, target: str, day: int, *, biadmissible: bool = False
) -> Cell:
    """Return a theoretical seniority as it counts in another corps.

    Parameters
    ----------
    corps, target : str
        Corps left and corps entered.
    day : int
        Axis day of the change.
    biadmissible : bool
        The person is a certifié biadmissible.

    Raises
    ------
    LawError
        « règle non couverte »: a corps without coefficient.
    """
    when = date_of(day)
    top = characteristic(corps, when, biadmissible=biadmissible).whole("coefficient")
    bottom = characteristic(target, when).whole("coefficient")
    return (2 * np.asarray(days, np.int64) * top + bottom) // (2 * bottom)


@rule(
    sentence="Qui change de corps est classé dans la classe normale du corps d’accueil d’après "
    "son ancienneté convertie, jamais dans un grade d’avancement. L’indice antérieur est "
    "conservé à titre personnel s’il est supérieur.",
    source="décret 51-1423, art. 9 et 10",
    since="2017-09-01",
    tables=("reclassement",),
)
def change_corps(
    cell: Cell,
    days: Cell,
    target: str,
    day: int,
    at_11th: Cell | None = None,
    *,
    biadmissible: bool = False,
) -> Changed:
    """Place people of one corps in another.

    Parameters
    ----------
    cell, days : array of int
        Positions on the day before, all of one corps, and seniority in the échelon.
    target : str
        Corps entered.
    day : int
        Axis day of the change.
    at_11th : array of int, optional
        Days once spent at the 11e échelon of the classe normale.

    Raises
    ------
    PeriodNotCovered, LawError
        As `theoretical_seniority`; « règle non couverte » where no row reaches this change.
    """
    cell = np.asarray(cell, np.int64)
    corps = str(CELLS.corps[cell[0]])
    changes_from(corps, target, date_of(day)).text("regle")
    spent = np.zeros_like(cell) if at_11th is None else at_11th
    theory = theoretical_seniority(cell, days, spent, day, biadmissible=biadmissible)
    converted = converted_seniority(theory, corps, target, day, biadmissible=biadmissible)
    placed, kept = placed_by_seniority(converted, target, day)
    before, after = indice_majore(cell, day), indice_majore(placed, day)
    return Changed(placed, kept, theory, converted, np.where(before > after, before, UNKNOWN))


def _hors_classe_limit(day: date) -> int:
    fact = PARAMETERS.read(day, "changement_corps_hc_seuil_11e")
    return fact.whole("valeur", "mois au 11e échelon qui ne comptent pas") * MONTH


def _exceptionnelle(code: int, day: date) -> tuple[int, int]:
    """Return the days added by an échelon (X1), and those at the 11e that do not count."""
    corps, echelon = str(CELLS.corps[code]), str(CELLS.echelon[code])
    rows = EQUIVALENCES.keys()
    for key in rows:
        if corps in str(key[0]).split(";") and key[2] == echelon:
            row = EQUIVALENCES.read(day, *key, label=f"règle X1, {echelon}e échelon")
            kept = _KEPT.fullmatch(row.text("anciennete_conservee"))
            beyond = _BEYOND.search(row.text("regle"))
            if kept is None or beyond is None:
                raise BadTable("règle X1 illisible.", where="reclassement")
            return int(kept[2]) * MONTH, int(beyond[2]) * MONTH
    raise _uncovered(code)


def _before_chevron(code: int, day: int) -> int:
    """Return the days of the chevrons of an échelon that come before the one held."""
    earlier = (CELLS.grade_code == CELLS.grade_code[code]) & (CELLS.echelon == CELLS.echelon[code])
    earlier &= np.arange(CELLS.count) < code
    return int(months(day)[earlier].sum()) * MONTH


def _uncovered(code: int) -> LawError:
    return LawError(
        f"règle non couverte : ancienneté théorique (règle X1), {CELLS.in_full(code)}.",
        where="reclassement",
    )
