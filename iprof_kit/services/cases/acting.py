"""One function for every act: the passage is looked for in the transaction that writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, func, select, true, update
from sqlalchemy.orm import Session

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import folded_words
from iprof_kit.records.accounts import Account
from iprof_kit.records.cases import Case, CaseEvent, Paper
from iprof_kit.records.repository import Repository
from iprof_kit.services.cases.life import (
    DRAFT,
    OWNER,
    SERVICE,
    Passage,
    answers,
    internal_acts,
    passage,
    states,
)
from iprof_kit.services.cases.waits import days_waited
from iprof_kit.services.notices.outbox import announce

CASES: Repository[Case] = Repository(Case, Case.name)
_MISSING = {
    "texte": ("ce texte est vide.", "Écrivez-le."),
    "piece": ("aucune pièce n’est jointe.", "Choisissez-en une."),
    "valeur": ("la valeur corrigée manque.", "Écrivez-la."),
    "echeance": ("la date manque.", "Dites avant quand une réponse est prévue."),
}


@dataclass(frozen=True)
class Opening:
    """What a new case is: whose, of which kind, about what; the datum where it is about one."""

    numero: str
    kind: str
    title: str
    datum: str | None = None
    shown: str | None = None
    claimed: str | None = None


@dataclass(frozen=True)
class Act:
    """What is done to a case, by which role, with what it brings.

    Of a message of the kit, `source` is from what it is deduced, `address` the screen to open.
    `account` is who acts for a service, where she has an account. `quiet`: no e-mail tells of it.
    """

    name: str
    role: str
    text: str = ""
    service: str = ""
    value: str = ""
    due: date | None = None
    papers: Sequence[Paper] = ()
    source: str | None = None
    address: str | None = None
    account: int | None = None
    quiet: bool = False

    def brings(self) -> set[str]:
        """Return what the act holds, in the words of the table of passages."""
        given = {
            "texte": self.text,
            "valeur": self.value,
            "echeance": self.due,
            "piece": self.papers,
        }
        return {name for name, value in given.items() if value}

    def words(self) -> list[str]:
        """Return every text by which the act may be looked for."""
        return [self.text, self.value, *(paper.file_name for paper in self.papers)]


def begin(case: Case, opening: Opening, now: datetime) -> None:
    """Make a new row a draft that nobody but its author has seen; an act sends it."""
    case.numero, case.kind, case.title = opening.numero, opening.kind, opening.title
    case.datum, case.shown, case.claimed = opening.datum, opening.shown, opening.claimed
    case.state, case.service, case.opened_at, case.since = DRAFT, "", now, now
    case.last_at, case.last_role = now, OWNER
    case.unseen_by_owner = case.unseen_by_service = 0
    case.folded = folded_words("", opening.title, opening.shown or "", opening.claimed or "")


def act(session: Session, case: Case, done: Act, now: datetime) -> CaseEvent:
    """Do one thing to a case: its event is added, its state follows.

    Parameters
    ----------
    session : Session
        That of the transaction.
    case : Case
        Locked by it.
    done : Act
        What, by whom.
    now : datetime
        Aware.

    Raises
    ------
    InputError
        The state does not allow it, or what the act must bring is missing: nothing is changed.
    """
    (event,) = act_on_all(session, [(case, done)], now)
    return event


def act_on_all(
    session: Session, acts: Sequence[tuple[Case, Act]], now: datetime
) -> list[CaseEvent]:
    """Do one thing to each of several cases, as `act` does, in as many questions as for one.

    Raises
    ------
    InputError
        One of them does not allow it, or lacks what the act must bring: nothing is changed.
    """
    ways = [_way(session, case, done) for case, done in acts]
    answered = [case for case, done in acts if _is_answer(done)]
    waited = days_waited(session, answered, now) if answered else {}
    events = [
        _event(case, done, way, waited.get(case.id), now)
        for (case, done), way in zip(acts, ways, strict=True)
    ]
    session.add_all(events)
    for (case, done), way in zip(acts, ways, strict=True):
        _follow(case, done, way, now)
    loud = [
        event
        for event, (_, done), way in zip(events, acts, ways, strict=True)
        if not way.internal and done.role != OWNER and not done.quiet
    ]
    if loud:
        announce(session, loud, now)
    return events


def _way(session: Session, case: Case, done: Act) -> Passage:
    """Return the passage of an act, whose state and needs are looked at."""
    way = passage(case.kind, case.state, done.name, done.role)
    for missing in sorted(way.needs - done.brings()):
        message, remedy = _MISSING[missing]
        raise InputError(message, where=missing, remedy=remedy)
    if way.another:
        _refuse_oneself(session, case, done.account)
    return way


def _is_answer(done: Act) -> bool:
    return done.role == SERVICE and done.name in answers()


def _event(case: Case, done: Act, way: Passage, waited: int | None, now: datetime) -> CaseEvent:
    case.service = done.service or case.service
    return CaseEvent(
        case=case,
        act=done.name,
        at=now,
        role=done.role,
        service=case.service,
        text=done.text,
        due=done.due,
        papers=list(done.papers),
        source=done.source,
        address=done.address,
        waited_days=waited,
        value=done.value or None,
        by_account=done.account if way.internal else None,
    )


def _follow(case: Case, done: Act, way: Passage, now: datetime) -> None:
    """Put a case in the state that its act leads to."""
    if way.to and way.to != case.state:
        case.state, case.since = way.to, now
    if way.internal:  # the person has nothing to read
        return
    if done.value:
        case.corrected = done.value
    case.last_at, case.last_role = now, done.role
    if done.role == OWNER:
        case.unseen_by_service += 1
    else:
        case.unseen_by_owner += 1
    case.folded = folded_words(case.folded, *done.words())


def see(
    session: Session, case: Case, role: str, now: datetime, events: Sequence[int] | None = None
) -> int:
    """Say that a role has read what the other side wrote; return how much of it was new.

    Parameters
    ----------
    session : Session
        That of the transaction.
    case : Case
        Locked by it.
    role : str
        `OWNER` or `SERVICE`: who reads.
    now : datetime
        Aware.
    events : sequence of int, optional
        The events that are shown; by default all of them.
    """
    new = [CaseEvent.case_id == case.id, CaseEvent.seen_at.is_(None), _told_to(role)]
    if events is not None:
        new.append(CaseEvent.id.in_(events))
    change = update(CaseEvent).where(*new).values(seen_at=now)
    session.flush()
    order = change.execution_options(synchronize_session="fetch")
    seen = cast("CursorResult[Any]", session.execute(order))
    left = select(func.count(CaseEvent.id)).where(*new[:3])
    count = session.scalar(left) or 0
    if role == OWNER:
        case.unseen_by_owner = count
    else:
        case.unseen_by_service = count
    return seen.rowcount


def _told_to(role: str) -> ColumnElement[bool]:
    """Return the condition of the events that a role reads and did not write."""
    if role == SERVICE:
        return CaseEvent.role == OWNER
    return and_(CaseEvent.role != OWNER, readable_by(role))


def readable_by(role: str) -> ColumnElement[bool]:
    """Return the condition of the events that a role reads: the service's own are not hers."""
    return true() if role == SERVICE else CaseEvent.act.not_in(internal_acts())


