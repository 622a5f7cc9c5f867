"""Sealing: lines that wait are tied, in batches, to all that were sealed before.

One sealer at a time, apart from the transactions of those who read and write: nobody waits for the
end of a chain. A line takes its place when it is sealed, so that a number lost by a transaction
that was given up means nothing, and a line that came late is sealed all the same.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, func, select, text, update
from sqlalchemy.orm import Session

from iprof_kit.base.errors import Unavailable
from iprof_kit.records import marks
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import copies, outside
from iprof_kit.records.journal.audit import AuditRow, AuditSeal, covered
from iprof_kit.records.journal.keys import Keys, keys_of

MOST_LINES = 500
"""Lines of a batch: the longest time that the sealer holds a local database."""
_LOCK = 4_207_018
"""Any number of ours, in PostgreSQL: two servers have one sealer."""


def seal(now: datetime) -> int:
    """Seal what waits, then keep the last seal outside the database.

    Returns
    -------
    int
        How many lines were sealed; 0 also while another sealer is at work.

    Raises
    ------
    Unavailable
        The database does not follow the last seal kept outside (nothing is sealed until
        `iprof journal reprendre`), or one of them cannot be read or written.
    """
    journal, done = _journal(), 0
    while count := _seal_batch(journal, now):
        done += count
    with reading() as session:
        last = _follows(session, journal, now)
        due = copies.is_due(session, journal, now)
    outside.keep(journal, last)
    if due and last.lot:
        copies.say_that_it_keeps(journal, now)
    return done


def is_due(session: Session, now: datetime) -> bool:
    """Return whether something waits for a seal, or this copy should say again that it keeps it."""
    if waiting(session):
        return True
    journal = outside.journal_of(session)
    return journal is not None and copies.is_due(session, journal, now)


def waiting(session: Session) -> int:
    """Return how many lines are not sealed yet."""
    return session.scalar(select(func.count()).where(AuditRow.batch.is_(None))) or 0


def seal_content(keys: Keys, journal: str, seal: AuditSeal) -> str:
    """Return the mark that a seal must have."""
    return keys.of_seal(
        journal,
        seal.number,
        *covered(seal.at),
        seal.first,
        seal.count,
        seal.lines,
        seal.link,
        seal.former,
    )


def written_lines(numbers: Sequence[int]) -> str:
    """Return « 1-4,6 » for the lines of a batch, in order."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)


def read_lines(spans: str) -> Iterator[int]:
    """Yield the numbers of « 1-4,6 »."""
    for span in spans.split(","):
        first, _, last = span.partition("-")
        yield from range(int(first), int(last or first) + 1)


def _journal() -> str:
    """Return the name of the database's journal, given at the first need."""
    with reading() as session:
        known = outside.journal_of(session)
    if known is None:
        with writing() as session:
            known = marks.put_first(session, marks.JOURNAL, secrets.token_hex(8))
    return known


def _seal_batch(journal: str, now: datetime) -> int:
    """Seal the oldest lines that wait, in one transaction; return how many."""
    with reading() as session:
        if session.scalar(select(AuditRow.id).where(AuditRow.batch.is_(None)).limit(1)) is None:
            return 0
    with writing() as session:
        if not _alone(session):
            return 0
        if _follows(session, journal, now).lot == 0:
            outside.keep(journal, outside.Kept())  # or a crash would look like a lost file
        query = select(AuditRow.id, AuditRow.mark).where(AuditRow.batch.is_(None))
        rows = session.execute(query.order_by(AuditRow.id).limit(MOST_LINES)).all()
        if rows:
            _tie(session, journal, [(row.id, row.mark) for row in rows], now)
        return len(rows)


def _tie(session: Session, journal: str, rows: Sequence[tuple[int, str]], now: datetime) -> None:
    keys, last = keys_of(session), outside.last_in_base(session)
    links = list(_links(keys, last.sceau, rows))
    change = (
        update(cast(Table, AuditRow.__table__))
        .where(AuditRow.id == bindparam("number"))
        .values(batch=last.lot + 1, link=bindparam("tied"))
    )
    tied = [{"number": row[0], "tied": one} for row, one in zip(rows, links, strict=True)]
    session.connection().execute(change, tied)
    seal = AuditSeal(
        number=last.lot + 1,
        at=now,
        first=last.lignes + 1,
        count=len(rows),
        lines=written_lines([number for number, _ in rows]),
        link=links[-1],
        former=last.sceau,
        key=keys.name,
    )
    seal.mark = seal_content(keys, journal, seal)
    session.add(seal)


def _links(keys: Keys, former: str, rows: Iterable[tuple[int, str]]) -> Iterator[str]:
    for number, mark in rows:
        former = keys.link(former, number, mark)
        yield former


def _follows(session: Session, journal: str, now: datetime) -> outside.Kept:
    """Return the last seal of a database that goes on from the one kept outside."""
    reason = outside.disagreement(session, journal, now)
    if reason is not None:
        raise Unavailable(
            f"le journal n’est plus scellé : {reason}",
            remedy="Lancez iprof journal verify, puis iprof journal reprendre.",
        )
    return outside.last_in_base(session)


def _alone(session: Session) -> bool:
    """Return whether nobody else is sealing: a local database has one writer by itself."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    lock = text("SELECT pg_try_advisory_xact_lock(:number)")
    return bool(session.scalar(lock, {"number": _LOCK}))
