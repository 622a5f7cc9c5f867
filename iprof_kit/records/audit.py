"""The journal of who did or read what, when and from where.

Lines are added and never changed, but for a person who is erased: hers no longer name her.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from iprof_kit.records.base import Base, Moment


class AuditRow(Base):
    """One line. It names people by account and file number, and survives both."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    actor: Mapped[str] = mapped_column(String(60), index=True)
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(80), index=True)
    address: Mapped[str | None] = mapped_column(String(45))
    detail: Mapped[str] = mapped_column(String(200))


def note(
    session: Session, *, at: datetime, actor: str, action: str, subject: str,
    address: str | None = None, detail: str = "",
) -> None:  # fmt: skip
    """Add one line, in the transaction of what it tells: both are kept, or neither."""
    session.add(
        AuditRow(at=at, actor=actor, action=action, subject=subject, address=address, detail=detail)
    )


def lines(session: Session, *, subject: str | None = None, last: int = 100) -> Sequence[AuditRow]:
    """Return the `last` lines, newest first, of one subject or of all."""
    query = select(AuditRow).order_by(AuditRow.id.desc()).limit(last)
    if subject is not None:
        query = query.where(AuditRow.subject == subject)
    return session.scalars(query).all()
