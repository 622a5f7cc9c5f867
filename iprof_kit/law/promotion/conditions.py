"""Les promotions de grade: who may be promoted, at which campaign, and who decides.

The situation is read on 31 August of the campaign's year, inclusive: the seniority given is the
one up to 1 September, exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import YEAR, date_text, duration_text, rentree, rentree_day
from iprof_kit.base.errors import LawError, PeriodNotCovered
from iprof_kit.base.explanation import Parameter, Words, explaining, note
from iprof_kit.base.sources import Source
from iprof_kit.base.words import corps_label, echelon_label, grade_label
from iprof_kit.law.promotion.rows import (
    EXCEPTIONNELLE_ROWS,
    HORS_CLASSE_ROWS,
    CampaignRows,
    Row,
    grade_before,
    order,
)
from iprof_kit.law.promotion.viviers import viviers
from iprof_kit.law.tables.cells import CELLS, Cell, grades_of
from iprof_kit.law.tables.facts import Fact
from iprof_kit.law.tables.loading import carried_forward, table
from iprof_kit.law.tables.lookups import confidence_letter, day_or_none
from iprof_kit.law.tables.rules import rule

Bools = npt.NDArray[np.bool_]
Years = npt.NDArray[np.float64]
NEVER = -1
HORS_CLASSE = "hors_classe"
CLASSE_EXCEPTIONNELLE = "classe_exceptionnelle"


def _judged(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    """Write where one person stands on the day of the lists, and whether the condition is met."""
    if not np.size(result):
        return ()
    cell, days = (int(np.ravel(given[name])[0]) for name in ("cell", "days_in_echelon"))
    where = f"{CELLS.label(cell)}, {duration_text(max(days, 0))} d’ancienneté"
    met = "remplie" if np.ravel(result)[0] else "non remplie"
    on = f"au 31 août {given['year']}"
    return (f"Situation {on}", where), (f"Condition {on}", met)


@rule(
    sentence="Peuvent être promus à la hors classe les enseignants de classe normale qui ont, au "
    "31 août de l’année du tableau, l’ancienneté requise dans l’échelon requis, ou un échelon plus "
    "élevé.",
    source="décret 90-680, art. 25, et statuts particuliers",
    since="2018-09-01",
    tables=("bareme_hors_classe",),
    reads=_judged,
)
def hors_classe_open(cell: Cell, days_in_echelon: Cell, year: int) -> Bools:
    """Tell who is promouvable to the hors classe.

    Parameters
    ----------
    cell : array of int
        Position on 31 August.
    days_in_echelon : array of int
        Seniority in the échelon up to 1 September, exclusive.
    year : int
        Campaign: promotions take effect on 1 September of this year.

    Raises
    ------
    PeriodNotCovered
        Campaign that the tables do not cover (before 2018).
    """
    return _open(cell, days_in_echelon, year, HORS_CLASSE)


@rule(
    name="classe_exceptionnelle_open",
    sentence="Jusqu’à la campagne 2023, l’accès à la classe exceptionnelle passait par deux "
    "viviers : le premier demandait des années de fonctions particulières, le second le dernier "
    "échelon de la hors classe.",
    source="décret 2017-786 ; arrêté 10-05-2017",
    since="2017-09-01",
    until="2023-09-01",
    tables=("bareme_classe_exceptionnelle", "parametres_promotion"),
)
def _classe_exceptionnelle_viviers(
    cell: Cell, days_in_echelon: Cell, year: int, years_of_functions: Years | None = None
) -> Bools:
    if years_of_functions is None:
        raise LawError(
            f"l’accès à la classe exceptionnelle de {year} dépendait de viviers : les années "
            "de fonctions particulières manquent.",
            where="annees_fonctions",
            remedy="Indiquez le nombre d’années de fonctions listées par l’arrêté du 10 mai 2017 "
            "(0 s’il n’y en a pas).",
        )
    entered = viviers(cell, days_in_echelon, year, years_of_functions)
    opened: Bools = entered.first | entered.second
    return opened


@rule(
    name="classe_exceptionnelle_open",
    sentence="Peuvent être promus à la classe exceptionnelle les enseignants hors classe qui ont, "
    "au 31 août de l’année du tableau, au moins l’échelon requis.",
    source="décret 2023-720 ; décret 90-680, art. 25-2",
    since="2023-09-02",
    tables=("bareme_classe_exceptionnelle",),
    reads=_judged,
)
def classe_exceptionnelle_open(
    cell: Cell,
    days_in_echelon: Cell,
    year: int,
    years_of_functions: Years | None = None,  # noqa: ARG001
) -> Bools:
    """Tell who is promouvable to the classe exceptionnelle; see `hors_classe_open`.

    Parameters
    ----------
    cell, days_in_echelon, year
        See `hors_classe_open`.
    years_of_functions : array of float, optional
        Years of the functions listed by the arrêté of 2017-05-10: needed for the campaigns 2017 to
        2023 (first vivier), without effect since.

    Raises
    ------
    LawError
        Campaigns 2017 to 2023 without the years of functions.
    """
    return _open(cell, days_in_echelon, year, CLASSE_EXCEPTIONNELLE)


def next_grade(cell: Cell) -> npt.NDArray[np.object_]:
    """Return the grade after each cell's, "" where it is the last."""
    grades: npt.NDArray[np.object_] = _next_grades()[np.asarray(cell)]
    return grades


