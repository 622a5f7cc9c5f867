"""Closing the account of who leaves: her own file stays readable for a time, the rest is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iprof_kit.base.calendar import add_months_civil
from iprof_kit.base.clock import paris
from iprof_kit.base.configuration.in_force import setting_of
from iprof_kit.base.errors import InputError, Refused
from iprof_kit.records.accounts import Account, AccountRole, Portfolio, open_on
from iprof_kit.records.agents import Agent
from iprof_kit.records.database import reading
from iprof_kit.records.evaluation.projects import EvaluatorPortfolio
from iprof_kit.records.repository import Order
from iprof_kit.services.access.identity import ACCOUNT_NAME, READER, Closing
from iprof_kit.services.access.own_password import ACCOUNTS, journal
from iprof_kit.services.access.sessions import close_all


@dataclass(frozen=True)
class Closed:
    """An account that was closed. `reads`: it has a file to read until its last day.

    `followed` counts the portfolios that go on beyond its day, and that nobody answers any more.
    """

    compte: str
    closing: Closing
    reads: bool
    followed: int


def close_account(name: str, on: date, by: str, now: datetime, months: int | None = None) -> Closed:
    """Close an account from a day on, which may have passed; its sessions end on that day.

    Parameters
    ----------
    name : str
        The account, or the number of the file that it opens.
    on : date
        The first day on which it only reads.
    by : str
        Whom the journal names.
    now : datetime
    months : int, optional
        How long it reads from that day on; else as the settings say.

    Raises
    ------
    InputError
        No such account, or it is closed from that day already.
    Refused
        It is the last administrator of that day.
    """
    compte = account_named(name)
    if months is None:
        months = int(setting_of("comptes.lecture_mois"))
    closing = Closing(on, add_months_civil(on, months))
    facts: dict[str, int] = {}

    def change(session: Session, row: Account) -> None:
        if (row.closed_on, row.reads_until) == (closing.on, closing.reads_until):
            raise InputError(
                "ce compte est déjà fermé à cette date.",
                where=compte,
                remedy="iprof account list les montre.",
            )
        if any(line.role == "administrateur" for line in row.roles):
            keep_an_administrator(session, compte, on)
        row.closed_on, row.reads_until = closing.on, closing.reads_until
        facts["reads"] = row.agent_id is not None and READER in {one.role for one in row.roles}
        facts["followed"] = sum(_goes_on(one, on) for one in _portfolios(row))
        if on <= paris(now).date():
            close_all(session, row.id, now)

    order = Order(key=f"clos:{uuid4()}", by=by, now=now)
    detail = f"à partir du {on.isoformat()}, lecture jusqu’au {closing.reads_until.isoformat()}"
    ACCOUNTS.store(compte, change, order, journal(compte, "compte_clos", order, detail))
    return Closed(compte, closing, bool(facts["reads"]), facts["followed"])


def reopen_account(name: str, by: str, now: datetime) -> str:
    """Undo a closing, to come or in force, and return the account; its roles are what they were.

    Raises
    ------
    InputError
        No such account, or it is not closed.
    """
    compte = account_named(name)

    def change(session: Session, row: Account) -> None:
        if row.closed_on is None:
            raise InputError(
                "ce compte n’est pas fermé.", where=compte, remedy="iprof account list les montre."
            )
        row.closed_on = row.reads_until = None
        close_all(session, row.id, now)

    order = Order(key=f"rouvert:{uuid4()}", by=by, now=now)
    ACCOUNTS.store(compte, change, order, journal(compte, "compte_rouvert", order))
    return compte


def account_named(name: str) -> str:
    """Return the account of a name: its own, or the number of the file that it opens.

    Raises
    ------
    InputError
        There is none.
    """
    wanted = name.strip()
    by_file = Agent.numero == wanted
    query = select(Account.compte).outerjoin(Agent, Agent.id == Account.agent_id)
    with reading() as session:
        known = Account.compte == wanted if ACCOUNT_NAME.fullmatch(wanted) else by_file
        compte = session.scalar(query.where(known))
    if compte is None:
        raise InputError(
            "ce compte n’existe pas.",
            where=wanted[:60],
            remedy="Donnez le compte, ou le numéro de son dossier : iprof account list les montre.",
        )
    return compte


def keep_an_administrator(session: Session, compte: str, day: date) -> None:
    """Refuse to leave an installation without an administrator on a day.

    Raises
    ------
    Refused
        Nobody else is one then.
    """
    query = (
        select(func.count())
        .select_from(AccountRole)
        .join(Account, AccountRole.account_id == Account.id)
        .where(AccountRole.role == "administrateur", Account.compte != compte, open_on(day))
    )
    if not session.scalar(query):
        raise Refused(
            "c’est le dernier compte d’administration.",
            where=compte,
            remedy="Donnez d’abord ce rôle à un autre compte.",
        )


def _portfolios(row: Account) -> list[Portfolio | EvaluatorPortfolio]:
    return [*row.portfolios, *row.evaluator_portfolios]


def _goes_on(one: Portfolio | EvaluatorPortfolio, day: date) -> bool:
    return one.au is None or one.au >= day
