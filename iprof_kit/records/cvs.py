"""The CV of a person: one draft, the versions she keeps of it, the links she gives to them.

No history holds a content: a draft is written as one types, and what is worth keeping is a version.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from iprof_kit.records.base import SECRET, Base, Moment


class Cv(Base):
    """The draft of one file; `version` is the revision that writers start from."""

    __tablename__ = "cvs"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012
    numero: Mapped[str] = mapped_column(
        String(20), ForeignKey("agents.numero", ondelete="CASCADE"), unique=True
    )
    saved_at: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[dict[str, Any]] = mapped_column(JSON, info=SECRET)


class CvVersion(Base):
    """The draft as it was at one revision; it never changes. `name` is the public key."""

    __tablename__ = "cv_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012
    name: Mapped[str] = mapped_column(String(32), unique=True)
    cv_id: Mapped[int] = mapped_column(ForeignKey("cvs.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(Moment)
    revision: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON, info=SECRET)


class CvLink(Base):
    """A link to one target of one version, dead once revoked or past its date.

    `contact`: the reader sees the contact details. `readings` counts the pages opened.
    """

    __tablename__ = "cv_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012
    name: Mapped[str] = mapped_column(String(32), unique=True)
    cv_version_id: Mapped[int] = mapped_column(
        ForeignKey("cv_versions.id", ondelete="CASCADE"), index=True
    )
    target: Mapped[str] = mapped_column(String(64))
    target_title: Mapped[str] = mapped_column(String(200))
    contact: Mapped[bool]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    readings: Mapped[int]
