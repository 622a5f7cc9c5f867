"""Which accounts there are and what each may do: listed, and changed at once for who has left."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError, Refused
from iprof_kit.records.accounts import Account, AccountRole, Portfolio
from iprof_kit.records.database import reading
from iprof_kit.records.evaluation.projects import EvaluatorPortfolio
from iprof_kit.records.journal import audit
from iprof_kit.records.repository import Order, Receipt
from iprof_kit.services.access.own_password import ACCOUNTS
from iprof_kit.services.access.sessions import close_all
from iprof_kit.services.contract.operation import Role

_FOLLOWS: tuple[Role, ...] = ("gestionnaire", "evaluateur")


@dataclass(frozen=True)
class Listed:
    """One account: its roles, its file, whether it was ever entered.

    `missing` says what it would need to be of use, in French.
    """

    compte: str
    roles: tuple[str, ...]
    numero: str | None
    entered: bool
    missing: tuple[str, ...]


def listed(now: datetime) -> list[Listed]:
    """Return every account, by name, with what it lacks.

    Raises
    ------
    Unavailable
        The database does not answer.
    """
    options = [
        selectinload(one)
        for one in (
            Account.roles, Account.portfolios, Account.evaluator_portfolios, Account.agent
        )
    ]  # fmt: skip
    with reading() as session:
        rows = session.scalars(select(Account).options(*options).order_by(Account.compte))
        return [_line(row, now) for row in rows]


def _line(row: Account, now: datetime) -> Listed:
    roles = tuple(line.role for line in row.roles)
    numero = row.agent.numero if row.agent else None
    return Listed(row.compte, roles, numero, not row.first_password, _missing(row, roles, now))


def _missing(row: Account, roles: Collection[str], now: datetime) -> tuple[str, ...]:
    """Return why nobody would miss an account."""
    today = paris(now).date()
    given: dict[Role, Sequence[Portfolio | EvaluatorPortfolio]] = {
        "gestionnaire": row.portfolios,
        "evaluateur": row.evaluator_portfolios,
    }
    missing = [] if roles else ["aucun rôle"]
    if "enseignant" in roles and row.agent is None:
        missing.append("aucun dossier")
    for role in _FOLLOWS:
        if role in roles and all(one.au is not None and one.au < today for one in given[role]):
            missing.append(f"{role} sans portefeuille en cours")
    expires = row.first_password_expires_at
    if row.first_password and expires is not None and expires < now:
        missing.append("première connexion expirée")
    return tuple(missing)


def change_roles(
    compte: str, add: Collection[Role], remove: Collection[Role], by: str, now: datetime
) -> Receipt:
    """Give an account roles and take others away; its open sessions end at once.

    Parameters
    ----------
    compte : str
    add, remove : collection of str
    by : str
        Whom the journal names.
    now : datetime

    Raises
    ------
    InputError
        No such account; a role that is given and taken; nothing changes; a teacher without file.
    Refused
        It is the last administrator.
    """
    if both := sorted({*add} & {*remove}):
        raise InputError(
            f"le rôle « {both[0]} » est donné et retiré.",
            where="--ajouter, --retirer",
            remedy="Choisissez l’un des deux.",
        )

    def change(session: Session, row: Account) -> None:
        has = [line.role for line in row.roles]
        wanted = [role for role in dict.fromkeys([*has, *add]) if role not in remove]
        if wanted == has:
            raise InputError(
                "ce compte a déjà ces rôles, et aucun autre.",
                where=compte,
                remedy="iprof account list les montre.",
            )
        if "enseignant" in wanted and row.agent_id is None:
            raise InputError(
                "un compte d’enseignant ouvre un dossier.",
                where=compte,
                remedy="Créez-lui un compte à elle : iprof account create.",
            )
        if "administrateur" in has and "administrateur" not in wanted:
            _keep_an_administrator(session, compte)
        row.roles = [AccountRole(role=role) for role in wanted]
        close_all(session, row.id, now)

    with reading() as session:
        account = ACCOUNTS.find(session, compte)
    if account is None:
        raise InputError(
            "ce compte n’existe pas.", where=compte, remedy="iprof account list les montre."
        )

    def note(session: Session) -> None:
        detail = ", ".join([*(f"+{role}" for role in add), *(f"-{role}" for role in remove)])
        subject = f"compte:{compte}"
        audit.note(
            session, at=now, actor=by, action="roles_changes", subject=subject, detail=detail
        )

    return ACCOUNTS.store(compte, change, Order(key=f"roles:{uuid4()}", by=by, now=now), note)


def _keep_an_administrator(session: Session, compte: str) -> None:
    query = (
        select(func.count())
        .select_from(AccountRole)
        .join(Account, AccountRole.account_id == Account.id)
        .where(AccountRole.role == "administrateur", Account.compte != compte)
    )
    if not session.scalar(query):
        raise Refused(
            "c’est le dernier compte d’administration.",
            where=compte,
            remedy="Donnez d’abord ce rôle à un autre compte.",
        )