@rule(
    sentence="L’autorité que désignent les textes du corps décide de la promotion.",
    source="décret 90-680, art. 24, 25 et 25-2, et statuts particuliers",
    since="2017-09-01",
    tables=("decideurs",),
    silent=True,
)
def decider_text(corps: str, on: date | None = None) -> str:
    """Return who decides of a promotion: « recteur de l’académie, tableau arrêté par département ».

    Parameters
    ----------
    on : date, optional
        Day of the promotion; by default, the rule in force.
    """
    row = _decider(corps, on)
    authority = str(row["decideur"])
    if explaining():
        note(_decides(row, authority))
    return authority


def _decides(row: Row, authority: str) -> Parameter:
    return Parameter(
        "décide",
        authority,
        str(row["source"]),
        day_or_none(row["valide_du"]),
        day_or_none(row["valide_au"]),
        confidence_letter(row["confiance"]),
        words=("Décide", authority),
    )


def condition_text(corps: str, target_grade: str, year: int) -> str:
    """Return the condition of a promotion in French, lower case, without full stop.

    « il faut 2 ans au 9e échelon au 31 août 2033 »; see `promotion_viviers` before 2024.
    """
    echelon, days = _required(_condition(corps, target_grade, year), target_grade)
    place = f"{echelon_label(echelon)} de la {grade_label(grade_before(corps, target_grade))}"
    if days:
        return f"il faut {duration_text(days)} au {place} au 31 août {year}"
    return f"il faut au moins le {place} au 31 août {year}"


def references(corps: str, target_grade: str, year: int) -> tuple[Source, ...]:
    """Return the texts of a promotion: its condition, and who decides where a row says it."""
    condition = _of_its_statute(_condition(corps, target_grade, year).papers, corps)
    try:
        decider = _decider(corps, None)
    except PeriodNotCovered:
        return (condition,)
    return (
        condition,
        Source(
            str(decider["source"]),
            day_or_none(decider["valide_du"]),
            day_or_none(decider["valide_au"]),
            confidence_letter(decider["confiance"]),
        ),
    )


def _of_its_statute(condition: Source, corps: str) -> Source:
    """Return the papers of a condition, the statute of the corps first where they quote another.

    One row holds the condition of every corps, with the text of one; each statute says the same.
    """
    statutes = _statutes()
    own = statutes.get(corps, "")
    quoted = [text for text in statutes.values() if text in condition.text]
    if not own or own in condition.text or not quoted:
        return condition
    return replace(condition, text=f"{own} ; {condition.text}")


@cache
def _statutes() -> dict[str, str]:
    """Return the statute of each corps: « décret 90-680 »."""
    rows = table("corps").set_index("corps")["decret_statut"]
    return {str(name): str(text).split(" du ")[0] for name, text in rows.items() if text}


def required_days(target_grade: str, year: int) -> Cell:
    """Return, for each cell, the seniority needed to be promouvable, in days; −1: not open."""
    return _needed(target_grade, year)


@cache
def competing(target_grade: str, year: int) -> Bools:
    """Tell, for each cell, whether some seniority in it opens a promotion; errors of `_needed`."""
    listed: Bools = _needed(target_grade, year) >= 0
    return listed


