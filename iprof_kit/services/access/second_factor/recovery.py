"""Codes to print and to keep: for who has lost her phone, or cannot come and show who she is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update
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
    session.add_all(
        RecoveryCode(
            account_id=account_id, code_hash=keyed_hash(session, code, account_id), made_at=now
        )
        for code in codes
    )
    return [grouped(code) for code in codes]


def take(session: Session, account_id: int, code: str, now: datetime) -> bool:
    """Return whether a code is one of an account's, and take it: it serves once."""
    digest = keyed_hash(session, code, account_id)
    used = (
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account_id,
            RecoveryCode.code_hash == digest,
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
        .returning(RecoveryCode.id)
    )
    return session.execute(used).scalar() is not None


def left(session: Session, account_id: int) -> int:
    """Return how many codes of an account still serve."""
    query = select(func.count()).where(
        RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None)
    )
    return session.scalar(query) or 0
