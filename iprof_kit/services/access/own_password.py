"""Replacing one's password: at the first login, later, or with a link when it is forgotten."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.records.accounts import Account, FirstCode, ResetLink
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.records.repository import Order, Receipt, Repository
from iprof_kit.services.access import passwords
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.sessions import close_all, token_hash

ACCOUNTS: Repository[Account] = Repository(Account, Account.compte)
LINK_LIFE = timedelta(hours=24)


RESET = "/reinitialiser"
"""The page where a link leads; its secret follows « # », which no server's log holds."""


@dataclass(frozen=True)
class IssuedLink:
    """A reset link, shown once; the database keeps only its hash."""

    compte: str
    token: str
    path: str
    expires_at: datetime


def must_change_password(identity: Identity) -> bool:
    """Return whether the password is still the NUMEN: nothing else may be done before."""
    if identity.first_password is not None:
        return identity.first_password
    with reading() as session:
        return bool(
            session.scalar(select(Account.first_password).where(Account.id == identity.account_id))
        )


def change_password(
    identity: Identity,
    new_password: str,
    now: datetime,
    *,
    current: str | None = None,
    token: str | None = None,
) -> Receipt:
    """Replace one's own password; every other session of the account is closed.

    Parameters
    ----------
    identity : Identity
    new_password : str
    now : datetime
    current : str, optional
        The password in use; not asked again at the first login, where it has just been typed.
    token : str, optional
        The session to keep.

    Raises
    ------
    InputError
        The new password breaks a rule, or the current one is wrong.
    """

    def change(session: Session, row: Account) -> None:
        if not row.first_password and not passwords.matches(row.password_hash, current or ""):
            raise InputError(
                "ce n’est pas le mot de passe en cours.",
                where="Mot de passe actuel",
                remedy="Saisissez-le de nouveau.",
            )
        set_password(session, row, new_password, now, keep=token)

    order = Order(key=f"mot_de_passe:{uuid4()}", by=identity.compte, now=now)
    also = journal(identity.compte, "mot_de_passe_change", order)
    return ACCOUNTS.store(identity.compte, change, order, also)


def issue_reset_link(
    compte: str, now: datetime, *, by: Identity | None = None, command: str = "iprof account reset"
) -> IssuedLink:
    """Issue a single-use link, valid for 24 hours; an earlier one stops working.

    Parameters
    ----------
    compte : str
    now : datetime
    by : Identity, optional
        An administrator; None where the command line asks.

    Raises
    ------
    Refused
        The person asking is not an administrator.
    InputError
        The account does not exist.
    """
    if by is not None and "administrateur" not in by.roles:
        raise Refused(
            "seul un administrateur peut délivrer un lien de réinitialisation.",
            remedy="Adressez-vous à votre assistance.",
        )
    actor = by.compte if by else command
    token = secrets.token_urlsafe(32)
    with writing() as session:
        account = ACCOUNTS.find(session, compte, lock=True)
        if account is None:
            raise InputError(
                "ce compte n’existe pas.",
                where=compte,
                remedy="Vérifiez-le, ou créez-le : iprof account create.",
            )
        _cancel_links(session, account.id, now)
        session.add(
            ResetLink(
                token_hash=token_hash(token),
                account_id=account.id,
                issued_by=actor,
                issued_at=now,
                expires_at=now + LINK_LIFE,
            )
        )
        audit.note(session, at=now, actor=actor, action="lien_delivre", subject=f"compte:{compte}")
    return IssuedLink(compte, token, f"{RESET}#{token}", now + LINK_LIFE)


def reset_link_account(token: str, now: datetime) -> str | None:
    """Return the account of a link that still works, or None."""
    with reading() as session:
        return session.scalar(select(Account.compte).join(ResetLink).where(*_usable(token, now)))


def use_reset_link(token: str, new_password: str, now: datetime) -> Receipt:
    """Choose a password with a link, once; every session of the account is closed.

    Raises
    ------
    InputError
        The link is unknown, used or expired; or the password breaks a rule, and then the
        link still works.
    """
    compte = reset_link_account(token, now)
    if compte is None:
        raise _dead_link()

    def change(session: Session, row: Account) -> None:
        used = update(ResetLink).where(*_usable(token, now)).values(used_at=now)
        if session.execute(used.returning(ResetLink.id)).scalar() is None:
            raise _dead_link()
        set_password(session, row, new_password, now)

    order = Order(key=f"lien:{token_hash(token)}:{uuid4()}", by=compte, now=now)
    return ACCOUNTS.store(compte, change, order, journal(compte, "lien_utilise", order))


def set_password(
    session: Session, row: Account, new_password: str, now: datetime, keep: str | None = None
) -> None:
    """Set a password that its person chose; links and codes for choosing one are over.

    Raises
    ------
    InputError
        It breaks a rule.
    """
    known = (row.agent.prenom, row.agent.nom, row.agent.numero) if row.agent else ()
    passwords.check_new(new_password, row.compte, row.password_hash, known=known)
    row.password_hash, row.password_set_at = passwords.hashed(new_password), now
    row.opened_at = now if row.first_password else row.opened_at
    row.first_password, row.first_password_expires_at = False, None
    close_all(session, row.id, now, but=keep)
    _cancel_links(session, row.id, now)
    session.execute(delete(FirstCode).where(FirstCode.account_id == row.id))


def _cancel_links(session: Session, account_id: int, now: datetime) -> None:
    session.execute(
        update(ResetLink)
        .where(ResetLink.account_id == account_id, ResetLink.used_at.is_(None))
        .values(used_at=now)
    )


def _usable(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        ResetLink.token_hash == token_hash(token),
        ResetLink.used_at.is_(None),
        ResetLink.expires_at > now,
    )


def _dead_link() -> InputError:
    return InputError(
        "ce lien a déjà servi, a été remplacé ou a expiré.",
        where="Lien de réinitialisation",
        remedy="Demandez-en un autre à votre assistance.",
    )


def journal(
    compte: str, action: str, order: Order, detail: str = "", address: str | None = None
) -> Callable[[Session], None]:
    """Return what writes the line of the journal together with the change of an account."""

    def also(session: Session) -> None:
        subject = f"compte:{compte}"
        audit.note(
            session,
            at=order.now,
            actor=order.by,
            action=action,
            subject=subject,
            address=address,
            detail=detail,
        )

    return also
