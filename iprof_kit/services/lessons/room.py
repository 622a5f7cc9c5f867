"""A lesson as it stands: read whole in one transaction, by its trainer and by its phones."""

from __future__ import annotations

import hashlib
import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, defer

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import Unavailable
from iprof_kit.calculate.lessons.played import Ecran, LeconJouee, Question, Reponse
from iprof_kit.records.lessons.live import LessonAnswer, LessonPhone, LiveLesson
from iprof_kit.services.contract.lecons import Compte
from iprof_kit.services.lessons.answers import counted

_SIGNS = "".join(sorted(set(string.ascii_uppercase + string.digits) - set("IO01")))
_LENGTH, _TRIALS = 5, 20
_STILL_AT_WORK = timedelta(hours=3)
"""A lesson of the evening goes on past midnight while its trainer leads it."""


@dataclass(frozen=True)
class Room:
    """One lesson with its phones and their answers to the screen shown, by the hashes of marks."""

    id: int
    code: str
    lesson: LeconJouee
    opened_at: datetime
    launched: bool
    screen: int
    revealed: bool
    closes_at: datetime | None
    phones: frozenset[str]
    answers: Mapping[str, Reponse]

    @property
    def shown(self) -> Ecran:
        """The screen that is shown."""
        return self.lesson.ecrans[self.screen]

    @property
    def question(self) -> Question | None:
        """The question that is asked, once the lesson is launched."""
        return self.shown.question if self.launched else None

    def takes_answers(self, now: datetime) -> bool:
        """Tell whether an answer to the screen shown counts at a moment."""
        if self.question is None or self.revealed:
            return False
        return self.closes_at is None or now < self.closes_at

    def distribution(self) -> Compte | None:
        """Return how the answers are distributed, once the right one is revealed."""
        if self.question is None or not self.revealed:
            return None
        return counted(self.question, list(self.answers.values()))


def read_room(session: Session, row: LiveLesson, known: Room | None = None) -> Room:
    """Return the room of a lesson.

    Parameters
    ----------
    session : Session
    row : LiveLesson
    known : Room, optional
        As it was read before: what was sent is not read again, since it never changes.
    """
    same = known is not None and known.id == row.id
    phones = session.scalars(
        select(LessonPhone.mark_hash).where(LessonPhone.lesson_id == row.id)
    ).all()
    answers = session.execute(
        select(LessonPhone.mark_hash, LessonAnswer.content)
        .join(LessonAnswer, LessonAnswer.phone_id == LessonPhone.id)
        .where(LessonPhone.lesson_id == row.id, LessonAnswer.screen == row.screen)
    ).all()
    return Room(
        id=row.id,
        code=row.code,
        lesson=known.lesson if same and known else LeconJouee.model_validate_json(row.content),
        opened_at=row.opened_at,
        launched=row.launched,
        screen=row.screen,
        revealed=row.revealed,
        closes_at=row.closes_at,
        phones=frozenset(phones),
        answers={mark: Reponse.model_validate(content) for mark, content in answers},
    )


def find_lesson(
    session: Session, *conditions: ColumnElement[bool], now: datetime, lock: str = ""
) -> LiveLesson | None:
    """Return the lesson that is open under some conditions; `lock`: « share » or « alone »."""
    query = select(LiveLesson).where(*conditions, alive(now)).options(defer(LiveLesson.content))
    if lock:
        query = query.with_for_update(read=lock == "share")
    return session.scalars(query).one_or_none()


def alive(now: datetime) -> ColumnElement[bool]:
    """Return the condition of a lesson that is not forgotten, erased already or not."""
    midnight = datetime.combine(paris(now).date(), time(), paris(now).tzinfo)
    return LiveLesson.touched_at >= min(midnight, now - _STILL_AT_WORK)


def free_code(session: Session) -> str:
    """Draw a code that no lesson has.

    Raises
    ------
    Unavailable
        None was found: millions of lessons would have to be open.
    """
    for _ in range(_TRIALS):
        code = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
        if session.scalar(select(LiveLesson.id).where(LiveLesson.code == code)) is None:
            return code
    raise Unavailable("aucun code n’est libre.", remedy="Réessayez dans un instant.")


def hash_of(mark: str) -> str:
    """Return what the database knows a mark by."""
    return hashlib.sha256(mark.encode("utf-8", "surrogatepass")).hexdigest()
