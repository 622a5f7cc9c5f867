"""A lesson that is being played: where it stands, the marks of its phones, what they answered.

Nothing here is about a participant: a mark is drawn at random for one lesson, no row holds a name,
an address or a moment of hers, and all of it goes with the lesson.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from iprof_kit.records.base import SECRET, Base, Moment


class LiveLesson(Base):
    """The lesson that one account leads: an account leads one at a time.

    `content` is the lesson as it was sent. `launched`: a screen of it was shown; before, phones
    wait. Answers to the screen shown are taken until `closes_at`, or its reveal.
    """

    __tablename__ = "live_lessons"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), unique=True
    )
    code: Mapped[str] = mapped_column(String(8), unique=True, info=SECRET)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    touched_at: Mapped[datetime] = mapped_column(Moment, index=True)
    content: Mapped[str] = mapped_column(Text, info=SECRET)
    launched: Mapped[bool] = mapped_column(default=False)
    screen: Mapped[int] = mapped_column(default=0)
    revealed: Mapped[bool] = mapped_column(default=False)
    closes_at: Mapped[datetime | None] = mapped_column(Moment)


class LessonPhone(Base):
    """A phone in a lesson, by the hash of the mark that its browser alone holds."""

    __tablename__ = "lesson_phones"

    id: Mapped[int] = mapped_column(primary_key=True)
    lesson_id: Mapped[int] = mapped_column(
        ForeignKey("live_lessons.id", ondelete="CASCADE"), index=True
    )
    mark_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)


class LessonAnswer(Base):
    """The last answer of a phone to the question of one screen."""

    __tablename__ = "lesson_answers"
    __table_args__ = (UniqueConstraint("phone_id", "screen", name="uq_lesson_answers_phone_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    phone_id: Mapped[int] = mapped_column(ForeignKey("lesson_phones.id", ondelete="CASCADE"))
    screen: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON, info=SECRET)
