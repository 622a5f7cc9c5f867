"""The échelons that seniority has given since the last one that a file records."""

from __future__ import annotations

from datetime import date, timedelta

from iprof_kit.base.calendar import axis_of
from iprof_kit.calculate.career.question import CareerQuestion, Step
from iprof_kit.calculate.guides.law_facts import Standing, echelon_days
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.law.career.bonifications import PARAMETERS

BY_RIGHT = ("echelon", "chevron")


def pronounced_on(step: Step) -> date:
    """Return the day on which a step is due: its effect, or later where months bring it forward."""
    return step.date_normale or step.date


def recording_months(today: date) -> int:
    """Return after how many months an échelon that is due is usually in the file."""
    return PARAMETERS.read(today, "echelon_delai_enregistrement").whole("valeur")


def reached_by_right(situation: Situation, today: date) -> tuple[Step, ...]:
    """Return what seniority alone has given from a starting point to a day, oldest first.

    Nothing is projected for somebody whose échelon is not over yet.

    Raises
    ------
    InputError, LawError
        The tables do not cover the starting point.
    """
    if not _over(situation, today):
        return ()
    from iprof_kit.calculate.career.calculation import answer

    tomorrow = today + timedelta(1)
    asked = CareerQuestion(situation=situation, aujourdhui=today, jusqu_au=tomorrow)
    steps = answer(asked).scenarios[0].etapes
    return tuple(s for s in steps if s.nature in BY_RIGHT and pronounced_on(s) <= today)


def _over(situation: Situation, today: date) -> bool:
    """Tell whether the time in the échelon may be complete, were every day of it counted."""
    since = situation.date_effet
    if since is None or not (situation.corps and situation.grade and situation.echelon):
        return False
    where = Standing(situation.corps, situation.grade, situation.echelon, situation.chevron)
    lengths = [days for on in (since, today) if (days := echelon_days(where, on))]
    spent = axis_of(today) - axis_of(since) + situation.reliquat_jours
    return bool(lengths) and spent >= min(lengths)
