"""Logging in: one check for known and unknown accounts, a growing delay for who insists.

The delay belongs to the (account, address) pair: a stranger who tries passwords delays himself,
never the person, who comes from another address. Many accounts tried from one place are slowed
besides, by a pause of seconds at most that locks nobody out: a place is a whole school as well.

An attempt has three parts, so that a server waits and hashes without holding a thread or the
database: `begin` counts it, `verify` hashes, `end` says what came of it.
"""

from __future__ import annotations

import hashlib
import math
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import paris
from iprof_kit.records import marks
from iprof_kit.records.accounts import Account
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.records.login_attempts import LoginAttempt
from iprof_kit.services.access import passwords
from iprof_kit.services.access.addresses import place_of
from iprof_kit.services.access.identity import ACCOUNT_NAME, Identity
from iprof_kit.services.contract.dossier import Role

FREE_FAILURES = 2
FIRST_DELAY = timedelta(seconds=5)
LONGEST_DELAY = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)
FREE_ACCOUNTS = 10
"""Accounts that may fail from one place before the others there wait."""
_PAUSE_BY_ACCOUNT, LONGEST_PAUSE = 0.1, 3.0
"""Seconds."""
_HALVED_AFTER = timedelta(hours=1)
_TRIES = 3
_ANY_ACCOUNT = "\0"
"""No account has this name, even as typed: it is stripped of nothing, but never looked for."""
_UNKNOWN = "Compte ou mot de passe inconnu."


@dataclass(frozen=True)
class LoginResult:
    """The outcome of one attempt; `identity` is None where it failed.

    `must_change`: the password is still the NUMEN and only its replacement is allowed.
    `wait_seconds`: before the next attempt of this account from this address.
    """

    identity: Identity | None
    must_change: bool = False
    wait_seconds: int = 0
    message: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class Attempt:
    """An attempt that was counted. `pause`: seconds to wait before its password is looked at.

    `refused` is its outcome where the pair has to wait: the password is then not looked at.
    """

    now: datetime
    address: str
    pair: str
    following: int
    pause: float
    credentials: _Credentials | None
    refused: LoginResult | None = None


def authenticate(
    compte: str, password: str, address: str, now: datetime, *, demo_allowed: bool = True
) -> LoginResult:
    """Check an account and its password.

    Parameters
    ----------
    compte, password : str
        As typed.
    address : str
        Address of the client; an IPv6 one counts by its /64 network.
    now : datetime
        Aware.
    demo_allowed : bool
        False where the server listens beyond this machine.

    Returns
    -------
    LoginResult

    Raises
    ------
    Unavailable
        The database does not answer: nobody enters uncounted.
    """
    attempt = begin(compte, address, now, demo_allowed=demo_allowed)
    return attempt.refused or end(attempt, verify(attempt, password))


def begin(compte: str, address: str, now: datetime, *, demo_allowed: bool = True) -> Attempt:
    """Count an attempt before its password is looked at: those sent together are all counted.

    Raises
    ------
    Unavailable
        The database does not answer: nobody enters uncounted.
    """
    name = compte.strip().lower()[:60]
    pair = _pair(name, address)
    with reading() as session:  # who insists writes nothing: no lock is held against the others
        blocked = _still_blocked(session, pair, now)
        account = None if blocked else _account(session, name, demo_allowed)
        credentials = None if account is None else _Credentials.of(account)
    following, pause = 0, 0.0
    if not blocked:
        blocked, following, pause = _count(pair, place_key(address), now)
    if blocked:
        refused = LoginResult(None, wait_seconds=blocked, message=_wait_text(blocked))
        return Attempt(now, address, pair, 0, 0.0, None, refused)
    return Attempt(now, address, pair, following, pause, credentials)


def verify(attempt: Attempt, password: str) -> bool:
    """Return whether a password is the right one; this costs one hash, whoever is asked for."""
    credentials = attempt.credentials
    typed = password.strip().upper() if credentials and credentials.first_password else password
    return passwords.matches(credentials.password_hash if credentials else None, typed)


def end(attempt: Attempt, right: bool) -> LoginResult:
    """Note an attempt and return its outcome."""
    credentials, now, address = attempt.credentials, attempt.now, attempt.address
    if not right or credentials is None:
        account = credentials.identity.compte if credentials else "inconnu"
        _note(now, account, "connexion_refusee", address)
        message = f"{_UNKNOWN} {_wait_text(attempt.following)}".strip()
        return LoginResult(None, wait_seconds=attempt.following, message=message)
    if credentials.expired_at(now):
        _note(now, credentials.identity.compte, "premier_mot_de_passe_expire", address)
        return LoginResult(
            None,
            message=f"Ce premier mot de passe a expiré le {credentials.expiry_text()}.",
            remedy="Demandez un lien de réinitialisation à votre assistance.",
        )
    _note(now, credentials.identity.compte, "connexion", address, forget=attempt.pair)
    return LoginResult(credentials.identity, must_change=credentials.first_password)


def delay(failures: int) -> timedelta:
    """Return the wait after so many failures in a row: 0, 0, then 5 s, 10 s, 20 s… to 15 min."""
    if failures <= FREE_FAILURES:
        return timedelta()
    doublings = min(failures - FREE_FAILURES - 1, 20)
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)


