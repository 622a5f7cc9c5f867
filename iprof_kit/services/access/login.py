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

import hashlib
import math
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import CLOCKS_DIFFER, paris
from iprof_kit.records import marks
from iprof_kit.records.accounts import Account, LoginAttempt
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.services.access import passwords
from iprof_kit.services.access.addresses import place_of
from iprof_kit.services.access.identity import ACCOUNT_NAME, Closing, Identity
from iprof_kit.services.contract.operation import Role

FREE_FAILURES = 2
FIRST_DELAY = timedelta(seconds=5)
LONGEST_DELAY = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)
FREE_ACCOUNTS = 10
"""Accounts that may fail from one place before the others there wait."""
_PAUSE_BY_ACCOUNT, LONGEST_PAUSE = 0.1, 3.0
"""Seconds."""
_HALVED_AFTER = timedelta(hours=1)
FREE_PLACES = 5
"""Places that may fail on one account before those where nobody entered have to wait."""
LONGEST_FOR_ACCOUNT = timedelta(minutes=1)
FAMILIAR = timedelta(days=90)
"""How long a place is remembered where somebody entered."""
_TRIES = 3
_ANY_ACCOUNT, _ANY_PLACE, _ENTERED = "\0", "\0", "\0\0"
"""No account has this name, even as typed: it is stripped of nothing, but never looked for. No
place has that one; the third begins the key of a place where an account entered."""
_UNKNOWN = "Compte ou mot de passe inconnu."
_TRIED_A_LOT = "Ce compte est essayé de beaucoup d’endroits."


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

    `refused` is its outcome where the pair or the account has to wait: the password is then not
    looked at.
    """

    now: datetime
    keys: _Keys
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
    keys = _Keys.of(name, address)
    with reading() as session:  # who insists writes nothing: no lock is held against the others
        blocked = _still_blocked(session, keys, now)
        account = None if blocked else _account(session, name, demo_allowed)
        credentials = None if account is None else _Credentials.of(account, paris(now).date())
    counted = _Counted(blocked) if blocked else _count(keys, now)
    if blocked := counted.blocked:
        refused = LoginResult(None, wait_seconds=blocked.seconds, message=blocked.text)
        return Attempt(now, keys, 0, 0.0, None, refused)
    return Attempt(now, keys, counted.following, counted.pause, credentials)


def verify(attempt: Attempt, password: str) -> bool:
    """Return whether a password is the right one; this costs one hash, whoever is asked for."""
    credentials = attempt.credentials
    typed = password.strip().upper() if credentials and credentials.first_password else password
    return passwords.matches(credentials.password_hash if credentials else None, typed)


def end(attempt: Attempt, right: bool) -> LoginResult:
    """Note an attempt and return its outcome."""
    credentials, now, keys = attempt.credentials, attempt.now, attempt.keys
    if not right or credentials is None:
        return refuse(attempt, "connexion_refusee", _UNKNOWN)
    closing = credentials.identity.closing
    if closing and not credentials.identity.roles:
        _note(now, credentials.identity.compte, "compte_clos_refuse", keys)
        return LoginResult(
            None,
            message=f"Ce compte est clos depuis le {date_text(closing.on)}.",
            remedy="Adressez-vous à votre assistance si c’est une erreur.",
        )
    if credentials.expired_at(now):
        _note(now, credentials.identity.compte, "premier_mot_de_passe_expire", keys)
        return LoginResult(
            None,
            message=f"Ce premier mot de passe a expiré le {credentials.expiry_text()}.",
            remedy="Demandez un lien de réinitialisation à votre assistance.",
        )
    _note(now, credentials.identity.compte, "connexion", keys, entered=True)
    return LoginResult(credentials.identity, must_change=credentials.first_password)


def refuse(attempt: Attempt, action: str, why: str) -> LoginResult:
    """Note an attempt that was refused, and say why and how long the next one waits."""
    known = attempt.credentials
    _note(attempt.now, known.identity.compte if known else "inconnu", action, attempt.keys)
    message = f"{why} {_wait_text(attempt.following)}".strip()
    return LoginResult(None, wait_seconds=attempt.following, message=message)


def take_back(session: Session, attempt: Attempt) -> None:
    """Take back what was counted of an attempt: what was typed was right after all."""
    _forget_failures(session, attempt.keys)


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


def delay_of_account(places: int) -> timedelta:
    """Return the wait where so many places failed on one account: none to 5, then 5 s… to 1 min."""
    return min(delay(places - FREE_PLACES + FREE_FAILURES), LONGEST_FOR_ACCOUNT)


@dataclass(frozen=True)
class _Keys:
    """What an attempt is counted under; each is a hash of the account as typed and of a place."""

    address: str
    pair: str
    place: str
    account: str
    entered: str

    @classmethod
    def of(cls, name: str, address: str) -> _Keys:
        return cls(
            address,
            _pair(name, address),
            place_key(address),
            _pair(name, _ANY_PLACE),
            _pair(_ENTERED + name, address),
        )


@dataclass(frozen=True)
class _Blocked:
    """An attempt that comes too early; `text` says for how long, and why."""

    seconds: int
    text: str

    @classmethod
    def until(cls, moment: datetime | None, now: datetime, why: str = "") -> _Blocked | None:
        if moment is None or moment > now + LONGEST_DELAY + CLOCKS_DIFFER:
            return None  # nobody waits as long: it was counted while the clock was wrong
        seconds = math.ceil((moment - now).total_seconds())
        return cls(seconds, f"{why} {_wait_text(seconds)}".strip()) if seconds > 0 else None


@dataclass(frozen=True)
class _Counted:
    """An attempt: why it waits, or the seconds after it and the pause before it is looked at."""

    blocked: _Blocked | None
    following: int = 0
    pause: float = 0.0


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


def _still_blocked(session: Session, keys: _Keys, now: datetime) -> _Blocked | None:
    """Return why an attempt still has to wait, None where it may be made."""
    wanted = (keys.pair, keys.account, keys.entered)
    query = select(LoginAttempt).where(LoginAttempt.pair.in_(wanted))
    rows = {row.pair: row for row in session.scalars(query)}
    pair, account, entered = (rows.get(key) for key in wanted)
    if blocked := _Blocked.until(pair.blocked_until if pair else None, now):
        return blocked
    if entered and entered.known_until and entered.known_until > now:
        return None
    return _Blocked.until(account.blocked_until if account else None, now, _TRIED_A_LOT)


def _count(keys: _Keys, now: datetime) -> _Counted:
    """Count one more failure before looking: attempts sent together are all counted."""
    for _ in range(_TRIES):
        with suppress(IntegrityError):  # two first attempts of one pair at the same instant
            return _counted(keys, now)
    return _Counted(_Blocked(1, _wait_text(1)))


def _counted(keys: _Keys, now: datetime) -> _Counted:
    with writing() as session:
        session.execute(delete(LoginAttempt).where(*forgotten(now)))
        row, new = _row(session, keys.pair, now)
        places, _ = _row(session, keys.account, now)
        session.flush()
        if blocked := _still_blocked(session, keys, now):  # by those sent together
            return _Counted(blocked)
        row.failures += 1
        row.last_at = now
        row.blocked_until = now + delay(row.failures)
        others, _ = _row(session, keys.place, now)
        for one in (others, places):
            _one_more(one, now, new=new)
        places.blocked_until = now + delay_of_account(places.failures)
        following = math.ceil(delay(row.failures).total_seconds())
        return _Counted(None, following, pause(others.failures))


def forgotten(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return what holds of the failures, and of the places known, that are no longer kept."""
    old = LoginAttempt.last_at <= now - FORGOTTEN_AFTER
    unknown = or_(LoginAttempt.known_until.is_(None), LoginAttempt.known_until <= now)
    return old, LoginAttempt.blocked_until <= now, unknown


