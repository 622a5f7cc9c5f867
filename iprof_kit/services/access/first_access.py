"""Choosing one's first password by the code of a letter: counted and slowed as any login is.

An unknown account, a closed one, a code that is wrong, another person's, ended, replaced or used
are told the same, at the same cost: nothing is hashed slowly before the code is right.

A code is 128 random bits, fit to be typed from paper: seven groups of four signs, of which no two
look alike; what is typed for one that is left out is read as the one that it looks like. The last
sign checks the others: one wrong sign, or two neighbours that changed places, are always seen,
since 29 is prime and no two places weigh the same.
"""

from __future__ import annotations

import hmac
import re
import secrets
import unicodedata
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from iprof_kit.base.errors import InputError
from iprof_kit.records.accounts import Account, FirstCode
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal.keys import keys_of
from iprof_kit.records.repository import Order
from iprof_kit.services.access.attempts import take_back
from iprof_kit.services.access.login import Attempt, LoginResult, refuse
from iprof_kit.services.access.own_password import ACCOUNTS, journal, set_password

BITS = 128
_SIGNS = "0123456789ACDEFGHJKMNPQRTVWXY"
_LOOK_ALIKES = str.maketrans("OILSZBU", "011528V")
_BASE = len(_SIGNS)
_DIGITS = 27
"""Signs that hold the bits: 29 to this power is just above them."""
_LENGTH, _GROUP = _DIGITS + 1, 4
_BETWEEN = re.compile(r"[\s\-‐‑‒–—−._·]+")
_LONGEST_READ = 200
_REFUSED = "Ce compte et ce code ne vont pas ensemble, ou ce code ne sert plus."
_REMEDY = (
    "Vérifiez les deux. Si vous en avez reçu plusieurs, seul le dernier sert, une fois, jusqu’à sa "
    "date. Sinon, demandez-en un autre à votre assistance."
)
_NOBODY = 0
"""The number of no account."""


class _DeadCode(Exception):  # noqa: N818  # it served in the meantime: no fault
    """The code is no longer there."""


def choose_by_code(attempt: Attempt, code: str, new_password: str) -> LoginResult:
    """Choose a first password with a code, which then serves no more.

    Parameters
    ----------
    attempt : Attempt
        One that `login.begin` counted and did not refuse.
    code : str
        As `read_code` returns it.
    new_password : str

    Returns
    -------
    LoginResult
        Who chose it; nobody where the code does not open this account.

    Raises
    ------
    InputError
        The password breaks a rule: the code still serves, and nothing is counted.
    """
    known = attempt.credentials
    account_id = known.identity.account_id if known and not known.identity.closed else _NOBODY
    if not _serves(account_id, code, attempt.now) or known is None:
        return _refused(attempt)
    try:
        _use(attempt, known.identity.compte, account_id, code, new_password)
    except _DeadCode:
        return _refused(attempt)
    except InputError:
        with writing() as session:
            take_back(session, attempt.keys)
        raise
    return LoginResult(known.identity)


def _refused(attempt: Attempt) -> LoginResult:
    result = refuse(attempt, "code_refuse", _REFUSED)
    return LoginResult(
        None, wait_seconds=result.wait_seconds, message=result.message, remedy=_REMEDY
    )


def _serves(account_id: int, code: str, now: datetime) -> bool:
    """Return whether a code opens an account; an account that is not there costs as much."""
    living = (FirstCode.account_id == account_id, FirstCode.expires_at > now)
    with reading() as session:
        stored = session.scalar(select(FirstCode.code_hash).where(*living))
        typed = keys_of(session).of_code(account_id, code)
    return hmac.compare_digest(stored or "", typed)


def _use(attempt: Attempt, compte: str, account_id: int, code: str, new_password: str) -> None:
    now = attempt.now

    def change(session: Session, row: Account) -> None:
        right = keys_of(session).of_code(account_id, code)
        used = delete(FirstCode).where(
            FirstCode.account_id == account_id,
            FirstCode.code_hash == right,
            FirstCode.expires_at > now,
        )
        if session.scalar(used.returning(FirstCode.id)) is None:  # it served a moment ago
            raise _DeadCode
        set_password(session, row, new_password, now)

    order = Order(key=f"code:{uuid4()}", by=compte, now=now)
    noted = journal(compte, "code_utilise", order, address=attempt.keys.address[:45])

    def also(session: Session) -> None:
        take_back(session, attempt.keys)
        noted(session)

    ACCOUNTS.store(compte, change, order, also)


def new_code() -> str:
    """Return a new code, without its dashes."""
    left, digits = secrets.randbits(BITS), []
    for _ in range(_DIGITS):
        left, digit = divmod(left, _BASE)
        digits.append(digit)
    return "".join(_SIGNS[one] for one in (*digits, _check(digits)))


def grouped(code: str) -> str:
    """Return a code as it is printed.

    Examples
    --------
    >>> grouped("0123456789ACDEFGHJKMNPQRTVWX")
    '0123-4567-89AC-DEFG-HJKM-NPQR-TVWX'
    """
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def read_code(typed: str) -> str:
    """Return the code that somebody typed, capitals or not, with her dashes and spaces or without.

    Raises
    ------
    InputError
        It is no code: whatever the account is, this is known without looking. It is not repeated.
    """
    folded = unicodedata.normalize("NFKC", typed[:_LONGEST_READ]).upper()
    code = _BETWEEN.sub("", folded).translate(_LOOK_ALIKES)
    if len(code) != _LENGTH or set(code) - set(_SIGNS):
        raise InputError(
            f"ce code n’a pas la forme attendue : {_LENGTH} signes sont attendus.",
            where="Code",
            remedy="Recopiez-le en entier, groupe par groupe ; les tirets sont facultatifs.",
        )
    *digits, check = map(_SIGNS.index, code)
    if check != _check(digits):
        raise InputError(
            "ce code comporte une faute de frappe.",
            where="Code",
            remedy="Comparez-le au vôtre, groupe par groupe.",
        )
    return code


def _check(digits: list[int]) -> int:
    """Return the last digit: all of them, each by its weight, make a multiple of 29."""
    total = sum(weight * digit for weight, digit in enumerate(digits, 2))
    return -total % _BASE  # its own weight is 1
