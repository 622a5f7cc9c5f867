"""The days of the appeals: counted from the appreciation, or from a day that is tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from iprof_kit.calculate.career.rendez_vous.calculation import delay_of, delays_of
from iprof_kit.calculate.career.rendez_vous.question import Delai, RendezVousQuestion
from iprof_kit.ui.screens.rendez_vous.figures import carried, length_of, typed_day
from iprof_kit.ui.screens.rendez_vous.procedure import ANSWER, APPEAL, BETWEEN, CAP, NOTICE, Facts
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, worded

_TRIED = 45
"""Days that may be tried, from the rentrée on."""
_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True)
class Gap:
    """How a delay was kept: its length, what the text asks, and a bar from 0 to `of`."""

    label: str
    value: str
    note: str
    width: float = 0
    mark: float = 0
    bar: str = ""
    """What the bar says aloud; "" where there is none."""


@dataclass(frozen=True)
class Due:
    """One last day: what, when, how it was counted."""

    label: str
    when: str
    note: str


@dataclass(frozen=True)
class Tried:
    """The last days where the appreciation is notified on a day; `place` is that of the slider."""

    place: int
    day: str
    dues: tuple[Due, ...]

    @property
    def says(self) -> str:
        """Return the day in words alone: what an attribute holds."""
        return str(self.day)


def gaps(facts: Facts) -> tuple[Gap, ...]:
    """Return the two delays of the interviews; the second one where there are two interviews."""
    shown = [_notice(facts)]
    if facts.two:
        shown.append(_between(facts))
    return tuple(
        replace(one, value=carried(one.value, facts), note=carried(one.note, facts))
        for one in shown
    )


def dues(delays: Mapping[str, Delai], facts: Facts, notified: date) -> tuple[Due, ...]:
    """Return the last days of the appeals, as far as they are known, counted from a day."""
    answered = facts.day("reponse")
    silence = delays[ANSWER].date_limite
    supposed = "" if facts.day("recours") else "si le recours part le dernier jour"
    day = figure(text.day(silence), "appeal.silence", silence, notified) if silence else ""
    refused = Due("Sans réponse, refus le", day, supposed)
    if answered:
        refused = Due("Réponse reçue le", typed_day("reponse", answered), "")
    return (
        _last("Recours gracieux jusqu’au", delays[APPEAL], notified),
        refused,
        _last("Saisir la CAP jusqu’au", delays[CAP], notified),
    )


def tried(facts: Facts, first: date) -> tuple[Tried, ...]:
    """Return the last days for each day on which the appreciation may be notified."""
    days = [first + timedelta(days=count) for count in range(_TRIED)]
    return tuple(
        Tried(place, _tried_day(day), dues(_supposed(facts, day), facts, day))
        for place, day in enumerate(days, 1)
    )


def _tried_day(day: date) -> str:
    return figure(text.day(day), "meeting.tried", day)


def _supposed(facts: Facts, day: date) -> dict[str, Delai]:
    """Return the delays where the appreciation comes on a day, the appeal on its last one."""
    asked = appealed_last(facts.question, facts.subject.meeting.year, day)
    return {one.cle: one for one in delays_of(asked, facts.subject.meeting.year)}


def appealed_last(question: RendezVousQuestion, year: int, day: date) -> RendezVousQuestion:
    """Return a question where the appreciation is notified on a day, the appeal made on its last.

    Parameters
    ----------
    question : RendezVousQuestion
    year : int
        Year in which the school year of the rendez-vous begins.
    day : date
    """
    notified = question.model_copy(update={"appreciation_recue_le": day})
    last = delay_of(notified, year, APPEAL).date_limite
    return notified.model_copy(update={"recours_depose_le": last})


def supposed_dues(facts: Facts) -> tuple[Due, ...]:
    """Return the last days of the appeals; an appeal not made yet is supposed on its last one."""
    notified = facts.day("notifiee")
    if notified is None:
        return ()
    if facts.day("recours"):
        return dues(facts.delays, facts, notified)
    return dues(_supposed(facts, notified), facts, notified)


def _notice(facts: Facts) -> Gap:
    notified, meeting = facts.day("notification"), facts.day("entretien")
    label = "Notification avant le rendez-vous"
    length, delay = facts.length(NOTICE), facts.delays.get(NOTICE)
    outside = ", hors vacances scolaires" if delay is not None and delay.hors_vacances else ""
    if notified is None or meeting is None or delay is None:
        return Gap(label, length, f"au moins{outside}")
    kept, days = kept_words(delay), delay.jours
    if days is None:
        days = (meeting - notified).days
        length_had = figure(text.counted_days(days), "meeting.notice", days)
        return Gap(label, length_had, f"pour {length} au moins{outside} : {kept}")
    asked = int(length.split(text.NBSP)[0])  # in days: such a delay has no other unit
    whole = max(days, 2 * asked, 1)
    return Gap(
        label,
        figure(text.counted_days(days), "meeting.notice", days),
        f"{outside.removeprefix(', ')}, pour {length} au moins : {kept}",
        round(100 * days / whole, 1),
        round(100 * asked / whole, 1),
        f"{text.counted_days(days)}, pour {length} au moins",
    )


def kept_words(delay: Delai) -> str:
    """Return whether a delay before the meeting is kept, or what is to be verified."""
    if delay.tenu is None:
        return f"à vérifier, {delay.doute}" if delay.doute else "à vérifier"
    return "délai tenu" if delay.tenu else "délai non tenu"


def _between(facts: Facts) -> Gap:
    first, second, limit = facts.day("entretien"), facts.day("second"), facts.limit(BETWEEN)
    label = "Entre les deux entretiens"
    if first is None or limit is None:
        return Gap(label, facts.weeks(BETWEEN), "au plus")
    asked = (limit - first).days
    if second is None:
        until = worded("au plus, jusqu’au {}", figure(text.day(limit), "meeting.second", limit))
        return Gap(label, figure(text.counted_days(asked), "meeting.between", asked), until)
    days = (second - first).days
    whole = max(days, asked, 1)
    return Gap(
        label,
        figure(text.counted_days(days), "meeting.apart", days),
        worded(
            "{}, soit le {}",
            _against(days, asked),
            figure(text.day(limit), "meeting.second", limit),
        ),
        round(100 * days / whole, 1),
        round(100 * asked / whole, 1) if days > asked else 0,
        f"{text.counted_days(days)}, {_against(days, asked)} au plus",
    )


def _against(days: int, asked: int) -> str:
    """Say in words whether an interval is within what the text asks."""
    if days <= asked:
        return f"sur {asked}"
    late = figure(text.counted_days(days - asked), "meeting.late", days - asked)
    return worded(f"délai non tenu : {{}} de plus que {asked}", late)


def _last(label: str, delay: Delai, notified: date) -> Due:
    length = length_of(delay.cle, delay.delai)
    if delay.date_limite is None:
        return Due(label, "", length)
    note = worded("{}, à vérifier", length) if delay.a_verifier else length
    if delay.terme is not None:
        moved = f"{_WEEKDAYS[delay.terme.weekday()]} {text.short_day(delay.terme)[0]}"
        note = worded("{}, reporté du {}", note, moved)
    day = delay.date_limite
    return Due(label, figure(text.day(day), f"appeal.{delay.cle}", day, notified), note)
