"""How the services go, for an administrator: counts alone; and who did what, for the officer."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from iprof_kit.base.clock import paris
from iprof_kit.base.spreadsheets import TableWriter
from iprof_kit.records.accounts import Absence, Portfolio
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case, CaseEvent
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.records.repository import Write
from iprof_kit.services.access.reach import Reach, in_force, passed, people_of, running
from iprof_kit.services.cases.acting import number_of
from iprof_kit.services.cases.life import KIT, SERVICE, waiting_for
from iprof_kit.services.contract.bureau.fils import Delais
from iprof_kit.services.desk.delays import of_the_month
from iprof_kit.services.desk.waiting import waiting_rows

COLUMNS = ("fil", "dossier", "nature", "acte", "le", "role", "service", "compte")


@dataclass(frozen=True)
class ServiceFigures:
    """One service today: whom it follows, what waits, how long its answers took."""

    service: str
    accounts: int
    absent: int
    people: int
    ages: Counter[str]
    oldest: int
    delays: Delais


def services(now: datetime) -> list[ServiceFigures]:
    """Return every service that follows somebody today, in the order of names."""
    today = paris(now).date()
    with reading() as session:
        rows = session.scalars(select(Portfolio).where(in_force(today)).order_by(Portfolio.id))
        listed: dict[str, list[Portfolio]] = {}
        for one in rows:
            listed.setdefault(one.service, []).append(one)
        return [_figures(session, name, listed[name], now) for name in sorted(listed)]


def nobodys(now: datetime) -> int:
    """Return how many threads wait for a service that nobody is: neither followed nor passed."""
    today = paris(now).date()
    with reading() as session:
        portfolios = session.scalars(select(Portfolio).where(in_force(today))).all()
        query = (
            select(func.count(Case.id))
            .join(Agent, Agent.numero == Case.numero)
            .where(~people_of(portfolios), ~passed(today), Case.kind != KIT)
            .where(Case.state.in_(waiting_for(SERVICE)))
        )
        return session.scalar(query) or 0


def export(
    out: IO[bytes], by: str, now: datetime, *, since: date | None = None, until: date | None = None
) -> int:
    """Write who did what in the threads, accounts named, without the words; return how many lines.

    For the data-protection officer; that it was written is in the journal.
    """
    with writing() as session:
        span = f"{since or 'début'} à {until or 'fin'}"
        audit.note(
            session, at=now, actor=by, action="courrier_exporte", subject="courrier", detail=span
        )
    text = io.TextIOWrapper(out, "utf-8", newline="")
    try:
        text.write("\ufeff")
        table, count = TableWriter(text), 0
        table.row(COLUMNS)
        with reading() as session:
            for row in _events(session):
                if _between(row[4], since, until):
                    table.row((*row[:4], paris(row[4]).isoformat(), *row[5:]))
                    count += 1
        return count
    finally:
        text.detach()


def _figures(
    session: Session, name: str, portfolios: list[Portfolio], now: datetime
) -> ServiceFigures:
    today = paris(now).date()
    accounts = {one.account_id for one in portfolios}
    absent = select(func.count(func.distinct(Absence.account_id))).where(
        Absence.account_id.in_(accounts), running(today)
    )
    waiting = waiting_rows(session, Reach(today, portfolios))
    return ServiceFigures(
        service=name,
        accounts=len(accounts),
        absent=session.scalar(absent) or 0,
        people=session.scalar(select(func.count(Agent.id)).where(people_of(portfolios))) or 0,
        ages=Counter(one.age(today) for one in waiting),
        oldest=max((one.days(today) for one in waiting), default=0),
        delays=of_the_month(session, {name}, now),
    )


def _events(session: Session) -> Iterator[tuple[str, str, str, str, datetime, str, str, str]]:
    """Yield each event with the account that wrote it, as the history of its case says."""
    query = (
        select(Case, CaseEvent, Write.by)
        .join(CaseEvent, CaseEvent.case_id == Case.id)
        .outerjoin(Write, (Write.subject == "cases:" + Case.name) & (Write.at == CaseEvent.at))
        .where(or_(Case.kind != KIT, CaseEvent.role != KIT))
        .order_by(CaseEvent.id)
    )
    seen = 0
    for case, event, account in session.execute(query, execution_options={"yield_per": 500}):
        if event.id == seen:
            continue
        seen = event.id
        yield (
            number_of(case),
            case.numero,
            case.kind,
            event.act,
            event.at,
            event.role,
            event.service,
            account or "",
        )


def _between(at: datetime, since: date | None, until: date | None) -> bool:
    day = paris(at).date()
    return (since is None or day >= since) and (until is None or day <= until)
