"""A recall: who has not read the message never will; who has is told, by the runner."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Update, select, update
from sqlalchemy.orm import Session

from iprof_kit.base.words import folded_words
from iprof_kit.records.cases import Case, CaseEvent, Mailing, MailingRecipient
from iprof_kit.services.mailings import people
from iprof_kit.services.mailings.wording import WRITTEN

RECALLED_TITLE = "Message rappelé par le service"


def withdraw(session: Session, mailing: Mailing) -> int:
    """Take the words back from who has not read them, at one moment; return how many those are.

    The threads are locked first: a reading comes wholly before, and keeps its words, or after.
    This is the one place where an event changes: its words are in the message, for the service.
    """
    of_it = MailingRecipient.mailing_id == mailing.id
    threads = select(MailingRecipient.case_id).where(of_it, MailingRecipient.state == people.SENT)
    session.execute(select(Case.id).where(Case.id.in_(threads)).order_by(Case.id).with_for_update())
    unread = session.scalars(
        select(CaseEvent.case_id).where(
            CaseEvent.case_id.in_(threads), CaseEvent.act.in_(WRITTEN), CaseEvent.seen_at.is_(None)
        )
    ).all()
    bare = {"title": RECALLED_TITLE, "folded": folded_words("", RECALLED_TITLE)}
    for change in (
        update(CaseEvent)
        .where(CaseEvent.case_id.in_(unread), CaseEvent.act.in_(WRITTEN))
        .values(text=""),
        update(Case).where(Case.id.in_(unread)).values(**bare, version=Case.version + 1),
        _becomes(of_it, people.KEPT, people.NEVER_SENT),
        _becomes(of_it & MailingRecipient.case_id.in_(unread), people.SENT, people.UNREAD),
        _becomes(of_it, people.SENT, people.READ),
    ):
        session.execute(change.execution_options(synchronize_session=False))
    return len(unread)


def _becomes(which: ColumnElement[bool], state: str, after: str) -> Update:
    return (
        update(MailingRecipient).where(which, MailingRecipient.state == state).values(state=after)
    )
