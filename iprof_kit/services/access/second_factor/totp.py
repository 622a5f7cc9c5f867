"""Codes of an application (TOTP, RFC 6238): six digits, thirty seconds, each taken once."""

from __future__ import annotations

import hmac
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from iprof_kit.records.accounts import TotpKey
from iprof_kit.records.database import reading, writing
from iprof_kit.services.access.second_factor.sealing import seal, unseal
from iprof_kit.services.access.second_factor.steps import Step, row_of

PERIOD, DIGITS = 30, 6
_WINDOW = 1
"""Periods by which two clocks may differ: the code before, and the one after."""
_WRONG_CLOCK = 240
"""Periods by which a clock is told to be wrong, to who adds an application: two hours."""
_NAME = "Assistant carrière"


def key_to_add(step: Step) -> str | None:
    """Return the key that an application is given, in base 32: the same until its step is over."""
    import pyotp  # only where it is of use

    with reading() as session:
        row = row_of(session, step)
        if row is not None and row.sealed:
            return unseal(session, row.sealed, step.account_id)
    key: str = pyotp.random_base32()  # 160 bits
    with writing() as session:
        row = row_of(session, step)
        if row is None:
            return None
        row.sealed = row.sealed or seal(session, key, step.account_id)
        return unseal(session, row.sealed, step.account_id)


def address_of(key: str, compte: str) -> str:
    """Return the address that an application reads in a QR code."""
    import pyotp

    address: str = pyotp.TOTP(key).provisioning_uri(name=compte, issuer_name=_NAME)
    return address


def matched(
    key: str, code: str, now: datetime, after: int = -1, window: int = _WINDOW
) -> int | None:
    """Return the period whose code this is, around a moment and after another; None if none is."""
    import pyotp

    if len(code) != DIGITS or not (code.isascii() and code.isdecimal()):
        return None
    here = int(now.timestamp()) // PERIOD
    totp = pyotp.TOTP(key)
    for period in range(here - window, here + window + 1):
        if period > after and hmac.compare_digest(totp.generate_otp(period), code):
            return period
    return None


def add(session: Session, step: Step, code: str, now: datetime) -> bool:
    """Add the application of a step, which has just given its first code."""
    row = row_of(session, step)
    key = unseal(session, row.sealed, step.account_id) if row and row.sealed else None
    period = matched(key, code, now) if key else None
    if row is None or row.sealed is None or period is None:
        return False
    session.add(
        TotpKey(account_id=step.account_id, sealed=row.sealed, last_step=period, added_at=now)
    )
    row.sealed = None
    return True


def minutes_ahead(session: Session, step: Step, code: str, now: datetime) -> int:
    """Return by how many minutes the clock of a new application is ahead; 0 where it is not that.

    Only who has the key before her eyes is told.
    """
    row = row_of(session, step)
    key = unseal(session, row.sealed, step.account_id) if row and row.sealed else None
    period = matched(key, code, now, window=_WRONG_CLOCK) if key else None
    return 0 if period is None else round((period * PERIOD - now.timestamp()) / 60)


def take(session: Session, account_id: int, code: str, now: datetime) -> bool:
    """Return whether a code is that of an account's application, and take it: it serves once."""
    row = session.scalars(select(TotpKey).where(TotpKey.account_id == account_id)).one_or_none()
    key = unseal(session, row.sealed, account_id) if row else None
    period = matched(key, code, now, row.last_step) if row and key else None
    if row is None or period is None:
        return False
    used = (
        update(TotpKey)
        .where(TotpKey.id == row.id, TotpKey.last_step < period)
        .values(last_step=period, used_at=now)
        .returning(TotpKey.id)
    )
    return session.execute(used).scalar() is not None
