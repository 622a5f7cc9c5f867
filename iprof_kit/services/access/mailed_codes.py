"""First codes by mail: what waits to be sent holds no code; each is drawn as its mail leaves.

So no code rests in the database or in a backup of it. A mail that is tried again tells a new code:
the one of the former try ends, as with two letters.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from iprof_kit.base.errors import Conflict
from iprof_kit.records.accounts import Account, FirstCode
from iprof_kit.records.agents import Agent
from iprof_kit.records.database import reading, writing
from iprof_kit.records.outbox import Mail
from iprof_kit.services.academies import academie
from iprof_kit.services.access.delivering import (
    AT_ONCE,
    Addressee,
    Coded,
    School,
    keep_in,
    last_day,
    still_fit,
)
from iprof_kit.services.access.first_access import grouped, new_code

KIND = "acces:"
"""How the key of such a mail begins."""
BY = "iprof account delivrer"
NO_ADDRESS = "aucun courriel professionnel dans son dossier"
NO_FILE = "ce compte n’ouvre aucun dossier, donc aucun courriel"


@dataclass(frozen=True)
class Unreached:
    """Somebody whom no mail can reach, and why, in French."""

    to: Addressee
    why: str


@dataclass(frozen=True)
class Queue:
    """Who is written to, whose mail waits already, who has no address."""

    people: tuple[Addressee, ...]
    waiting: int
    refused: tuple[Unreached, ...]


@dataclass(frozen=True)
class Told:
    """What a mail tells, in memory only: an account, its code, its last day, whom to ask."""

    compte: str
    code: str
    until: date
    help: tuple[str, ...]


def queue_of(people: Sequence[Addressee]) -> Queue:
    """Tell those who may be written to from those who wait for a mail, or have no address."""
    with reading() as session:
        pending = select(Mail.account_id).where(
            Mail.key.like(f"{KIND}%"), Mail.next_at.is_not(None)
        )
        waiting = set(session.scalars(pending))
    left = [one for one in people if one.account_id not in waiting]
    refused = tuple(
        Unreached(one, NO_ADDRESS if one.academie else NO_FILE) for one in left if not one.mail
    )
    return Queue(tuple(one for one in left if one.mail), len(people) - len(left), refused)


def queue_mails(people: Sequence[Addressee], now: datetime) -> None:
    """Prepare the mail of each; the kit sends them by itself.

    Raises
    ------
    Conflict
        Another order prepares them at the same moment: given again, this one goes on.
    """
    for first in range(0, len(people), AT_ONCE):
        some = people[first : first + AT_ONCE]
        try:
            with writing() as session:
                session.execute(insert(Mail), list(_rows(session, some, now)))
        except IntegrityError as error:
            raise Conflict(
                "une autre commande prépare les mêmes courriels.",
                remedy="Relancez la commande : elle reprend où elle en était.",
            ) from error


def _rows(
    session: Session, some: Sequence[Addressee], now: datetime
) -> Iterator[dict[str, object]]:
    ids = [one.account_id for one in some]
    former = dict(
        session.execute(
            select(Mail.account_id, func.max(Mail.id))
            .where(Mail.account_id.in_(ids), Mail.key.like(f"{KIND}%"))
            .group_by(Mail.account_id)
        ).all()
    )
    for one in some:
        yield {
            "key": f"{KIND}{one.account_id}:{former.get(one.account_id, 0)}",
            "account_id": one.account_id,
            "address": one.mail,
            "waiting": 1,
            "state": "prepare",
            "prepared_at": now,
            "next_at": now,
        }


def drawn(session: Session, mail: Mail, delivery: str, now: datetime) -> Told | None:
    """Draw the code of a mail that leaves, and keep its hash, in the transaction that hands it.

    Returns
    -------
    Told or None
        None where the account cannot be entered by a code any more: nothing is to be sent.
    """
    if not still_fit(session, [mail.account_id], now):
        return None
    query = (
        select(Account.compte, Agent.academie)
        .outerjoin(Agent, Agent.id == Account.agent_id)
        .where(Account.id == mail.account_id)
    )
    compte, code_of_academy = session.execute(query).one()
    to = Addressee(mail.account_id, compte, compte, code_of_academy, School(), mail.address)
    coded, until = Coded(to, new_code()), last_day(now)
    keep_in(session, [coded], delivery, until, BY, now)
    academy = academie(code_of_academy)
    ways = (academy.assistance_nom, academy.assistance_telephone, academy.assistance_courriel)
    return Told(compte, grouped(coded.code), until, tuple(one for one in ways if one))


def undelivered(session: Session, delivery: str) -> None:
    """End the code of a mail that was given up: nobody has it, and she is chosen again."""
    session.execute(delete(FirstCode).where(FirstCode.delivery == delivery))


def new_delivery() -> str:
    """Return the name of one try: the next tells another code, and is another mail."""
    return secrets.token_hex(16)
