"""What one account does to many threads waits: for a second person, then for who would undo it.

Beyond twenty a second person reads it first (`services/second_reader`); what nobody has to read any
more leaves some minutes later, and is taken back until then. Here it is only kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Annotated

import yaml
from pydantic import Field, ValidationError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iprof_kit.base.errors import BadTable, InputError, Refused
from iprof_kit.base.paths import COURRIER
from iprof_kit.base.plain import Plain
from iprof_kit.base.yaml_text import read_yaml
from iprof_kit.records.accounts import Absence, Account, AccountRole, Portfolio, open_on
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case, HeldOrder
from iprof_kit.records.repository import Order, Receipt, Repository
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.reach import MANAGER, Reach, in_force, running
from iprof_kit.services.contract.bureau.ensemble import MOST_TOGETHER

Thread = tuple[Case, Agent]
HELD: Repository[HeldOrder] = Repository(HeldOrder, HeldOrder.name)
ALONE = MOST_TOGETHER
"""Threads that one account acts on at once without a second person."""
MOST_WAITING = 10
"""Orders of one account that wait for a second person."""
WAITS, LEAVES, LEFT, SENT_BACK = "tenu", "part", "remis", "renvoye"
ANSWERS, CAMPAIGN = "reponses", "campagne"
"""What is held: one answer to several threads, one act on a group of a campaign."""
FILE = COURRIER / "bureau.yml"


class _Desk(Plain):
    annuler_minutes: Annotated[int, Field(ge=0, le=1440)]
    transmissions: Annotated[int, Field(ge=0, le=100)]


def undo_time() -> timedelta:
    """Return for how long what was confirmed can be taken back before it leaves.

    Examples
    --------
    >>> undo_time() > timedelta(0)
    True
    """
    return timedelta(minutes=_desk().annuler_minutes)


def most_passings() -> int:
    """Return how many times a thread goes from one service to another.

    Examples
    --------
    >>> most_passings() > 0
    True
    """
    return _desk().transmissions


@cache
def _desk() -> _Desk:
    """Return what the file says of the desk; `BadTable` where it cannot be read."""
    try:
        return _Desk.model_validate(read_yaml(FILE.read_text(encoding="utf-8")))
    except (OSError, UnicodeError, yaml.YAMLError, ValidationError) as error:
        raise BadTable(
            f"les réglages du bureau ne se lisent pas : {error}.",
            where="data/courrier/bureau.yml",
            remedy="Écrivez « annuler_minutes », un nombre de minutes, et "
            "« transmissions », un nombre de fois.",
        ) from error


def leaves_at(row: HeldOrder) -> datetime | None:
    """Return when an order leaves; None where it does not wait for that."""
    return row.since + undo_time() if row.state == LEAVES else None


@dataclass(frozen=True)
class Confirmed:
    """An order as it was confirmed: its kind, what was asked, the mark of what was seen, its key.

    `state` says what it waits for: a second person, or the minute at which it leaves.
    """

    kind: str
    wanted: Plain
    mark: str
    key: str
    state: str = WAITS


def hold(
    identity: Identity,
    order: Confirmed,
    agents: Sequence[Agent],
    now: datetime,
    journal: Callable[[Session], None] | None = None,
) -> Receipt:
    """Keep what was confirmed, as it was confirmed; the same order sent again is kept once.

    Raises
    ------
    Refused
        Too many of hers wait already.
    """

    def change(session: Session, row: HeldOrder) -> None:
        waiting = select(func.count(HeldOrder.id)).where(
            HeldOrder.author == identity.account_id, HeldOrder.state == WAITS
        )
        if order.state == WAITS and (session.scalar(waiting) or 0) >= MOST_WAITING:
            raise Refused(
                f"{MOST_WAITING} de vos envois attendent une relecture.",
                remedy="Rien n’est perdu : reprenez-en un, ou attendez qu’il soit relu.",
            )
        row.author, row.since = identity.account_id, now
        row.kind, row.state = order.kind, order.state
        row.academie, row.people = agents[0].academie, len(agents)
        row.asked, row.mark = order.wanted.model_dump(mode="json"), order.mark
        row.reader, row.reason = None, ""

    kept_once = Order(f"tenu:{order.key}"[:150], identity.compte, now)
    return HELD.store(_name(order.key), change, kept_once, journal)


def kept(session: Session, key: str) -> HeldOrder | None:
    """Return the order that was kept under this key, if it was."""
    return HELD.find(session, _name(key))


def _name(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:24]


def check_second_reader(
    session: Session, identity: Identity, threads: Collection[Thread], today: date
) -> None:
    """Refuse where nobody else of the service reads all these threads today.

    Raises
    ------
    InputError
        There is nobody who could read it.
    """
    if not second_readers(session, identity.account_id, threads, today):
        raise InputError(
            f"plus de {ALONE} personnes : une seconde personne de votre service le relit, et "
            "aucune autre ne les suit toutes aujourd’hui.",
            where="acte",
            remedy=f"Choisissez-en {ALONE} au plus, ou écrivez un envoi en nombre.",
        )


def second_readers(
    session: Session, author: int, threads: Collection[Thread], today: date
) -> set[int]:
    """Return the accounts that read all these threads by portfolios of their own today.

    By them they follow the person, or are of the service that her thread was passed to. Who stands
    in for the author on a day that runs is her own hand: never a second person.
    """
    absent = select(Absence.delegate_id).where(Absence.account_id == author, running(today))
    rows = session.scalars(
        select(Portfolio)
        .join(AccountRole, AccountRole.account_id == Portfolio.account_id)
        .join(Account, Account.id == Portfolio.account_id)
        .where(AccountRole.role == MANAGER, in_force(today), open_on(today))
        .where(Portfolio.account_id != author, Portfolio.account_id.not_in(absent))
    )
    portfolios: dict[int, list[Portfolio]] = {}
    for one in rows:
        portfolios.setdefault(one.account_id, []).append(one)
    alike = {
        (agent.academie, agent.departement, agent.corps, case.passed_to): (case, agent)
        for case, agent in threads
    }
    return {
        account
        for account, own in portfolios.items()
        if alike and all(Reach(today, own).answers(*one) is not None for one in alike.values())
    }


def about_to_leave(session: Session, academies: Collection[str]) -> dict[str, datetime | None]:
    """Return the threads of these academies that a confirmed answer leaves to, and when."""
    rows = session.scalars(
        select(HeldOrder)
        .where(HeldOrder.state == LEAVES, HeldOrder.kind == ANSWERS)
        .where(HeldOrder.academie.in_(academies))
    )
    return {name: leaves_at(row) for row in rows for name in row.asked["ids"]}
