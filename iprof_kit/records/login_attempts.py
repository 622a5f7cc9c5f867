"""Failed logins by (account, address) pair: a stranger's failures delay the stranger only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from iprof_kit.records.base import Base, Moment


class LoginAttempt(Base):
    """The failures of one pair, kept as a hash: what was typed may have been a password.

    A row of the same form counts those of a place, or of an account; one more says that an account
    entered from a place, which is then known until `known_until`.
    """

    __tablename__ = "login_attempts"

    pair: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(Moment, index=True)
    blocked_until: Mapped[datetime] = mapped_column(Moment)
    known_until: Mapped[datetime | None] = mapped_column(Moment)
