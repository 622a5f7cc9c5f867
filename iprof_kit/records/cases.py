"""What a person and her service write to each other, one to one or to many; papers, events."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from iprof_kit.records.base import DERIVED, LOG, SECRET, Base, Moment

OWNER, SERVICE, KIT = "demandeur", "service", "kit"
"""Who acts on a case: the person whose it is, the service that follows her file, this kit.

`KIT` is also the kind of the messages that the kit writes itself.
"""


class Paper(Base):
    """One paper: received slice after slice, checked when whole, joined to an event or not yet.

    `place` is what it was received for: a report, a new message, or the name of a case.
    `media_type` is None, and `content` empty, until all its slices are here and were looked at.
    """

    __tablename__ = "papers"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012
    name: Mapped[str] = mapped_column(String(32), unique=True)
    numero: Mapped[str] = mapped_column(
        String(20), ForeignKey("agents.numero", ondelete="CASCADE"), index=True
    )
    event_id: Mapped[int | None] = mapped_column(
        ForeignKey("case_events.id", ondelete="CASCADE"), index=True
    )
    place: Mapped[str] = mapped_column(String(32))
    file_name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str | None] = mapped_column(String(40))
    size: Mapped[int]
    slices: Mapped[int]
    digest: Mapped[str | None] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, info=SECRET)


class PaperSlice(Base):
    """One part of a paper that is coming, written once; it goes when the paper is whole."""

    __tablename__ = "paper_slices"
    __table_args__ = (UniqueConstraint("paper_id", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id", ondelete="CASCADE"))
    part: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, info=SECRET)


class CaseEvent(Base):
    """One passage of a case: who did what, when, with which words; never changed afterwards.

    `role` is who acted (the table of passages names them), `service` the one that the person
    reads: never anybody's name. `seen_at` is when the other side first saw it. Of a message of
    the kit, `source` is from what it is deduced, `address` the screen that shows it. Of an answer,
    `waited_days` is how long she had waited for it. `value` is what a correction says;
    `by_account` who proposed it, so that somebody else confirms it: it is no key, for the event is
    about the person of the case.
    """

    __tablename__ = "case_events"
    __table_args__ = (Index("ix_case_events_answers", "service", "at", "waited_days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    act: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Moment)
    role: Mapped[str] = mapped_column(String(20))
    service: Mapped[str] = mapped_column(String(150))
    text: Mapped[str] = mapped_column(Text)
    due: Mapped[date | None]
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    waited_days: Mapped[int | None]
    source: Mapped[str | None] = mapped_column(String(300))
    address: Mapped[str | None] = mapped_column(String(120))
    value: Mapped[str | None] = mapped_column(String(300))
    by_account: Mapped[int | None]

    case: Mapped[Case] = relationship(back_populates="events")
    papers: Mapped[list[Paper]] = relationship(order_by=Paper.id, passive_deletes=True)


class Case(Base):
    """One case, the state it is in and since when; what the file showed, where it is about a datum.

    `id` is never used twice: the number that people quote is made of it. `passed_to` is the service
    that answers in the place of the one that follows the person. The last columns are made of the
    events, so that a list, its counts and a search read one table: when and by whom the last one
    was, how many each side has not seen, every word once, without accents.
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_of_person", "numero", "state", "kind", "last_at", "unseen_by_owner"),
        Index("ix_cases_waiting", "state", "since"),
        Index("ix_cases_newest", "numero", "last_at", "id", "state", "kind"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012
    name: Mapped[str] = mapped_column(String(32), unique=True)
    numero: Mapped[str] = mapped_column(String(20), ForeignKey("agents.numero", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    since: Mapped[datetime] = mapped_column(Moment)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    service: Mapped[str] = mapped_column(String(150))
    title: Mapped[str] = mapped_column(String(120))
    datum: Mapped[str | None] = mapped_column(String(60))
    shown: Mapped[str | None] = mapped_column(String(300))
    claimed: Mapped[str | None] = mapped_column(String(300))
    passed_to: Mapped[str | None] = mapped_column(String(150))
    corrected: Mapped[str | None] = mapped_column(String(300))
    last_at: Mapped[datetime] = mapped_column(Moment)
    last_role: Mapped[str] = mapped_column(String(20))
    unseen_by_owner: Mapped[int]
    unseen_by_service: Mapped[int]
    folded: Mapped[str] = mapped_column(Text, deferred=True, info=DERIVED)

    events: Mapped[list[CaseEvent]] = relationship(
        order_by=CaseEvent.id, back_populates="case", passive_deletes=True, info=LOG
    )

    @property
    def papers(self) -> list[Paper]:
        """Every paper of the case, in the order in which they came."""
        return [paper for event in self.events for paper in event.papers]


class CaseNote(Base):
    """An internal note on the person of a case, by a service: hers too when she asks for it."""

    __tablename__ = "case_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(32), unique=True)
    numero: Mapped[str] = mapped_column(
        String(20), ForeignKey("agents.numero", ondelete="CASCADE"), index=True
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    service: Mapped[str] = mapped_column(String(150))
    text: Mapped[str] = mapped_column(Text)


class AnswerDraft(Base):
    """The answer that one account is writing to a case, not sent yet; it goes when it is sent."""

    __tablename__ = "answer_drafts"
    __table_args__ = (UniqueConstraint("case_id", "account_id", name="uq_answer_drafts_of"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(Moment)
    text: Mapped[str] = mapped_column(Text)


class HeldOrder(Base):
    """What one account would do to many threads at once, until a second person has read it.

    `author` and `reader` are accounts, and no keys: closing one leaves what was done. `asked` is
    the order as it was confirmed, `mark` what changes as soon as one of its threads does.
    """

    __tablename__ = "held_orders"
    __table_args__ = (Index("ix_held_orders_of", "academie", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012
    name: Mapped[str] = mapped_column(String(32), unique=True)
    author: Mapped[int] = mapped_column(index=True)
    academie: Mapped[str] = mapped_column(String(3))
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    since: Mapped[datetime] = mapped_column(Moment)
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    mark: Mapped[str] = mapped_column(String(64))
    people: Mapped[int]
    reader: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)


class Mailing(Base):
    """One message to a filter of a portfolio.

    `author` is an account, and no key: closing it leaves what was sent. `chosen` is the filter, by
    facet; `proposed` how many people it held when it was proposed. Without `answers`, `ask_at` says
    where to ask.
    """

    __tablename__ = "mailings"
    __table_args__ = (Index("ix_mailings_of", "academie", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012
    name: Mapped[str] = mapped_column(String(32), unique=True)
    author: Mapped[int] = mapped_column(index=True)
    academie: Mapped[str] = mapped_column(String(3))
    service: Mapped[str] = mapped_column(String(150))
    state: Mapped[str] = mapped_column(String(20))
    since: Mapped[datetime] = mapped_column(Moment)
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    answers: Mapped[bool]
    ask_at: Mapped[str] = mapped_column(String(200))
    chosen: Mapped[dict[str, Any]] = mapped_column(JSON)
    proposed: Mapped[int]


class MailingEvent(Base):
    """One passage of a mailing: who, when, why, for how many, to which state; never changed."""

    __tablename__ = "mailing_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    mailing_id: Mapped[int] = mapped_column(
        ForeignKey("mailings.id", ondelete="CASCADE"), index=True
    )
    act: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Moment)
    account: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)
    people: Mapped[int]


class MailingRecipient(Base):
    """One person of a mailing, once; `told_at` is when a recall was said to her."""

    __tablename__ = "mailing_recipients"
    __table_args__ = (
        UniqueConstraint("mailing_id", "numero", name="uq_mailing_recipients_once"),
        Index("ix_mailing_recipients_state", "mailing_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mailing_id: Mapped[int] = mapped_column(ForeignKey("mailings.id", ondelete="CASCADE"))
    numero: Mapped[str] = mapped_column(
        String(20), ForeignKey("agents.numero", ondelete="CASCADE"), index=True
    )
    case_id: Mapped[int | None] = mapped_column(
        ForeignKey("cases.id", ondelete="SET NULL"), index=True
    )
    service: Mapped[str] = mapped_column(String(150))
    state: Mapped[str] = mapped_column(String(20))
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    told_at: Mapped[datetime | None] = mapped_column(Moment)
