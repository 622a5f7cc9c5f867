"""What the database says about itself: a name and a value."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from iprof_kit.records.base import Base

SAMPLE, SIGNING_KEY = "sample", "signing_key"
JOURNAL, JOURNAL_KEY, JOURNAL_PRUNED = "journal", "journal_key", "journal_pruned"


class Mark(Base):
    """One mark. `sample`: the people in this database are fictitious.

    `signing_key`: what this installation signs with. `journal`: the name of its journal;
    `journal_key`: the fingerprint of the secret that is kept elsewhere; `journal_pruned`: the last
    batch of the journal whose lines may be deleted. `sceau:…`: that a copy keeps its last seal.
    """

    __tablename__ = "marks"

    name: Mapped[str] = mapped_column(String(30), primary_key=True)
    value: Mapped[str] = mapped_column(String(100))


def is_marked(session: Session, name: str) -> bool:
    """Return whether the database carries the mark."""
    return session.get(Mark, name) is not None


def value(session: Session, name: str) -> str | None:
    """Return the value of a mark."""
    mark = session.get(Mark, name)
    return mark.value if mark else None


def put_first(session: Session, name: str, text: str) -> str:
    """Put a mark unless somebody has just put it, and return the one that stays."""
    try:
        with session.begin_nested():
            session.add(Mark(name=name, value=text))
    except IntegrityError:
        session.expire_all()
    return session.get_one(Mark, name).value


def mark(session: Session, name: str, value: str) -> None:
    """Put the mark, or change its value."""
    session.merge(Mark(name=name, value=value))
