"""What a phone does in a lesson: come in, answer, leave. It is known by its mark alone."""

# ruff: noqa: N818  # the names say what happened

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.calculate.lessons.played import Reponse
from iprof_kit.records.database import reading, writing
from iprof_kit.records.lessons.live import LessonAnswer, LessonPhone, LiveLesson
from iprof_kit.services.contract.lecons import MOST_PARTICIPANTS
from iprof_kit.services.lessons.answers import checked
from iprof_kit.services.lessons.room import Room, find_lesson, hash_of, read_room


class LessonOver(InputError):
    """No lesson is open under this code."""


class AnswersClosed(InputError):
    """The question was closed, revealed or left before the answer came."""


class NotInTheRoom(Refused):
    """The mark is of no phone of this lesson."""


@dataclass(frozen=True)
class Joined:
    """Where a phone has come in; `mark` is empty where the room was full."""

    room: Room
    mark: str


def look(code: str, now: datetime, known: Room | None = None) -> Room | None:
    """Return the lesson that is open under a code, None where there is none."""
    with reading() as session:
        row = find_lesson(session, LiveLesson.code == code, now=now)
        return read_room(session, row, known) if row else None


def join(code: str, now: datetime, mark: str = "") -> Joined:
    """Let a phone in under a new mark; one whose mark is known keeps it.

    Raises
    ------
    LessonOver
        No lesson is open under this code.
    """
    with writing() as session:
        row = _lesson(session, code, now, lock="alone")  # one after the other: they are counted
        if not (mark and _phone(session, row, mark)):
            number = select(func.count()).where(LessonPhone.lesson_id == row.id)
            full = (session.scalar(number) or 0) >= MOST_PARTICIPANTS
            mark = "" if full else secrets.token_urlsafe(24)
            if mark:
                session.add(LessonPhone(lesson_id=row.id, mark_hash=hash_of(mark)))
                session.flush()
        return Joined(read_room(session, row), mark)


def answer(code: str, mark: str, screen: int, given: Reponse, now: datetime) -> Room:
    """Keep the answer of a phone to the screen shown; it takes the place of the former one.

    Raises
    ------
    LessonOver, NotInTheRoom
        No lesson is open under this code, or this phone is not in it.
    AnswersClosed
        The screen is no more shown, its time is over, or its answer is revealed.
    InputError
        It is no answer to this question.
    """
    with writing() as session:
        row = _lesson(session, code, now, lock="share")  # a reveal waits for those under way
        phone = _phone(session, row, mark)
        if phone is None:
            raise NotInTheRoom(
                "ce téléphone n’est pas dans cette leçon.", remedy="Rejoignez-la, puis répondez."
            )
        room = read_room(session, row)
        if room.question is None or room.screen != screen or not room.takes_answers(now):
            which = "cette" if room.screen == screen else "l’ancienne"
            raise AnswersClosed(
                f"les réponses à {which} question sont closes.",
                remedy="Votre dernière réponse comptée reste comptée.",
            )
        content = checked(room.question, given).model_dump(mode="json")
        own = (LessonAnswer.phone_id == phone.id, LessonAnswer.screen == screen)
        former = session.scalars(select(LessonAnswer).where(*own)).one_or_none()
        if former is None:
            session.add(LessonAnswer(phone_id=phone.id, screen=screen, content=content))
        else:
            former.content = content
        session.flush()
        return read_room(session, row, room)


def leave(code: str, mark: str, now: datetime) -> None:
    """Erase the mark of a phone and its answers; another one may take its place."""
    with writing() as session:
        row = find_lesson(session, LiveLesson.code == code, now=now)
        if row is not None:
            own = (LessonPhone.lesson_id == row.id, LessonPhone.mark_hash == hash_of(mark))
            session.execute(delete(LessonPhone).where(*own))


def _lesson(session: Session, code: str, now: datetime, *, lock: str) -> LiveLesson:
    row = find_lesson(session, LiveLesson.code == code, now=now, lock=lock)
    if row is None:
        raise LessonOver(
            "aucune leçon n’est en cours avec ce code.", remedy="Vérifiez le code à l’écran."
        )
    return row


def _phone(session: Session, row: LiveLesson, mark: str) -> LessonPhone | None:
    """Return the phone of a mark in a lesson, its answers held until the transaction ends."""
    own = (LessonPhone.lesson_id == row.id, LessonPhone.mark_hash == hash_of(mark))
    return session.scalars(select(LessonPhone).where(*own).with_for_update()).one_or_none()
