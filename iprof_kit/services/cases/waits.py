"""Since when a person waits for an answer, and how long one answer was waited for."""

from __future__ import annotations

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


def days_waited(session: Session, case: Case, now: datetime) -> int | None:
    """Return for how many days she has waited, None where nothing of hers awaits an answer.

    Parameters
    ----------
    session : Session
        That of the transaction.
    case : Case
        With its events written.
    now : datetime
        Aware; days are those of Paris.
    """
    since = session.scalar(select(waiting_since()).where(Case.id == case.id))
    if since is None:
        return None
    return max(0, (paris(now).date() - paris(since).date()).days)
