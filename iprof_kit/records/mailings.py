"""A message of a service to many of its people: what is written, who confirmed, who receives it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from iprof_kit.records.base import Base, Moment


class Mailing(Base):
    """One message to a filter of a portfolio.

    `author` is an account, and no key: closing it leaves what was sent. `chosen` is the filter, by
    facet; `proposed` how many people it held when it was proposed. Without `answers`, `ask_at` says
    where to ask.
    """

    __tablename__ = "mailings"
    __table_args__ = (Index("ix_mailings_of", "academie", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012
    name: Mapped[str] = mapped_column(String(32), unique=True)
    author: Mapped[int] = mapped_column(index=True)
    academie: Mapped[str] = mapped_column(String(3))
    service: Mapped[str] = mapped_column(String(150))
    state: Mapped[str] = mapped_column(String(20))
    since: Mapped[datetime] = mapped_column(Moment)
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    answers: Mapped[bool]
    ask_at: Mapped[str] = mapped_column(String(200))
    chosen: Mapped[dict[str, Any]] = mapped_column(JSON)
    proposed: Mapped[int]


class MailingEvent(Base):
    """One passage of a mailing: who, when, why, for how many, to which state; never changed."""

    __tablename__ = "mailing_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    mailing_id: Mapped[int] = mapped_column(
        ForeignKey("mailings.id", ondelete="CASCADE"), index=True
    )
    act: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Moment)
    account: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)
    people: Mapped[int]


class MailingRecipient(Base):
    """One person of a mailing, once; `told_at` is when a recall was said to her."""

    __tablename__ = "mailing_recipients"
    __table_args__ = (
        UniqueConstraint("mailing_id", "numero", name="uq_mailing_recipients_once"),
        Index("ix_mailing_recipients_state", "mailing_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mailing_id: Mapped[int] = mapped_column(ForeignKey("mailings.id", ondelete="CASCADE"))
    numero: Mapped[str] = mapped_column(
        String(20), ForeignKey("agents.numero", ondelete="CASCADE"), index=True
    )
    case_id: Mapped[int | None] = mapped_column(
        ForeignKey("cases.id", ondelete="SET NULL"), index=True
    )
    service: Mapped[str] = mapped_column(String(150))
    state: Mapped[str] = mapped_column(String(20))
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    told_at: Mapped[datetime | None] = mapped_column(Moment)
