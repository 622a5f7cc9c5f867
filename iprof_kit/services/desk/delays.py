"""How long people wait for an answer: what an academy announces, what its services do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from itertools import accumulate
from math import ceil

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iprof_kit.base.errors import InputError
from iprof_kit.records.cases import CaseEvent
from iprof_kit.services.academies import academie
from iprof_kit.services.contract.bureau.fils import Delais

WINDOW_DAYS = 30
_DECILE = 0.9


def announced_days(code: str) -> int | None:
    """Return the days in which an academy promises an answer, None where it promises nothing."""
    try:
        return academie(code).courrier.delai_jours
    except InputError:  # of a code that is in no list: an old import
        return None


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
    taken = (
        select(CaseEvent.waited_days, func.count())
        .where(CaseEvent.service.in_(services), CaseEvent.at > now - timedelta(days=WINDOW_DAYS))
        .where(CaseEvent.waited_days.is_not(None))
        .group_by(CaseEvent.waited_days)
    )
    counts = session.execute(taken)
    return figures({days: count for days, count in counts if days is not None})


def figures(answers: Mapping[int, int]) -> Delais:
    """Return the middle of some delays, and that under which nine of ten are.

    Parameters
    ----------
    answers : mapping of int to int
        How many answers took each number of days.

    Examples
    --------
    >>> figures({1: 2, 2: 1, 3: 1, 4: 2, 5: 1, 6: 1, 9: 1, 14: 1}).neuf_sur_dix
    9.0
    """
    if not answers:
        return Delais()
    days = range(max(answers) + 1)
    counts = [answers.get(day, 0) for day in days]
    reached, total = list(accumulate(counts)), sum(counts)

    def taken_by(rank: int) -> int:
        """Return the delay of the answer of a rank, the shortest first, from 1."""
        return bisect_left(reached, rank)

    return Delais(
        reponses=total,
        mediane=(taken_by((total + 1) // 2) + taken_by(total // 2 + 1)) / 2,
        neuf_sur_dix=float(taken_by(ceil(_DECILE * total))),
        par_jour=counts,
    )
