"""Sessions: what is asked before one opens, then a token in the browser, two clocks and an end.

The database keeps the hash of the token. Whoever has a second factor is asked for it, whatever her
role: she wanted it so. Whoever has none is asked to add one where her role demands it, at once or
once the time that is left to a new bearer is over.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, cast

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from iprof_kit.base.clock import CLOCKS_DIFFER, PARIS, paris
from iprof_kit.base.errors import InputError
from iprof_kit.records.accounts import Account, AccountRole, Passkey, SessionRow, TotpKey, open_on
from iprof_kit.records.agents import Agent
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.services.access.identity import Closing, Identity
from iprof_kit.services.contract.operation import Role

IDLE = timedelta(hours=1)
ABSOLUTE = timedelta(hours=10)
_SEEN_EVERY = timedelta(minutes=1)


def token_hash(token: str) -> str:
    """Return what the database keeps of a random token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


Demand = Literal["rien", "avis", "preuve", "premiere"]
"""Nothing; nothing, but she is told first that hers were taken away; a factor that she has; a first
one, to be added before anything else."""
ASKED: tuple[Demand, ...] = ("preuve", "premiere")
"""Where more has to be proved before there is a session."""


@dataclass(frozen=True)
class Rules:
    """Of which roles it is asked; of who came by a provider too; how long a new bearer may wait."""

    roles: frozenset[Role] = frozenset()
    of_provider: bool = False
    grace: timedelta = timedelta()


NO_RULES = Rules()
"""It is asked of nobody who has none."""


def demand_of(
    session: Session,
    account_id: int,
    roles: Collection[Role],
    rules: Rules,
    now: datetime,
    *,
    by_provider: bool = False,
) -> Demand:
    """Return what is asked of an account that has just been believed once.

    Parameters
    ----------
    session : Session
    account_id : int
    roles : collection of str
        Those that it has on this day.
    rules : Rules
    now : datetime
    by_provider : bool
        It came by the provider, which may have asked for two proofs itself.
    """
    if not by_provider or rules.of_provider:
        if has_factor(session, account_id):
            return "preuve"
        demanding = rules.roles & {*roles}
        if demanding and not _all_new(session, account_id, demanding, rules, now):
            return "premiere"
    taken = select(Account.factors_removed_at).where(Account.id == account_id)
    return "rien" if session.scalar(taken) is None else "avis"


def has_factor(session: Session, account_id: int) -> bool:
    """Return whether an account has a second factor of any kind."""
    kinds = (exists().where(kind.account_id == account_id) for kind in (TotpKey, Passkey))
    return bool(session.scalar(select(or_(*kinds))))


def without_factor(session: Session, roles: Collection[Role], today: date) -> list[str]:
    """Return the accounts that a role asks for a second factor and that have none, by name."""
    query = (
        select(Account.compte)
        .where(Account.roles.any(AccountRole.role.in_(roles)), open_on(today), ~Account.demo)
        .where(*(~exists().where(kind.account_id == Account.id) for kind in (TotpKey, Passkey)))
        .order_by(Account.compte)
    )
    return list(session.scalars(query))


def _all_new(
    session: Session, account_id: int, roles: Collection[Role], rules: Rules, now: datetime
) -> bool:
    """Return whether each of some roles was given so lately that its bearer may still wait."""
    query = select(AccountRole.since).where(
        AccountRole.account_id == account_id, AccountRole.role.in_(roles)
    )
    return all(since is not None and now < since + rules.grace for since in session.scalars(query))


def open_session(
    compte: str,
    now: datetime,
    also: Callable[[Session, SessionRow], None] | None = None,
    *,
    proved: bool = False,
) -> str:
    """Open a session for an account that has just been checked.

    Parameters
    ----------
    compte : str
    now : datetime
    also : callable, optional
        What must be written with it or not at all.
    proved : bool
        A second factor has just opened it.

    Returns
    -------
    str
        The token: 256 random bits, to be kept by the browser only.

    Raises
    ------
    InputError
        The account does not exist.
    """
    token = secrets.token_urlsafe(32)
    with writing() as session:
        account_id = session.scalar(select(Account.id).where(Account.compte == compte))
        if account_id is None:
            raise InputError(
                "ce compte n’existe pas.", where="compte", remedy="Connectez-vous de nouveau."
            )
        session.execute(delete(SessionRow).where(SessionRow.expires_at <= now))
        row = SessionRow(
            token_hash=token_hash(token),
            account_id=account_id,
            opened_at=now,
            seen_at=now,
            expires_at=now + ABSOLUTE,
            factor_at=now if proved else None,
        )
        session.add(row)
        if also is not None:
            session.flush()
            also(session, row)
    return token


