"""What was told or waited for is written once, instead of being worked out at each look.

Of a daily notice, what it told and reminded of last; of an answer, how long it was waited for; and
the indexes that give a page of threads, and the delays of a month, without reading the others.

Created on 2026-11-28.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

from iprof_kit.base.clock import paris
from iprof_kit.records.base import Moment

revision = "0014"
down_revision = "0013"
_TOLD = ("told_event", "reminded_event")
_ANSWERS = ("repondre", "corriger", "clore")
_EVENTS = sa.table(
    "case_events",
    sa.column("id", sa.Integer),
    sa.column("case_id", sa.Integer),
    sa.column("at", Moment),
    sa.column("act", sa.String),
    sa.column("role", sa.String),
    sa.column("waited_days", sa.Integer),
)
_NEWEST = ("numero", "last_at", "id", "state", "kind")
_BATCH = 1_000


def upgrade() -> None:
    for name in _TOLD:
        column = sa.Column(name, sa.Integer(), nullable=False, server_default="0")
        op.add_column("notice_choices", column)
    op.add_column("case_events", sa.Column("waited_days", sa.Integer()))
    _fill()
    op.drop_index("ix_case_events_service_at", "case_events")
    op.create_index("ix_case_events_answers", "case_events", ["service", "at", "waited_days"])
    op.create_index("ix_cases_newest", "cases", list(_NEWEST))


def downgrade() -> None:
    op.drop_index("ix_cases_newest", "cases")
    op.drop_index("ix_case_events_answers", "case_events")
    op.create_index("ix_case_events_service_at", "case_events", ["service", "at"])
    op.drop_column("case_events", "waited_days")
    for name in _TOLD:
        op.drop_column("notice_choices", name)


def _fill() -> None:
    """Write on each past answer the days between her first words and it."""
    link, columns = op.get_bind(), _EVENTS.c
    query = sa.select(columns.id, columns.case_id, columns.at, columns.act, columns.role)
    rows = link.execute(query.order_by(columns.case_id, columns.id)).all()
    waited = [one for _, case in groupby(rows, lambda row: row.case_id) for one in _waits(case)]
    change = _EVENTS.update().where(columns.id == sa.bindparam("event"))
    change = change.values(waited_days=sa.bindparam("days"))
    for start in range(0, len(waited), _BATCH):
        link.execute(change, waited[start : start + _BATCH])


def _waits(case: Iterable[sa.Row[*tuple[Any, ...]]]) -> Iterator[dict[str, int]]:
    since: datetime | None = None
    for event in case:
        if event.act in _ANSWERS:
            if event.role == "service" and since is not None:
                days = (paris(event.at).date() - paris(since).date()).days
                yield {"event": event.id, "days": max(0, days)}
            since = None
        elif event.role == "demandeur":
            since = since or event.at
