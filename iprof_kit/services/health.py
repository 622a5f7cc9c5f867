"""What programs that watch ask: whether the means of the service are there, what waits.

A proxy asks every two seconds, and so may a stranger: nothing is written, no migration tool is
loaded, and what is wrong is told in yes and no.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from iprof_kit.base.errors import Unavailable
from iprof_kit.records import marks
from iprof_kit.records.database import MIGRATIONS, is_only_read, reading
from iprof_kit.records.journal.keys import key_is_there, own_keys
from iprof_kit.records.outbox import Job, Mail

_REVISION = text("SELECT version_num FROM alembic_version")


@dataclass(frozen=True)
class Means:
    """Whether the database can be written, has this version's tables, and the journal has its key.

    Tables of a later version are served too: a migration adds before it removes.
    """

    database: bool = False
    tables: bool = False
    key: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return self.database and self.tables and self.key


def means() -> Means:
    """Look at the means of the service once; it never raises.

    Examples
    --------
    >>> Means(database=True, tables=True, key=False).whole
    False
    """
    try:
        with reading() as session:
            revision = session.scalar(_REVISION) or ""
            writes = not is_only_read(session)
            return Means(writes, revision >= expected_revision(), _has_key(session))
    except Unavailable:
        return Means()


@cache
def expected_revision() -> str:
    """Return the revision that this version works with: its migrations bear their number."""
    return max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _has_key(session: Session) -> bool:
    """Return whether the journal's key is that of this database, and still where it was read.

    A database that knows none yet has its key made with its first line.
    """
    known = marks.value(session, marks.JOURNAL_KEY)
    if known is None:
        return True
    if not key_is_there():
        return False  # it was read once, and is remembered: the next start would fail
    try:
        return own_keys().name == known
    except Unavailable:
        return False


@dataclass(frozen=True)
class JobState:
    """When a job ended last, and how many times it has failed since it last succeeded."""

    name: str
    ended: datetime | None
    failures: int


@dataclass(frozen=True)
class Waiting:
    """What the database says that is still to be done."""

    jobs: tuple[JobState, ...]
    mails: int


def waiting() -> Waiting:
    """Return how each job stands, and how many mails wait.

    Raises
    ------
    Unavailable
        The database does not answer.
    """
    with reading() as session:
        rows = session.execute(select(Job.name, Job.ended_at, Job.failures).order_by(Job.name))
        jobs = tuple(JobState(*row) for row in rows)
        mails = session.scalar(select(func.count()).where(Mail.next_at.is_not(None))) or 0
        return Waiting(jobs, mails)
