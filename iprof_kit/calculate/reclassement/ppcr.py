"""The reclassement of 1 September 2017, explained line by line from what a file holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from iprof_kit.base.calendar import axis_of, date_of, date_text, duration_text
from iprof_kit.base.errors import LawError
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import echelon_label
from iprof_kit.calculate.career.positions import positions_of
from iprof_kit.calculate.guides.law_facts import Standing, echelon_days, indice_majore
from iprof_kit.calculate.interface.explained import Explanation, Line, Reference
from iprof_kit.calculate.interface.papers import DOUBT, citation
from iprof_kit.calculate.interface.situation import Periode, Situation
from iprof_kit.law.career.transitions import (
    before_ppcr,
    due_that_day,
    ppcr_2017,
    ppcr_day,
    ppcr_rule,
)
from iprof_kit.law.tables.cells import CELLS
from iprof_kit.law.tables.loading import load_reference

QUESTION = "Comment avez-vous été reclassé le 1er septembre 2017 ?"
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Reclassement2017:
    """How it is explained; `gap` says what the file and the rule count differently, "" if alike.

    `indices` are those of the day before and of the day itself, None where a table lacks one.
    """

    explanation: Explanation
    gap: str = ""
    indices: tuple[int, int] | None = None


def explain_2017(
    after: Standing,
    kept: int,
    before: Standing | None,
    since: date | None,
    kept_before: int = 0,
    periods: Sequence[Periode] = (),
) -> Reclassement2017 | None:
    """Explain the line of 1 September 2017 of a history.

    Parameters
    ----------
    after, kept : Standing, int
        The line of that day, and the days of seniority that it keeps.
    before, since, kept_before : Standing, date, int
        The line held on the day before, where the file has one.
    periods : sequence of Periode
        The positions held: what does not count is taken off.

    Returns
    -------
    Reclassement2017 or None
        None where the tables do not cover the corps or the grade.
    """
    try:
        words, text, confidence = ppcr_rule(after.corps, after.grade)
    except LawError:
        return None
    words = words.removeprefix("PPCR ").partition(" : ")[2] or words
    words = f"{words[0].upper()}{words[1:]}."
    doubt = DOUBT.get(confidence, "")
    lines: list[Line] = []
    gap = ""
    if before is not None and since is not None:
        lines, gap = _counted(after, kept, before, since, kept_before, periods)
    if not lines:
        lines = _known_after(after)
    indices = indices_2017(before, after) if before is not None else None
    if indices:
        eve = date_text(ppcr_day() - _A_DAY)
        lines.append(
            Line(
                libelle=f"Indice majoré, le {eve} puis le {date_text(ppcr_day())}",
                valeur=f"{indices[0]}, puis {indices[1]}",
            )
        )
    lines += _effect(after, kept)
    explanation = Explanation(
        question=QUESTION,
        regle=citation(words) + (f" À vérifier : {doubt}." if doubt else ""),
        lignes=tuple(lines),
        sources=(
            Reference(
                texte=citation(text),
                valide_du=ppcr_day(),
                valide_au=ppcr_day(),
                confiance=confidence,
            ),
        ),
    )
    return Reclassement2017(explanation, gap, indices)


def indices_2017(before: Standing, after: Standing) -> tuple[int, int] | None:
    """Return the indices majorés around the reform, the old grid read in its own numbers."""
    grid = load_reference("grilles")
    eve = ppcr_day() - _A_DAY
    old = grid[
        (grid["corps"] == before.corps)
        & (grid["grade"] == before.grade)
        & (grid["echelon"].astype(str) == before.echelon)
        & (grid["chevron"].fillna("").astype(str) == (before.chevron or ""))
        & (pd.to_datetime(grid["valide_du"]) <= pd.Timestamp(eve))
        & (pd.to_datetime(grid["valide_au"]) >= pd.Timestamp(eve))
    ]
    new = indice_majore(after, ppcr_day())
    if old.empty or new is None:
        return None
    return int(old.iloc[0]["indice_majore"]), new


def _counted(
    after: Standing,
    kept: int,
    before: Standing,
    since: date,
    kept_before: int,
    periods: Sequence[Periode],
) -> tuple[list[Line], str]:
    """Return what the old line and the rule give, and where the file says otherwise."""
    begin, end = axis_of(since), axis_of(ppcr_day())
    positions = positions_of(Situation(corps=None, periodes=tuple(periods)), begin, ppcr_day())
    days = end - begin + kept_before - positions.lost(begin, end)
    lines = [
        Line(
            libelle=f"Échelon détenu le {date_text(ppcr_day() - _A_DAY)}",
            valeur=f"{echelon_label(before.echelon, before.chevron)}, depuis le {date_text(since)}",
        ),
        Line(
            libelle=f"Ancienneté dans cet échelon au {date_text(ppcr_day())}",
            valeur=duration_text(days),
            a_verifier=True,
        ),
    ]
    try:
        placed = due_that_day(
            ppcr_2017(before.corps, before.grade, before.echelon, before.chevron or "", days)
        )
    except LawError:
        return lines, ""
    where = echelon_label(str(CELLS.echelon[placed.cell]), CELLS.chevron[placed.cell] or None)
    rule = Line(
        libelle="Ce que donne la règle",
        valeur=f"{where}, {_seniority(placed.days_kept)}",
        a_verifier=to_verify(placed.confidence),
    )
    in_file = echelon_label(after.echelon, after.chevron)
    lines += [
        rule,
        Line(libelle="Ce que dit votre dossier", valeur=f"{in_file}, {_seniority(kept)}"),
    ]
    if where == in_file and placed.days_kept == kept:
        return lines, ""
    return lines, (
        f"La règle donne : {where}, {_seniority(placed.days_kept)} ; votre dossier dit : "
        f"{in_file}, {_seniority(kept)}. Votre arrêté de reclassement tranche."
    )


def _known_after(after: Standing) -> list[Line]:
    """Return which old échelons led to the one of the file, whose old line is not known."""
    olds = [echelon_label(old) for old in before_ppcr(after.corps, after.grade, after.echelon)]
    lines = [
        Line(
            libelle=f"Échelon détenu le {date_text(ppcr_day() - _A_DAY)}",
            a_verifier=True,
            valeur="absent du dossier",
        )
    ]
    if olds:
        in_file = echelon_label(after.echelon, after.chevron)
        lines.append(
            Line(libelle=f"Ancien échelon qui menait au {in_file}", valeur=" ou ".join(olds))
        )
    return lines


def _effect(after: Standing, kept: int) -> list[Line]:
    """Return when the next échelon was due, with the seniority kept and without it."""
    lasts = echelon_days(after, ppcr_day())
    if not lasts:
        return []
    start = axis_of(ppcr_day())
    lines = [Line(libelle="Durée du nouvel échelon", valeur=duration_text(lasts))]
    if kept:
        without = date_text(date_of(start + lasts))
        lines.append(Line(libelle="Échelon suivant, sans l’ancienneté conservée", valeur=without))
    due = date_text(date_of(start + lasts - kept))
    lines.append(
        Line(libelle="Échelon suivant, avec elle" if kept else "Échelon suivant", valeur=due)
    )
    return lines


def _seniority(days: int) -> str:
    return f"{duration_text(days)} d’ancienneté" if days else "sans ancienneté"
