"""Accounts: their creation, from a NUMEN or a chosen password.

This module is the door of the login: all that the server needs of it is offered here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from iprof_kit.base.errors import InputError
from iprof_kit.records.accounts import Account, AccountRole, Portfolio
from iprof_kit.records.agents import Agent
from iprof_kit.records.database import reading
from iprof_kit.records.evaluation.projects import EvaluatorPortfolio
from iprof_kit.records.repository import Order, Receipt
from iprof_kit.services.access import passwords
from iprof_kit.services.access.first_access import choose_by_code
from iprof_kit.services.access.identity import ACCOUNT_NAME, account_name, free_account_name
from iprof_kit.services.access.login import Attempt, LoginResult, authenticate
from iprof_kit.services.access.login import begin as begin_login
from iprof_kit.services.access.login import end as end_login
from iprof_kit.services.access.login import verify as verify_login
from iprof_kit.services.access.own_password import (
    ACCOUNTS,
    IssuedLink,
    change_password,
    issue_reset_link,
    journal,
    must_change_password,
    reset_link_account,
    use_reset_link,
)
from iprof_kit.services.access.sessions import (
    OpenSession,
    close_session,
    ended_among,
    find_session,
    note_seen,
    open_session,
    session_of,
)
from iprof_kit.services.contract.operation import Role

__all__ = [
    "Attempt",
    "IssuedLink",
    "LoginResult",
    "NewAccount",
    "NewPortfolio",
    "OpenSession",
    "authenticate",
    "begin_login",
    "change_password",
    "choose_by_code",
    "close_session",
    "create_account",
    "end_login",
    "ended_among",
    "find_session",
    "issue_reset_link",
    "must_change_password",
    "note_seen",
    "open_session",
    "reset_link_account",
    "session_of",
    "use_reset_link",
    "verify_login",
]

FIRST_PASSWORD_LIFE = timedelta(days=90)
UNNAMED_SERVICE = "Service gestionnaire"
"""What people read of a portfolio that was written without a service."""


class NewPortfolio(NamedTuple):
    """The people that a manager is given: département, corps None for all; dates included."""

    academie: str
    departement: str | None = None
    corps: str | None = None
    service: str = UNNAMED_SERVICE
    du: date | None = None
    au: date | None = None


@dataclass(frozen=True)
class NewAccount:
    """What an account is made of. Exactly one of `numen` and `password`."""

    compte: str
    roles: tuple[Role, ...]
    numero_dossier: str | None = None
    numen: str | None = None
    password: str | None = None
    demo: bool = False
    portfolios: Sequence[tuple[Any, ...]] = ()
    """Each the parts of a `NewPortfolio`, the last ones left out as they are by default."""
    evaluates: Sequence[Mapping[str, Any]] = ()
    """The lines of an evaluator's portfolio, each by the columns of its table."""


def create_account(new: NewAccount, by: str, now: datetime) -> Receipt:
    """Create an account whose first password is the NUMEN (it expires), or a chosen one.

    Raises
    ------
    InputError
        Malformed or taken name, name that does not follow the rule, unknown dossier,
        malformed NUMEN, no role.
    """
    if not ACCOUNT_NAME.fullmatch(new.compte):
        raise InputError(
            "un compte s’écrit en lettres minuscules sans accent, suivies d’un numéro s’il y a "
            "des homonymes.",
            where="compte",
            remedy="Exemple : jdupont ou jdupont2.",
        )
    if not new.roles:
        raise InputError("le compte n’a aucun rôle.", where="role", remedy="Donnez-en un.")
    _refuse_taken(new.compte)
    first = new.numen is not None
    if first:
        secret = passwords.numen(new.numen or "")
    else:
        secret = new.password or ""
        if not new.demo:  # its password is public, and opens fictitious people only
            passwords.check_new(secret, new.compte, None)
    stored = passwords.hashed(secret)

    def change(session: Session, row: Account) -> None:
        row.agent_id = _agent_for(session, new)
        row.password_hash, row.password_set_at = stored, now
        row.first_password = first
        row.first_password_expires_at = now + FIRST_PASSWORD_LIFE if first else None
        row.demo = new.demo
        row.roles = [AccountRole(role=role, since=now) for role in dict.fromkeys(new.roles)]
        row.portfolios = [Portfolio(**NewPortfolio(*one)._asdict()) for one in new.portfolios]
        row.evaluator_portfolios = [EvaluatorPortfolio(**one) for one in new.evaluates]

    order = Order(key=f"compte:{uuid4()}", by=by, now=now, expected_version=0)
    return ACCOUNTS.store(new.compte, change, order, journal(new.compte, "compte_cree", order))


def _agent_for(session: Session, new: NewAccount) -> int | None:
    if new.numero_dossier is None:
        if "enseignant" in new.roles:
            raise InputError(
                "un compte d’enseignant ouvre un dossier.",
                where="dossier",
                remedy="Indiquez le numéro du dossier.",
            )
        return None
    agent = session.scalars(select(Agent).where(Agent.numero == new.numero_dossier)).one_or_none()
    if agent is None:
        raise InputError(
            "ce dossier n’existe pas.",
            where=new.numero_dossier,
            remedy="Importez-le d’abord : iprof import dossiers FICHIER.",
        )
    other = session.scalar(
        select(Account.compte).where(Account.agent_id == agent.id, Account.compte != new.compte)
    )
    if other is not None:
        raise InputError(
            f"ce dossier a déjà le compte « {other} ».",
            where="dossier",
            remedy="Un dossier n’a qu’un compte : gardez celui-là.",
        )
    base = account_name(agent.prenom, agent.nom)
    if new.compte.rstrip("0123456789") != base:
        free = free_account_name(agent.prenom, agent.nom, _taken(session, base))
        raise InputError(
            "ce compte ne suit pas la règle (initiale du prénom et nom).",
            where=new.compte,
            remedy=f"Compte attendu : {free}.",
        )
    return agent.id


def _taken(session: Session, base: str) -> set[str]:
    return set(session.scalars(select(Account.compte).where(Account.compte.startswith(base))))


def _refuse_taken(compte: str) -> None:
    base = compte.rstrip("0123456789")
    with reading() as session:
        taken = _taken(session, base)
    if compte in taken:
        number = next(n for n in range(2, len(taken) + 3) if f"{base}{n}" not in taken)
        raise InputError(
            "ce compte existe déjà.",
            where=compte,
            remedy=f"Pour un homonyme, le premier compte libre est {base}{number}.",
        )
