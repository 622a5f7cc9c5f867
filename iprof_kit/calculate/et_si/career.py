"""The steps of a career under supposed events: one leg for each corps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from iprof_kit.base.calendar import axis_of, date_text, rentree, rentree_day
from iprof_kit.base.errors import KitError
from iprof_kit.calculate.career.controls import Settled, settle
from iprof_kit.calculate.career.question import BONUSES, CareerQuestion, Refusal, Scenario, Step
from iprof_kit.calculate.career.runs import run_paces
from iprof_kit.calculate.career.start import Start, check
from iprof_kit.calculate.career.steps import Moment, Pay, moments, steps
from iprof_kit.calculate.et_si.answer import Etape, RefusEvenement
from iprof_kit.calculate.et_si.question import Evenement
from iprof_kit.calculate.et_si.words import stays
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.calculate.reclassement.calculation import answer as placed
from iprof_kit.calculate.reclassement.question import ReclassementAnswer, ReclassementQuestion
from iprof_kit.careers.periods import Supposed
from iprof_kit.law.career.advancement import project_durations
from iprof_kit.law.tables.cells import CELLS

_A_DAY = timedelta(days=1)
_FULL = 100
_PAY_ALONE = frozenset({"temps_partiel", "education_prioritaire", "mutation", "droit_du"})
Numbered = tuple[int, Evenement]
"""An event and its rank in the scenario as it was asked."""


@dataclass(frozen=True)
class Leg:
    """The time spent in one corps, checked and lived."""

    situation: Situation
    start: Start
    settled: Settled
    moments: tuple[Moment, ...]
    steps: tuple[Step, ...]
    pay: Pay


@dataclass(frozen=True)
class Origin:
    """What a step was made of: a moment of a leg, or the change of corps that ended this leg."""

    leg: Leg
    rank: int = 0
    """Place of the moment in the leg."""
    change: Evenement | None = None


@dataclass(frozen=True)
class Walked:
    """A career under events: its steps, and the events that the law refused.

    `origins` says of each step what it was made of, to be made again where somebody asks why.
    """

    steps: tuple[Etape, ...]
    refusals: tuple[RefusEvenement, ...] = ()
    origins: tuple[Origin, ...] = ()


class Span(NamedTuple):
    """The days of one corps; decisions are supposed from `since`, past ones in the first corps."""

    since: date
    begin: date
    end: date

    def decides(self, event: Evenement) -> bool:
        """Tell whether a promotion supposed belongs here."""
        return self.since < _september(event) <= self.end


def walk(situation: Situation, events: Sequence[Numbered], today: date, departure: date) -> Walked:
    """Live a career up to the departure, one leg for each corps.

    What changes the pay alone is left aside, so that scenarios that differ by it share one walk.
    A promotion, a bonification or a change of corps that the law refuses is left out and said.

    Raises
    ------
    InputError, LawError
        The situation itself cannot be projected.
    """
    lived = tuple(one for one in events if one[1].nature not in _PAY_ALONE)
    return _walk(situation, lived, today, departure)


@lru_cache(maxsize=64)
def _walk(
    situation: Situation, events: tuple[Numbered, ...], today: date, departure: date
) -> Walked:
    supposed = _supposed([event for _, event in events])
    changes = [one for one in events if one[1].nature == "changement_corps"]
    steps_lived: list[Etape] = []
    origins: list[Origin] = []
    refusals: list[RefusEvenement] = []
    here, begin, left = situation, today, list(events)
    for rank, change in [*changes, (-1, None)]:
        end = departure if change is None else min(_day(change), departure)
        last = change is None or end == departure
        span = Span(date.min if begin == today else begin, begin, end)
        leg = _leg(here, left, span, supposed)
        refusals += _refused(leg, left, span, last=last)
        for number, step in _kept(leg, end, later=begin != today):
            steps_lived.append(_etape(step))
            origins.append(Origin(leg, number))
        if change is None or last:
            break
        left = [one for one in left if not _gained(leg, one[1], end)]
        try:
            there = placed_in(leg, change)
        except KitError as error:
            # Same corps: the walk begins again without this change.
            rest = [one for one in events if one[0] != rank]
            again = walk(situation, rest, today, departure)
            refusal = RefusEvenement(rang=rank, motif=f"{error.message} {error.remedy}")
            return replace(again, refusals=(refusal, *again.refusals))
        here, begin = _in_corps(here, there, end), end
        steps_lived.append(changed(there, end))
        origins.append(Origin(leg, change=change))
    return Walked(tuple(steps_lived), tuple(refusals), tuple(origins))


def _leg(
    situation: Situation, events: Sequence[Numbered], span: Span, supposed: Supposed | None
) -> Leg:
    leg_events = [event for _, event in events]
    begin, end = span.begin, span.end
    lived = situation.model_copy(
        update={
            "periodes": (*situation.periodes, *stays(tuple(leg_events), end)),
            "annees_direction": tuple(
                sorted({*situation.annees_direction, *_years_of_direction(leg_events, begin, end)})
            ),
        }
    )
    gained = {event.echelon for event in leg_events}
    wanted = Scenario(
        quotite=_FULL,
        hors_classe=_year(leg_events, "hors_classe", span),
        classe_exceptionnelle=_year(leg_events, "classe_exceptionnelle", span),
        contrefactuel=span.since < begin,
    ).model_copy(update={lever: step in gained for lever, step in BONUSES.items()})
    question = CareerQuestion(
        situation=lived,
        scenarios=(wanted,),
        aujourdhui=begin,
        jusqu_au=max(end - _A_DAY, begin + _A_DAY),
    )
    start = replace(check(question), supposed=supposed, filed=len(situation.periodes))
    settled = settle(start, lived, wanted, None, run_paces(start))
    leg_moments, pay = moments(settled.lived), Pay(_FULL, lived.type_temps_partiel, start.today)
    made = steps(leg_moments, start, pay)
    return Leg(lived, start, settled, tuple(leg_moments), made, pay)


def _refused(
    leg: Leg, events: Sequence[Numbered], span: Span, *, last: bool
) -> list[RefusEvenement]:
    """Return the refusals of the law, each at the event that asked for it.

    A bonification has no day: it may still come in a later leg.
    """
    return [
        RefusEvenement(rang=rank, motif=refusal.motif, premiere_date=_first(refusal))
        for refusal in leg.settled.refusals
        for rank, event in events
        if _asked(event, refusal, span) and (last or event.nature != "bonification")
    ]


def _gained(leg: Leg, event: Evenement, end: date) -> bool:
    """Tell whether a bonification was had in this leg: it is had once."""
    return event.nature == "bonification" and any(
        step.nature == "bonification"
        and step.date < end
        and step.echelon == str(int(event.echelon or 0) + 1)
        for step in leg.steps
    )


def _asked(event: Evenement, refusal: Refusal, span: Span) -> bool:
    if event.nature == "bonification":
        return refusal.levier == f"bonification_{event.echelon}"
    return event.nature == refusal.levier and span.decides(event)


def _first(refusal: Refusal) -> date | None:
    year = refusal.premiere_valeur_possible
    return None if year is None else rentree_day(year)


def _kept(leg: Leg, end: date, *, later: bool) -> list[tuple[int, Step]]:
    """Return the steps before the end; a later leg begins with the change of corps instead."""
    return [
        (number, step)
        for number, step in enumerate(leg.steps)
        if step.nature != "limite_age" and step.date < end
        if not (later and step.nature == "depart")
    ]


def _etape(step: Step) -> Etape:
    return Etape(
        date=step.date,
        prononcee_le=_pronounced(step),
        nature=step.nature,
        corps=step.corps,
        grade=step.grade,
        echelon=step.echelon,
        chevron=step.chevron,
        indice_majore=step.indice_majore,
        contrefactuel=step.contrefactuel,
        sous_reserve_de=step.sous_reserve_de,
        a_verifier=bool(step.doubt),
        motif_a_verifier=step.doubt,
    )


def _pronounced(step: Step) -> date | None:
    """Return the day on which a step is pronounced or decided, where it comes after its effect."""
    decided = step.date_decision and step.date_decision + _A_DAY
    return max(filter(None, (step.date_normale, decided)), default=None)


def placed_in(leg: Leg, change: Evenement) -> ReclassementAnswer:
    """Return where the new corps places the person on the day of the change."""
    eve = leg.settled.lived.before(axis_of(_day(change)))
    return placed(
        ReclassementQuestion(
            nature="changement_corps",
            corps=leg.start.corps,
            grade=str(CELLS.grade[eve.cell]),
            echelon=str(CELLS.echelon[eve.cell]),
            chevron=CELLS.chevron[eve.cell] or None,
            anciennete_jours=eve.days,
            date_effet=_day(change),
            corps_cible=change.corps,
        )
    )


def _in_corps(situation: Situation, there: ReclassementAnswer, day: date) -> Situation:
    return situation.model_copy(
        update={
            "corps": there.corps,
            "grade": there.grade,
            "echelon": there.echelon,
            "chevron": there.chevron,
            "date_effet": day,
            "reliquat_jours": there.anciennete_jours or 0,
            "annees_direction": (),
            "mois_asa": 0,
        }
    )


def changed(there: ReclassementAnswer, day: date) -> Etape:
    """Return the step of a change of corps."""
    doubts = list(there.motifs)
    if there.anciennete_jours is None:
        doubts.append("ancienneté conservée non connue : comptée à zéro")
    return Etape(
        date=day,
        nature="corps",
        corps=there.corps,
        grade=there.grade,
        echelon=there.echelon,
        chevron=there.chevron,
        indice_majore=there.indice_personnel or there.indice_majore or 0,
        sous_reserve_de="l’autorité qui nomme dans le nouveau corps",
        a_verifier=bool(doubts),
        motif_a_verifier=" ; ".join(doubts),
    )


def _supposed(events: Sequence[Evenement]) -> Supposed | None:
    days = [_day(event) for event in events if event.nature == "projet_durees"]
    if not days:
        return None
    return Supposed(axis_of(min(days)), project_durations().astype("int32"))


def _years_of_direction(events: Sequence[Evenement], begin: date, end: date) -> set[int]:
    """Return the school years spent whole at the head of a school, by their first year."""
    years: set[int] = set()
    for event in events:
        if event.nature == "direction":
            first, last = max(_day(event), begin), min(event.fin or end, end)
            for year in range(first.year, last.year):
                whole = axis_of(first) <= rentree(year)
                if whole and rentree(year + 1) <= axis_of(last + _A_DAY):
                    years.add(year)
    return years


def _year(events: Sequence[Evenement], grade: str, span: Span) -> int | None:
    years = [_day(event).year for event in events if event.nature == grade and span.decides(event)]
    return years[0] if years else None


def _september(event: Evenement) -> date:
    return rentree_day(_day(event).year)


def _day(event: Evenement) -> date:
    return event.debut or date.max


def passed_by(day: date) -> str:
    """Say that a promotion would come after the departure."""
    return f"Le scénario s’arrête le {date_text(day)} : cette date vient après."