@dataclass(frozen=True)
class OpenSession:
    """A session that lives: whose it is, and what else its every request asks.

    `first_password`: it must be replaced before anything else. `stale`: the last sign of life that
    is written is more than a minute old.
    """

    id: int
    identity: Identity
    first_password: bool
    stale: bool


def find_session(token: str, now: datetime) -> OpenSession | None:
    """Return the session of a token, or None: unknown, closed, idle for an hour, or too old.

    One that was opened before its account closed is over with it.

    Nothing is written: `note_seen` keeps a session that is used alive.
    """
    wanted = _WHO.where(SessionRow.token_hash == token_hash(token), *_alive(now))
    with reading() as session:
        lines = session.execute(wanted).all()
    if not lines:
        return None
    one = lines[0]
    identity = Identity(
        account_id=one.account_id,
        compte=one.compte,
        roles=tuple(cast(Role, line.role) for line in lines if line.role is not None),
        numero_dossier=one.numero,
        first_password=one.first_password,
    ).on(paris(now).date(), Closing.written(one.closed_on, one.reads_until))
    closed = identity.closed
    if closed and not (identity.roles and closed.on <= paris(one.opened_at).date()):
        return None
    stale = now - one.seen_at >= _SEEN_EVERY
    return OpenSession(one.id, identity, one.first_password, stale)


_WHO = (
    select(
        SessionRow.id,
        SessionRow.seen_at,
        SessionRow.opened_at,
        SessionRow.account_id,
        Account.compte,
        Account.closed_on,
        Account.reads_until,
        Account.first_password,
        Agent.numero,
        AccountRole.role,
    )
    .join(Account, Account.id == SessionRow.account_id)
    .outerjoin(Agent, Agent.id == Account.agent_id)
    .outerjoin(AccountRole, AccountRole.account_id == Account.id)
    .order_by(AccountRole.id)
)
"""Whose each session is, a line a role: asked at every request, so in one statement."""


def ended_among(hashes: Collection[str], now: datetime) -> list[str]:
    """Return which of these sessions somebody ended, or their account's closing did.

    One that is only idle is not among them: who reads a page for long may still come back to it.
    """
    midnight = datetime.combine(paris(now).date(), time(), PARIS)
    by_closing = and_(Account.closed_on == midnight.date(), SessionRow.opened_at < midnight)
    query = (
        select(SessionRow.token_hash)
        .join(Account, Account.id == SessionRow.account_id)
        .where(SessionRow.token_hash.in_(hashes))
        .where(or_(SessionRow.revoked_at.is_not(None), by_closing))
    )
    with reading() as session:
        return list(session.scalars(query))


def session_of(token: str, now: datetime) -> Identity | None:
    """Return who holds this token, or None, as `find_session` does."""
    open_session = find_session(token, now)
    return open_session.identity if open_session else None


def note_seen(sessions: Collection[int], now: datetime) -> None:
    """Write that these sessions have just been used.

    Raises
    ------
    Unavailable
        The database does not answer; nothing of importance is lost.
    """
    with writing() as session:
        used = update(SessionRow).where(SessionRow.id.in_(sessions), SessionRow.seen_at < now)
        session.execute(used.values(seen_at=now))


def close_session(token: str, now: datetime) -> None:
    """Close a session for ever; closing it twice, or an unknown one, does nothing."""
    with writing() as session:
        row = _live(session, token, now)
        if row is None:
            return
        row.revoked_at = now
        compte = session.get_one(Account, row.account_id).compte
        audit.note(session, at=now, actor=compte, action="deconnexion", subject=f"compte:{compte}")


def close_all(session: Session, account_id: int, now: datetime, *, but: str | None = None) -> None:
    """Close every session of an account, in the caller's transaction, `but` one token."""
    query = update(SessionRow).where(
        SessionRow.account_id == account_id, SessionRow.revoked_at.is_(None)
    )
    if but is not None:
        query = query.where(SessionRow.token_hash != token_hash(but))
    session.execute(query.values(revoked_at=now))


def open_sessions(session: Session, now: datetime) -> int:
    """Return how many sessions are open now."""
    query = select(func.count()).select_from(SessionRow).where(*_alive(now))
    return session.scalar(query) or 0


def _alive(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        SessionRow.revoked_at.is_(None),
        SessionRow.expires_at > now,
        SessionRow.expires_at <= now + ABSOLUTE + CLOCKS_DIFFER,  # or it was opened in days to come
        SessionRow.seen_at > now - IDLE,
    )


def _live(session: Session, token: str, now: datetime) -> SessionRow | None:
    return session.scalars(
        select(SessionRow).where(SessionRow.token_hash == token_hash(token), *_alive(now))
    ).one_or_none()
