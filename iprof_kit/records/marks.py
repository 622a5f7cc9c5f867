"""What the database says about itself: a name and a value."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from iprof_kit.records.base import Base

SAMPLE = "sample"


class Mark(Base):
    """One mark. `sample`: the people in this database are fictitious."""

    __tablename__ = "marks"

    name: Mapped[str] = mapped_column(String(30), primary_key=True)
    value: Mapped[str] = mapped_column(String(100))


def is_marked(session: Session, name: str) -> bool:
    """Return whether the database carries the mark."""
    return session.get(Mark, name) is not None


def mark(session: Session, name: str, value: str) -> None:
    """Put the mark, or change its value."""
    session.merge(Mark(name=name, value=value))
