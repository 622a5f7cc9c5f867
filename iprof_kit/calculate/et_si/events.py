"""Which supposed events may stand together, before the law of careers is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from iprof_kit.base.calendar import date_text, rentree_day
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.et_si.answer import RefusEvenement
from iprof_kit.calculate.et_si.career import Numbered, passed_by
from iprof_kit.calculate.et_si.pay import Post, paid
from iprof_kit.calculate.et_si.question import EtSiQuestion, Evenement
from iprof_kit.calculate.et_si.words import SINGLE
from iprof_kit.law.career.advancement import project_facts
from iprof_kit.law.career.traitement import paid_fraction

_A_DAY = timedelta(days=1)
_ALONE = frozenset(
    {"hors_classe", "classe_exceptionnelle", "retraite", "droit_du", "projet_durees"}
)
PROMOTIONS = frozenset({"hors_classe", "classe_exceptionnelle"})


class Bounds(NamedTuple):
    """The day on which the right to a pension opens (None: not known), and the last day."""

    opening: date | None
    limit: date
    beyond: str = ""
    """What is supposed of somebody who serves past the limite d'âge."""


def sorted_out(
    question: EtSiQuestion, events: Sequence[Evenement], bounds: Bounds
) -> tuple[list[Numbered], list[RefusEvenement]]:
    """Return the events that may stand together, in the order of their days, and the others.

    A position without end is interrupted by one that begins later: it stands in two pieces of the
    same rank, or ends on the eve where the later one has no end either.

    Parameters
    ----------
    bounds : Bounds
        Between which days a departure may be chosen.
    """
    kept: list[Numbered] = []
    refused: list[RefusEvenement] = []
    numbered = sorted(enumerate(events), key=_order)
    for rank, event in numbered:
        refusal = _refusal(question, event, [one for _, one in kept], bounds)
        if refusal is None:
            kept = [*_interrupted(kept, event), (rank, event)]
        else:
            refused.append(RefusEvenement(rang=rank, motif=refusal[0], premiere_date=refusal[1]))
    kept.sort(key=lambda one: one[1].debut or date.min)
    departure = next((e.debut for _, e in kept if e.nature == "retraite" and e.debut), bounds.limit)
    for rank, event in [*kept]:
        if event.nature not in ("retraite", "droit_du") and start_of(event) >= departure:
            kept.remove((rank, event))
            if all(other != rank for other, _ in kept):
                refused.append(RefusEvenement(rang=rank, motif=passed_by(departure)))
    return kept, refused


def _refusal(
    question: EtSiQuestion, event: Evenement, before: Sequence[Evenement], bounds: Bounds
) -> tuple[str, date | None] | None:
    """Return why an event cannot stand after those before it, and the first day possible."""
    today, nature, day = question.aujourdhui, event.nature, event.debut
    if nature == "bonification":
        same = any(one.echelon == event.echelon for one in before)
        return ("Cette bonification est déjà dans le scénario.", None) if same else None
    if day is None:
        return None
    if nature in _ALONE and any(one.nature == nature for one in before):
        return "Un seul événement de cette nature par scénario.", None
    if nature == "droit_du":
        return _law_of(question, event)
    start = start_of(event)
    if start <= today:
        return None if nature in PROMOTIONS else (_not_to_come(start, today), today + _A_DAY)
    if nature == "retraite":
        return _departure(day, bounds)
    if start >= bounds.limit:
        return passed_by(bounds.limit), None
    if nature in SINGLE:
        for one in before:
            if one.nature in SINGLE and _hinders(one, event):
                return _one_at_a_time(one)
    zone = next((one.zone for one in reversed(before) if one.nature == "mutation"), question.zone)
    return _of_its_own(question, event, before, zone)


def start_of(event: Evenement) -> date:
    """Return the day on which an event counts: 1 September of its year for a promotion."""
    day = event.debut or date.min
    return rentree_day(day.year) if event.nature in PROMOTIONS else day


def _not_to_come(start: date, today: date) -> str:
    """Say why an event that is not a decision must come later."""
    what = "c’est aujourd’hui" if start == today else "est passé"
    joint = ", " if start == today else " "
    return (
        f"Le {date_text(start)}{joint}{what} : un scénario suppose l’avenir. Seule une "
        "décision passée (promotion, bonification) peut être supposée autrement."
    )


