"""How long people wait for an answer: what an academy announces, what its services do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from math import ceil
from statistics import median
from typing import Any

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session, aliased

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.records.cases import Case, CaseEvent
from iprof_kit.services.academies import academie
from iprof_kit.services.cases.life import OWNER, SERVICE, passages, settled
from iprof_kit.services.contract.bureau import Delais

WINDOW_DAYS = 30
_DECILE = 0.9


def announced_days(code: str) -> int | None:
    """Return the days in which an academy promises an answer, None where it promises nothing."""
    try:
        return academie(code).courrier.delai_jours
    except InputError:  # of a code that is in no list: an old import
        return None


def answers() -> frozenset[str]:
    """Return the acts of a service after which nobody is awaited any more.

    Examples
    --------
    >>> sorted(answers())
    ['clore', 'confirmer', 'corriger', 'repondre']
    """
    return frozenset(one.act for one in passages() if SERVICE in one.roles and one.to in settled())


def waiting_since() -> ScalarSelect[Any]:
    """Return, for a query on `Case`, since when a person has waited: her first act after an answer.

    A paper that is asked for is no answer; who was answered and writes again waits from then on.
    """
    answer, hers = aliased(CaseEvent), aliased(CaseEvent)
    last = (
        select(func.coalesce(func.max(answer.id), 0))
        .where(answer.case_id == Case.id, answer.act.in_(answers()))
        .correlate(Case)
        .scalar_subquery()
    )
    first = select(func.min(hers.at)).where(
        hers.case_id == Case.id, hers.role == OWNER, hers.id > last
    )
    return first.correlate(Case).scalar_subquery()


def of_the_month(session: Session, services: Collection[str], now: datetime) -> Delais:
    """Return how long the last 30 days' answers of some services took.

    Parameters
    ----------
    session : Session
    services : collection of str
        As people read them.
    now : datetime
        Aware.
    """
    recent = (
        select(CaseEvent.case_id)
        .where(CaseEvent.service.in_(services), CaseEvent.at > now - timedelta(days=WINDOW_DAYS))
        .where(CaseEvent.act.in_(answers()), CaseEvent.role == SERVICE)
    )
    events = session.execute(
        select(CaseEvent.case_id, CaseEvent.at, CaseEvent.act, CaseEvent.role, CaseEvent.service)
        .where(CaseEvent.case_id.in_(recent))
        .order_by(CaseEvent.case_id, CaseEvent.id)
    )
    days = [
        waited
        for _, thread in groupby(events, lambda one: one.case_id)
        for waited in _waits(thread, services, now)
    ]
    return figures(days)


def figures(days: Sequence[int]) -> Delais:
    """Return the middle of some delays, and that under which nine of ten are.

    Examples
    --------
    >>> figures([1, 1, 2, 3, 4, 4, 5, 6, 9, 14]).neuf_sur_dix
    9.0
    """
    if not days:
        return Delais()
    ordered = sorted(days)
    counts = [0] * (ordered[-1] + 1)
    for one in ordered:
        counts[one] += 1
    return Delais(
        reponses=len(ordered),
        mediane=float(median(ordered)),
        neuf_sur_dix=float(ordered[ceil(_DECILE * len(ordered)) - 1]),
        par_jour=counts,
    )


def _waits(thread: Iterable[Any], services: Collection[str], now: datetime) -> Iterable[int]:
    """Yield the days between the first words of a person and each answer to them."""
    since = None
    for event in thread:
        if event.role == OWNER:
            since = since or event.at
        elif event.role == SERVICE and event.act in answers() and since is not None:
            if event.service in services and event.at > now - timedelta(days=WINDOW_DAYS):
                yield max(0, (paris(event.at).date() - paris(since).date()).days)
            since = None
