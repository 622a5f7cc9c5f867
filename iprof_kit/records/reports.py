"""What a person says is wrong in her file, and the papers that she joins to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from iprof_kit.records.base import SECRET, Base, Moment


class ReportFile(Base):
    """One paper: received slice after slice, checked when whole, joined to a report or not yet.

    `media_type` is None while slices are missing. `content` is kept as it came.
    """

    __tablename__ = "report_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012
    name: Mapped[str] = mapped_column(String(32), unique=True)
    numero: Mapped[str] = mapped_column(
        String(20), ForeignKey("agents.numero", ondelete="CASCADE"), index=True
    )
    report_id: Mapped[int | None] = mapped_column(
        ForeignKey("reports.id", ondelete="CASCADE"), index=True
    )
    file_name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str | None] = mapped_column(String(40))
    size: Mapped[int]
    slices: Mapped[int]
    digest: Mapped[str | None] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, info=SECRET)


class Report(Base):
    """One report of one datum, with what the file showed then and what became of it.

    `id` is never used twice: the number that people quote is made of it.
    """

    __tablename__ = "reports"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012
    name: Mapped[str] = mapped_column(String(32), unique=True)
    numero: Mapped[str] = mapped_column(
        String(20), ForeignKey("agents.numero", ondelete="CASCADE"), index=True
    )
    datum: Mapped[str] = mapped_column(String(60))
    label: Mapped[str] = mapped_column(String(120))
    shown: Mapped[str] = mapped_column(String(300))
    claimed: Mapped[str] = mapped_column(String(300))
    reason: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(Moment)
    taken_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    corrected_at: Mapped[datetime | None] = mapped_column(Moment)
    service: Mapped[str] = mapped_column(String(150))
    answer: Mapped[str] = mapped_column(Text)
    corrected: Mapped[str | None] = mapped_column(String(300))

    files: Mapped[list[ReportFile]] = relationship(order_by=ReportFile.id, passive_deletes=True)
