"""Logging in: one check for known and unknown accounts, a growing delay for who insists.

The delay belongs to the (account, address) pair: a stranger who tries passwords delays himself,
never the person, who comes from another address. Many accounts tried from one place are slowed
besides, by a pause of seconds at most that locks nobody out: a place is a whole school as well.
An account that many places try waits too, whoever asks, but for the places where its person has
entered before: a guesser with a thousand addresses has no thousand guesses.

An attempt has three parts, so that a server waits and hashes without holding a thread or the
database: `begin` counts it, `verify` hashes, `end` says what came of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import paris
from iprof_kit.records import marks
from iprof_kit.records.accounts import Account
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.services.access import passwords
from iprof_kit.services.access.attempts import Keys, count, count_out, wait_text
from iprof_kit.services.access.identity import ACCOUNT_NAME, Closing, Identity
from iprof_kit.services.access.sessions import NO_RULES, Demand, Rules, demand_of
from iprof_kit.services.contract.operation import Role

_UNKNOWN = "Compte ou mot de passe inconnu."


@dataclass(frozen=True)
class LoginResult:
    """The outcome of one attempt; `identity` is None where it failed.

    `must_change`: the password is still the NUMEN and only its replacement is allowed.
    `proof`: what is asked of her before she enters. `wait_seconds`: before the next attempt of
    this account from this address.
    """

    identity: Identity | None
    must_change: bool = False
    proof: Demand = "rien"
    wait_seconds: int = 0
    message: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class Attempt:
    """An attempt that was counted. `pause`: seconds to wait before its password is looked at.

    `refused` is its outcome where the pair or the account has to wait: the password is then not
    looked at.
    """

    now: datetime
    keys: Keys
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
    keys = Keys.of(name, address)
    counted = count(keys, now)  # who insists writes nothing: no lock is held against the others
    if blocked := counted.blocked:
        refused = LoginResult(None, wait_seconds=blocked.seconds, message=blocked.text)
        return Attempt(now, keys, 0, 0.0, None, refused)
    with reading() as session:
        account = _account(session, name, demo_allowed)
        credentials = None if account is None else _Credentials.of(account, paris(now).date())
    return Attempt(now, keys, counted.following, counted.pause, credentials)


def verify(attempt: Attempt, password: str) -> bool:
    """Return whether a password is the right one; this costs one hash, whoever is asked for."""
    credentials = attempt.credentials
    typed = password.strip().upper() if credentials and credentials.first_password else password
    return passwords.matches(credentials.password_hash if credentials else None, typed)


def end(attempt: Attempt, right: bool, rules: Rules = NO_RULES) -> LoginResult:
    """Note an attempt and return its outcome; who has more to prove has not entered yet."""
    credentials, now, keys = attempt.credentials, attempt.now, attempt.keys
    if not right or credentials is None:
        return refuse(attempt, "connexion_refusee", _UNKNOWN)
    closed = credentials.identity.closed
    if closed and not credentials.identity.roles:
        _note(now, credentials.identity.compte, "compte_clos_refuse", keys)
        return LoginResult(
            None,
            message=f"Ce compte est clos depuis le {date_text(closed.on)}.",
            remedy="Adressez-vous à votre assistance si c’est une erreur.",
        )
    if credentials.expired_at(now):
        _note(now, credentials.identity.compte, "premier_mot_de_passe_expire", keys)
        return LoginResult(
            None,
            message=f"Ce premier mot de passe a expiré le {credentials.expiry_text()}.",
            remedy="Demandez un lien de réinitialisation à votre assistance.",
        )
    who = credentials.identity
    with reading() as session:
        proof = demand_of(session, who.account_id, who.roles, rules, now)
    action = "connexion" if proof == "rien" else "mot_de_passe_reconnu"
    _note(now, who.compte, action, keys, entered=True)
    return LoginResult(who, must_change=credentials.first_password, proof=proof)


def refuse(attempt: Attempt, action: str, why: str) -> LoginResult:
    """Note an attempt that was refused, and say why and how long the next one waits."""
    known = attempt.credentials
    _note(attempt.now, known.identity.compte if known else "inconnu", action, attempt.keys)
    message = f"{why} {wait_text(attempt.following)}".strip()
    return LoginResult(None, wait_seconds=attempt.following, message=message)


@dataclass(frozen=True)
class _Credentials:
    identity: Identity
    password_hash: str | None
    first_password: bool
    expires_at: datetime | None

    @classmethod
    def of(cls, account: Account, today: date) -> _Credentials:
        return cls(
            identity_of(account, today),
            account.password_hash,
            account.first_password,
            account.first_password_expires_at,
        )

    def expired_at(self, now: datetime) -> bool:
        return self.first_password and self.expires_at is not None and now >= self.expires_at

    def expiry_text(self) -> str:
        return date_text(paris(self.expires_at).date()) if self.expires_at else ""


def identity_of(account: Account, today: date) -> Identity:
    """Return who an account is on a day: its roles and its own file."""
    roles = tuple(cast(Role, line.role) for line in account.roles)
    numero = account.agent.numero if account.agent else None
    closing = Closing.written(account.closed_on, account.reads_until)
    return Identity(account.id, account.compte, roles, numero).on(today, closing)


def _account(session: Session, name: str, demo_allowed: bool) -> Account | None:
    if not ACCOUNT_NAME.fullmatch(name):
        return None
    account = session.scalars(select(Account).where(Account.compte == name)).one_or_none()
    return account if account and may_enter(session, account, demo_allowed) else None


def may_enter(session: Session, account: Account, demo_allowed: bool) -> bool:
    """Return whether an account opens here at all: one of the sample, on this machine only."""
    return not account.demo or (demo_allowed and marks.is_marked(session, marks.SAMPLE))


def _note(now: datetime, actor: str, action: str, keys: Keys, *, entered: bool = False) -> None:
    with writing() as session:
        if entered:
            count_out(session, keys, now)
        audit.note(
            session,
            at=now,
            actor=actor,
            action=action,
            subject=f"compte:{actor}",
            address=keys.address[:45],
        )