def _open(cell: Cell, days_in_echelon: Cell, year: int, target_grade: str) -> Bools:
    needed = _needed(target_grade, year)[np.asarray(cell)]
    if explaining():
        for code in np.unique(cell):
            _note_condition(int(code), target_grade, year)
    result: Bools = (needed != NEVER) & (np.asarray(days_in_echelon) >= needed)
    return result


def _note_condition(cell: int, target_grade: str, year: int) -> None:
    corps = CELLS.corps[cell]
    if target_grade not in grades_of(corps):
        return
    papers = _of_its_statute(_condition(corps, target_grade, year).papers, corps)
    text = condition_text(corps, target_grade, year)
    note(
        Parameter(
            "condition",
            text,
            papers.text,
            confidence=papers.confidence,
            carried_forward=carried_forward(_rows(target_grade).name, rentree_day(year)),
            words=("", f"{text[0].upper()}{text[1:]}."),
        )
    )


@cache
def _needed(target_grade: str, year: int) -> Cell:
    """Return [cell] days needed; the échelons above the one required need none.

    A corps of which the table never says the condition opens nothing here, to nobody else's loss.
    """
    needed = np.full(CELLS.count, NEVER, dtype=np.int64)
    for corps in dict.fromkeys(CELLS.corps):
        if target_grade not in grades_of(corps)[1:] or not _is_said(corps, target_grade):
            continue
        echelon, days = _required(_condition(corps, target_grade, year), target_grade)
        grade_below = (CELLS.corps == corps) & (CELLS.grade == grade_before(corps, target_grade))
        for cell in np.flatnonzero(grade_below):
            above = order(CELLS.echelon[cell]) - order(echelon)
            if above >= 0:
                needed[cell] = 0 if above else days
    return needed


def _required(row: Fact, target_grade: str) -> tuple[str, int]:
    """Return the échelon required, and the days required in it; `_note_condition` shows both."""
    if target_grade == HORS_CLASSE:
        return str(row.values["echelon"]), int(row.values["anciennete_annees_revolues"]) * YEAR
    return str(row.values["valeur"]), 0


def _rows(target_grade: str) -> CampaignRows:
    return HORS_CLASSE_ROWS if target_grade == HORS_CLASSE else EXCEPTIONNELLE_ROWS


def _condition(corps: str, target_grade: str, year: int) -> Fact:
    """Return the row of the bareme that says who is promouvable.

    Raises
    ------
    LawError
        No access to this grade in this corps, or no rule for this campaign.
    """
    grade_before(corps, target_grade)
    return _rows(target_grade).read(year, corps, "eligibilite", _condition_key(target_grade))


def _condition_key(target_grade: str) -> str:
    return "anciennete_min" if target_grade == HORS_CLASSE else "echelon_min_hc"


def _is_said(corps: str, target_grade: str) -> bool:
    """Tell whether some campaign says who is promouvable to a grade of a corps."""
    return _rows(target_grade).says(corps, "eligibilite", _condition_key(target_grade))


def _decider(corps: str, on: date | None) -> Row:
    """Return the row of decideurs.csv in force on a day, or the last one."""
    grades_of(corps)
    rows = [row for row in _deciders() if row["corps"] == corps and _decides_on(row, on)]
    if not rows:
        when = "" if on is None else f", le {date_text(on)}"
        raise PeriodNotCovered(
            f"période non couverte : qui décide ({corps_label(corps, plural=True)}){when}.",
            where="decideurs",
        )
    return rows[-1]


def _decides_on(row: Row, on: date | None) -> bool:
    since, until = day_or_none(row["valide_du"]), day_or_none(row["valide_au"])
    return on is None or ((since is None or since <= on) and (until is None or on <= until))


@cache
def _deciders() -> list[Row]:
    rows = table("decideurs").sort_values("valide_du").to_dict("records")
    return [{str(column): value for column, value in row.items()} for row in rows]


@cache
def _next_grades() -> npt.NDArray[np.object_]:
    after = []
    for corps, grade in zip(CELLS.corps, CELLS.grade, strict=True):
        grades = grades_of(corps)
        rank = grades.index(grade) + 1
        after.append(grades[rank] if rank < len(grades) else "")
    return np.array(after, dtype=object)


def campaign_day(year: int) -> int:
    """Return the axis day on which the promotions of a campaign take effect (reclassement, R8)."""
    return rentree(year)