def _one_more(row: LoginAttempt, now: datetime, *, new: bool) -> None:
    """Count a pair that fails for the first time among those of its place, or of its account."""
    row.failures >>= max(0, (now - row.last_at) // _HALVED_AFTER)
    if new:
        row.failures += 1
        row.last_at = now


def _row(session: Session, key: str, now: datetime) -> tuple[LoginAttempt, bool]:
    """Return the failures of a pair or of a place, and whether they are the first."""
    query = select(LoginAttempt).where(LoginAttempt.pair == key).with_for_update()
    row = session.scalars(query).one_or_none()
    if row is not None:
        return row, False
    row = LoginAttempt(pair=key, failures=0, last_at=now, blocked_until=now)
    session.add(row)
    return row, True


def _note(now: datetime, actor: str, action: str, keys: _Keys, *, entered: bool = False) -> None:
    with writing() as session:
        if entered:
            _forget_failures(session, keys)
            known, _ = _row(session, keys.entered, now)
            known.last_at, known.known_until = now, now + FAMILIAR
        audit.note(
            session,
            at=now,
            actor=actor,
            action=action,
            subject=f"compte:{actor}",
            address=keys.address[:45],
        )


def _forget_failures(session: Session, keys: _Keys) -> None:
    """Forget the failures of a pair; its place and its account counted it, and it did not fail."""
    session.execute(delete(LoginAttempt).where(LoginAttempt.pair == keys.pair))
    counted = (LoginAttempt.pair.in_((keys.place, keys.account)), LoginAttempt.failures > 0)
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
