"""Corps, grade, échelon, chevron of each row, read together: one says what another omits."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from iprof_kit.analytics.imports.report import Remark, Report
from iprof_kit.analytics.imports.values.cells import Outcome, bared, combinations
from iprof_kit.analytics.imports.values.grades import read_echelon, read_grade
from iprof_kit.analytics.imports.words import empty_words, usual_words
from iprof_kit.base.calendar import axis_of
from iprof_kit.base.names import meant
from iprof_kit.base.words import NBSP, folded
from iprof_kit.law.career.advancement import cells_at, first_day
from iprof_kit.law.tables.cells import CELLS

_REMEDY = "Corrigez la cellule, ou retirez du fichier ce corps que le kit ne traite pas."
_FIRST_STEP = f"chevron absent{NBSP}: premier de l’échelon, à sa date d’effet"
_PARTS = ("corps", "grade", "echelon", "chevron")


class ReadSituation(NamedTuple):
    """What the texts of a row say, and what had to be done: column, outcome, why."""

    corps: str
    grade: str
    echelon: str
    chevron: str
    secteur: str
    remarks: tuple[tuple[str, Outcome, str], ...] = ()


def read_situation(texts: pd.DataFrame, observed: date, report: Report) -> pd.DataFrame:
    """Return corps, grade, échelon, chevron and secteur of each row.

    Parameters
    ----------
    texts : DataFrame
        Any of the four columns, as texts.
    observed : date
        A chevron that the file leaves out is the first of its échelon in the grid of that day.
    report : Report
        Receives the remarks.
    """
    given = texts.reindex(columns=list(_PARTS), fill_value="").astype("str")
    codes, distinct = combinations(given, _PARTS)
    grid = _grid(observed)
    situations = [_situation(key, grid) for key in distinct]
    table = pd.DataFrame(
        [situation[:5] for situation in situations], columns=[*_PARTS, "secteur"], dtype="str"
    )
    for number, situation in enumerate(situations):
        for column, outcome, why in situation.remarks:
            rows = np.flatnonzero(codes == number)
            before = distinct[number][_PARTS.index(column)]
            after = "" if outcome == Outcome.REFUSEE else getattr(situation, column)
            report.remarks.append(
                Remark(
                    rule=column,
                    column=column,
                    outcome=outcome,
                    rows=rows,
                    code=np.zeros(len(rows), np.int64),
                    before=[before],
                    after=[after],
                    why=[why],
                    remedy=_REMEDY if outcome == Outcome.REFUSEE else "",
                )
            )
    return table.take(codes).reset_index(drop=True)


def _grid(observed: date) -> list[tuple[str, str, str, str]]:
    present = cells_at(max(axis_of(observed), first_day()))
    return [(CELLS.corps[c], CELLS.grade[c], CELLS.echelon[c], CELLS.chevron[c]) for c in present]


def _situation(texts: tuple[str, ...], grid: list[tuple[str, str, str, str]]) -> ReadSituation:
    remarks: list[tuple[str, Outcome, str]] = []
    corps_text, grade_text, step_text, chevron_text = (_bare(text) for text in texts)
    first, second = read_grade(corps_text), read_grade(grade_text)
    corps = first.corps or second.corps
    grade = second.grade or first.grade
    if corps_text and not first.corps:
        remarks.append(("corps", Outcome.REFUSEE, _unknown("corps", first.label, corps_text)))
    if grade_text and not second.grade:
        remarks.append(("grade", Outcome.REFUSEE, _unknown("grade", second.label, grade_text)))
    if first.corps and second.corps and first.corps != second.corps:
        remarks.append(("grade", Outcome.REFUSEE, "le corps et le grade se contredisent"))
    echelon, chevron, mended = read_echelon(step_text) if step_text else ("", "", False)
    if step_text and not (echelon or chevron):
        remarks.append(("echelon", Outcome.REFUSEE, "échelon illisible"))
    elif mended:
        remarks.append(("echelon", Outcome.REPAREE, "écriture de l’échelon simplifiée"))
    chevron = chevron or chevron_text.upper().replace(" ", "")
    of_grade = [key for key in grid if key[:2] == (corps, grade)]
    if chevron and not echelon:
        echelon = next((key[2] for key in of_grade if key[3] == chevron), "")
        if echelon:
            remarks.append(("echelon", Outcome.REPAREE, f"échelon du chevron {chevron}"))
        elif grade:
            remarks.append(("echelon", Outcome.REFUSEE, f"ce grade n’a pas de chevron {chevron}"))
    steps = [key[3] for key in of_grade if key[2] == echelon and key[3]]
    if steps and not chevron:
        chevron = steps[0]
        if len(steps) > 1:
            remarks.append(("chevron", Outcome.REPAREE, _FIRST_STEP))
    return ReadSituation(
        corps, grade, echelon, chevron, second.secteur or first.secteur, tuple(remarks)
    )


def _unknown(what: str, label: str, text: str) -> str:
    named = f" ({label})" if label else ""
    near = "" if label else meant(text, usual_words())
    if near:
        return f"{what} inconnu des grilles du kit{NBSP}; {near[:1].lower()}{near[1:]}"
    return (
        f"{what}{named} inconnu des grilles du kit{NBSP}; corps et grades connus{NBSP}: corps.csv"
    )


def _bare(text: str) -> str:
    bare, _ = bared(text)
    return "" if folded(bare) in empty_words() else bare