def proposal(session: Session, case: Case) -> CaseEvent | None:
    """Return the act of the service that waits for a second person, None where none does."""
    if not states()[case.state].shown_as:
        return None
    query = select(CaseEvent).where(
        CaseEvent.case_id == case.id, CaseEvent.act.in_(internal_acts())
    )
    return session.scalars(query.order_by(CaseEvent.id.desc()).limit(1)).one_or_none()


def _refuse_oneself(session: Session, case: Case, account: int | None) -> None:
    """Refuse who proposed, and everybody where nobody can tell any more who did."""
    event = proposal(session, case)
    author = event.by_account if event else None
    if account is None or author is None or session.get(Account, author) is None:
        raise InputError(
            "le compte qui a proposé cette correction n’existe plus.",
            where="acte",
            remedy="Renvoyez-la avec un motif, puis proposez-la de nouveau.",
        )
    if account == author:
        raise InputError(
            "vous avez proposé cette correction.",
            where="acte",
            remedy="Une autre personne de votre service la confirme.",
        )


def number_of(case: Case) -> str:
    """Return the number that people quote: « 2026-0147 »."""
    return f"{paris(case.opened_at).year}-{case.id:04d}"


def first(case: Case, name: str) -> CaseEvent | None:
    """Return the first event of an act."""
    return next((event for event in case.events if event.act == name), None)


def last(case: Case, *names: str) -> CaseEvent | None:
    """Return the last event of some acts."""
    return next((event for event in reversed(case.events) if event.act in names), None)
