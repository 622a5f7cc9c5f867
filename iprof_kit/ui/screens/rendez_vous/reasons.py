"""The reasons of the screen: each is calculated again when it is opened."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from iprof_kit.base.calendar import rentree_day, school_year_text
from iprof_kit.calculate.career.rendez_vous.calculation import delay_of
from iprof_kit.calculate.career.rendez_vous.question import Delai, RendezVousQuestion
from iprof_kit.calculate.career.rendez_vous.why import (
    explain_delay,
    explain_effect,
    explain_none,
    explain_year,
)
from iprof_kit.ui.kit.parts import Reason, Why, why_of
from iprof_kit.ui.screens.rendez_vous.due import appealed_last
from iprof_kit.ui.screens.rendez_vous.figures import length_of
from iprof_kit.ui.screens.rendez_vous.procedure import FINAL, Facts
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, worded

YEAR, EFFECT, NONE = "annee", "effet", "aucun"
"""What a reason is asked of; a delay is asked by its key."""
_DELAY = "delai-"
_NOTIFIED, _APPEALED = "appreciation_recue_le", "recours_depose_le"


def whys_of(facts: Facts, opened: Collection[str]) -> Mapping[str, Why]:
    """Return the reasons of the year and of the effect that are open, by what was asked."""
    meeting = facts.subject.meeting
    asked = {}
    if YEAR in opened:
        year = school_year_text(meeting.year)
        asked[YEAR] = why_of(explain_year(facts.question, meeting.number, year))
    if EFFECT in opened:
        asked[EFFECT] = why_of(explain_effect(facts.question, meeting.number, meeting.year))
    return asked


def why_none(question: RendezVousQuestion, opened: Collection[str]) -> Mapping[str, Why]:
    """Return why there is no rendez-vous to come, once it was opened."""
    return {NONE: why_of(explain_none(question))} if NONE in opened else {}


def counted(facts: Facts, opened: Collection[str]) -> tuple[Reason, ...]:
    """Return each delay as the screen counts it first, with the reasons that are open.

    An appreciation not notified yet is supposed on its last day, and an appeal not made on its own.
    """
    question, supposed = _counted_from(facts)
    year = facts.subject.meeting.year
    return tuple(
        _counted(delay_of(question, year, name), question, year, supposed, opened)
        for name in facts.delays
    )


def _counted_from(facts: Facts) -> tuple[RendezVousQuestion, tuple[str, ...]]:
    """Return the question whose delays are shown, and its fields that are supposed."""
    question, year = facts.question, facts.subject.meeting.year
    if question.recours_depose_le is not None:
        return question, ()
    notified = question.appreciation_recue_le
    if notified is not None:
        return appealed_last(question, year, notified), (_APPEALED,)
    last = facts.limit(FINAL) or rentree_day(year + 1)
    return appealed_last(question, year, last), (_NOTIFIED, _APPEALED)


def _counted(
    delay: Delai,
    question: RendezVousQuestion,
    year: int,
    supposed: tuple[str, ...],
    opened: Collection[str],
) -> Reason:
    asks = f"{_DELAY}{delay.cle}"
    why = None
    if asks in opened:
        why = why_of(explain_delay(question, year, delay, supposed))
    return Reason(worded("{} : {}", delay.etape, _until(delay.date_limite, delay)), asks, why)


def _until(last: date | None, delay: Delai) -> str:
    """Return the last day of a delay, with its fact; its length where nothing dates it."""
    if last is None:
        return length_of(delay.cle, delay.delai)
    return figure(text.day(last), f"meeting.{delay.cle}", last)
