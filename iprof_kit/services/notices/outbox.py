"""The outbox: notices prepared in the transaction of what they announce, then sent, once each.

States: `prepare`, `envoye` (handed to the mail server, which has not answered yet), `remis` (it
took it: all that SMTP says of a delivery), `echoue` (to be tried again), `abandonne`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true
from sqlalchemy.orm import Session

from iprof_kit.base.clock import paris
from iprof_kit.base.words import counted
from iprof_kit.records.accounts import Account
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import OWNER, Case, CaseEvent
from iprof_kit.records.database import writing
from iprof_kit.records.outbox import Mail, NoticeChoice
from iprof_kit.services.access import mailed_codes
from iprof_kit.services.notices.carrier import Carrier, Letter, NotTakenError

PREPARED, HANDED, TAKEN, FAILED, GIVEN_UP = "prepare", "envoye", "remis", "echoue", "abandonne"
AT_ONCE, DAILY, NEVER = "chaque", "jour", "jamais"
DAY, REMINDER = "jour", "rappel"
"""What the keys of daily notices begin with: of what is new, of what is still unread."""
RETRIES = tuple(timedelta(minutes=one) for one in (1, 5, 15, 60, 240, 1440))
"""How long after each try the next one comes; after the last, the notice is given up."""
MOST_AT_ONCE = 50
GIVEN_UP_WITHOUT_SERVER = timedelta(days=2)
"""How long a notice waits for an installation that knows no mail server; old news is not sent."""
NO_CODE = "ce compte a changé : aucun code ne l’ouvre plus"
NO_SERVER = "aucun serveur de courriel n’est configuré"
FORGOTTEN_AFTER = timedelta(days=60)
"""After which a notice is no longer kept."""
LONGEST_REPLY = 200


def announce(session: Session, events: Sequence[CaseEvent], now: datetime) -> None:
    """Prepare, in the transaction of events that are not theirs, the notices of who wants them.

    The same event is announced once, whoever asks again.
    """
    session.flush()  # each event has its number
    query = (
        select(Agent.numero, NoticeChoice)
        .join(Account, Account.id == NoticeChoice.account_id)
        .join(Agent, Agent.id == Account.agent_id)
        .where(NoticeChoice.pace == AT_ONCE)
        .where(Agent.numero.in_({one.case.numero for one in events}))
    )
    wanted: dict[str, list[NoticeChoice]] = {}
    for numero, choice in session.execute(query):
        wanted.setdefault(numero, []).append(choice)
    for event in events:
        for choice in wanted.get(event.case.numero, ()):
            _prepare(session, choice, f"message:{event.id}:{choice.account_id}", 1, now)


def digests(now: datetime, remind_days: int) -> str:
    """Prepare the notice of the day of who wants one a day: what came since the last one.

    Where nothing came, what is still unread after `remind_days` is reminded of, once; 0: never.
    """
    prepared = 0
    with writing() as session:
        for due in _digests_due(session, now, remind_days):
            prepared += _prepare(session, due.choice, due.key, due.waiting, now)
            due.choice.told_event = due.last
            if due.reminder:
                due.choice.reminded_event = due.last
    return counted(prepared, "avis quotidien préparé") if prepared else ""


def digests_wanted(session: Session, now: datetime, remind_days: int) -> bool:
    """Return whether anybody's notice of the day is still to be prepared."""
    return bool(_digests_due(session, now, remind_days))


def anything_due(session: Session, now: datetime) -> bool:
    """Return whether a notice is to be sent."""
    return session.scalar(select(Mail.id).where(Mail.next_at <= now).limit(1)) is not None


def anything_in_vain(session: Session, now: datetime) -> bool:
    """Return whether notices have waited too long for a mail server that nobody configured."""
    return session.scalar(_in_vain(now).with_only_columns(Mail.id).limit(1)) is not None


def give_up(now: datetime) -> str:
    """Give up what has waited too long for a mail server; return how much, in French."""
    with writing() as session:
        mails = session.scalars(_in_vain(now)).all()
        for mail in mails:
            mail.state, mail.reply, mail.next_at, mail.ended_at = GIVEN_UP, NO_SERVER, None, now
    return f"{counted(len(mails), 'avis abandonné')}, {NO_SERVER}" if mails else ""


