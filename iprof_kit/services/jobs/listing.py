"""How each job went, for an administrator: no name, no address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from iprof_kit.base.clock import paris
from iprof_kit.records.database import reading
from iprof_kit.records.outbox import Job
from iprof_kit.services.jobs.tasks import TASKS


@dataclass(frozen=True)
class State:
    """One job: when it ended last and is due again, in Paris; what it answered.

    `wanted`: there is something to do, and the configuration lets it.
    """

    name: str
    label: str
    ended: datetime | None
    due: datetime | None
    failures: int
    outcome: str
    wanted: bool


def states(now: datetime) -> list[State]:
    """Return every job of the table, in its order.

    Raises
    ------
    Unavailable
        The database or the configuration does not answer.
    """
    with reading() as session:
        rows = {row.name: row for row in session.scalars(select(Job))}
        return [
            State(
                name,
                task.label,
                ended=paris(row.ended_at) if row and row.ended_at else None,
                due=paris(row.due_at) if row else None,
                failures=row.failures if row else 0,
                outcome=row.outcome if row else "",
                wanted=task.wanted(session, now),
            )
            for name, task in TASKS.items()
            for row in [rows.get(name)]
        ]