def _departure(day: date, bounds: Bounds) -> tuple[str, date | None] | None:
    if bounds.opening is not None and day < bounds.opening:
        words = (
            f"Le droit à pension s’ouvre le {date_text(bounds.opening)}. Un départ "
            "anticipé (carrière longue, catégorie active, enfants) n’est pas couvert ici."
        )
        return words, bounds.opening
    if day > bounds.limit:
        return (
            f"La limite d’âge est le {date_text(bounds.limit)} : un recul ou une prolongation "
            "se demandent, et ne sont pas couverts ici."
        ), None
    return None


def _order(numbered: Numbered) -> tuple[date, bool, int]:
    """Return the order in which events count: on one day, what has no end comes first."""
    rank, event = numbered
    return event.debut or date.min, event.fin is not None, rank


def _hinders(position: Evenement, event: Evenement) -> bool:
    """Tell whether a position leaves no place to one that comes after it."""
    day = event.debut or date.min
    if position.fin is None:
        return position.debut == day and event.fin is None
    return (position.debut or date.min) <= day <= position.fin


def _interrupted(kept: Sequence[Numbered], event: Evenement) -> list[Numbered]:
    """Return the events kept, the open position that a new one interrupts cut in pieces."""
    day, pieces = event.debut, []
    for rank, position in kept:
        is_open = position.nature in SINGLE and position.fin is None
        if event.nature not in SINGLE or not is_open or day is None or position.debut is None:
            pieces.append((rank, position))
            continue
        if position.debut < day:
            pieces.append((rank, position.model_copy(update={"fin": day - _A_DAY})))
        if event.fin is not None:
            pieces.append((rank, position.model_copy(update={"debut": event.fin + _A_DAY})))
    return pieces


def _one_at_a_time(other: Evenement) -> tuple[str, date | None]:
    begin = date_text(other.debut or date.min)
    if other.fin is None:
        return f"Une autre position commence aussi le {begin} : gardez l’une des deux.", None
    until = f"du {begin} au {date_text(other.fin)}"
    words = f"Une autre position est tenue {until} : on n’en tient qu’une à la fois."
    return words, other.fin + _A_DAY


def _of_its_own(
    question: EtSiQuestion, event: Evenement, before: Sequence[Evenement], zone: int | None
) -> tuple[str, date | None] | None:
    situation = question.situation
    if event.nature == "temps_partiel" and event.quotite is not None:
        try:
            paid_fraction(event.quotite, situation.type_temps_partiel, situation.corps)
        except InputError as error:
            return f"{error.message} {error.remedy}", None
    if event.nature == "projet_durees" and not project_facts(str(situation.corps)):
        return "Le projet de 2025 ne dit rien de ce corps.", None
    if event.nature == "mutation" and event.zone == zone and not _leaves(question, before):
        return "C’est déjà, à cette date, la zone d’indemnité de résidence.", None
    if event.nature in ("direction", "education_prioritaire", "mutation"):
        return _payable(question, event)
    return None


def _leaves(question: EtSiQuestion, before: Sequence[Evenement]) -> bool:
    """Tell whether a move leaves the territory, the network or the direction of today."""
    today = Post.of(question)
    paid_there = today.territory or today.classes or today.reseau != "aucune"
    return bool(paid_there) and all(one.nature != "mutation" for one in before)


def _payable(question: EtSiQuestion, event: Evenement) -> tuple[str, date | None] | None:
    """Return why the payslip refuses what an event gives, in its own words."""
    try:
        paid(Post.of(question).with_event(event), question.aujourdhui)
    except KitError as error:
        return f"{error.message} {error.remedy}", None
    return None


def _law_of(question: EtSiQuestion, event: Evenement) -> tuple[str, date | None] | None:
    if event.debut is not None and event.debut > question.aujourdhui:
        return "Le droit de cette date n’est pas encore connu.", None
    try:
        paid(Post.of(question), event.debut or question.aujourdhui)
    except KitError as error:
        return f"{error.message} {error.remedy}", None
    return None
