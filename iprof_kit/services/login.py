"""Logging in: one check for known and unknown accounts, a growing delay for who insists.

The delay belongs to the (account, address) pair: a stranger who tries passwords delays himself,
never the person, who comes from another address.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from iprof_kit.base.calendar import date_text
from iprof_kit.records import audit, marks
from iprof_kit.records.accounts import Account
from iprof_kit.records.database import reading, writing
from iprof_kit.records.login_attempts import LoginAttempt
from iprof_kit.services import passwords
from iprof_kit.services.addresses import place_of
from iprof_kit.services.clock import paris
from iprof_kit.services.contract import Role
from iprof_kit.services.identity import ACCOUNT_NAME, Identity

FREE_FAILURES = 2
FIRST_DELAY = timedelta(seconds=5)
LONGEST_DELAY = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)
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
    name = compte.strip().lower()[:60]
    pair = _pair(name, address)
    blocked, following = _count(pair, now)
    if blocked:
        return LoginResult(None, wait_seconds=blocked, message=_wait_text(blocked))
    with reading() as session:
        account = _account(session, name, demo_allowed)
        found = None if account is None else _Found.of(account)
    typed = password.strip().upper() if found and found.first_password else password
    if not passwords.matches(found.password_hash if found else None, typed) or found is None:
        _note(now, found.identity.compte if found else "inconnu", "connexion_refusee", address)
        message = f"{_UNKNOWN} {_wait_text(following)}".strip()
        return LoginResult(None, wait_seconds=following, message=message)
    if found.expired_at(now):
        _note(now, found.identity.compte, "premier_mot_de_passe_expire", address)
        return LoginResult(
            None,
            message=f"Ce premier mot de passe a expiré le {found.expiry_text()}.",
            remedy="Demandez un lien de réinitialisation à votre assistance.",
        )
    _note(now, found.identity.compte, "connexion", address, forget=pair)
    return LoginResult(found.identity, must_change=found.first_password)


def delay(failures: int) -> timedelta:
    """Return the wait after so many failures in a row: 0, 0, then 5 s, 10 s, 20 s… to 15 min."""
    if failures <= FREE_FAILURES:
        return timedelta()
    doublings = min(failures - FREE_FAILURES - 1, 20)
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)


@dataclass(frozen=True)
class _Found:
    identity: Identity
    password_hash: str | None
    first_password: bool
    expires_at: datetime | None

    @classmethod
    def of(cls, account: Account) -> _Found:
        return cls(
            identity_of(account), account.password_hash, account.first_password,
            account.first_password_expires_at,
        )  # fmt: skip

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


def _count(pair: str, now: datetime) -> tuple[int, int]:
    """Count one more failure before looking: attempts sent together are all counted.

    Returns the seconds still to wait (then nothing is counted), and those after this attempt.
    """
    try:
        with writing() as session:
            old = LoginAttempt.last_at <= now - FORGOTTEN_AFTER
            session.execute(delete(LoginAttempt).where(old))
            query = select(LoginAttempt).where(LoginAttempt.pair == pair).with_for_update()
            row = session.scalars(query).one_or_none()
            if row is None:
                row = LoginAttempt(pair=pair, failures=0, last_at=now, blocked_until=now)
                session.add(row)
            if now < row.blocked_until:
                return math.ceil((row.blocked_until - now).total_seconds()), 0
            row.failures += 1
            row.last_at = now
            row.blocked_until = now + delay(row.failures)
            return 0, math.ceil(delay(row.failures).total_seconds())
    except IntegrityError:  # two first attempts of one pair at the same instant
        return 1, 0


def _note(
    now: datetime, actor: str, action: str, address: str, *, forget: str | None = None
) -> None:
    with writing() as session:
        if forget is not None:
            session.execute(delete(LoginAttempt).where(LoginAttempt.pair == forget))
        audit.note(
            session, at=now, actor=actor, action=action, subject=f"compte:{actor}",
            address=address[:45],
        )  # fmt: skip


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
