"""What the runner does of a message to many: a thread each, a batch at a time, nobody twice."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from iprof_kit.base.words import counted
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case, Mailing, MailingEvent, MailingRecipient
from iprof_kit.records.database import writing
from iprof_kit.services.cases.acting import Act, Opening, act, begin
from iprof_kit.services.cases.life import SERVICE
from iprof_kit.services.mailings import people
from iprof_kit.services.mailings.acting import pass_on
from iprof_kit.services.mailings.life import KIT, of_the_runner, passage
from iprof_kit.services.mailings.wording import ANSWERED, TOLD, as_read

BATCH = 50
"""People of one transaction: killed in the middle, none of them was sent anything."""
MOST_AT_ONCE = 500
"""People of one turn of the runner, which has other jobs."""
_KIND, _RECALL, _END = "service", "rappeler", "finir"


def anything_due(session: Session, _now: datetime) -> bool:
    """Return whether a message waits for the runner."""
    query = select(Mailing.id).where(Mailing.state.in_(of_the_runner()))
    return session.scalar(query.limit(1)) is not None


def send_due(now: datetime) -> str:
    """Send what is confirmed and tell what is recalled; return what was done, in French."""
    done = 0
    while done < MOST_AT_ONCE and (number := _batch(now)) is not None:
        done += number
    return counted(done, "message traité") if done else ""


def _batch(now: datetime) -> int | None:
    """Do the next people of the oldest message, None where none waits."""
    with writing() as session:
        query = select(Mailing).where(Mailing.state.in_(of_the_runner())).order_by(Mailing.id)
        mailing = session.scalars(query.limit(1).with_for_update(skip_locked=True)).one_or_none()
        if mailing is None:
            return None
        reason = _reason_of_recall(session, mailing)
        rows = session.scalars(_next(mailing, recalled=reason is not None)).all()
        number = people.number(session, mailing, people.RECEIVES)
        for row in rows:
            if reason is None:
                _give(session, mailing, row, number, now)
            else:
                _tell(session, row, reason, now)
        if len(rows) < BATCH:
            session.flush()
            number = people.number(session, mailing, {people.SENT, people.READ, people.UNREAD})
            way = passage(mailing.state, _END, {KIT})
            pass_on(session, mailing, way, now, account=None, number=number)
            mailing.version += 1
        return len(rows)


def _next(mailing: Mailing, *, recalled: bool) -> Select[MailingRecipient]:
    which = (
        [
            MailingRecipient.state.in_((people.READ, people.UNREAD)),
            MailingRecipient.told_at.is_(None),
        ]
        if recalled
        else [MailingRecipient.state == people.KEPT]
    )
    query = select(MailingRecipient).where(MailingRecipient.mailing_id == mailing.id, *which)
    return query.order_by(MailingRecipient.id).limit(BATCH).with_for_update()


def _give(
    session: Session, mailing: Mailing, row: MailingRecipient, number: int, now: datetime
) -> None:
    """Open the thread of one person, by a name that this person and message alone have."""
    agent = session.scalars(select(Agent).where(Agent.numero == row.numero)).one()
    name = hashlib.sha256(f"{mailing.name}:{row.numero}".encode()).hexdigest()[:24]
    case = Case(name=name, version=1)
    session.add(case)
    begin(case, Opening(row.numero, _KIND, mailing.title), now)
    words = as_read(mailing, agent.prenom, agent.nom, row.service, number)
    way = ANSWERED if mailing.answers else TOLD
    act(session, case, Act(way, SERVICE, text=words, service=row.service), now)
    session.flush()
    row.case_id, row.state, row.sent_at = case.id, people.SENT, now


def _tell(session: Session, row: MailingRecipient, reason: str, now: datetime) -> None:
    """Say in a thread that its message is recalled; no e-mail where nothing was read."""
    row.told_at = now
    query = select(Case).where(Case.id == row.case_id).with_for_update()
    case = session.scalars(query).one_or_none()
    if case is None:  # its time was over
        return
    quiet = row.state == people.UNREAD
    done = Act(_RECALL, SERVICE, text=reason, service=row.service, quiet=quiet)
    act(session, case, done, now)


def _reason_of_recall(session: Session, mailing: Mailing) -> str | None:
    last = select(func.max(MailingEvent.id)).where(
        MailingEvent.mailing_id == mailing.id, MailingEvent.act == _RECALL
    )
    event = session.get(MailingEvent, session.scalar(last) or 0)
    return event.reason if event else None
