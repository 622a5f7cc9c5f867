"""What the journal no longer keeps: whole batches past their time, addresses, unused names.

The seal of the last deleted batch stays, with the count of all until then, and a line says so: what
remains is verified as before.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from iprof_kit.records import marks
from iprof_kit.records.journal import audit
from iprof_kit.records.journal.audit import AuditName, AuditRow, AuditSeal, AuditWords
from iprof_kit.records.journal.entries import BLANKED, PRUNED, blanked_words, pruned_words

SUBJECT = "base"
_UNSYNCHRONIZED = {"synchronize_session": False}


def past_batch(session: Session, before: datetime) -> int:
    """Return the last of the first batches whose lines are all past their time; 0 for none."""
    kept = session.scalar(select(func.min(AuditRow.batch)).where(AuditRow.at >= before))
    if kept is not None:
        return kept - 1
    return session.scalar(select(func.max(AuditSeal.number))) or 0


def count_past(session: Session, before: datetime) -> int:
    """Return how many lines their time allows to delete, batch by batch."""
    return _count(session, AuditRow, AuditRow.batch <= past_batch(session, before))


def count_addresses(session: Session, before: datetime) -> int:
    """Return how many addresses are past their time."""
    return _count(session, AuditWords, *_with_address(before))


def prune(session: Session, before: datetime, by: str, now: datetime) -> int:
    """Delete the first batches past their time; return how many lines."""
    last = past_batch(session, before)
    count = _count(session, AuditRow, AuditRow.batch <= last)
    if not count:
        return 0
    marks.mark(session, marks.JOURNAL_PRUNED, str(last))
    session.flush()  # what follows is refused without it
    for rows in (
        delete(AuditRow).where(AuditRow.batch <= last),
        delete(AuditSeal).where(AuditSeal.number < last),
    ):
        session.execute(rows, execution_options=_UNSYNCHRONIZED)
    audit.note(session, at=now, actor=by, action=PRUNED, subject=SUBJECT, detail=pruned_words(last))
    _forget_names(session)
    return count


def blank_addresses(session: Session, before: datetime, by: str, now: datetime) -> int:
    """Remove the addresses past their time; return how many."""
    past = _with_address(before)
    count = _count(session, AuditWords, *past)
    if count:
        change = update(AuditWords).where(*past).values(address=None, address_salt=None)
        session.execute(change, execution_options=_UNSYNCHRONIZED)
        audit.note(
            session, at=now, actor=by, action=BLANKED, subject=SUBJECT, detail=blanked_words(before)
        )
    return count


def _with_address(before: datetime) -> tuple[ColumnElement[bool], ...]:
    old = select(AuditRow.id).where(AuditRow.at < before)
    return AuditWords.address.is_not(None), AuditWords.id.in_(old)


def _count(session: Session, table: type, *chosen: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*chosen)) or 0


def _forget_names(session: Session) -> None:
    """Delete the names that no line holds any more, but those of a line being written."""
    session.flush()
    mention = or_(AuditRow.actor == AuditName.pseudonym, AuditRow.subject == AuditName.pseudonym)
    unused = ~exists().where(mention)
    free = select(AuditName.id).where(unused).with_for_update(skip_locked=True)
    numbers = session.scalars(free).all()
    for start in range(0, len(numbers), 500):
        some = AuditName.id.in_(numbers[start : start + 500])  # asked again: a line may have come
        session.execute(delete(AuditName).where(some, unused), execution_options=_UNSYNCHRONIZED)
