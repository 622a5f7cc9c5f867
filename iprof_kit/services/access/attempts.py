"""Counting who tries: a growing delay for who insists on an account, a pause where many are tried.

What is tried, a password or a second factor, is counted before it is looked at: those sent
together are all counted. The delay belongs to the (name, address) pair; a name that many places
try waits too, whoever asks, but for the places where its person has entered before.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from iprof_kit.base.clock import CLOCKS_DIFFER
from iprof_kit.records.accounts import LoginAttempt
from iprof_kit.records.database import reading, writing

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
_TRIED_A_LOT = "Ce compte est essayé de beaucoup d’endroits."


@dataclass(frozen=True)
class Keys:
    """What an attempt is counted under; each is a hash of the name as typed and of a place."""

    address: str
    pair: str
    place: str
    account: str
    entered: str

    @classmethod
    def of(cls, name: str, address: str) -> Keys:
        """Return those of a name that is tried from an address."""
        return cls(
            address,
            _pair(name, address),
            place_key(address),
            _pair(name, _ANY_PLACE),
            _pair(_ENTERED + name, address),
        )


@dataclass(frozen=True)
class Blocked:
    """An attempt that comes too early; `text` says for how long, and why."""

    seconds: int
    text: str

    @classmethod
    def until(cls, moment: datetime | None, now: datetime, why: str = "") -> Blocked | None:
        """Return why one waits until a moment; None once it has passed."""
        if moment is None or moment > now + LONGEST_DELAY + CLOCKS_DIFFER:
            return None  # nobody waits as long: it was counted while the clock was wrong
        seconds = math.ceil((moment - now).total_seconds())
        return cls(seconds, f"{why} {wait_text(seconds)}".strip()) if seconds > 0 else None


@dataclass(frozen=True)
class Counted:
    """An attempt: why it waits, or the seconds after it and the pause before it is looked at."""

    blocked: Blocked | None
    following: int = 0
    pause: float = 0.0


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


def still_blocked(session: Session, keys: Keys, now: datetime) -> Blocked | None:
    """Return why an attempt still has to wait, None where it may be made."""
    wanted = (keys.pair, keys.account, keys.entered)
    query = select(LoginAttempt).where(LoginAttempt.pair.in_(wanted))
    rows = {row.pair: row for row in session.scalars(query)}
    pair, account, entered = (rows.get(key) for key in wanted)
    if blocked := Blocked.until(pair.blocked_until if pair else None, now):
        return blocked
    if entered and entered.known_until and entered.known_until > now:
        return None
    return Blocked.until(account.blocked_until if account else None, now, _TRIED_A_LOT)


def count(keys: Keys, now: datetime) -> Counted:
    """Count one more failure before looking; who still has to wait writes nothing.

    Raises
    ------
    Unavailable
        The database does not answer: nothing is looked at uncounted.
    """
    with reading() as session:
        if blocked := still_blocked(session, keys, now):
            return Counted(blocked)
    for _ in range(_TRIES):
        with suppress(IntegrityError):  # two first attempts of one pair at the same instant
            return _counted(keys, now)
    return Counted(Blocked(1, wait_text(1)))


def _counted(keys: Keys, now: datetime) -> Counted:
    with writing() as session:
        session.execute(delete(LoginAttempt).where(*forgotten(now)))
        row, new = _row(session, keys.pair, now)
        places, _ = _row(session, keys.account, now)
        session.flush()
        if blocked := still_blocked(session, keys, now):  # by those sent together
            return Counted(blocked)
        row.failures += 1
        row.last_at = now
        row.blocked_until = now + delay(row.failures)
        others, _ = _row(session, keys.place, now)
        for one in (others, places):
            _one_more(one, now, new=new)
        places.blocked_until = now + delay_of_account(places.failures)
        following = math.ceil(delay(row.failures).total_seconds())
        return Counted(None, following, pause(others.failures))


def forgotten(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return what holds of the failures, and of the places known, that are no longer kept."""
    old = LoginAttempt.last_at <= now - FORGOTTEN_AFTER
    unknown = or_(LoginAttempt.known_until.is_(None), LoginAttempt.known_until <= now)
    return old, LoginAttempt.blocked_until <= now, unknown


def take_back(session: Session, keys: Keys) -> None:
    """Take back what was counted, in the caller's transaction: it did not fail there after all."""
    session.execute(delete(LoginAttempt).where(LoginAttempt.pair == keys.pair))
    counted = (LoginAttempt.pair.in_((keys.place, keys.account)), LoginAttempt.failures > 0)
    fewer = update(LoginAttempt).where(*counted).values(failures=LoginAttempt.failures - 1)
    session.execute(fewer)


def count_out(session: Session, keys: Keys, now: datetime) -> None:
    """Take back what was counted where somebody entered, and remember the place."""
    take_back(session, keys)
    known, _ = _row(session, keys.entered, now)
    known.last_at, known.known_until = now, now + FAMILIAR


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


def place_of(address: str) -> str:
    """Return the address of a client; an IPv6 one counts by its /64 network."""
    try:
        client = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if client.version == 6 and client.ipv4_mapped is None:
        return str(ipaddress.ip_network((client, 64), strict=False))
    return str(client)


def place_key(address: str) -> str:
    """Return the key of the failures of a place, whatever the account."""
    return _pair(_ANY_ACCOUNT, address)


def _pair(name: str, address: str) -> str:
    place = place_of(address)
    return hashlib.sha256(f"{name}\0{place}".encode("utf-8", "surrogatepass")).hexdigest()


def wait_text(seconds: int) -> str:
    """Return when the next attempt may be made, in French; nothing where that is at once."""
    if seconds <= 0:
        return ""
    if seconds < 60:
        return f"Nouvel essai possible dans {seconds} seconde{'s' if seconds > 1 else ''}."
    minutes = math.ceil(seconds / 60)
    return f"Nouvel essai possible dans {minutes} minute{'s' if minutes > 1 else ''}."
