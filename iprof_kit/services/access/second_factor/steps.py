"""What a browser has begun and not ended: a log-in that waits for its second factor, or a factor
that somebody inside is adding. It is known by a token that this browser alone holds, for a few
minutes; it opens nothing, and ends with whatever changes its account.
"""  # noqa: D205

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from iprof_kit.records.accounts import Account, FactorStep, SignOnLink
from iprof_kit.records.database import reading, writing
from iprof_kit.services.access.identity import Subject
from iprof_kit.services.access.sessions import token_hash

LIFE = timedelta(minutes=10)
"""How long a log-in waits, and how long a proof is fresh enough to change one's factors."""
Kind = Literal["connexion", "session"]


@dataclass(frozen=True)
class Step:
    """What is begun: whose it is, where it leads, by whom of a provider it came, if so."""

    id: int
    account_id: int
    compte: str
    way: str
    who: Subject | None
    removed_at: datetime | None
    """When an administrator took her factors away; None once she has added another."""


def begin_login(compte: str, way: str, now: datetime, who: Subject | None = None) -> str:
    """Begin a log-in that waits for a second factor; return its token, for this browser only.

    Raises
    ------
    Unavailable
        The database does not answer.
    """
    token = secrets.token_urlsafe(32)
    with writing() as session:
        account = session.scalars(select(Account).where(Account.compte == compte)).one()
        link_id = None
        if who is not None:
            named = (SignOnLink.issuer == who.issuer, SignOnLink.subject == who.subject)
            link_id = session.scalars(select(SignOnLink.id).where(*named)).one()
        row = _row(account, _hash("connexion", token), now)
        row.way, row.link_id, row.sid = way, link_id, who.sid if who else None
        session.execute(delete(FactorStep).where(FactorStep.expires_at <= now))
        session.add(row)
    return token


def begin_change(token: str, compte: str, now: datetime) -> Step:
    """Return what a session, known by its token, adds to its account: the same for a while."""
    if (step := find("session", token, now)) is not None:
        return step
    digest = _hash("session", token)
    with writing() as session:
        account = session.scalars(select(Account).where(Account.compte == compte)).one()
        over = (FactorStep.expires_at <= now) | (FactorStep.token_hash == digest)
        session.execute(delete(FactorStep).where(over))
        row = _row(account, digest, now)
        session.add(row)
        session.flush()
        return Step(row.id, account.id, compte, "", None, None)


def find(kind: Kind, token: str | None, now: datetime) -> Step | None:
    """Return what a browser has begun; None where that is over, or was never."""
    if not token:
        return None
    query = (
        select(FactorStep, Account, SignOnLink)
        .join(Account, Account.id == FactorStep.account_id)
        .outerjoin(SignOnLink, SignOnLink.id == FactorStep.link_id)
        .where(FactorStep.token_hash == _hash(kind, token), FactorStep.expires_at > now)
        .where(FactorStep.of_version == Account.version)
    )
    with reading() as session:
        line = session.execute(query).one_or_none()
        if line is None:
            return None
        row, account, link = line
        who = Subject(link.issuer, link.subject, row.sid) if link else None
        return Step(row.id, account.id, account.compte, row.way, who, account.factors_removed_at)


def row_of(session: Session, step: Step) -> FactorStep | None:
    """Return the row of a step, for whoever writes it next; None once it is over."""
    query = select(FactorStep).where(FactorStep.id == step.id).with_for_update()
    return session.scalars(query).one_or_none()


def end(session: Session, step: Step) -> bool:
    """End a step, in the caller's transaction; return False where somebody else just did."""
    gone = delete(FactorStep).where(FactorStep.id == step.id).returning(FactorStep.id)
    return session.execute(gone).scalar() is not None


def end_all(session: Session, account_id: int) -> None:
    """End all that is begun for an account, in the caller's transaction."""
    session.execute(delete(FactorStep).where(FactorStep.account_id == account_id))


def _row(account: Account, digest: str, now: datetime) -> FactorStep:
    return FactorStep(
        token_hash=digest,
        account_id=account.id,
        of_version=account.version,
        expires_at=now + LIFE,
        way="",
    )


def _hash(kind: Kind, token: str) -> str:
    """Return what is kept of a token: that of a session begins no log-in, nor the other way."""
    return token_hash(f"{kind}\0{token}")
