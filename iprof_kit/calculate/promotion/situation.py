"""Where people stand on the 31 August of their campaign, from what was asked of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import compress

import numpy as np

from iprof_kit.base.calendar import (
    axis_of,
    date_of,
    date_text,
    duration_text,
    eve_of_rentree,
    rentree,
)
from iprof_kit.base.errors import InputError, LawError, PeriodNotCovered
from iprof_kit.calculate.career.positions import Positions, positions_of
from iprof_kit.calculate.interface.situation import Periode, Situation
from iprof_kit.calculate.promotion.question import PositionOnTheEve, PromotionQuestion
from iprof_kit.careers.acts import Acts
from iprof_kit.careers.agents import Agents
from iprof_kit.careers.criteria import Numbers
from iprof_kit.careers.leaves import together
from iprof_kit.careers.projection import project
from iprof_kit.law.career.advancement import echelon_duration, first_day
from iprof_kit.law.career.positions import always_counts, position_code
from iprof_kit.law.tables.cells import CELLS, cell_code
from iprof_kit.law.tables.loading import refuse_before


def on_the_eve(questions: Sequence[PositionOnTheEve]) -> tuple[Numbers, Numbers, list[Positions]]:
    """Return the cell and the seniority of each person on 31 August, and her positions.

    Where `date_effet` was given, the échelons of right are counted up to then; time that the
    positions do not let count is taken off.

    Raises
    ------
    InputError
        An échelon that does not exist, a date that comes too late, a seniority that its échelon
        cannot hold.
    """
    cell = np.array([cell_code(q.corps, q.grade, q.echelon, q.chevron) for q in questions])
    days = np.array([q.anciennete_jours or 0 for q in questions], np.int64)
    positions = _positions_of(questions)
    dated = np.array([q.date_effet is not None for q in questions], bool)
    if dated.any():
        chosen = list(compress(questions, dated))
        walked = _walked(chosen, cell[dated], list(compress(positions, dated)))
        cell[dated], days[dated] = walked
    for place in np.flatnonzero(~dated).tolist():
        _check(questions[place], int(cell[place]), int(days[place]))
    return cell, days, positions


def _walked(
    questions: Sequence[PositionOnTheEve], cell: Numbers, positions: Sequence[Positions]
) -> tuple[Numbers, Numbers]:
    """Walk from each échelon's date to the eve of the campaign."""
    entry = np.array([axis_of(_effect(question)) for question in questions], np.int64)
    eve = np.array([rentree(question.campagne) for question in questions], np.int64)
    for question, begin, end in zip(questions, entry.tolist(), eve.tolist(), strict=True):
        refuse_before("durees_echelon", date_of(first_day()), _effect(question))
        if begin >= end:
            raise InputError(
                f"l’échelon prend effet le {date_text(_effect(question))}, après le 31 août de la "
                f"campagne {question.campagne}.",
                where="date_effet",
                remedy="Indiquez l’échelon détenu au 31 août de la campagne.",
            )
    kept = [question.reliquat_jours for question in questions]
    agents = Agents(np.arange(len(questions)), cell, entry, np.array(kept), eve)
    walked = project(agents, acts=_acts(positions))
    return (
        walked.last_cell.astype(np.int64),
        np.maximum(eve - walked.last_since, 0).astype(np.int64),
    )


def _acts(positions: Sequence[Positions]) -> Acts | None:
    """Return the acts of several people, one row each."""
    moved_acts = []
    for row, of_one in enumerate(positions):
        acts = of_one.acts(1)
        if acts is not None:
            moved = Acts(np.full(len(acts), row), acts.day, acts.kind, acts.cell, acts.days)
            moved_acts.append(moved)
    return together(*moved_acts) if moved_acts else None


def _positions_of(questions: Sequence[PositionOnTheEve]) -> list[Positions]:
    """Return the positions of each question; one person in several campaigns is counted once.

    The eve of the campaign changes something for her only where it ends a stay that is open.
    """
    counted: dict[tuple[object, ...], Positions] = {}
    of_each = []
    for question in questions:
        periods = _periods(question)
        ends_open = any(p.fin is None and not _whole(p.position, p.motif) for p in periods)
        dated = question.date_effet is not None and not ends_open
        asked = (periods, question.date_effet, None if dated else question.campagne)
        if asked not in counted:
            counted[asked] = _positions(question)
        of_each.append(counted[asked])
    return of_each


def _whole(position: str, motif: str | None) -> bool:
    return always_counts(position_code(position, motif))


def _periods(question: PositionOnTheEve) -> tuple[Periode, ...]:
    return question.periodes if isinstance(question, PromotionQuestion) else ()


def _positions(question: PositionOnTheEve) -> Positions:
    periods = _periods(question)
    begin = question.date_effet
    entry = rentree(question.campagne) if begin is None else axis_of(begin)
    eve = eve_of_rentree(question.campagne)
    return positions_of(Situation(corps=question.corps, periodes=periods), entry, eve)


def _effect(question: PositionOnTheEve) -> date:
    return question.date_effet or date.min


def _check(question: PositionOnTheEve, cell: int, days: int) -> None:
    """Refuse a position that did not exist on that 31 August, or a seniority it cannot hold."""
    eve = rentree(question.campagne) - 1
    try:
        duration = int(echelon_duration(np.array([cell]), eve)[0])
    except PeriodNotCovered:
        raise
    except LawError as error:
        raise InputError(
            f"cette position n’existe pas au 31 août {question.campagne} ({CELLS.in_full(cell)}).",
            where="echelon",
            remedy="Vérifiez l’échelon, le chevron et la campagne.",
        ) from error
    if duration and days > duration:
        raise InputError(
            f"l’ancienneté, {duration_text(days)}, dépasse la durée de l’échelon : "
            f"{duration_text(duration)}.",
            where="anciennete_jours",
            remedy="Indiquez l’échelon détenu au 31 août de la campagne, et l’ancienneté dans cet "
            "échelon.",
        )
