"""Since when a person waits for an answer, and how long one answer was waited for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session, aliased

from iprof_kit.base.clock import paris
from iprof_kit.records.cases import Case, CaseEvent
from iprof_kit.services.cases.life import OWNER, answers


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


def days_waited(session: Session, cases: Iterable[Case], now: datetime) -> dict[int, int | None]:
    """Return for how many days each has waited, by case: None where nothing awaits an answer.

    Parameters
    ----------
    session : Session
        That of the transaction.
    cases : iterable of Case
        With their events written.
    now : datetime
        Aware; days are those of Paris.
    """
    query = select(Case.id, waiting_since()).where(Case.id.in_([one.id for one in cases]))
    today = paris(now).date()
    return {
        number: None if since is None else max(0, (today - paris(since).date()).days)
        for number, since in session.execute(query)
    }
