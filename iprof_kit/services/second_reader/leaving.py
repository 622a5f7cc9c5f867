"""What was confirmed for many leaves once nobody has taken it back: to all of them, or to none."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.base.words import counted
from iprof_kit.records.cases import HeldOrder
from iprof_kit.records.database import writing
from iprof_kit.services.cases.held import LEAVES, LEFT, SENT_BACK, undo_time
from iprof_kit.services.desk.confirming import check_mark
from iprof_kit.services.second_reader.batches import batch

MOST_AT_ONCE = 500
"""People of one turn of the runner, which has other jobs."""


def anything_due(session: Session, now: datetime) -> bool:
    """Return whether an order has been kept for as long as it can be taken back."""
    return session.scalar(_due(now).limit(1)) is not None


def leave_due(now: datetime) -> str:
    """Send each answer whose time has come, once; return what was done, in French."""
    done = 0
    while done < MOST_AT_ONCE and (number := _next(now)) is not None:
        done += number
    return counted(done, "réponse remise") if done else ""


def _due(now: datetime) -> Select[HeldOrder]:
    """Return the orders whose time has come, the oldest first."""
    due = (HeldOrder.state == LEAVES) & (HeldOrder.since <= now - undo_time())
    return select(HeldOrder).where(due).order_by(HeldOrder.since, HeldOrder.id)


def _next(now: datetime) -> int | None:
    """Send the oldest; it goes back to its author, who reads why, where it cannot leave whole."""
    try:
        with writing() as session:
            row = _locked(session, now)
            if row is None:
                return None
            one = batch(session, row, now, lock=True)
            check_mark(row.mark, one.mark, "un de ces fils")
            one.do()
            row.state, row.since, row.version = LEFT, now, row.version + 1
            return len(one.threads)
    except (InputError, Refused) as error:
        with writing() as session:
            row = _locked(session, now)
            if row is not None:
                row.reason = f"{error.message} Rien n’est parti."
                row.state, row.since, row.version = SENT_BACK, now, row.version + 1
        return 0


def _locked(session: Session, now: datetime) -> HeldOrder | None:
    query = _due(now).limit(1).with_for_update(skip_locked=True)
    return session.scalars(query).one_or_none()
