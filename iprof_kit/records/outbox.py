"""What the kit tells by itself: its e-mail notices, its own messages, what each person wants."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from iprof_kit.records.base import DERIVED, SECRET, Base, Moment


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


class NoticeChoice(Base):
    """What one account wants to be told by e-mail, and where; without a row, nothing.

    Of the daily notice, `told_event` is the last event of a case that it counted, `reminded_event`
    the last one of which it reminded: each is told once, and reminded of once.
    """

    __tablename__ = "notice_choices"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012
    name: Mapped[str] = mapped_column(String(60), unique=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), unique=True
    )
    address: Mapped[str] = mapped_column(String(254), info=SECRET)
    pace: Mapped[str] = mapped_column(String(10))
    chosen_at: Mapped[datetime] = mapped_column(Moment)
    told_event: Mapped[int] = mapped_column(default=0, server_default="0", info=DERIVED)
    reminded_event: Mapped[int] = mapped_column(default=0, server_default="0", info=DERIVED)


class Mail(Base):
    """One notice. It holds no word of what it announces.

    `key` makes it once; `next_at` is when it is tried, again or for the first time, None once it
    is over.
    """

    __tablename__ = "mails"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    address: Mapped[str] = mapped_column(String(254), info=SECRET)
    waiting: Mapped[int]
    """How many messages it announces; 1 for a notice of its own."""
    state: Mapped[str] = mapped_column(String(10))
    prepared_at: Mapped[datetime] = mapped_column(Moment)
    next_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    handed_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    reply: Mapped[str] = mapped_column(String(200), default="")


class KitMessage(Base):
    """That one thing was written to one person: it stays when the message itself is removed."""

    __tablename__ = "kit_messages"
    __table_args__ = (UniqueConstraint("numero", "key", name="uq_kit_messages_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    numero: Mapped[str] = mapped_column(String(20), ForeignKey("agents.numero", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(Moment)


class KitLook(Base):
    """That one file was looked at: in which version, under which tables, till when it suffices."""

    __tablename__ = "kit_looks"

    id: Mapped[int] = mapped_column(primary_key=True)
    numero: Mapped[str] = mapped_column(
        String(20), ForeignKey("agents.numero", ondelete="CASCADE"), unique=True
    )
    of_version: Mapped[int]
    law: Mapped[str] = mapped_column(String(16))
    again_on: Mapped[date]


class KitChoice(Base):
    """Which messages of the kit one person does not want: codes between spaces, `tout` for all."""

    __tablename__ = "kit_choices"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012
    numero: Mapped[str] = mapped_column(
        String(20), ForeignKey("agents.numero", ondelete="CASCADE"), unique=True
    )
    refused: Mapped[str] = mapped_column(String(200))
    chosen_at: Mapped[datetime] = mapped_column(Moment)
