"""Who may write to many, who may confirm, and whom a message is for: always the author's own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, false, func, insert, select, update
from sqlalchemy.orm import Session

from iprof_kit.base.errors import Refused
from iprof_kit.records.accounts import Absence, Account
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Mailing, MailingRecipient
from iprof_kit.records.history import Echelon
from iprof_kit.services.academies import academie, academie_names
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.login import identity_of
from iprof_kit.services.access.reach import Reach, reach_of, running
from iprof_kit.services.contract.bureau.envois import CRITERES
from iprof_kit.services.desk.filters import newest_step
from iprof_kit.services.desk.people import facet_counts, facet_values
from iprof_kit.services.mailings.life import AUTHOR, SECOND, states

PLANNED, KEPT, LEFT, SENT = "prevu", "retenu", "parti", "envoye"
UNREAD, READ, NEVER_SENT = "retire", "rappele", "non_envoye"
"""The states of one person: proposed, frozen, gone since, sent; recalled unread, read, unsent."""
RECEIVES = frozenset({KEPT, SENT, UNREAD, READ, NEVER_SENT})
"""The states of who was confirmed and has not left since."""
PURPOSE = "finalite"
"""What a message is for, kept beside its criteria."""


@dataclass(frozen=True)
class Seen:
    """A message that somebody may read, and what she is to it."""

    mailing: Mailing
    roles: frozenset[str]


def seen(
    session: Session, identity: Identity, name: str, today: date, *, lock: bool = False
) -> Seen:
    """Return a message that somebody may read today.

    Raises
    ------
    Refused
        It is nobody's whom she may read, or does not exist: the words are the same.
    """
    query = select(Mailing).where(Mailing.name == name)
    mailing = session.scalars(query.with_for_update() if lock else query).one_or_none()
    roles = roles_of(session, identity, mailing, today) if mailing else frozenset()
    if mailing is None or not roles:
        raise Refused("cet envoi n’est pas un des vôtres.", remedy="Rechargez la page.")
    return Seen(mailing, roles)


def roles_of(session: Session, identity: Identity, mailing: Mailing, today: date) -> frozenset[str]:
    """Return what somebody is to a message: its author, a second person, or nobody.

    A second person follows people of the same academy by a portfolio of her own, and stands in for
    the author on no day that runs: a delegate is the author's own hand.
    """
    reach = reach_of(session, identity, today)
    if not reach.own:
        return frozenset()
    if identity.account_id == mailing.author:
        return frozenset({AUTHOR})
    near = any(one.academie == mailing.academie for one in reach.own)
    if not near or not states()[mailing.state].second_reads:
        return frozenset()
    return frozenset() if _stands_in(session, identity, mailing, today) else frozenset({SECOND})


def readable(session: Session, identity: Identity, today: date) -> ColumnElement[bool]:
    """Return the condition of the messages that she wrote, or may confirm or recall."""
    reach = reach_of(session, identity, today)
    if not reach.own:
        return false()
    second = [code for code, state in states().items() if state.second_reads]
    absent = select(Absence.account_id).where(
        Absence.delegate_id == identity.account_id, running(today)
    )
    return (Mailing.author == identity.account_id) | (
        Mailing.academie.in_({one.academie for one in reach.own})
        & Mailing.state.in_(second)
        & Mailing.author.not_in(absent)
    )


def place_of(session: Session, identity: Identity, today: date) -> tuple[str, str]:
    """Return the academy and the service in whose name she writes to many.

    Raises
    ------
    Refused
        She follows nobody today, or no service of the academy reads in this kit.
    """
    reach = reach_of(session, identity, today)
    if not reach.own:
        raise Refused("vous ne suivez personne aujourd’hui.", remedy="Voyez l’administrateur.")
    code = reach.own[-1].academie
    if code not in academie_names() or academie(code).courrier.mode != "kit":
        raise Refused(
            "aucun service de votre académie ne lit dans ce kit.",
            remedy="L’administrateur du kit le dit dans la configuration de l’académie.",
        )
    return code, reach.service


def author_reach(session: Session, mailing: Mailing, today: date) -> Reach:
    """Return whom the author follows today; nobody, where her account is closed."""
    account = session.get(Account, mailing.author)
    return reach_of(session, identity_of(account, today), today) if account else Reach(today)


def whom(
    reach: Reach, academy: str, chosen: dict[str, str], today: date
) -> list[ColumnElement[bool]]:
    """Return the conditions of whom a filter holds: the author's own people, of one academy.

    A criterion of an older version that is none any more holds nobody: it must be chosen anew.
    """
    if set(chosen) - {*CRITERES, PURPOSE}:
        return [false()]
    values = criteria(today)
    asked = [values[one] == chosen[one] for one in CRITERES if chosen.get(one)]
    return [reach.own_people(), Agent.academie == academy, *asked]


def criteria(today: date) -> dict[str, ColumnElement[Any]]:
    """Return what a message may be filtered by, of each person, as of a day."""
    known = facet_values(today)
    return {
        "corps": known["corps"],
        "echelon": newest_step(Echelon.echelon, today),
        "departement": Agent.departement.expression,
        "etablissement": known["etablissement"],
    }


def counts(
    session: Session, who: Sequence[ColumnElement[bool]], today: date
) -> dict[str, dict[str, int]]:
    """Return how many of some people have each value of each facet."""
    return {one: facet_counts(session, value, who) for one, value in criteria(today).items()}


def offered(
    session: Session, reach: Reach, mailing: Mailing, today: date
) -> dict[str, dict[str, int]]:
    """Return what each facet of a filter offers, the others being as they are."""
    values = criteria(today)
    chosen = {one: mailing.chosen[one] for one in CRITERES if one in mailing.chosen}
    return {
        one: facet_counts(
            session, values[one], whom(reach, mailing.academie, chosen | {one: ""}, today)
        )
        for one in CRITERES
    }


def count(session: Session, who: Sequence[ColumnElement[bool]]) -> int:
    """Return how many people these are."""
    return session.scalar(select(func.count(Agent.id)).where(*who)) or 0


def listed(mailing: Mailing, states_: Collection[str]) -> ColumnElement[bool]:
    """Return the condition of the people of a message in some states."""
    return Agent.numero.in_(
        select(MailingRecipient.numero).where(
            MailingRecipient.mailing_id == mailing.id, MailingRecipient.state.in_(states_)
        )
    )


def plan(session: Session, mailing: Mailing, reach: Reach, today: date) -> int:
    """List whom a message is proposed for; return how many they are."""
    forget(session, mailing)
    who = whom(reach, mailing.academie, mailing.chosen, today)
    rows = [
        {
            "mailing_id": mailing.id,
            "numero": agent.numero,
            "state": PLANNED,
            "service": reach.service_for(agent) or mailing.service,
        }
        for agent in session.scalars(select(Agent).where(*who).order_by(Agent.id))
    ]
    if rows:
        session.execute(insert(MailingRecipient), rows)
    return len(rows)


def freeze(session: Session, mailing: Mailing, today: date) -> int:
    """Keep who is still in the portfolio and the filter; the others are marked as gone."""
    reach = author_reach(session, mailing, today)
    still = select(Agent.numero).where(*whom(reach, mailing.academie, mailing.chosen, today))
    of_it = (MailingRecipient.mailing_id == mailing.id, MailingRecipient.state == PLANNED)
    change = update(MailingRecipient).execution_options(synchronize_session=False)
    session.execute(change.where(*of_it, MailingRecipient.numero.in_(still)).values(state=KEPT))
    session.execute(change.where(*of_it).values(state=LEFT))
    return number(session, mailing, {KEPT})


def number(session: Session, mailing: Mailing, states_: Collection[str]) -> int:
    """Return how many people of a message are in some states."""
    query = select(func.count(MailingRecipient.id)).where(
        MailingRecipient.mailing_id == mailing.id, MailingRecipient.state.in_(states_)
    )
    return session.scalar(query) or 0


def forget(session: Session, mailing: Mailing) -> None:
    """Forget whom a message was proposed for."""
    session.execute(
        delete(MailingRecipient)
        .where(MailingRecipient.mailing_id == mailing.id)
        .execution_options(synchronize_session=False)
    )


def page(
    session: Session, who: Sequence[ColumnElement[bool]], first: int, most: int
) -> list[Row[Any]]:
    """Return the number, name and corps of some people, by name."""
    query = (
        select(Agent.numero, Agent.civilite, Agent.prenom, Agent.nom, Agent.libelle_corps)
        .where(*who)
        .order_by(Agent.nom, Agent.prenom, Agent.id)
    )
    return list(session.execute(query.offset(first).limit(most)))


def _stands_in(session: Session, identity: Identity, mailing: Mailing, today: date) -> bool:
    query = select(Absence.id).where(
        Absence.account_id == mailing.author,
        Absence.delegate_id == identity.account_id,
        running(today),
    )
    return session.scalar(query.limit(1)) is not None
