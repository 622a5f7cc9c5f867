"""The outbox: notices prepared in the transaction of what they announce, then sent, once each.

States: `prepare`, `envoye` (handed to the mail server, which has not answered yet), `remis` (it
took it: all that SMTP says of a delivery), `echoue` (to be tried again), `abandonne`.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from iprof_kit.base.clock import paris
from iprof_kit.base.words import counted
from iprof_kit.records.accounts import Account
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case, CaseEvent
from iprof_kit.records.database import writing
from iprof_kit.records.outbox import Mail, NoticeChoice
from iprof_kit.services.notices.carrier import Carrier, Letter, NotTakenError

PREPARED, HANDED, TAKEN, FAILED, GIVEN_UP = "prepare", "envoye", "remis", "echoue", "abandonne"
AT_ONCE, DAILY, NEVER = "chaque", "jour", "jamais"
RETRIES = tuple(timedelta(minutes=one) for one in (1, 5, 15, 60, 240, 1440))
"""How long after each try the next one comes; after the last, the notice is given up."""
MOST_AT_ONCE = 50
FORGOTTEN_AFTER = timedelta(days=60)
"""After which a notice is no longer kept."""
LONGEST_REPLY = 200


def announce(session: Session, event: CaseEvent, now: datetime) -> None:
    """Prepare, in the transaction of an event that is not hers, the notice of who wants one.

    The same event is announced once, whoever asks again.
    """
    query = (
        select(NoticeChoice)
        .join(Account, Account.id == NoticeChoice.account_id)
        .join(Agent, Agent.id == Account.agent_id)
        .where(Agent.numero == event.case.numero, NoticeChoice.pace == AT_ONCE)
    )
    session.flush()  # the event has its number
    for choice in session.scalars(query):
        _prepare(session, choice, f"message:{event.id}:{choice.account_id}", 1, now)


def digests(now: datetime) -> str:
    """Prepare the notice of the day of who wants one a day and has something unread."""
    today = paris(now).date()
    with writing() as session:
        prepared = 0
        for choice, unread in session.execute(_unread()):
            prepared += _prepare(session, choice, _digest_key(choice, today), unread, now)
    return counted(prepared, "avis quotidien préparé") if prepared else ""


def digests_wanted(session: Session, now: datetime) -> bool:
    """Return whether anybody's notice of the day is still to be prepared."""
    today = paris(now).date()
    known = set(session.scalars(select(Mail.key).where(Mail.key.like(f"jour:{today}:%"))))
    return any(_digest_key(one, today) not in known for one, _ in session.execute(_unread()))


def anything_due(session: Session, now: datetime) -> bool:
    """Return whether a notice is to be sent."""
    return session.scalar(select(Mail.id).where(Mail.next_at <= now).limit(1)) is not None


def send_due(carrier: Carrier, now: datetime) -> str:
    """Send what is due, one notice after the other; return what was done, in French.

    A notice is `envoye` before the server is spoken to: cut off there, it is sent again later
    under the same Message-ID, by which mail servers know it.

    Raises
    ------
    Unavailable
        The mail server cannot be reached; the notices stay, to be tried again.
    """
    taken = left = 0
    with carrier.open() as line:
        while taken + left < MOST_AT_ONCE and (letter := _hand(now)) is not None:
            try:
                reply = line.send(letter)
            except NotTakenError as refused:
                _after(letter, refused.reply, now, GIVEN_UP if refused.final else FAILED)
                left += 1
            else:
                _after(letter, reply, now, TAKEN)
                taken += 1
    counts = (counted(taken, "avis remis"), taken), (counted(left, "avis refusé"), left)
    return ", ".join(words for words, number in counts if number)


def _prepare(session: Session, choice: NoticeChoice, key: str, waiting: int, now: datetime) -> bool:
    if session.scalar(select(Mail.id).where(Mail.key == key)) is not None:
        return False
    mail = Mail(key=key, account_id=choice.account_id, address=choice.address, waiting=waiting,
                state=PREPARED, prepared_at=now, next_at=now)  # fmt: skip
    session.add(mail)
    return True


def _unread() -> Select[NoticeChoice, int]:
    """Return whose notice is daily and how many messages they have not seen."""
    return (
        select(NoticeChoice, func.sum(Case.unseen_by_owner))
        .join(Account, Account.id == NoticeChoice.account_id)
        .join(Agent, Agent.id == Account.agent_id)
        .join(Case, Case.numero == Agent.numero)
        .where(NoticeChoice.pace == DAILY, Case.unseen_by_owner > 0)
        .group_by(NoticeChoice.id)
    )


def _digest_key(choice: NoticeChoice, day: date) -> str:
    return f"jour:{day}:{choice.account_id}"


def _hand(now: datetime) -> Letter | None:
    """Take the notice that has been due for longest: from here on it is `envoye`."""
    with writing() as session:
        query = select(Mail).where(Mail.next_at <= now).order_by(Mail.next_at, Mail.id).limit(1)
        mail = session.scalars(query.with_for_update(skip_locked=True)).one_or_none()
        if mail is None:
            return None
        mail.attempts += 1
        mail.state, mail.handed_at = HANDED, now
        mail.next_at = now + RETRIES[min(mail.attempts, len(RETRIES)) - 1]
        name = hashlib.sha256(mail.key.encode()).hexdigest()[:32]
        return Letter(mail.id, name, mail.address, mail.waiting)


def _after(letter: Letter, reply: str, now: datetime, state: str) -> None:
    with writing() as session:
        mail = session.get(Mail, letter.number)
        if mail is None:  # she chose to be told no more while it left
            return
        if state == FAILED and mail.attempts > len(RETRIES):
            state = GIVEN_UP
        mail.state, mail.reply = state, reply[:LONGEST_REPLY]
        if state in (TAKEN, GIVEN_UP):
            mail.next_at, mail.ended_at = None, now
