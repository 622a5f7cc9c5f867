"""Proving to be oneself once more: counted as a password is, noted, and taken once.

A proof has two parts, so that a server waits without holding a thread: `begin` counts it, `end`
looks at it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from iprof_kit.base.errors import InputError
from iprof_kit.records.database import writing
from iprof_kit.records.journal import audit
from iprof_kit.services.access.attempts import Keys, count, count_out, wait_text
from iprof_kit.services.access.first_access import read_code
from iprof_kit.services.access.second_factor import passkeys, recovery, steps, totp
from iprof_kit.services.access.second_factor.passkeys import Site
from iprof_kit.services.access.second_factor.steps import Step

Means = Literal["application", "code de secours", "clé d’accès"]
_WRONG = "Cette preuve n’est pas la bonne, ou a déjà servi."
_CLOCK = (
    "Si votre téléphone n’est pas à l’heure, laissez-le se régler seul, puis tapez le code suivant."
)
"""Said of any wrong code: whoever guesses learns nothing of the codes to come."""


@dataclass(frozen=True)
class Tried:
    """A proof that was counted. `pause`: seconds to wait before it is looked at.

    `wait_seconds`, `message`: why it is not looked at, or when the next one may come.
    """

    step: Step
    keys: Keys
    pause: float
    wait_seconds: int
    message: str
    refused: bool


@dataclass(frozen=True)
class Outcome:
    """What came of a proof; `means` is None where it was not the right one."""

    means: Means | None
    wait_seconds: int = 0
    message: str = ""
    remedy: str = ""


def read(typed: str) -> str:
    """Return the code that somebody typed, of an application or to print and keep.

    Raises
    ------
    InputError
        It is no code: this is known without looking, and is not counted.
    """
    digits = "".join(typed.split())
    if len(digits) == totp.DIGITS and digits.isascii() and digits.isdecimal():
        return digits
    try:
        return read_code(typed)
    except InputError as error:
        if len(digits) > 2 * totp.DIGITS:  # she typed one to keep
            raise
        raise InputError(
            "ce code n’a pas la forme attendue.",
            where=error.where,
            remedy="Une application en donne six chiffres. Un code de secours se recopie en "
            "entier, groupe par groupe.",
        ) from error


def begin(step: Step, address: str, now: datetime) -> Tried:
    """Count a proof before it is looked at: an account's codes are guessed no faster than words.

    Raises
    ------
    Unavailable
        The database does not answer: nothing is looked at uncounted.
    """
    keys = Keys.of(f"\0preuve\0{step.compte}", address)  # no account has this name
    counted = count(keys, now)
    if blocked := counted.blocked:
        return Tried(step, keys, 0.0, blocked.seconds, blocked.text, refused=True)
    following = counted.following
    message = f"{_WRONG} {wait_text(following)}".strip()
    return Tried(step, keys, counted.pause, following, message, refused=False)


def end(tried: Tried, code: str, now: datetime) -> Outcome:
    """Look at a code, as `read` returns it, and end its step where it is the right one.

    Raises
    ------
    Unavailable
        The database does not answer, or the key of what it keeps is missing.
    """
    outcome = _ended(tried, lambda session: _means_of(session, tried.step, code, now), now)
    late = outcome.means is None and len(code) == totp.DIGITS and not tried.refused
    return replace(outcome, remedy=_CLOCK) if late else outcome


def end_signed(tried: Tried, answer: str, site: Site | None, now: datetime) -> Outcome:
    """Look at what a passkey signed, and end its step where it is one of its account.

    Raises
    ------
    Unavailable
        The database does not answer.
    """

    def look(session: Session) -> Means | None:
        right = site is not None and passkeys.take(session, tried.step, answer, site, now)
        return "clé d’accès" if right else None

    return _ended(tried, look, now)


def _ended(tried: Tried, look: Callable[[Session], Means | None], now: datetime) -> Outcome:
    if tried.refused:
        return Outcome(None, tried.wait_seconds, tried.message)
    with writing() as session:
        means = look(session)
        if means is not None and not steps.end(session, tried.step):
            means = None  # another request of this browser came first
        _note(session, tried, means, now)
    if means is None:
        return Outcome(None, tried.wait_seconds, tried.message)
    return Outcome(means)


def _note(session: Session, tried: Tried, means: Means | None, now: datetime) -> None:
    compte = tried.step.compte
    if means is not None:
        count_out(session, tried.keys, now)
    audit.note(
        session,
        at=now,
        actor=compte,
        action="facteur_utilise" if means else "facteur_refuse",
        subject=f"compte:{compte}",
        address=tried.keys.address[:45],
        detail=means or "",
    )


def _means_of(session: Session, step: Step, code: str, now: datetime) -> Means | None:
    if totp.take(session, step.account_id, code, now):
        return "application"
    if recovery.take(session, step.account_id, code, now):
        return "code de secours"
    return None
