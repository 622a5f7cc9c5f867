"""The figures that the sentences of a procedure name: its days, its delays, what they leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from iprof_kit.calculate.career.rendez_vous.question import Report
from iprof_kit.ui.screens.rendez_vous.procedure import BETWEEN, NOTICE, Facts, Step
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, figure, placed


def length_of(key: str, words: str) -> Worded:
    """Return the length of a delay, « 15 jours », as its row says it."""
    return figure(words, f"meeting.delay.{key}", words)


def typed_day(name: str, day: date) -> Worded:
    """Return a day of the procedure that was typed, or that the file holds."""
    return figure(text.day(day), f"meeting.day.{name}", day)


def carried(
    words: str, facts: Facts, postponed: Report | None = None, *, about: str = ""
) -> Worded:
    """Return a sentence about a procedure with the fact of each of its figures.

    Parameters
    ----------
    words : str
    facts : Facts
    postponed : Report or None
        Until when a rendez-vous that was missed may be held, where the sentence says it.
    about : str
        The delay that the sentence speaks of: of two lengths in the same words, its own is meant.
    """
    figures = [*_lengths(facts, about), *_intervals(facts)]
    for quantity, day in _days(facts, postponed):
        figures += _as_said(quantity, day, facts.today)
    return placed(words, *figures)


def steps_carried(steps: Iterable[Step], facts: Facts) -> tuple[Step, ...]:
    """Return the steps of the stair, the figures of each with their fact."""
    return tuple(
        replace(one, when=carried(one.when, facts), note=carried(one.note, facts)) for one in steps
    )


def _lengths(facts: Facts, about: str) -> Iterator[Worded]:
    for key in sorted(facts.delays, key=lambda one: one == about):
        yield length_of(key, facts.delays[key].delai)


def _intervals(facts: Facts) -> Iterator[Worded]:
    notified, meeting, delay = facts.day("notification"), facts.day("entretien"), None
    if notified and meeting:
        delay = facts.delays.get(NOTICE)
        days = delay.jours if delay is not None else None
        count = days if days is not None else (meeting - notified).days
        yield figure(text.counted_days(count), "meeting.notice", count)


def _days(facts: Facts, postponed: Report | None) -> Iterator[tuple[str, date]]:
    """Yield the days of a procedure: the last one of a day wins, so that what is typed does."""
    yield "day", facts.today
    if postponed is not None:
        yield "meeting.postponed", postponed.tenu_avant
        yield "meeting.postponed.final", postponed.appreciation_avant
    for key in facts.delays:
        limit = facts.limit(key)
        if limit is not None:
            yield "meeting.second" if key == BETWEEN else f"meeting.{key}", limit
    for name, day in facts.entry.days.items():
        yield f"meeting.day.{name}", day


def _as_said(quantity: str, day: date, today: date) -> Iterator[Worded]:
    """Yield a day as it is said: in full, in short, by what is left until it."""
    left = text.delay(today, day).removeprefix("dans ")
    for words in (text.day(day), " ".join(text.short_day(day)), left):
        if words[:1].isdigit():
            yield figure(words, quantity, day)
