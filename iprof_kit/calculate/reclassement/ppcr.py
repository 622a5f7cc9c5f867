"""The reclassement of 1 September 2017 of a file: what the rule gives, what the file holds, why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from iprof_kit.base.calendar import axis_of, date_of, date_text, duration_text
from iprof_kit.base.explanation import datum, explaining, hypothesis, unexplained
from iprof_kit.base.words import echelon_label
from iprof_kit.calculate.career.positions import positions_of, tell_lost
from iprof_kit.calculate.guides.law.facts import Standing, echelon_days, indice_majore
from iprof_kit.calculate.interface.aside import aside
from iprof_kit.calculate.interface.explained import Explanation, Line
from iprof_kit.calculate.interface.situation import Periode, Situation
from iprof_kit.calculate.interface.why import explain_or_refusal, refuse_another
from iprof_kit.law.career.advancement import due_day
from iprof_kit.law.career.transitions import (
    before_ppcr,
    due_that_day,
    index_before_ppcr,
    ppcr_2017,
    ppcr_covers,
    ppcr_day,
)
from iprof_kit.law.tables.cells import CELLS

_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Moved:
    """What a file holds of that day: the line of the new grid, and the one before where it has it.

    `kept` and `kept_before` are days of seniority, `since` the day on which the old échelon began.
    """

    after: Standing
    kept: int
    before: Standing | None = None
    since: date | None = None
    kept_before: int = 0
    periods: tuple[Periode, ...] = ()


@dataclass(frozen=True)
class Reclassement2017:
    """What became of a person on that day.

    `gap` says what the file and the rule count differently, "" if alike; `indices` are those of the
    day before and of the day itself, None where a table lacks one; `following` is the day on which
    the next échelon was then due, None where none was; `by_rule` are the days that the rule keeps,
    where it is said.
    """

    gap: str = ""
    indices: tuple[int, int] | None = None
    following: date | None = None
    by_rule: int = 0


def reclassement_2017(moved: Moved) -> Reclassement2017 | None:
    """Return what became of a person on 1 September 2017.

    Returns
    -------
    Reclassement2017 or None
        None where the tables do not cover the corps or the grade.

    Examples
    --------
    >>> after = Standing("certifie", "classe_normale", "5")
    >>> reclassement_2017(Moved(after, 720)).following
    datetime.date(2018, 3, 1)
    """
    if not ppcr_covers(moved.after.corps, moved.after.grade):
        return None
    gap, by_rule = _compared(moved)
    indices = None if moved.before is None else indices_2017(moved.before, moved.after)
    return Reclassement2017(gap, indices, _following(moved), by_rule)


def explain_2017(moved: Moved) -> Explanation:
    """Explain what became of a person on that day: the same calculation, done again."""
    before = reclassement_2017(moved)
    day = date_text(ppcr_day())
    question = f"Comment avez-vous été reclassé le {day} ?"

    def again() -> Reclassement2017 | None:
        once_more = reclassement_2017(moved)
        refuse_another(once_more, before)
        return once_more

    def result(what: Reclassement2017 | None) -> Line:
        if what is None or what.following is None:
            return Line(libelle=f"Classement au {day}", valeur=_in_file(moved))
        return Line(libelle="Échelon suivant", valeur=date_text(what.following))

    return explain_or_refusal(question, again, result)


def indices_2017(before: Standing, after: Standing) -> tuple[int, int] | None:
    """Return the indices majorés around the reform, the old grid read in its own numbers."""
    old = index_before_ppcr(before.corps, before.grade, before.echelon, before.chevron or "")
    new = indice_majore(after, ppcr_day())
    return None if old is None or new is None else (old, new)


def _compared(moved: Moved) -> tuple[str, int]:
    """Place the old échelon by the rule; return where the file says otherwise, "" if alike.

    Beside it the days that the rule keeps, where they are said.
    """
    eve = f"Échelon détenu le {date_text(ppcr_day() - _A_DAY)}"
    before, since = moved.before, moved.since
    if before is None or since is None:
        datum(eve, "absent du dossier", doubtful=True)
        if explaining():
            before_ppcr(moved.after.corps, moved.after.grade, moved.after.echelon)
        return "", 0
    old = echelon_label(before.echelon, before.chevron)
    datum(eve, f"{old}, depuis le {date_text(since)}")
    days = _seniority_before(since, moved)
    rule, _ = aside(
        lambda: due_that_day(
            ppcr_2017(before.corps, before.grade, before.echelon, before.chevron or "", days)
        )
    )
    datum("Ce que dit votre dossier", _in_file(moved))
    if rule is None:
        return "", 0
    where = echelon_label(str(CELLS.echelon[rule.cell]), CELLS.chevron[rule.cell] or None)
    given = _place(where, rule.days_kept)
    if given == _in_file(moved):
        return "", 0
    words = (
        f"La règle donne : {given} ; votre dossier dit : {_in_file(moved)}. Votre "
        "arrêté de reclassement tranche."
    )
    return words, rule.days_kept


def _seniority_before(since: date, moved: Moved) -> int:
    """Return the days of seniority in the old échelon on that day, what does not count left out."""
    begin, end = axis_of(since), axis_of(ppcr_day())
    situation = Situation(corps=None, periodes=moved.periods)
    with unexplained():
        positions = positions_of(situation, begin, ppcr_day())
    tell_lost(positions, situation, (begin, end), ppcr_day())
    days = end - begin + moved.kept_before - positions.lost(begin, end)
    label = f"Ancienneté dans cet échelon au {date_text(ppcr_day())}"
    datum(label, duration_text(days), doubtful=True)
    return days


def _following(moved: Moved) -> date | None:
    """Return when the next échelon was due, with the seniority that the file keeps."""
    start, lasts = axis_of(ppcr_day()), echelon_days(moved.after, ppcr_day())
    if not lasts:
        return None
    if moved.kept:
        datum("Ancienneté conservée, dans votre dossier", duration_text(moved.kept))
        without = date_text(date_of(start + lasts))
        hypothesis("Échelon suivant sans cette ancienneté", without, doubtful=False)
    since, duration, first = (np.array([days]) for days in (start - moved.kept, lasts, start))
    return date_of(int(due_day(since, duration, first)[0]))


def _in_file(moved: Moved) -> str:
    return _place(echelon_label(moved.after.echelon, moved.after.chevron), moved.kept)


def _place(echelon: str, days: int) -> str:
    return (
        f"{echelon}, {duration_text(days)} d’ancienneté" if days else f"{echelon}, sans ancienneté"
    )
