"""What must not come back to life with a backup: sessions, reset links, and links on request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Update, func, select, update
from sqlalchemy.orm import Session

from iprof_kit.records import audit
from iprof_kit.records.cvs import CvLink
from iprof_kit.records.reset_links import ResetLink
from iprof_kit.records.sessions import SessionRow


@dataclass(frozen=True)
class Closed:
    """How many sessions and reset links were ended; how many CV links are open or were revoked."""

    sessions: int
    resets: int
    links: int
    revoked: bool


def close_what_was_open(
    session: Session, by: str, now: datetime, detail: str, *, revoke_links: bool
) -> Closed:
    """End what was open when the backup was made, in the transaction that notes the restoration."""
    sessions = update(SessionRow).where(SessionRow.revoked_at.is_(None)).values(revoked_at=now)
    resets = update(ResetLink).where(ResetLink.used_at.is_(None)).values(used_at=now)
    open_links = (CvLink.revoked_at.is_(None), CvLink.expires_at > now)
    links = session.scalar(select(func.count()).select_from(CvLink).where(*open_links)) or 0
    closed = Closed(_changed(session, sessions), _changed(session, resets), links, revoke_links)
    if revoke_links:
        values = {"revoked_at": now, "version": CvLink.version + 1}
        _changed(session, update(CvLink).where(*open_links).values(values))
    audit.note(session, at=now, actor=by, action="restauration", subject="base", detail=detail)
    return closed


def _changed(session: Session, order: Update) -> int:
    done: CursorResult[Any] = session.execute(order)  # type: ignore[assignment]
    return done.rowcount
