"""The jobs that the kit does by itself: when each is due, who holds it, how it went."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from iprof_kit.records.base import Base, Moment


class Job(Base):
    """One job by its name. A lease that has passed is that of a program which died.

    `holder` is who took it last, `failures` how many times in a row it did not succeed, `outcome`
    what it answered last.
    """

    __tablename__ = "jobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    due_at: Mapped[datetime] = mapped_column(Moment, index=True)
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    holder: Mapped[str] = mapped_column(String(32), default="")
    begun_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    failures: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[str] = mapped_column(String(300), default="")