def send_due(carrier: Carrier, now: datetime) -> str:
    """Send what is due, one notice after the other; return what was done, in French.

    A notice is `envoye` before the server is spoken to: cut off there, it is sent again later
    under the same Message-ID, by which mail servers know it; but for one that tells a code, which
    is another at each try.

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


def _in_vain(now: datetime) -> Select[Mail]:
    old = Mail.prepared_at <= now - GIVEN_UP_WITHOUT_SERVER
    return select(Mail).where(Mail.next_at.is_not(None), old)


def _prepare(session: Session, choice: NoticeChoice, key: str, waiting: int, now: datetime) -> bool:
    if session.scalar(select(Mail.id).where(Mail.key == key)) is not None:
        return False
    mail = Mail(
        key=key,
        account_id=choice.account_id,
        address=choice.address,
        waiting=waiting,
        state=PREPARED,
        prepared_at=now,
        next_at=now,
    )
    session.add(mail)
    return True


@dataclass(frozen=True)
class _Digest:
    """The notice of one day: how many messages it counts, the last event that it knows of."""

    choice: NoticeChoice
    key: str
    waiting: int
    last: int
    reminder: bool


def _digests_due(session: Session, now: datetime, remind_days: int) -> list[_Digest]:
    today = paris(now).date()
    prepared = set(session.scalars(select(Mail.key).where(_of_the_day(today))))
    unread = session.execute(_unread(now - timedelta(days=remind_days) if remind_days else None))
    digests = []
    for choice, new, whole, forgotten, last in unread:
        told_key, reminder_key = (f"{kind}:{today}:{choice.account_id}" for kind in (DAY, REMINDER))
        if prepared & {told_key, reminder_key}:
            continue
        if new:
            digests.append(_Digest(choice, told_key, new, last, reminder=False))
        elif forgotten:
            digests.append(_Digest(choice, reminder_key, whole, last, reminder=True))
    return digests


def _unread(before: datetime | None) -> Select[*tuple[Any, ...]]:
    """Return of whose notice is daily what they have not seen.

    How much came since they were told, how much in all, how much waits since `before` (None: no
    reminder is wanted) without having been reminded of, and the last event.
    """
    new = CaseEvent.id > NoticeChoice.told_event
    forgotten = (
        false()
        if before is None
        else and_(CaseEvent.id > NoticeChoice.reminded_event, CaseEvent.at <= before)
    )
    sums = (func.sum(case((one, 1), else_=0)) for one in (new, true(), forgotten))
    return (
        select(NoticeChoice, *sums, func.max(CaseEvent.id))
        .join(Account, Account.id == NoticeChoice.account_id)
        .join(Agent, Agent.id == Account.agent_id)
        .join(Case, Case.numero == Agent.numero)
        .join(CaseEvent, CaseEvent.case_id == Case.id)
        .where(NoticeChoice.pace == DAILY, Case.unseen_by_owner > 0)
        .where(CaseEvent.seen_at.is_(None), CaseEvent.role != OWNER)
        .group_by(NoticeChoice.id)
    )


def _of_the_day(day: date) -> ColumnElement[bool]:
    return or_(*(Mail.key.like(f"{kind}:{day}:%") for kind in (DAY, REMINDER)))


def _hand(now: datetime) -> Letter | None:
    """Take the notice that has been due for longest: from here on it is `envoye`."""
    with writing() as session:
        of_a_code = Mail.key.like(f"{mailed_codes.KIND}%")  # after notices: they come by thousands
        query = select(Mail).where(Mail.next_at <= now).order_by(of_a_code, Mail.next_at, Mail.id)
        due = query.limit(1).with_for_update(skip_locked=True)
        while (mail := session.scalars(due).one_or_none()) is not None:
            if letter := _letter(session, mail, now):
                return letter
            session.flush()
    return None


def _letter(session: Session, mail: Mail, now: datetime) -> Letter | None:
    """Return what a mail says now that it leaves; None where it has nothing more to say."""
    name, first_code = hashlib.sha256(mail.key.encode()).hexdigest()[:32], None
    if mail.key.startswith(mailed_codes.KIND):
        name = mailed_codes.new_delivery()
        first_code = mailed_codes.drawn(session, mail, name, now)
        if first_code is None:
            mail.state, mail.reply, mail.next_at, mail.ended_at = GIVEN_UP, NO_CODE, None, now
            return None
    mail.attempts += 1
    mail.state, mail.handed_at = HANDED, now
    mail.next_at = now + RETRIES[min(mail.attempts, len(RETRIES)) - 1]
    again = mail.key.startswith(f"{REMINDER}:")
    return Letter(mail.id, name, mail.address, mail.waiting, again=again, first_code=first_code)


def _after(letter: Letter, reply: str, now: datetime, state: str) -> None:
    with writing() as session:
        mail = session.get(Mail, letter.number)
        if mail is None:  # she chose to be told no more while it left
            return
        if state == FAILED and mail.attempts > len(RETRIES):
            state = GIVEN_UP
        if state == GIVEN_UP and letter.first_code:
            mailed_codes.undelivered(session, letter.name)
        mail.state, mail.reply = state, reply[:LONGEST_REPLY]
        if state in (TAKEN, GIVEN_UP):
            mail.next_at, mail.ended_at = None, now
