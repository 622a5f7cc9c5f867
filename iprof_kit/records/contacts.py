"""The contact details that a person writes herself; what a source gave stays with her file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from iprof_kit.records.base import Base, Moment


class OwnContact(Base):
    """What one person wrote, by field; an import of files never touches it.

    `entries` maps a field to « valeur », « le » (when) and « administration » (what the file said
    then). The values that it had before are in the history of writes.
    """

    __tablename__ = "own_contacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012
    numero: Mapped[str] = mapped_column(
        String(20), ForeignKey("agents.numero", ondelete="CASCADE"), unique=True
    )
    saved_at: Mapped[datetime] = mapped_column(Moment)
    entries: Mapped[dict[str, Any]] = mapped_column(JSON)
