"""What one account would do to many threads waits until a second person of the service has read it.

Who may read it is in `services/second_reader`; here it is only kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.base.plain import Plain
from iprof_kit.base.words import NBSP
from iprof_kit.records.accounts import Absence, AccountRole, Portfolio
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import HeldOrder
from iprof_kit.records.repository import Order, Receipt, Repository
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.reach import MANAGER, holds, in_force, running
from iprof_kit.services.contract.bureau.ensemble import MOST_TOGETHER

HELD: Repository[HeldOrder] = Repository(HeldOrder, HeldOrder.name)
ALONE = MOST_TOGETHER
"""Threads that one account acts on at once without a second person."""
MOST_WAITING = 10
"""Orders of one account that wait for a second person."""
WAITS = "tenu"
ANSWERS, CAMPAIGN = "reponses", "campagne"
"""What is held: one answer to several threads, one act on a group of a campaign."""


def hold(
    identity: Identity, kind: str, wanted: Plain, mark: str, agents: Sequence[Agent], key: str,
    now: datetime,
) -> Receipt:  # fmt: skip
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
        if (session.scalar(waiting) or 0) >= MOST_WAITING:
            raise Refused(
                f"{MOST_WAITING} de vos envois attendent une relecture.",
                remedy=f"Rien n’est perdu{NBSP}: reprenez-en un, ou attendez qu’il soit relu.",
            )
        row.author, row.kind, row.state, row.since = identity.account_id, kind, WAITS, now
        row.academie, row.people = agents[0].academie, len(agents)
        row.asked, row.mark = wanted.model_dump(mode="json"), mark
        row.reader, row.reason = None, ""

    name = hashlib.sha256(key.encode()).hexdigest()[:24]
    return HELD.store(name, change, Order(f"tenu:{key}"[:150], identity.compte, now))


def check_second_reader(
    session: Session, identity: Identity, agents: Collection[Agent], today: date
) -> None:
    """Refuse where nobody else of the service follows all these people today.

    Raises
    ------
    InputError
        There is nobody who could read it.
    """
    if not second_readers(session, identity.account_id, agents, today):
        raise InputError(
            f"plus de {ALONE} personnes{NBSP}: une seconde personne de votre service le relit, et "
            "aucune autre ne les suit toutes aujourd’hui.",
            where="acte",
            remedy=f"Choisissez-en {ALONE} au plus, ou écrivez un envoi en nombre.",
        )


def second_readers(
    session: Session, author: int, agents: Collection[Agent], today: date
) -> set[int]:
    """Return the accounts that follow all these people by portfolios of their own today.

    Who stands in for the author on a day that runs is her own hand: never a second person.
    """
    absent = select(Absence.delegate_id).where(Absence.account_id == author, running(today))
    rows = session.scalars(
        select(Portfolio)
        .join(AccountRole, AccountRole.account_id == Portfolio.account_id)
        .where(AccountRole.role == MANAGER, in_force(today))
        .where(Portfolio.account_id != author, Portfolio.account_id.not_in(absent))
    )
    portfolios: dict[int, list[Portfolio]] = {}
    for one in rows:
        portfolios.setdefault(one.account_id, []).append(one)
    parts = {(one.academie, one.departement, one.corps) for one in agents}
    return {
        account
        for account, own in portfolios.items()
        if parts and all(any(holds(one, *part) for one in own) for part in parts)
    }
