"""Who a person of a provider is here: an account linked to an issuer and a subject, one for one.

A link is made by a claim that the provider guarantees, by an administrator's file, or by whoever
types her account and password once; never by a mail, which changes hands, nor by the NUMEN, which
others know. Once somebody has signed on, a first password that she never changed opens nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal
from uuid import uuid4

from sqlalchemy import Select, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError, Refused
from iprof_kit.records.accounts import (
    Account,
    SessionRow,
    SignOnLink,
    SignOnSession,
    SignOnUse,
)
from iprof_kit.records.agents import Agent
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.records.repository import Order
from iprof_kit.services.access.identity import Subject
from iprof_kit.services.access.login import identity_of, may_enter
from iprof_kit.services.access.own_password import ACCOUNTS, journal
from iprof_kit.services.access.sessions import Demand, Rules, close_all, demand_of, open_session
from iprof_kit.services.access.who_may import change_roles
from iprof_kit.services.contract.operation import Role

_PROVIDER = "fournisseur d’identité"
"""Who did it, in the journal."""
LONGEST = 255


@dataclass(frozen=True)
class Guaranteed:
    """What a provider guarantees of somebody: the name of her account, or of her file."""

    what: Literal["compte", "dossier"]
    value: str


@dataclass(frozen=True)
class Attested:
    """The roles that a provider says, among those that it is asked for."""

    has: Collection[Role]
    among: Collection[Role]


def account_of(
    who: Subject, now: datetime, guaranteed: Guaranteed | None = None, *, demo_allowed: bool = True
) -> str | None:
    """Return the account of somebody who has just signed on, linked now where it is guaranteed.

    Raises
    ------
    Refused
        It is closed, or the one that is guaranteed is already linked to somebody else there.
    """
    with reading() as session:
        linked = session.scalars(_linked(who)).one_or_none()
        account = linked or (_guaranteed(session, guaranteed) if guaranteed else None)
        if account is None or not may_enter(session, account, demo_allowed):
            return None
        identity = identity_of(account, paris(now).date())
    if identity.closed and not identity.roles:
        raise Refused(
            f"ce compte est clos depuis le {date_text(identity.closed.on)}.",
            remedy="Adressez-vous à votre assistance si c’est une erreur.",
        )
    compte = identity.compte
    if linked is None:
        link(compte, who, _PROVIDER, now)
    return compte


def link(compte: str, who: Subject, by: str, now: datetime) -> bool:
    """Link an account to somebody of a provider; return False where it was so already.

    Raises
    ------
    InputError
        The account does not exist.
    Refused
        Either is already linked to another.
    """
    try:
        with writing() as session:
            return _link(session, compte, who, by, now)
    except IntegrityError:  # two at the same instant: the other one came first
        raise _taken(compte) from None


def _link(session: Session, compte: str, who: Subject, by: str, now: datetime) -> bool:
    account = ACCOUNTS.find(session, compte, lock=True)
    if account is None:
        raise InputError(
            "ce compte n’existe pas.", where=compte, remedy="iprof account list les montre."
        )
    own = SignOnLink.account_id == account.id
    query = select(SignOnLink).where(
        SignOnLink.issuer == who.issuer, own | (SignOnLink.subject == who.subject)
    )
    rows = session.scalars(query).all()
    if any(row.account_id != account.id or row.subject != who.subject for row in rows):
        raise _taken(compte)
    if rows:
        return False
    session.add(
        SignOnLink(
            account_id=account.id,
            issuer=who.issuer,
            subject=who.subject,
            linked_at=now,
            linked_by=by,
        )
    )
    subject = f"compte:{compte}"
    audit.note(session, at=now, actor=by, action="identite_reliee", subject=subject)
    return True


def unlink(compte: str, by: str, now: datetime) -> int:
    """Take the links of an account away, ending its sessions; return how many there were.

    Raises
    ------
    InputError
        It has none.
    """
    with writing() as session:
        account = ACCOUNTS.find(session, compte, lock=True)
        links = delete(SignOnLink).where(SignOnLink.account_id == (account.id if account else None))
        removed = len(session.scalars(links.returning(SignOnLink.id)).all())
        if account is None or not removed:
            raise InputError(
                "ce compte n’est relié à aucune identité.",
                where=compte,
                remedy="Vérifiez-le : iprof account list les montre.",
            )
        close_all(session, account.id, now)
        subject = f"compte:{compte}"
        audit.note(session, at=now, actor=by, action="identite_deliee", subject=subject)
        return removed


def welcome(compte: str, now: datetime, roles: Attested | None, rules: Rules) -> Demand:
    """Follow what the provider says of an account; return what else is asked before it enters."""
    _forget_first_password(compte, now)
    if roles is not None:
        _follow(compte, roles, now)
    with reading() as session:
        account = session.scalars(select(Account).where(Account.compte == compte)).one()
        has = identity_of(account, paris(now).date()).roles
        return demand_of(session, account.id, has, rules, now, by_provider=True)


def enter(compte: str, who: Subject, address: str, now: datetime, *, proved: bool = False) -> str:
    """Open a session for who has just signed on; return its token.

    Raises
    ------
    InputError
        The account, or its link, is no longer there.
    """
    return open_session(compte, now, partial(_came_by, compte, who, address), proved=proved)


def _came_by(compte: str, who: Subject, address: str, session: Session, opened: SessionRow) -> None:
    query = select(SignOnLink.id).where(
        SignOnLink.account_id == opened.account_id,
        SignOnLink.issuer == who.issuer,
        SignOnLink.subject == who.subject,
    )
    link_id = session.scalar(query)
    if link_id is None:
        raise InputError(
            "ce compte n’est plus relié à cette identité.",
            where=compte,
            remedy="Connectez-vous de nouveau.",
        )
    session.add(SignOnSession(session_id=opened.id, link_id=link_id, sid=who.sid))
    audit.note(
        session,
        at=opened.opened_at,
        actor=compte,
        action="connexion",
        subject=f"compte:{compte}",
        address=address[:45],
        detail=_PROVIDER,
    )


def _forget_first_password(compte: str, now: datetime) -> None:
    with reading() as session:
        first = session.scalar(select(Account.first_password).where(Account.compte == compte))
    if not first:
        return

    def change(_session: Session, row: Account) -> None:
        row.password_hash, row.password_set_at = None, None
        row.opened_at = row.opened_at or now
        row.first_password, row.first_password_expires_at = False, None

    order = Order(key=f"premier_mot_de_passe:{uuid4()}", by=_PROVIDER, now=now)
    ACCOUNTS.store(compte, change, order, journal(compte, "premier_mot_de_passe_oublie", order))


def _follow(compte: str, attested: Attested, now: datetime) -> None:
    """Give and take the roles that the provider answers for; the last administrator stays one."""
    with reading() as session:
        account = ACCOUNTS.find(session, compte)
        has = {line.role for line in account.roles} if account else set()
    add = [role for role in attested.among if role in attested.has and role not in has]
    remove = [role for role in attested.among if role in has and role not in attested.has]
    try:
        if add or remove:
            change_roles(compte, add, remove, _PROVIDER, now)
    except Refused:
        others = [role for role in remove if role != "administrateur"]
        if add or others:
            change_roles(compte, add, others, _PROVIDER, now)


def end_sessions(who: Subject, now: datetime) -> list[str]:
    """End what a provider opened for somebody: her session there, or all; return their hashes.

    Her subject is empty where the provider names a session only.
    """
    conditions = [SignOnLink.issuer == who.issuer]
    if who.subject:
        conditions.append(SignOnLink.subject == who.subject)
    if who.sid:
        conditions.append(SignOnSession.sid == who.sid)
    if len(conditions) == 1:
        return []  # nobody is named
    opened = select(SignOnSession.session_id).join(SignOnLink).where(*conditions)
    ended = (
        update(SessionRow)
        .where(SessionRow.id.in_(opened), SessionRow.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(SessionRow.token_hash, SessionRow.account_id)
    )
    with writing() as session:
        rows = session.execute(ended).all()
        names = select(Account.compte).where(Account.id.in_({row.account_id for row in rows}))
        for compte in session.scalars(names).all():
            subject = f"compte:{compte}"
            audit.note(session, at=now, actor=_PROVIDER, action="deconnexion", subject=subject)
    return [row.token_hash for row in rows]


def serves_once(kind: str, secret: str, until: datetime, now: datetime) -> bool:
    """Return whether something is used for the first time, and remember it until its end."""
    mark = hashlib.sha256(f"{kind}\0{secret}".encode("utf-8", "surrogatepass")).hexdigest()
    try:
        with writing() as session:
            session.execute(delete(SignOnUse).where(SignOnUse.expires_at <= now))
            session.add(SignOnUse(mark=mark, expires_at=until))
    except IntegrityError:
        return False
    return True


def _linked(who: Subject) -> Select[Account]:
    of_it = (SignOnLink.issuer == who.issuer, SignOnLink.subject == who.subject)
    return select(Account).join(SignOnLink).where(*of_it)


def _guaranteed(session: Session, guaranteed: Guaranteed) -> Account | None:
    query = select(Account)
    if guaranteed.what == "compte":
        query = query.where(Account.compte == guaranteed.value.strip().lower())
    else:
        query = query.join(Agent, Agent.id == Account.agent_id).where(
            Agent.numero == guaranteed.value
        )
    return session.scalars(query).one_or_none()


def _taken(compte: str) -> Refused:
    return Refused(
        "ce compte, ou cette identité, est déjà relié à un autre.",
        where=compte,
        remedy="Prévenez l’assistance, qui peut défaire le lien.",
    )
