"""The runner: it takes the job that has been due for longest, does it, writes how it went.

Any number of programs may run it on one database: a job is leased, and a lease that has passed
is taken over. A job is written so that doing it twice does no harm.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from iprof_kit.base.clock import CLOCKS_DIFFER
from iprof_kit.base.errors import KitError
from iprof_kit.records.database import reading, writing
from iprof_kit.records.outbox import Job

LONGEST_OUTCOME = 300
FIRST_RETRY, LAST_RETRY = timedelta(minutes=1), timedelta(hours=6)
Clock = Callable[[], datetime]
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Task:
    """One thing to do again and again.

    Parameters
    ----------
    name : str
        By which the database knows it.
    label : str
        What an administrator reads.
    every : timedelta
        From the end of one time to the beginning of the next.
    lease : timedelta
        Longer than it can take: past it, another program may begin it anew.
    work : callable
        Does it at a moment; returns what was done, in French, or nothing.
    wanted : callable, optional
        Whether there is anything to do; without it there is. Asked before anything is written, so
        that a server at rest writes nothing.
    """

    name: str
    label: str
    every: timedelta
    lease: timedelta
    work: Callable[[datetime], str]
    wanted: Callable[[Session, datetime], bool] = lambda _session, _now: True
    of_screens: bool = False
    """Whether people read its dates: it follows the day of screens, where that stands."""

    def moment(self, now: datetime, screens: datetime) -> datetime:
        """Return the moment at which it works, of the real one and that of screens."""
        return screens if self.of_screens else now


@dataclass(frozen=True)
class Held:
    """A job that was taken: until when, under which name."""

    task: Task
    holder: str


def prepare(tasks: Iterable[Task], now: datetime) -> None:
    """Give every task its row, due at once; those that are there stay as they are.

    Raises
    ------
    Unavailable
        The database does not answer.
    """
    with writing() as session:
        there = set(session.scalars(select(Job.name)))
        session.add_all(Job(name=one.name, due_at=now) for one in tasks if one.name not in there)


def run_one(tasks: Mapping[str, Task], clock: Clock, screens: Clock | None = None) -> str | None:
    """Do the one job that has been due for longest; return its name, None where none is due.

    Whatever the job does wrong is written beside it: it is tried again later and later.

    Parameters
    ----------
    tasks : mapping
        By name.
    clock : callable
        The real moment: when a job is due, how long it is leased.
    screens : callable, optional
        The moment of screens, for what people read; without it, the real one.

    Raises
    ------
    Unavailable
        The database does not answer.
    """
    screens = screens or clock
    job = take(tasks, clock(), screens())
    if job is None:
        return None
    try:
        outcome, failed = job.task.work(job.task.moment(clock(), screens())), False
    except KitError as error:
        outcome, failed = str(error), True
    except Exception:  # one job that breaks stops none of the others
        _log.exception("Travail %s", job.task.name)
        outcome, failed = "erreur interne, voir le journal du serveur", True
    give_back(job, outcome, clock(), failed=failed)
    return job.task.name


def run_all(tasks: Mapping[str, Task], clock: Clock) -> list[str]:
    """Do every job that is due, one after the other, each once; return their names."""
    done: list[str] = []
    while left := {name: task for name, task in tasks.items() if name not in done}:
        name = run_one(left, clock)
        if name is None:
            break
        done.append(name)
    return done


def take(tasks: Mapping[str, Task], now: datetime, screens: datetime | None = None) -> Held | None:
    """Lease the job that has been due for longest and has something to do, if any."""
    with reading() as session:
        rows = session.scalars(select(Job).where(Job.name.in_(tasks)).order_by(Job.due_at))
        wanted = [
            row.name
            for row in rows
            for one in [tasks[row.name]]
            if _is_free(row, one, now) and one.wanted(session, one.moment(now, screens or now))
        ]
    for name in wanted:
        with writing() as session:
            query = select(Job).where(Job.name == name).with_for_update(skip_locked=True)
            row = session.scalars(query).one_or_none()
            if row is None or not _is_free(row, tasks[name], now):  # somebody else was quicker
                continue
            row.holder, row.begun_at = uuid4().hex, now
            row.leased_until = now + tasks[name].lease
            return Held(tasks[name], row.holder)
    return None


def give_back(job: Held, outcome: str, now: datetime, *, failed: bool) -> None:
    """Write how a job went and when it is due again; nothing, where somebody took it over."""
    with writing() as session:
        query = select(Job).where(Job.name == job.task.name, Job.holder == job.holder)
        row = session.scalars(query.with_for_update()).one_or_none()
        if row is None:
            return
        row.failures = row.failures + 1 if failed else 0
        row.ended_at, row.leased_until = now, None
        row.due_at = now + _pause(job.task, row.failures)
        if outcome or failed or not row.outcome:
            row.outcome = outcome[:LONGEST_OUTCOME]


def _is_free(job: Job, task: Task, now: datetime) -> bool:
    """Return whether a job is due and nobody holds it.

    A moment further away than this task ever puts one was written while the clock was wrong.
    """
    leased = job.leased_until or now
    due = job.due_at <= now or job.due_at > now + _pause(task, job.failures) + CLOCKS_DIFFER
    return due and (leased <= now or leased > now + task.lease + CLOCKS_DIFFER)


def _pause(task: Task, failures: int) -> timedelta:
    """Return how long a task rests: what fails is tried later each time."""
    if not failures:
        return task.every
    longer: timedelta = FIRST_RETRY * 2 ** min(failures - 1, 20)
    return max(task.every, min(longer, LAST_RETRY))
