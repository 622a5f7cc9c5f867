"""Codes to print and to keep: for who has lost her phone, or cannot come and show who she is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from iprof_kit.records.accounts import RecoveryCode
from iprof_kit.services.access.first_access import grouped, new_code
from iprof_kit.services.access.second_factor.sealing import keyed_hash

COUNT = 10


def make(session: Session, account_id: int, now: datetime) -> list[str]:
    """Make an account's codes, in the caller's transaction; those it had serve no more.

    Returns
    -------
    list of str
        As they are printed. They are shown once.
    """
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    codes = [new_code() for _ in range(COUNT)]
    session.add_all(_row(session, account_id, code, now) for code in codes)
    return [grouped(code) for code in codes]


def keep_letter(session: Session, account_id: int, code: str, now: datetime, end: datetime) -> None:
    """Keep the code of a letter, in the caller's transaction; that of a former letter is over."""
    former = (RecoveryCode.account_id == account_id, RecoveryCode.expires_at.is_not(None))
    session.execute(delete(RecoveryCode).where(*former))
    session.add(_row(session, account_id, code, now, end))


def _row(
    session: Session, account_id: int, code: str, now: datetime, end: datetime | None = None
) -> RecoveryCode:
    digest = keyed_hash(session, code, account_id)
    return RecoveryCode(account_id=account_id, code_hash=digest, made_at=now, expires_at=end)


def take(session: Session, account_id: int, code: str, now: datetime) -> bool:
    """Return whether a code is one of an account's, and take it: it serves once."""
    digest = keyed_hash(session, code, account_id)
    used = (
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account_id,
            RecoveryCode.code_hash == digest,
            RecoveryCode.used_at.is_(None),
            or_(RecoveryCode.expires_at.is_(None), RecoveryCode.expires_at > now),
        )
        .values(used_at=now)
        .returning(RecoveryCode.id)
    )
    return session.execute(used).scalar() is not None


def left(session: Session, account_id: int) -> int:
    """Return how many codes that were shown to somebody still serve; that of a letter apart."""
    query = select(func.count()).where(
        RecoveryCode.account_id == account_id,
        RecoveryCode.used_at.is_(None),
        RecoveryCode.expires_at.is_(None),
    )
    return session.scalar(query) or 0
