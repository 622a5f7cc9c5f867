"""Which accounts there are and what each may do: listed, and changed at once for who has left."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import paris
from iprof_kit.base.configuration.in_force import setting_of
from iprof_kit.base.errors import InputError
from iprof_kit.records.accounts import Account, AccountRole, Portfolio
from iprof_kit.records.agents import Agent
from iprof_kit.records.database import reading
from iprof_kit.records.evaluation.projects import EvaluatorPortfolio
from iprof_kit.records.repository import Order, Receipt
from iprof_kit.services.access.closing import keep_an_administrator
from iprof_kit.services.access.identity import READER, Closing
from iprof_kit.services.access.own_password import ACCOUNTS, journal
from iprof_kit.services.access.sessions import close_all
from iprof_kit.services.contract.operation import Role

_FOLLOWS: tuple[Role, ...] = ("gestionnaire", "evaluateur")


@dataclass(frozen=True)
class Listed:
    """One account: its roles, its file, whether it was ever entered.

    `missing` says what it would need to be of use, in French; `closed` is its day, if it has one.
    """

    compte: str
    roles: tuple[str, ...]
    numero: str | None
    entered: bool
    missing: tuple[str, ...]
    closed: date | None


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
    today = paris(now).date()
    with reading() as session:
        read_last = _read_last(session)
        rows = session.scalars(select(Account).options(*options).order_by(Account.compte))
        return [_line(row, read_last, now, today) for row in rows]


def _read_last(session: Session) -> dict[str, date]:
    """Return the newest day on which a file of each academy was read."""
    rows = session.execute(select(Agent.academie, func.max(Agent.lu_le)).group_by(Agent.academie))
    return {one.academie: one[1] for one in rows}


def _line(row: Account, read_last: Mapping[str, date], now: datetime, today: date) -> Listed:
    roles = tuple(line.role for line in row.roles)
    numero = row.agent.numero if row.agent else None
    missing = (*_missing(row, roles, now, today), *_gone(row, read_last, today))
    return Listed(row.compte, roles, numero, not row.first_password, missing, row.closed_on)


def _missing(row: Account, roles: Collection[str], now: datetime, today: date) -> Iterator[str]:
    """Yield what an account would need to be of use."""
    given: dict[Role, Sequence[Portfolio | EvaluatorPortfolio]] = {
        "gestionnaire": row.portfolios,
        "evaluateur": row.evaluator_portfolios,
    }
    if not roles:
        yield "aucun rôle"
    if READER in roles and row.agent is None:
        yield "aucun dossier"
    for role in _FOLLOWS:
        if role in roles and all(one.au is not None and one.au < today for one in given[role]):
            yield f"{role} sans portefeuille en cours"
    expires = row.first_password_expires_at
    if row.first_password and expires is not None and expires < now:
        yield "première connexion expirée"


def _gone(row: Account, read_last: Mapping[str, date], today: date) -> Iterator[str]:
    """Yield why an account could go: its person left the files, or it is closed for good."""
    longest = setting_of("comptes.absence_jours")
    if row.agent and (read_last[row.agent.academie] - row.agent.lu_le).days > longest:
        yield f"absente des fichiers lus depuis le {date_text(row.agent.lu_le)}"
    closing = Closing.written(row.closed_on, row.reads_until)
    if closing and today >= closing.on and (row.agent is None or today > closing.reads_until):
        yield "fermé, n’ouvre plus rien"


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
            keep_an_administrator(session, compte, paris(now).date())
        since = {line.role: line.since for line in row.roles} | dict.fromkeys(
            set(add) - {*has}, now
        )
        row.roles = [AccountRole(role=role, since=since[role]) for role in wanted]
        close_all(session, row.id, now)

    with reading() as session:
        account = ACCOUNTS.find(session, compte)
    if account is None:
        raise InputError(
            "ce compte n’existe pas.", where=compte, remedy="iprof account list les montre."
        )

    detail = ", ".join([*(f"+{role}" for role in add), *(f"-{role}" for role in remove)])
    order = Order(key=f"roles:{uuid4()}", by=by, now=now)
    return ACCOUNTS.store(compte, change, order, journal(compte, "roles_changes", order, detail))