def pause(accounts: float) -> float:
    """Return the seconds to wait where so many accounts failed: 0 to 10, then 0.1 s each, to 3 s.

    A school of hundreds waits a little when somebody there tries many accounts; who tries them
    waits as much each time.
    """
    return min(max(accounts - FREE_ACCOUNTS, 0) * _PAUSE_BY_ACCOUNT, LONGEST_PAUSE)


@dataclass(frozen=True)
class _Credentials:
    identity: Identity
    password_hash: str | None
    first_password: bool
    expires_at: datetime | None

    @classmethod
    def of(cls, account: Account) -> _Credentials:
        return cls(
            identity_of(account),
            account.password_hash,
            account.first_password,
            account.first_password_expires_at,
        )

    def expired_at(self, now: datetime) -> bool:
        return self.first_password and self.expires_at is not None and now >= self.expires_at

    def expiry_text(self) -> str:
        return date_text(paris(self.expires_at).date()) if self.expires_at else ""


def identity_of(account: Account) -> Identity:
    """Return who an account is: its roles and its own file."""
    roles = tuple(cast(Role, line.role) for line in account.roles)
    return Identity(
        account.id, account.compte, roles, account.agent.numero if account.agent else None
    )


def _account(session: Session, name: str, demo_allowed: bool) -> Account | None:
    if not ACCOUNT_NAME.fullmatch(name):
        return None
    account = session.scalars(select(Account).where(Account.compte == name)).one_or_none()
    if account is not None and account.demo:
        sample = marks.is_marked(session, marks.SAMPLE)
        return account if sample and demo_allowed else None
    return account


def _still_blocked(session: Session, pair: str, now: datetime) -> int:
    """Return the seconds that a pair still has to wait."""
    query = select(LoginAttempt.blocked_until).where(LoginAttempt.pair == pair)
    return _seconds_until(session.scalar(query), now)


def _seconds_until(moment: datetime | None, now: datetime) -> int:
    return 0 if moment is None else max(0, math.ceil((moment - now).total_seconds()))


def _count(pair: str, place: str, now: datetime) -> tuple[int, int, float]:
    """Count one more failure before looking: attempts sent together are all counted.

    Returns the seconds still to wait (then nothing is counted), those after this attempt, and the
    pause before its password is looked at.
    """
    for _ in range(_TRIES):
        with suppress(IntegrityError):  # two first attempts of one pair at the same instant
            return _counted(pair, place, now)
    return 1, 0, 0.0


def _counted(pair: str, place: str, now: datetime) -> tuple[int, int, float]:
    with writing() as session:
        old = LoginAttempt.last_at <= now - FORGOTTEN_AFTER
        session.execute(delete(LoginAttempt).where(old))
        row, new = _row(session, pair, now)
        if blocked := _seconds_until(row.blocked_until, now):
            return blocked, 0, 0.0
        row.failures += 1
        row.last_at = now
        row.blocked_until = now + delay(row.failures)
        session.flush()
        others, _ = _row(session, place, now)
        others.failures >>= max(0, (now - others.last_at) // _HALVED_AFTER)
        if new:
            others.failures += 1
            others.last_at = now
        following = math.ceil(delay(row.failures).total_seconds())
        return 0, following, pause(others.failures)


def _row(session: Session, key: str, now: datetime) -> tuple[LoginAttempt, bool]:
    """Return the failures of a pair or of a place, and whether they are the first."""
    query = select(LoginAttempt).where(LoginAttempt.pair == key).with_for_update()
    row = session.scalars(query).one_or_none()
    if row is not None:
        return row, False
    row = LoginAttempt(pair=key, failures=0, last_at=now, blocked_until=now)
    session.add(row)
    return row, True


def _note(
    now: datetime, actor: str, action: str, address: str, *, forget: str | None = None
) -> None:
    with writing() as session:
        if forget is not None:
            session.execute(delete(LoginAttempt).where(LoginAttempt.pair == forget))
            _count_out(session, place_key(address))
        audit.note(
            session,
            at=now,
            actor=actor,
            action=action,
            subject=f"compte:{actor}",
            address=address[:45],
        )


def _count_out(session: Session, place: str) -> None:
    """Take back what was counted for a place: this account did not fail there after all."""
    counted = (LoginAttempt.pair == place, LoginAttempt.failures > 0)
    fewer = update(LoginAttempt).where(*counted).values(failures=LoginAttempt.failures - 1)
    session.execute(fewer)


def place_key(address: str) -> str:
    """Return the key of the failures of a place, whatever the account."""
    return _pair(_ANY_ACCOUNT, address)


def _pair(name: str, address: str) -> str:
    place = place_of(address)
    return hashlib.sha256(f"{name}\0{place}".encode("utf-8", "surrogatepass")).hexdigest()


def _wait_text(seconds: int) -> str:
    if seconds <= 0:
        return ""
    if seconds < 60:
        return f"Nouvel essai possible dans {seconds} seconde{'s' if seconds > 1 else ''}."
    minutes = math.ceil(seconds / 60)
    return f"Nouvel essai possible dans {minutes} minute{'s' if minutes > 1 else ''}."
