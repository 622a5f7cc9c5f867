"""Lessons that their trainers forgot to end: nothing of them is left on the next day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from iprof_kit.base.words import counted
from iprof_kit.records.database import writing
from iprof_kit.records.lessons.live import LiveLesson
from iprof_kit.services.lessons.room import alive


def anything_forgotten(session: Session, now: datetime) -> bool:
    """Tell whether a lesson was forgotten."""
    return bool(session.scalar(select(func.count(LiveLesson.id)).where(~alive(now))))


def erase_forgotten(now: datetime) -> str:
    """Erase every forgotten lesson, the marks of its phones and their answers."""
    with writing() as session:
        number = session.scalar(select(func.count(LiveLesson.id)).where(~alive(now))) or 0
        session.execute(delete(LiveLesson).where(~alive(now)))
    return counted(number, "leçon effacée")
