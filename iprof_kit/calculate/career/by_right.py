"""The échelons that seniority alone gives: their dates, which need no index."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from iprof_kit.base.calendar import axis_of, date_of
from iprof_kit.calculate.career.question import CareerQuestion, Day, Step
from iprof_kit.calculate.guides.law.facts import Standing, echelon_days
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.law.career.bonifications import PARAMETERS, direction_day

BY_RIGHT = ("echelon", "chevron")


class DatedStep(NamedTuple):
    """A step of right as `Step` names it, without what it is paid."""

    date: date
    date_normale: Day | None
    corps: str
    grade: str
    echelon: str
    chevron: str | None
    anciennete_conservee_jours: int
    doubt: str
    """Why its day must be verified; "" where it need not."""
    indexed: bool
    """Whether a grid says its index: what it is paid may then be calculated."""


def pronounced_on(step: Step | DatedStep) -> date:
    """Return the day on which a step is due: its effect, or later where months bring it forward."""
    return step.date_normale or step.date


def key_of(step: Step | DatedStep) -> str:
    """Return what names a step to come, in the agenda and in its fact."""
    return f"echelon.{step.corps}.{step.grade}.{step.echelon}.{step.chevron or ''}"


def recording_months(today: date) -> int:
    """Return after how many months an échelon that is due is usually in the file."""
    return PARAMETERS.read(today, "echelon_delai_enregistrement").whole("valeur")


def dated_steps(
    situation: Situation, today: date, until: date | None = None
) -> tuple[DatedStep, ...]:
    """Return what seniority alone gives from a starting point, oldest first; paid or not.

    Raises
    ------
    InputError, LawError
        The tables do not cover the starting point.
    """
    from iprof_kit.calculate.career.runs import Controls, run
    from iprof_kit.calculate.career.start import check, has_index
    from iprof_kit.calculate.career.steps import moments
    from iprof_kit.law.tables.cells import CELLS

    asked = CareerQuestion(situation=situation, aujourdhui=today, jusqu_au=until)
    start = check(asked, paid=False)
    return tuple(
        DatedStep(
            day := start.civil(one.day),
            date_of(one.pronounced) if one.early else None,
            str(CELLS.corps[one.cell]),
            str(CELLS.grade[one.cell]),
            str(CELLS.echelon[one.cell]),
            str(CELLS.chevron[one.cell]) or None,
            one.kept,
            one.doubts.get("date", ""),
            has_index(one.cell, today, day),
        )
        for one in moments(run(start, [Controls()])[0])
        if one.nature in BY_RIGHT
    )


def once_paid(situation: Situation, today: date) -> Situation | None:
    """Return the first situation to come of which a grid says the index; None where none does.

    The months that bring an effect forward serve whole at the next échelon.
    """
    first = next((one for one in dated_steps(situation, today) if one.indexed), None)
    if first is None:
        return None
    day = pronounced_on(first)
    return situation.model_copy(
        update={
            "grade": first.grade,
            "echelon": first.echelon,
            "chevron": first.chevron,
            "date_effet": day,
            "reliquat_jours": first.anciennete_conservee_jours + axis_of(day) - axis_of(first.date),
            "mois_asa": 0,
            "annees_direction": tuple(
                year for year in situation.annees_direction if date_of(direction_day(year)) > day
            ),
        }
    )


def reached_by_right(situation: Situation, today: date) -> tuple[DatedStep, ...]:
    """Return what seniority alone has given from a starting point to a day, oldest first.

    Nothing is projected for somebody whose échelon is not over yet.

    Raises
    ------
    InputError, LawError
        The tables do not cover the starting point.
    """
    if not _over(situation, today):
        return ()
    steps = dated_steps(situation, today, today + timedelta(1))
    return tuple(step for step in steps if pronounced_on(step) <= today)


def _over(situation: Situation, today: date) -> bool:
    """Tell whether the time in the échelon may be complete, were every day of it counted."""
    since = situation.date_effet
    if since is None or not (situation.corps and situation.grade and situation.echelon):
        return False
    where = Standing(situation.corps, situation.grade, situation.echelon, situation.chevron)
    lengths = [days for on in (since, today) if (days := echelon_days(where, on))]
    spent = axis_of(today) - axis_of(since) + situation.reliquat_jours
    return bool(lengths) and spent >= min(lengths)
