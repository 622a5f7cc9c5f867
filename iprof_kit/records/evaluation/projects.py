"""Whom an evaluator may see between two days, and the opinions that she prepares about them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from iprof_kit.records.base import SECRET, Base, Moment


class EvaluatorPortfolio(Base):
    """The people whom one account evaluates, from a day to another, both included.

    `part` is the half of a report that she writes: « inspection » or « chef ». An empty cell means
    all of them; a person is in it by a posting of the day, where it names a place or a subject. A
    portfolio that ends is closed, never deleted.
    """

    __tablename__ = "evaluator_portfolios"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    part: Mapped[str] = mapped_column(String(10))
    academie: Mapped[str] = mapped_column(String(3))
    departement: Mapped[str | None] = mapped_column(String(3))
    corps: Mapped[str | None] = mapped_column(String(30))
    uai: Mapped[str | None] = mapped_column(String(8))
    discipline: Mapped[str | None] = mapped_column(String(100))
    du: Mapped[date]
    au: Mapped[date | None]


class OpinionProject(Base):
    """What one evaluator prepares about one person, to be copied in the official application.

    `content` is what is being written, its author's alone; `shown` what the person was shown of it
    and reads, `seen_at` when she first did. On `erased_on` nothing of it is left, and from that day
    nobody reads it.
    """

    __tablename__ = "opinion_projects"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012
    name: Mapped[str] = mapped_column(String(64), unique=True)
    numero: Mapped[str] = mapped_column(
        String(20), ForeignKey("agents.numero", ondelete="CASCADE"), index=True
    )
    matter: Mapped[str] = mapped_column(String(30))
    part: Mapped[str] = mapped_column(String(10))
    begun_at: Mapped[datetime] = mapped_column(Moment)
    saved_at: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[dict[str, Any]] = mapped_column(JSON, info=SECRET)
    shown: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), info=SECRET)
    shown_at: Mapped[datetime | None] = mapped_column(Moment)
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    erased_on: Mapped[date] = mapped_column(index=True)
