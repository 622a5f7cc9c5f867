"""The copies of the kit that keep the last seal of one journal, each in a folder of its own.

A copy that has just joined has no seal yet, and cannot tell by itself whether one was lost. So each
copy says in the database, under its name, that it keeps one and when it last looked. The secret
makes what it says: who writes the database cannot speak for a copy, only repeat what one said.
"""

from __future__ import annotations

import hashlib
import hmac
import platform
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from iprof_kit.base.configuration.data_folder import var_dir
from iprof_kit.base.errors import Unavailable
from iprof_kit.records import marks
from iprof_kit.records.database import writing
from iprof_kit.records.journal.keys import keys_of

AGAIN = timedelta(hours=12)
"""After which a copy says again that it keeps the seal: a server at rest writes nothing else."""
LIVING = timedelta(hours=24)
"""For how long one that joins believes it: a database restored later has nobody behind it."""
_OF_A_COPY = "sceau:"


def name_of_this_copy() -> str:
    """Return what tells a copy from the others: its machine and its folder."""
    return f"{platform.node()}, {var_dir().absolute()}"


def is_due(session: Session, journal: str, now: datetime) -> bool:
    """Return whether this copy should say again that it keeps the seal of a journal."""
    last = _moment(session, journal, _own_mark())
    return last is None or not timedelta() <= now - last < AGAIN


def say_that_it_keeps(journal: str, now: datetime) -> None:
    """Say in the database that this copy keeps the last seal."""
    name, moment = _own_mark(), now.isoformat(timespec="seconds")
    with writing() as session:
        text = f"{moment} {keys_of(session).of_seal(_OF_A_COPY, name, journal, moment)}"
        if marks.put_first(session, name, text) != text:
            marks.mark(session, name, text)


def forget(session: Session) -> None:
    """Forget what copies said: nobody is behind a database that is restored."""
    session.execute(delete(marks.Mark).where(marks.Mark.name.like(f"{_OF_A_COPY}%")))


def may_join(session: Session, journal: str, now: datetime) -> bool:
    """Return whether this copy, which keeps no seal, may take that of the database.

    It never said that it kept one, and another one has just said so.
    """
    own = _own_mark()
    if marks.is_marked(session, own):
        return False
    return any(abs(now - moment) < LIVING for moment in _moments(session, journal))


def _moments(session: Session, journal: str) -> Iterator[datetime]:
    names = session.scalars(select(marks.Mark.name).where(marks.Mark.name.like(f"{_OF_A_COPY}%")))
    for name in names.all():
        if moment := _moment(session, journal, name):
            yield moment


def _moment(session: Session, journal: str, name: str) -> datetime | None:
    """Return when a copy last said so, None where it is not what a copy wrote."""
    moment, _, mark = (marks.value(session, name) or "").partition(" ")
    try:
        right = keys_of(session).of_seal(_OF_A_COPY, name, journal, moment)
    except Unavailable:
        return None
    if not hmac.compare_digest(mark.encode(), right.encode()):
        return None
    return datetime.fromisoformat(moment)


def _own_mark() -> str:
    digest = hashlib.sha256(name_of_this_copy().encode("utf-8", "surrogateescape")).hexdigest()
    return f"{_OF_A_COPY}{digest[:16]}"
