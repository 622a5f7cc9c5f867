"""What the kit has written to each person, what she refuses, when her file is looked at again."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from iprof_kit.records.base import Base, Moment


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
