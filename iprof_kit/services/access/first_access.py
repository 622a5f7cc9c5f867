"""Choosing one's first password by the code of a letter: counted and slowed as any login is.

An unknown account, a closed one, a code that is wrong, another person's, ended, replaced or used
are told the same, at the same cost: nothing is hashed slowly before the code is right.
"""

from __future__ import annotations

import hmac
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from iprof_kit.base.errors import InputError
from iprof_kit.records.accounts import Account, FirstCode
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal.keys import keys_of
from iprof_kit.records.repository import Order
from iprof_kit.services.access.login import Attempt, LoginResult, refuse, take_back
from iprof_kit.services.access.own_password import ACCOUNTS, journal, set_password

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
    account_id = known.identity.account_id if known and not known.identity.closing else _NOBODY
    if not _serves(account_id, code, attempt.now) or known is None:
        return _refused(attempt)
    try:
        _use(attempt, known.identity.compte, account_id, code, new_password)
    except _DeadCode:
        return _refused(attempt)
    except InputError:
        with writing() as session:
            take_back(session, attempt)
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
        take_back(session, attempt)
        noted(session)

    ACCOUNTS.store(compte, change, order, also)
